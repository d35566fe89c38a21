package second

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// Calls counts the calls of a function or variable of the package outside of
// tests. Those of a function that only hands an operation on to another one count
// for that one, too.
type Calls struct {
	Package *source.Package
	IsTest  func(*ast.File) bool // whether a file is left out
}

func origin(obj types.Object) types.Object {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return obj
}

// handsOn returns the declared function around call that gives it an operation
// of its own parameters, or nil.
func (c Calls) handsOn(around []ast.Node, call *ast.CallExpr) (caller types.Object) {
	if len(around) == 0 {
		return nil
	}
	decl, ok := around[len(around)-1].(*ast.FuncDecl)
	if !ok {
		return nil
	}
	operations := c.operations(decl)
	if operations == nil {
		return nil
	}
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && slices.Contains(operations, c.Package.Info.Uses[id]) {
				caller = c.Package.Info.Defs[decl.Name]
			}
			return caller == nil
		})
	}
	return caller
}

// operations returns the parameters of decl that are operations.
func (c Calls) operations(decl *ast.FuncDecl) (list []types.Object) {
	f := &finder{pkg: c.Package}
	for _, field := range decl.Type.Params.List {
		for _, id := range field.Names {
			if obj := c.Package.Info.Defs[id]; obj != nil && f.takesNothing(id) {
				list = append(list, obj)
			}
		}
	}
	return list
}

// Of returns how many calls obj has.
func (c Calls) Of(obj types.Object) int { return c.of(obj, make(map[types.Object]bool)) }

func (c Calls) of(obj types.Object, seen map[types.Object]bool) (n int) {
	if obj == nil || seen[obj] {
		return 0
	}
	seen[obj] = true
	for cur := range c.calls(obj) {
		if caller := c.handsOn(functions(cur), cur.Node().(*ast.CallExpr)); caller != nil {
			n += c.of(caller, seen) // nothing, if that is obj itself
		} else {
			n++
		}
	}
	return n
}

// calls yields the calls of obj.
func (c Calls) calls(obj types.Object) iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		for file := range c.Package.Inspector().Root().Children() {
			if c.IsTest(file.Node().(*ast.File)) {
				continue
			}
			for _, call := range c.Package.CallsIn(file) {
				if call.Name == obj.Name() && origin(typeutil.Callee(c.Package.Info, call.At.Node().(*ast.CallExpr))) == obj && !yield(call.At) {
					return
				}
			}
		}
	}
}
