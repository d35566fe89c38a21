package growth

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
)

// takesAddress reports whether a call of sel, a method of the package, is given the
// address of a number that it may change.
func (ix *index) takesAddress(sel *ast.SelectorExpr) bool {
	s := ix.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || !ix.basic(sel.X) || !ix.pkg.Owns(s.Obj().Pkg()) {
		return false
	}
	_, pointer := s.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
	return pointer
}

// receiverName returns what the method that call reaches names its receiver, or nil.
func (ix *index) receiverName(call *ast.CallExpr) *ast.Ident {
	fn := ix.pkg.Callee(call)
	if fn == nil {
		return nil
	}
	decl, ok := fn.Node.(*ast.FuncDecl)
	if !ok || decl.Recv == nil {
		return nil
	}
	return fieldNames(decl.Recv)[0]
}

// given returns the call that the address at c is an argument of, and what the
// called function of the package names it by; nil if there is none.
func (ix *index) given(c inspector.Cursor) (*ast.CallExpr, *ast.Ident) {
	call, ok := c.Parent().Node().(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() {
		return nil, nil
	}
	fn := ix.pkg.Callee(call)
	if fn == nil {
		return nil, nil
	}
	names := paramNames(fn.Type)
	for i, arg := range call.Args {
		if arg == c.Node() && i < len(names) {
			return call, names[i]
		}
	}
	return nil, nil
}

// writtenBy returns what d, a call that is given the address of obj, makes of it.
func (ev *evaluator) writtenBy(obj types.Object, d def) (v value) {
	fn, param := ev.pkg.Callee(d.call), ev.info.Defs[d.param]
	if fn == nil || param == nil {
		return value{}
	}
	before := ev.variable(obj, d.pos)
	ev.within(fn, d.call, func() {
		ev.args[param] = before
		v = ev.variable(param, fn.Body.End())
	})
	return v
}
