package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Cells are what an expression reads, or a statement writes.
type cells struct {
	objs  []types.Object // variables and fields
	kinds []types.Type   // types of maps and lists whose elements are meant, and of what pointers point to
}

// steady reports whether e means the same in each pass, as far as the package
// shows: nothing that a pass may run writes what e reads. A helper is told once
// what the loop asks anew.
func (b *binder) steady(e ast.Expr) bool { return b.steadyUnless(e, b.pointedAt) }

// steadyDelay is steady for a delay. Who was given the address of a variable
// before the loop, as an option is that fills in a struct, is not expected to
// change a delay later.
func (b *binder) steadyDelay(e ast.Expr) bool {
	return b.steadyUnless(e, func(obj types.Object) bool { return b.pointedAt(obj) && !b.filledIn(obj) })
}

// steadyUnless is steady, but for variables that others may change.
func (b *binder) steadyUnless(e ast.Expr, others func(types.Object) bool) bool {
	var read cells
	b.reads(e, &read, true)
	if len(read.objs) == 0 && len(read.kinds) == 0 {
		return true
	}
	for _, obj := range read.objs {
		if others(obj) {
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
			if ok && (v.IsField() || v.Parent() == b.pkg.Types.Scope() || calls && !b.loop.Has(v.Pos()) && !b.loop.Assigns(v)) {
				c.objs = append(c.objs, v)
			}
		case *ast.SelectorExpr:
			c.addPointee(b.info.TypeOf(n.X))
		case *ast.StarExpr:
			c.addPointee(b.info.TypeOf(n.X))
		case *ast.IndexExpr:
			c.addKind(b.info.TypeOf(n.X))
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && id.Name == "len" && len(n.Args) == 1 && code.IsMap(b.info.TypeOf(n.Args[0])) {
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

// writes returns what n itself gives another value, or takes the address of.
func (b *binder) writes(n ast.Node) (c cells) {
	for _, id := range code.Assigned(n) {
		if obj := b.info.Uses[id]; obj != nil {
			c.objs = append(c.objs, obj)
		}
	}
	put := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			if !b.isNew(e) {
				c.objs = append(c.objs, b.info.ObjectOf(e.Sel))
			}
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

// isNew reports whether a field is one of a value that another function has just
// made, as constructors do: it is none that the loop reads.
//
//	c := &Config{}
//	c.Retry.Backoff = time.Second
func (b *binder) isNew(sel *ast.SelectorExpr) bool {
	x := ast.Expr(sel)
	for {
		s, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			break
		}
		if x != ast.Expr(sel) && code.IsPointer(b.info.TypeOf(s)) {
			return false // what a field points to may be older
		}
		x = s.X
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := b.info.Uses[id].(*types.Var)
	decl := b.declOf(sel.Pos())
	return ok && decl != b.loop.Decl && decl.Pos() <= v.Pos() && !writtenLater(decl, v, sel) && b.madeHere(v)
}

// writtenLater reports whether sel stands in a function literal in decl that v was
// declared outside of: it may run when what v holds is known elsewhere.
func writtenLater(decl ast.Node, v *types.Var, sel ast.Node) bool {
	later := false
	ast.Inspect(decl, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		later = later || ok && code.Within(lit, sel) && (v.Pos() < lit.Pos() || lit.End() <= v.Pos())
		return !later
	})
	return later
}

// madeHere reports whether v is declared with a new value, and given no other.
func (b *binder) madeHere(v *types.Var) bool {
	made, given := false, 0
	ast.Inspect(b.declOf(v.Pos()), func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, lhs := range a.Lhs {
			if code.Local(b.info, lhs) != types.Object(v) {
				continue
			}
			given++
			made = made || a.Tok == token.DEFINE && len(a.Lhs) == len(a.Rhs) && makesNew(b.info, a.Rhs[i])
		}
		return true
	})
	return made && given == 1
}

// makesNew reports whether e is &T{}, T{} or new(T).
func makesNew(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		_, lit := ast.Unparen(e.X).(*ast.CompositeLit)
		return e.Op == token.AND && lit
	case *ast.CallExpr:
		id, ok := ast.Unparen(e.Fun).(*ast.Ident)
		if !ok {
			return false
		}
		fn, ok := info.Uses[id].(*types.Builtin)
		return ok && fn.Name() == "new"
	}
	return false
}

// declOf returns the declaration of the package that pos is in.
func (b *binder) declOf(pos token.Pos) ast.Node {
	if d := b.pkg.DeclAt(pos); d != nil {
		return d
	}
	return &ast.EmptyStmt{}
}

// pointedAt reports whether the address of a local variable is taken: who has it
// may change the variable.
func (b *binder) pointedAt(obj types.Object) bool { return b.addressTaken(obj, nil) }

// filledIn reports whether the address of obj is nothing but an argument of calls
// before the loop.
func (b *binder) filledIn(obj types.Object) bool {
	given := make(map[ast.Node]bool)
	ast.Inspect(b.loop.Decl, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call.End() <= b.loop.Outer.Pos() {
			for _, arg := range call.Args {
				given[ast.Unparen(arg)] = true
			}
		}
		return true
	})
	return !b.addressTaken(obj, given)
}

// addressTaken reports whether the address of a local variable is taken, other
// than by the expressions of but.
func (b *binder) addressTaken(obj types.Object, but map[ast.Node]bool) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || v.Parent() == b.pkg.Types.Scope() {
		return false
	}
	found := false
	ast.Inspect(b.loop.Decl, func(n ast.Node) bool {
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND && code.Local(b.info, u.X) == v && !but[u] {
			found = true
		}
		return !found
	})
	return found
}
