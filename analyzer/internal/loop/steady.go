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

// Steady reports whether e means the same in each pass, as far as the package
// shows: nothing that a pass may run writes what e reads. A helper is told once
// what the loop asks anew.
func (l *Loop) Steady(e ast.Expr) bool {
	return l.steadyUnless(e, l.pointedAt, func(inspector.Cursor, ast.Node) bool { return false }, func(types.Object) bool { return false })
}

// SteadyDelay is steady for a delay. Who was given the address of a variable
// before the loop, as an option is that fills in a struct, is not expected to
// change a delay later, nor is a default that is set where there is no value yet, nor
// another package that may set an exported variable which this one never does.
func (l *Loop) SteadyDelay(e ast.Expr) bool {
	return l.steadyUnless(e, func(obj types.Object) bool { return l.pointedAt(obj) && !l.filledIn(obj) }, l.setsDefault, l.isSetting)
}

// isSetting reports whether obj is an exported variable of the package that nothing in it
// writes.
func (l *Loop) isSetting(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && isOpen(v) && v.Pkg() == l.Pkg.Types && !slices.ContainsFunc(l.Pkg.Writes(v), func(w source.Write) bool {
		_, declared := w.At.Node().(*ast.ValueSpec)
		return !declared
	})
}

// steadyUnless is steady, but for variables that others may change, for writes in a part
// of the package that once have been done before the loop, and for what is set.
func (l *Loop) steadyUnless(e ast.Expr, others func(types.Object) bool, once func(at inspector.Cursor, part ast.Node) bool, set func(types.Object) bool) bool {
	var read cells
	l.reads(e, &read, true)
	read.objs = slices.DeleteFunc(read.objs, set)
	if len(read.objs) == 0 && len(read.kinds) == 0 {
		return true
	}
	if slices.ContainsFunc(read.objs, others) {
		return false
	}
	counts := func(sel *ast.SelectorExpr) bool {
		return slices.Contains(read.objs, l.Info.ObjectOf(sel.Sel)) && !l.isNew(sel)
	}
	return !slices.ContainsFunc(l.writers(&read), func(at inspector.Cursor) bool {
		written := l.writes(at.Node(), counts)
		return read.meets(written) && l.mayRunIn(at, func(outer ast.Node) bool {
			later := written
			later.objs = slices.DeleteFunc(slices.Clone(written.objs), l.declaredAnew(outer))
			return read.meets(later) && !once(at, outer)
		})
	})
}

// mayRunIn reports whether a pass may run at in a part of the package for which is holds.
func (l *Loop) mayRunIn(at inspector.Cursor, is func(outer ast.Node) bool) bool {
	for outer := range l.MayRun {
		if code.Within(outer, at.Node()) && is(outer) {
			return true
		}
	}
	return false
}

// declaredAnew tells of variables whether they are others when outer runs again: if
// that is around the loop, all that it declares.
func (l *Loop) declaredAnew(outer ast.Node) func(types.Object) bool {
	if l.Has(outer.Pos()) || !code.Within(outer, l.Outer) {
		return func(types.Object) bool { return false }
	}
	from := outer.Pos()
	if fn, ok := l.Decl.(*ast.FuncDecl); ok && outer == ast.Node(fn.Body) {
		from = fn.Pos() // and its parameters
	}
	return func(obj types.Object) bool { return from <= obj.Pos() && obj.Pos() < outer.End() }
}

// setsDefault reports whether what stands at a place gives a field a value only where the
// field, as it is written there, has a certain one, as far as part says:
//
//	if c.Delay == 0 {
//		c.Delay = time.Second
//	}
func (l *Loop) setsDefault(at inspector.Cursor, part ast.Node) bool {
	a, ok := at.Node().(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || a.Tok != token.ASSIGN {
		return false
	}
	field, ok := a.Lhs[0].(*ast.SelectorExpr)
	if !ok || l.Info.Types[a.Rhs[0]].Value == nil {
		return false
	}
	asks := func(cond ast.Expr) bool {
		return slices.ContainsFunc(code.Comparisons(cond), func(cmp *ast.BinaryExpr) bool {
			return types.ExprString(cmp.X) == types.ExprString(field) && l.Info.Types[cmp.Y].Value != nil
		})
	}
	for c := range at.Enclosing((*ast.IfStmt)(nil), (*ast.SwitchStmt)(nil), (*ast.CaseClause)(nil)) {
		switch outer := c.Node().(type) {
		case *ast.IfStmt:
			if code.Within(outer.Body, a) && asks(outer.Cond) {
				return code.Within(part, outer)
			}
		case *ast.SwitchStmt:
			if outer.Tag != nil && types.ExprString(outer.Tag) == types.ExprString(field) {
				return code.Within(part, outer)
			}
		case *ast.CaseClause:
			if slices.ContainsFunc(outer.List, asks) {
				return code.Within(part, outer)
			}
		}
	}
	return false
}

// reads adds what e reads; what functions of the package read that it calls, too.
// Of a local variable that the loop itself gives a value, it is known how it
// changes.
func (l *Loop) reads(e ast.Node, c *cells, calls bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v, ok := l.Info.Uses[n].(*types.Var)
			if ok && (v.IsField() || v.Parent() == l.Pkg.Types.Scope() || calls && !l.Has(v.Pos()) && !l.Assigns(v)) {
				c.objs = append(c.objs, v)
			}
		case *ast.SelectorExpr:
			c.addPointee(l.Info.TypeOf(n.X))
		case *ast.StarExpr:
			c.addPointee(l.Info.TypeOf(n.X))
		case *ast.IndexExpr:
			c.addKind(l.Info.TypeOf(n.X))
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && id.Name == "len" && len(n.Args) == 1 && code.IsMap(l.Info.TypeOf(n.Args[0])) {
				c.addKind(l.Info.TypeOf(n.Args[0]))
			}
			if fn := l.Pkg.Callee(n); calls && fn != nil && fn.Body != nil {
				l.reads(fn.Body, c, false)
			}
		}
		return true
	})
}

// pointedAt reports whether the address of a local variable is taken: who has it
// may change the variable.
func (l *Loop) pointedAt(obj types.Object) bool { return len(l.pointersTo(obj)) > 0 }

// filledIn reports whether the address of obj is nothing but an argument of calls
// before the loop.
func (l *Loop) filledIn(obj types.Object) bool {
	given := make(map[ast.Node]bool)
	for n := range ast.Preorder(l.Decl) {
		if call, ok := n.(*ast.CallExpr); ok && call.End() <= l.Outer.Pos() {
			for _, arg := range call.Args {
				given[ast.Unparen(arg)] = true
			}
		}
	}
	return !slices.ContainsFunc(l.pointersTo(obj), func(p *ast.UnaryExpr) bool { return !given[p] })
}
