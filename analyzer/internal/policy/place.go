package policy

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// places returns where the value of at ends up: at itself or, if a variable is
// given it, each place where that variable is read. It follows so many of them.
func (f *finder) places(at inspector.Cursor, depth int) []inspector.Cursor {
	at = whole(at)
	obj := f.holder(at)
	if obj == nil || depth == 0 {
		return []inspector.Cursor{at}
	}
	scope := f.function(at)
	if obj.Parent() == f.pkg.Types.Scope() {
		scope = f.pkg.Inspector().Root()
	}
	var places []inspector.Cursor
	for cur := range scope.Preorder((*ast.Ident)(nil)) {
		if f.pkg.Info.Uses[cur.Node().(*ast.Ident)] == obj && cur.ParentEdgeKind() != edge.AssignStmt_Lhs {
			places = append(places, f.places(cur, depth-1)...)
		}
	}
	return places
}

// whole returns the expression that at is the value of, with & and
// parentheses.
func whole(at inspector.Cursor) inspector.Cursor {
	for {
		switch at.ParentEdgeKind() {
		case edge.UnaryExpr_X, edge.ParenExpr_X, edge.StarExpr_X:
			at = at.Parent()
		default:
			return at
		}
	}
}

// holder returns the variable that at is assigned to, or nil.
func (f *finder) holder(at inspector.Cursor) types.Object {
	var name ast.Expr
	switch i := at.ParentEdgeIndex(); at.ParentEdgeKind() {
	case edge.AssignStmt_Rhs:
		if n := at.Parent().Node().(*ast.AssignStmt); len(n.Lhs) == len(n.Rhs) {
			name = n.Lhs[i]
		}
	case edge.ValueSpec_Values:
		if n := at.Parent().Node().(*ast.ValueSpec); len(n.Names) == len(n.Values) {
			name = n.Names[i]
		}
	}
	if id, ok := name.(*ast.Ident); ok && id.Name != "_" {
		return f.pkg.Info.ObjectOf(id)
	}
	return nil
}

// callee returns the function or method that call reaches, or nil.
func (f *finder) callee(call *ast.CallExpr) types.Object {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr:
		return f.object(fun.X)
	case *ast.IndexListExpr:
		return f.object(fun.X)
	}
	return f.object(call.Fun)
}

// object returns what the name e stands for, or nil.
func (f *finder) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return f.pkg.Info.Uses[e]
	case *ast.SelectorExpr:
		return f.pkg.Info.Uses[e.Sel]
	}
	return nil
}

// argument returns the call that at is an argument of, with the function that
// it reaches.
func (f *finder) argument(at inspector.Cursor) (*ast.CallExpr, types.Object) {
	if at.ParentEdgeKind() != edge.CallExpr_Args {
		return nil, nil
	}
	call := at.Parent().Node().(*ast.CallExpr)
	return call, f.callee(call)
}

// isOf reports whether obj belongs to the library.
func isOf(obj types.Object, library string) bool {
	return obj != nil && obj.Pkg() != nil && InLibrary(library, obj.Pkg().Path())
}
