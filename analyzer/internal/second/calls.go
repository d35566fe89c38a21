package second

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// Calls counts the calls of a function or variable of the package outside of
// tests. Those of a function that only hands an operation on to another one count
// for that one, too. Few are ever asked for: calls are kept by the name that is
// called, and the rest is found on demand.
type Calls struct {
	pkg    *source.Package
	byName map[string][]inspector.Cursor
}

// CountCalls reads the calls of pkg. IsTest reports whether a file is left out.
func CountCalls(pkg *source.Package, isTest func(*ast.File) bool) *Calls {
	c := &Calls{pkg: pkg, byName: make(map[string][]inspector.Cursor)}
	for file := range pkg.Inspector().Root().Children() {
		if n, ok := file.Node().(*ast.File); !ok || isTest(n) {
			continue
		}
		for cur := range file.Preorder((*ast.CallExpr)(nil)) {
			if name := calledName(cur.Node().(*ast.CallExpr).Fun); name != "" {
				c.byName[name] = append(c.byName[name], cur)
			}
		}
	}
	return c
}

// calledName returns the last name of a function that is called, or "".
func calledName(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	case *ast.ParenExpr:
		return calledName(fun.X)
	case *ast.IndexExpr:
		return calledName(fun.X)
	case *ast.IndexListExpr:
		return calledName(fun.X)
	}
	return ""
}

func origin(obj types.Object) types.Object {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return obj
}

// handsOn returns the declared function around call that gives it an operation
// of its own parameters, or nil.
func (c *Calls) handsOn(around []ast.Node, call *ast.CallExpr) (caller types.Object) {
	if len(around) == 0 {
		return nil
	}
	decl, ok := around[len(around)-1].(*ast.FuncDecl)
	if !ok {
		return nil
	}
	f := &finder{pkg: c.pkg, around: []ast.Node{decl}}
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && signature(c.pkg.Info.TypeOf(id)) != nil && f.takesNothing(id) && f.isParam(decl, c.pkg.Info.Uses[id]) {
				caller = c.pkg.Info.Defs[decl.Name]
			}
			return caller == nil
		})
	}
	return caller
}

// Of returns how many calls obj has.
func (c *Calls) Of(obj types.Object) int { return c.of(obj, make(map[types.Object]bool)) }

func (c *Calls) of(obj types.Object, seen map[types.Object]bool) (n int) {
	if obj == nil || seen[obj] {
		return 0
	}
	seen[obj] = true
	for _, cur := range c.byName[obj.Name()] {
		call := cur.Node().(*ast.CallExpr)
		if origin(typeutil.Callee(c.pkg.Info, call)) != obj {
			continue
		}
		if caller := c.handsOn(functions(cur), call); caller != nil {
			n += c.of(caller, seen) // nothing, if that is obj itself
		} else {
			n++
		}
	}
	return n
}
