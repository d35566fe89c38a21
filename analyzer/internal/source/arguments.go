package source

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Arguments returns what the calls of its function give the parameter v, as expressions
// of the functions that call; not ok if others may call the function, such as tests that
// are not under analysis, or the code does not tell all calls.
func (p *Package) Arguments(v *types.Var) (args []ast.Expr, ok bool) {
	fn, at := p.parameter(v)
	if fn == nil || p.isCalledElsewhere(fn) || p.isMethodOfInterface(fn) {
		return nil, false
	}
	called := make(map[*ast.Ident]bool)
	for _, c := range p.CallsOf(fn) {
		call := c.Node().(*ast.CallExpr)
		if at < len(call.Args) && !p.isMethodExpr(call.Fun) {
			called[calledIdent(call.Fun)] = true
			args = append(args, call.Args[at])
		}
	}
	for id := range p.usesOf(fn) {
		if !called[id] {
			return nil, false // it is kept, or given on
		}
	}
	return args, len(args) > 0
}

// CallsOf returns the calls of fn in the package, in source order.
func (p *Package) CallsOf(fn types.Object) (calls []inspector.Cursor) {
	for _, part := range p.Parts() {
		for _, c := range p.CallsIn(part) {
			if c.Name == fn.Name() && origin(p.Info.Uses[calledIdent(c.At.Node().(*ast.CallExpr).Fun)]) == fn {
				calls = append(calls, c.At)
			}
		}
	}
	return calls
}

// usesOf returns where the package names obj, in no order.
func (p *Package) usesOf(obj types.Object) iter.Seq[*ast.Ident] {
	return func(yield func(*ast.Ident) bool) {
		uses := p.Info.Uses
		if p.draft != nil {
			for id := range p.base.usesOf(obj) {
				if !p.replaced(id.Pos()) && !yield(id) {
					return
				}
			}
			uses = p.draft.Info.Uses
		}
		for id, of := range uses {
			if origin(of) == obj && !yield(id) {
				return
			}
		}
	}
}

// origin returns what obj was declared as, if that is a method of a generic type or a
// generic function.
func origin(obj types.Object) types.Object {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return obj
}

// isCalledElsewhere reports whether code that is not under analysis may call fn.
func (p *Package) isCalledElsewhere(fn *types.Func) bool {
	if fn.Exported() && (fn.Signature().Recv() != nil || p.Types.Name() != "main") {
		return true
	}
	return p.Elsewhere != nil && p.Elsewhere(fn.Name())
}

// IsSetElsewhere reports whether obj is a variable of the package that code which is not
// under analysis may set, such as a test.
func (p *Package) IsSetElsewhere(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && v.Kind() == types.PackageVar && (v.Exported() || p.Elsewhere != nil && p.Elsewhere(v.Name()))
}

// isMethodExpr reports whether fun is T.method, whose receiver is an argument.
func (p *Package) isMethodExpr(fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	return ok && p.Info.Selections[sel] != nil && p.Info.Selections[sel].Kind() == types.MethodExpr
}

// parameter returns the function that is declared with the parameter v, and which of
// its parameters that is; nil if there is none, or it is variadic.
func (p *Package) parameter(v *types.Var) (fn *types.Func, at int) {
	decl, _ := p.DeclAt(v.Pos()).(*ast.FuncDecl)
	if decl == nil {
		return nil, 0
	}
	fn, ok := p.Info.Defs[decl.Name].(*types.Func)
	if !ok || fn.Signature().Variadic() {
		return nil, 0
	}
	if at = slices.Index(slices.Collect(p.Signature(&Func{Node: decl}).Params().Variables()), v); at < 0 {
		return nil, 0
	}
	return fn, at
}

// isMethodOfInterface reports whether an interface of the package may have the method fn.
func (p *Package) isMethodOfInterface(fn *types.Func) bool {
	if fn.Signature().Recv() == nil {
		return false
	}
	named := func(id *ast.Ident) bool { return id.Name == fn.Name() }
	has := func(n ast.Node) bool {
		i, ok := n.(*ast.InterfaceType)
		return ok && slices.ContainsFunc(i.Methods.List, func(m *ast.Field) bool { return slices.ContainsFunc(m.Names, named) })
	}
	return slices.ContainsFunc(p.Files, func(file *ast.File) bool { return code.Any(file, has) })
}
