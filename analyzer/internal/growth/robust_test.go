package growth

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// TestIncomplete reads all snippets without their types, with half of them, and
// cut off: nothing may panic, and what has no types is not known.
func TestIncomplete(t *testing.T) {
	var srcs []string
	for _, tt := range growthTests {
		srcs = append(srcs, tt.src)
	}
	for _, tt := range boundsTests {
		srcs = append(srcs, tt.src)
	}
	for _, tt := range scheduleTests {
		srcs = append(srcs, tt.src)
	}
	for _, src := range srcs {
		for _, text := range []string{src, "package p\n" + src, prelude + src[:len(src)*2/3]} {
			readAll(text)
		}
	}
}

// readAll reads each cycle in src, each call in it as a delay.
func readAll(src string) {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if file == nil {
		return
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Error: func(error) {}}
	pkg, _ := conf.Check("p", fset, []*ast.File{file}, info)
	p := &source.Package{Fset: fset, Types: pkg, Info: info, Files: []*ast.File{file}}
	a := New(p)
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		ast.Inspect(fn, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.LabeledStmt, *ast.FuncDecl:
				s := &site.Site{Func: &source.Func{Node: fn, Type: fn.Type, Body: fn.Body}, Cycle: n}
				readCalls(a, s)
			}
			return true
		})
	}
}

func readCalls(a *Analysis, s *site.Site) {
	ast.Inspect(s.Cycle, func(n ast.Node) bool {
		d := &site.Delay{Node: n}
		switch n := n.(type) {
		case *ast.CallExpr:
			if len(n.Args) > 0 {
				d.Duration = n.Args[0]
			}
		case *ast.UnaryExpr, *ast.RangeStmt:
		default:
			return true
		}
		s.Delays = []*site.Delay{d}
		_ = a.OfSite(s)
		_ = a.Bounds(s).String()
		if w, ok := a.Schedule(s); ok {
			_ = w.String()
		}
		return true
	})
}
