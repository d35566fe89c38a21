// Package sourcetest type-checks source for tests.
package sourcetest

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// std imports packages of the standard library, and keeps what it has read.
var std = importer.Default()

// Package returns the package of one file, p.go, with the text src.
func Package(t testing.TB, src string) *source.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
	}
	pkg, err := (&types.Config{Importer: std, GoVersion: "go1.24"}).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &source.Package{Fset: fset, Types: pkg, Info: info, Files: []*ast.File{file}}
}

// Head begins a file whose functions may wait, log and call operations.
const Head = `package p

import (
	"context"
	"errors"
	"log"
	"math/rand"
	"runtime"
	"time"
)

var (
	_         context.Context
	_         = log.Print
	_         = rand.Int
	_         = runtime.Caller
	_         = time.Sleep
	errGaveUp = errors.New("gave up")
)

func op() error            { return errGaveUp }
func get() (string, error) { return "", errGaveUp }
func final(err error) bool { return err == errGaveUp }
func serve(s string)       {}

`

// Cycle returns the function f of pkg, and its cycle: the label of a goto, or else the
// innermost loop that calls op or get, or else the first loop, or else f itself.
func Cycle(t testing.TB, pkg *source.Package) (*source.Func, ast.Node) {
	t.Helper()
	for _, d := range pkg.Files[0].Decls {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Name.Name != "f" {
			continue
		}
		labels := make(map[string]bool) // of gotos
		ast.Inspect(decl, func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
				labels[b.Label.Name] = true
			}
			return true
		})
		var cycle ast.Node
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.LabeledStmt:
				if cycle == nil && labels[n.Label.Name] {
					cycle = n
				}
			case *ast.ForStmt, *ast.RangeStmt:
				if len(labels) == 0 && (cycle == nil || attempts(n)) {
					cycle = n
				}
			}
			return true
		})
		if cycle == nil {
			cycle = decl
		}
		return &source.Func{Node: decl, Obj: pkg.Info.Defs[decl.Name], Type: decl.Type, Body: decl.Body}, cycle
	}
	t.Fatal("no function f")
	return nil, nil
}

// attempts reports whether n calls op or get.
func attempts(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			id, ok := call.Fun.(*ast.Ident)
			found = found || ok && (id.Name == "op" || id.Name == "get")
		}
		return !found
	})
	return found
}
