package policy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
)

// number returns the value of e where it is known: a constant, or a variable
// or a field of a variable that is given one, once, in the same function.
func (f *finder) number(e ast.Expr, at inspector.Cursor) (float64, bool) {
	v := f.constant(e, at, 4)
	if v == nil {
		return 0, false
	}
	v = constant.ToFloat(v)
	if v.Kind() != constant.Float {
		return 0, false
	}
	x, _ := constant.Float64Val(v)
	return x, true
}

// constant is number for any kind of value; it follows so many variables.
func (f *finder) constant(e ast.Expr, at inspector.Cursor, depth int) constant.Value {
	if e == nil || depth == 0 {
		return nil
	}
	if tv := f.pkg.Info.Types[e]; tv.Value != nil {
		return tv.Value
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr: // a conversion
		if len(e.Args) == 1 && f.pkg.Info.Types[e.Fun].IsType() {
			return f.constant(e.Args[0], at, depth-1)
		}
	case *ast.Ident:
		if def := f.definition(e, at); def != nil {
			return f.constant(def, at, depth-1)
		}
	case *ast.SelectorExpr:
		if lit := f.structOf(e, at); lit != nil && !f.sets(at, f.root(e.X), e.Sel.Name, lit.End()) {
			return f.constant(f.fieldValue(lit, e.Sel.Name), at, depth-1)
		}
	}
	return nil
}

// definition returns the one value that the local variable id is given in the
// function around at, or nil.
func (f *finder) definition(id *ast.Ident, at inspector.Cursor) ast.Expr {
	obj, ok := f.pkg.Info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	var given []ast.Expr
	declared := false
	note := func(name, value ast.Expr) {
		if f.is(name, obj) {
			declared = declared || f.pkg.Info.Defs[name.(*ast.Ident)] != nil
			given = append(given, value)
		}
	}
	for cur := range f.function(at).Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.UnaryExpr)(nil), (*ast.IncDecStmt)(nil), (*ast.RangeStmt)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				note(lhs, assigned(n, i))
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if len(n.Values) == 0 {
					declared = declared || f.is(name, obj)
				} else {
					note(name, n.Values[min(i, len(n.Values)-1)])
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && f.is(n.X, obj) {
				return nil
			}
		case *ast.IncDecStmt:
			note(n.X, nil)
		case *ast.RangeStmt:
			note(n.Key, nil)
			note(n.Value, nil)
		}
	}
	if !declared || len(given) != 1 {
		return nil
	}
	return given[0]
}

// assigned returns what n gives the variable with that index, or nil.
func assigned(n *ast.AssignStmt, i int) ast.Expr {
	if len(n.Lhs) != len(n.Rhs) || n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
		return nil
	}
	return n.Rhs[i]
}

// is reports whether e is the variable obj.
func (f *finder) is(e ast.Expr, obj types.Object) bool {
	id, ok := e.(*ast.Ident)
	return ok && f.pkg.Info.ObjectOf(id) == obj
}

// structOf returns the literal that the variable before the field sel is
// given, or nil.
func (f *finder) structOf(sel *ast.SelectorExpr, at inspector.Cursor) *ast.CompositeLit {
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return nil
	}
	return literalOf(f.definition(id, at))
}

// literalOf returns the literal that e is, or points to.
func literalOf(e ast.Expr) *ast.CompositeLit {
	if e == nil {
		return nil
	}
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	lit, _ := e.(*ast.CompositeLit)
	return lit
}

// function returns the outermost function around cur, or its file.
func (f *finder) function(cur inspector.Cursor) inspector.Cursor {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.File)(nil)) {
		return c
	}
	return cur
}
