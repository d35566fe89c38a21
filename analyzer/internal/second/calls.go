package second

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// Calls counts, for each function and variable of the package, the calls of it
// outside of tests. Those of a function that only hands an operation on to
// another one count for that one, too.
type Calls struct {
	pkg     *source.Package
	direct  map[types.Object]int
	through map[types.Object]map[types.Object]bool // by the function that is called: those that hand it their own parameter
}

// CountCalls reads the calls of pkg. IsTest reports whether a file is left out.
func CountCalls(pkg *source.Package, isTest func(*ast.File) bool) *Calls {
	c := &Calls{pkg: pkg, direct: make(map[types.Object]int), through: make(map[types.Object]map[types.Object]bool)}
	for file := range pkg.Inspector().Root().Children() {
		if n, ok := file.Node().(*ast.File); !ok || isTest(n) {
			continue
		}
		for cur := range file.Preorder((*ast.CallExpr)(nil)) {
			call := cur.Node().(*ast.CallExpr)
			obj := origin(typeutil.Callee(pkg.Info, call))
			if obj == nil || obj.Pkg() != pkg.Types {
				continue
			}
			caller := c.handsOn(functions(cur), call)
			switch {
			case caller == obj: // itself
			case caller != nil:
				if c.through[obj] == nil {
					c.through[obj] = make(map[types.Object]bool)
				}
				c.through[obj][caller] = true
			default:
				c.direct[obj]++
			}
		}
	}
	return c
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

func (c *Calls) of(obj types.Object, seen map[types.Object]bool) int {
	if obj == nil || seen[obj] {
		return 0
	}
	seen[obj] = true
	n := c.direct[obj]
	for variant := range c.through[obj] {
		n += c.of(variant, seen)
	}
	return n
}
