package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Cells are what an expression reads, or a statement writes.
type cells struct {
	objs  []types.Object // variables and fields
	kinds []types.Type   // types of maps and lists whose elements are meant, and of what pointers point to
}

// steady reports whether e means the same in each pass, as far as the package
// shows: nothing that a pass may run writes what e reads. A helper is told once
// what the loop asks anew.
func (b *binder) steady(e ast.Expr) bool {
	var read cells
	b.reads(e, &read, true)
	if len(read.objs) == 0 && len(read.kinds) == 0 {
		return true
	}
	for _, obj := range read.objs {
		if b.pointedAt(obj) {
			return false
		}
	}
	changed := false
	for _, n := range b.reach() {
		ast.Inspect(n, func(n ast.Node) bool {
			if n != nil && !changed {
				changed = read.meets(b.writes(n))
			}
			return !changed
		})
	}
	return !changed
}

// meets reports whether something that c reads is written.
func (c *cells) meets(written cells) bool {
	for _, obj := range written.objs {
		if slices.Contains(c.objs, obj) {
			return true
		}
	}
	for _, t := range written.kinds {
		if slices.ContainsFunc(c.kinds, func(u types.Type) bool { return types.Identical(t, u) }) {
			return true
		}
	}
	return false
}

// reads adds what e reads; what functions of the package read that it calls, too.
// Of a local variable that the loop itself gives a value, it is known how it
// changes.
func (b *binder) reads(e ast.Node, c *cells, calls bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v, ok := b.info.Uses[n].(*types.Var)
			if ok && (v.IsField() || v.Parent() == b.pkg.Types.Scope() || calls && !b.loop.has(v.Pos()) && !b.loop.assigns(b.pkg, v)) {
				c.objs = append(c.objs, v)
			}
		case *ast.SelectorExpr:
			c.addPointee(b.info.TypeOf(n.X))
		case *ast.StarExpr:
			c.addPointee(b.info.TypeOf(n.X))
		case *ast.IndexExpr:
			c.addKind(b.info.TypeOf(n.X))
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && id.Name == "len" && len(n.Args) == 1 && isMap(b.info.TypeOf(n.Args[0])) {
				c.addKind(b.info.TypeOf(n.Args[0]))
			}
			if fn := b.pkg.Callee(n); calls && fn != nil && fn.Body != nil {
				b.reads(fn.Body, c, false)
			}
		}
		return true
	})
}

func (c *cells) addKind(t types.Type) {
	if t != nil {
		c.kinds = append(c.kinds, t)
	}
}

func (c *cells) addPointee(t types.Type) {
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		c.kinds = append(c.kinds, p.Elem())
	}
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// writes returns what n itself gives a value, or takes the address of.
func (b *binder) writes(n ast.Node) (c cells) {
	for _, id := range assigned(n) {
		c.objs = append(c.objs, b.info.ObjectOf(id))
	}
	put := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			c.objs = append(c.objs, b.info.ObjectOf(e.Sel))
		case *ast.IndexExpr:
			c.addKind(b.info.TypeOf(e.X))
		case *ast.StarExpr:
			c.addPointee(b.info.TypeOf(e.X))
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			put(lhs)
		}
	case *ast.IncDecStmt:
		put(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			put(n.X)
		}
	case *ast.CallExpr:
		id, ok := ast.Unparen(n.Fun).(*ast.Ident)
		if ok && (id.Name == "delete" || id.Name == "clear") && len(n.Args) > 0 {
			c.addKind(b.info.TypeOf(n.Args[0]))
		}
	}
	return c
}

// pointedAt reports whether the address of a local variable is taken: who has it
// may change the variable.
func (b *binder) pointedAt(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || v.Parent() == b.pkg.Types.Scope() {
		return false
	}
	found := false
	ast.Inspect(b.loop.decl, func(n ast.Node) bool {
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND && local(b.info, u.X) == v {
			found = true
		}
		return !found
	})
	return found
}
