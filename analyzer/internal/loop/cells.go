package loop

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// cells are what an expression reads, or a statement writes.
type cells struct {
	objs  []types.Object // variables and fields
	kinds []types.Type   // types of maps and lists whose elements are meant, and of what pointers point to

	by   *types.Package // whose function writes it, which may write variables of its package, too
	open bool           // a function writes it that may be one of any package
}

// meets reports whether something that c reads is written.
func (c *cells) meets(written cells) bool {
	return slices.ContainsFunc(written.objs, func(obj types.Object) bool { return slices.Contains(c.objs, obj) }) ||
		slices.ContainsFunc(written.kinds, c.hasKind) ||
		slices.ContainsFunc(c.objs, func(obj types.Object) bool {
			return written.open && isOpen(obj) || written.by != nil && isGlobal(obj) && obj.Pkg() == written.by
		})
}

// isGlobal reports whether obj is a variable of a package.
func isGlobal(obj types.Object) bool { return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() }

// isOpen reports whether every package may write obj.
func isOpen(obj types.Object) bool { return isGlobal(obj) && obj.Exported() }

func isField(obj types.Object) bool { v, ok := obj.(*types.Var); return ok && v.IsField() }

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

// writers returns where the package may write something that c reads.
func (l *Loop) writers(c *cells) (list []inspector.Cursor) {
	add := func(writes []source.Write) {
		for _, w := range writes {
			if _, ok := w.At.Node().(*ast.CallExpr); !ok {
				list = append(list, w.At)
			}
		}
	}
	for _, obj := range c.objs {
		if v, ok := obj.(*types.Var); ok {
			add(l.Pkg.WritesLike(v))
		}
	}
	if len(c.kinds) > 0 {
		add(l.Pkg.WritesUnnamed())
	}
	if len(c.kinds) > 0 || slices.ContainsFunc(c.objs, isField) {
		for _, h := range l.Pkg.Handed() {
			if handed(h.Type, c.hasField, c.hasKind) {
				list = append(list, h.Calls...)
			}
		}
	}
	if slices.ContainsFunc(c.objs, func(obj types.Object) bool { return isOpen(obj) || isGlobal(obj) && obj.Pkg() != l.Pkg.Types }) {
		for _, part := range l.Pkg.Parts() {
			for _, c := range l.Pkg.CallsIn(part) {
				list = append(list, c.At)
			}
		}
	}
	return list
}

func (c *cells) hasField(v *types.Var) bool { return slices.Contains(c.objs, types.Object(v)) }

func (c *cells) hasKind(t types.Type) bool {
	return slices.ContainsFunc(c.kinds, func(u types.Type) bool { return types.Identical(t, u) })
}

// writes returns what n itself gives another value, or takes the address of: of fields,
// those that count.
func (l *Loop) writes(n ast.Node, counts func(*ast.SelectorExpr) bool) (c cells) {
	for _, id := range code.Assigned(n) {
		if obj := l.Info.Uses[id]; obj != nil {
			c.objs = append(c.objs, obj)
		}
	}
	put := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			if counts(e) {
				c.objs = append(c.objs, l.Info.ObjectOf(e.Sel))
			}
		case *ast.IndexExpr:
			c.addKind(l.Info.TypeOf(e.X))
		case *ast.StarExpr:
			c.addPointee(l.Info.TypeOf(e.X))
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
			c.addKind(l.Info.TypeOf(n.Args[0]))
		}
		l.calls(n, &c)
	}
	return c
}

// isNew reports whether a field is one of a value that another function has just
// made, as constructors do: it is none that the loop reads.
//
//	c := &Config{}
//	c.Retry.Backoff = time.Second
func (l *Loop) isNew(sel *ast.SelectorExpr) bool {
	x := ast.Expr(sel)
	for {
		s, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			break
		}
		if x != ast.Expr(sel) && code.IsPointer(l.Info.TypeOf(s)) {
			return false // what a field points to may be older
		}
		x = s.X
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := l.Info.Uses[id].(*types.Var)
	decl := l.declOf(sel.Pos())
	return ok && decl != l.Decl && decl.Pos() <= v.Pos() && !writtenLater(decl, v, sel) && l.madeHere(v)
}

// writtenLater reports whether sel stands in a function literal in decl that v was
// declared outside of: it may run when what v holds is known elsewhere.
func writtenLater(decl ast.Node, v *types.Var, sel ast.Node) bool {
	return code.Any(decl, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && code.Within(lit, sel) && (v.Pos() < lit.Pos() || lit.End() <= v.Pos())
	})
}

// madeHere reports whether v is declared with a new value, and given no other.
func (l *Loop) madeHere(v *types.Var) bool {
	made, given := false, 0
	ast.Inspect(l.declOf(v.Pos()), func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, lhs := range a.Lhs {
			if code.Local(l.Info, lhs) != types.Object(v) {
				continue
			}
			given++
			made = made || a.Tok == token.DEFINE && len(a.Lhs) == len(a.Rhs) && makesNew(l.Info, a.Rhs[i])
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
func (l *Loop) declOf(pos token.Pos) ast.Node {
	if d := l.Pkg.DeclAt(pos); d != nil {
		return d
	}
	return &ast.EmptyStmt{}
}
