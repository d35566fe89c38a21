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

// An option is a call or a field beside a value.
type option struct {
	name  string
	value ast.Expr // the field's value, or the argument that is a number
}

// options returns the calls and fields that stand beside at in lists of
// arguments and literals, around it, and in its chain of methods, up to its
// statement.
func (f *finder) options(at inspector.Cursor) (all []option) {
	for cur := at; cur.Valid(); cur = cur.Parent() {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			all = append(all, f.callOptions(n)...)
		case *ast.CompositeLit:
			all = append(all, f.fieldOptions(n)...)
		case ast.Stmt, ast.Decl:
			return all
		}
	}
	return all
}

// callOptions returns the options that call is, has as arguments, and is
// chained to.
func (f *finder) callOptions(call *ast.CallExpr) (all []option) {
	for _, arg := range call.Args {
		if c, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
			all = append(all, f.called(c)...)
		}
	}
	for {
		all = append(all, f.called(call)...)
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return all
		}
		if call, ok = ast.Unparen(sel.X).(*ast.CallExpr); !ok {
			return all
		}
	}
}

// called returns call as options: one an argument.
func (f *finder) called(call *ast.CallExpr) (all []option) {
	obj := f.callee(call)
	if obj == nil {
		return nil
	}
	for _, arg := range call.Args {
		all = append(all, option{obj.Name(), arg})
	}
	if len(call.Args) == 0 {
		all = append(all, option{name: obj.Name()})
	}
	return all
}

func (f *finder) fieldOptions(lit *ast.CompositeLit) (all []option) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				all = append(all, option{id.Name, kv.Value})
			}
		} else if c, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			all = append(all, f.called(c)...)
		}
	}
	return all
}
