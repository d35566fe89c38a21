package policy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// literal looks at a composite literal of a library's type.
func (f *finder) literal(cur inspector.Cursor, lit *ast.CompositeLit) {
	t := typeName(f.pkg.Info.TypeOf(lit))
	if t == nil || len(f.rows[t.Pkg()]) == 0 {
		return
	}
	pos, end := lit.Pos(), lit.Lbrace
	if lit.Type == nil {
		end = lit.End()
	}
	if row := f.rowOf(t.Pkg(), t.Name()); row != nil {
		f.add(row, t.Pkg(), t.Name(), cur, pos, end)
		return
	}
	for _, row := range f.fieldRows(t) {
		value, name := f.fieldValue(lit, row.field()), t.Name()+"."+row.field()
		switch v, ok := f.number(value, cur); {
		case value == nil && !row.Absent, len(lit.Elts) == 0: // an empty literal waits for nothing
		case f.sets(cur, f.keeper(cur), row.field(), lit.End()):
		case value == nil || isNil(f.pkg.Info, value) && row.Absent:
			f.add(row, t.Pkg(), name, cur, pos, end).Text = t.Name() + " without " + row.field()
		case len(row.Values) == 0 && !row.Absent:
			f.add(row, t.Pkg(), name, cur, value.Pos(), value.End())
		case ok && row.decides(v):
			u := f.add(row, t.Pkg(), name, cur, value.Pos(), value.End())
			if f.allows(row, lit, cur) {
				f.setValue(u, cur, value, v)
			}
		}
	}
}

// field returns the name of the row's field.
func (r *Row) field() string {
	_, field, _ := strings.Cut(r.Name, ".")
	return field
}

// fieldValue returns what lit gives the field, or nil.
func (f *finder) fieldValue(lit *ast.CompositeLit, field string) ast.Expr {
	for i, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == field {
				return kv.Value
			}
			continue
		}
		if s := f.structType(lit); s != nil && i < s.NumFields() && s.Field(i).Name() == field {
			return e
		}
	}
	return nil
}

// structType returns the type of a literal if it is a struct, or nil.
func (f *finder) structType(lit *ast.CompositeLit) *types.Struct {
	t := f.pkg.Info.TypeOf(lit)
	if t == nil {
		return nil
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func isNil(info *types.Info, e ast.Expr) bool { return info.Types[e].IsNil() }

// allows reports whether the other fields of lit leave room for the fix.
func (f *finder) allows(row *Row, lit *ast.CompositeLit, at inspector.Cursor) bool {
	return (row.Needs == "" || f.fieldValue(lit, row.Needs) != nil) &&
		(row.Bars == "" || f.fieldValue(lit, row.Bars) == nil && !f.sets(at, f.keeper(at), row.Bars, token.NoPos))
}

// assignment looks at what is assigned to a field of a library's type.
func (f *finder) assignment(cur inspector.Cursor, n *ast.AssignStmt) {
	if n.Tok != token.ASSIGN || len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, lhs := range n.Lhs {
		sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
		if !ok {
			continue
		}
		t := f.owner(sel)
		if t == nil {
			continue
		}
		for _, row := range f.fieldRows(t) {
			v, ok := f.number(n.Rhs[i], cur)
			if row.field() != sel.Sel.Name || !ok || !row.decides(v) || f.sets(cur, f.root(sel.X), row.field(), n.End()) {
				continue
			}
			u := f.add(row, t.Pkg(), t.Name()+"."+row.field(), cur, n.Pos(), n.End())
			if row.Bars == "" && f.isMadeByCall(sel.X, cur) {
				f.setValue(u, cur, n.Rhs[i], v)
			}
		}
	}
}

// owner returns the type of a library whose field sel is, or nil.
func (f *finder) owner(sel *ast.SelectorExpr) *types.TypeName {
	s := f.pkg.Info.Selections[sel]
	if s == nil || s.Kind() != types.FieldVal || len(f.rows[s.Obj().Pkg()]) == 0 {
		return nil
	}
	t := typeName(f.pkg.Info.TypeOf(sel.X))
	if t == nil || t.Pkg() != s.Obj().Pkg() {
		return nil
	}
	return t
}

// sets reports whether the function around at, or the package if at is in none,
// gives the field of the variable obj a value behind from, or hands out the
// address of the field or the variable.
func (f *finder) sets(at inspector.Cursor, obj types.Object, field string, from token.Pos) bool {
	if obj == nil {
		return false
	}
	scope := f.function(at)
	if _, ok := scope.Node().(*ast.File); ok {
		scope, from = f.pkg.Inspector().Root(), token.NoPos
	}
	isField := func(e ast.Expr) bool {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		return ok && sel.Sel.Name == field && sel.Pos() >= from && f.root(sel.X) == obj
	}
	for cur := range scope.Preorder((*ast.AssignStmt)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			if slices.ContainsFunc(n.Lhs, isField) {
				return true
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && (isField(n.X) || f.is(n.X, obj)) {
				return true
			}
		}
	}
	return false
}

// root returns the variable that x is, or is a part of.
func (f *finder) root(x ast.Expr) types.Object {
	for {
		switch e := ast.Unparen(x).(type) {
		case *ast.SelectorExpr:
			if f.pkg.Info.Selections[e] == nil {
				return f.pkg.Info.Uses[e.Sel] // of another package
			}
			x = e.X
		case *ast.IndexExpr:
			x = e.X
		case *ast.StarExpr:
			x = e.X
		case *ast.Ident:
			return f.pkg.Info.ObjectOf(e)
		default:
			return nil
		}
	}
}

// keeper returns the variable that is given at, or a literal that at is in.
func (f *finder) keeper(at inspector.Cursor) types.Object {
	for {
		at = whole(at)
		switch at.ParentEdgeKind() {
		case edge.KeyValueExpr_Value, edge.CompositeLit_Elts:
			at = at.Parent()
		default:
			return f.holder(at)
		}
	}
}

// isMadeByCall reports whether the variable x is given what a call returns.
func (f *finder) isMadeByCall(x ast.Expr, at inspector.Cursor) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	def := f.definition(id, at)
	if def == nil {
		return false
	}
	_, ok = ast.Unparen(def).(*ast.CallExpr)
	return ok
}
