package source_test

import (
	"go/ast"
	"go/types"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// A package is read for a call of one of its functions only where the file of the
// function does not tell that the call returns.
func TestEndsAbroad(t *testing.T) {
	for _, test := range []struct {
		name, src          string
		ends, mayEnd, asks bool
	}{
		{"nothing", "func Far() {}", false, false, false},
		{"ends", "func Far() { log.Fatal() }", true, true, true},
		{"ends by another", "func Far() { near() }\nfunc near() { panic(1) }", true, true, true},
		{"ends if", "func Far() { if errGaveUp != nil { log.Fatal() } }", false, true, false},
		{"ends by another if", "func Far() { if errGaveUp != nil { near() } }\nfunc near() { panic(1) }", false, true, true},
		{"tells", "func Far() { near() }\nfunc near() { log.Print() }", false, false, false},
		{"calls itself", "func Far() { near() }\nfunc near() { Far() }", false, false, false},
		{"calls what another file may have", "func Far() { close(make(chan int)) }", false, false, true},
	} {
		far := sourcetest.Package(t, sourcetest.Head+test.src)
		fn := far.Lookup(far.Types.Scope().Lookup("Far"))
		fn.Home = far
		near := make(map[string]*ast.FuncDecl)
		for _, d := range far.Files[0].Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				near[d.Name.Name] = d
			}
		}
		call := &ast.CallExpr{Fun: ast.NewIdent("Far")}
		asks := false
		pkg := &source.Package{
			Types:    types.NewPackage("near", "near"),
			Info:     &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{call.Fun.(*ast.Ident): fn.Obj}},
			Declared: func(*types.Func) (*ast.FuncDecl, map[string]*ast.FuncDecl) { return near["Far"], near },
			Abroad:   func(*types.Func) *source.Func { asks = true; return fn },
		}
		if ends, mayEnd := pkg.EndsAbroad(call), pkg.MayEndAbroad(call); ends != test.ends || mayEnd != test.mayEnd || asks != test.asks {
			t.Errorf("%s: ends %v, may end %v, package read %v", test.name, ends, mayEnd, asks)
		}
	}
}
