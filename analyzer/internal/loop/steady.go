package loop

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Steady reports whether e means the same in each pass, as far as the package
// shows: nothing that a pass may run writes what e reads. A helper is told once
// what the loop asks anew.
func (l *Loop) Steady(e ast.Expr) bool { return l.steadyUnless(e, l.pointedAt) }

// SteadyDelay is steady for a delay. Who was given the address of a variable
// before the loop, as an option is that fills in a struct, is not expected to
// change a delay later.
func (l *Loop) SteadyDelay(e ast.Expr) bool {
	return l.steadyUnless(e, func(obj types.Object) bool { return l.pointedAt(obj) && !l.filledIn(obj) })
}

// steadyUnless is steady, but for variables that others may change.
func (l *Loop) steadyUnless(e ast.Expr, others func(types.Object) bool) bool {
	var read cells
	l.reads(e, &read, true)
	if len(read.objs) == 0 && len(read.kinds) == 0 {
		return true
	}
	for _, obj := range read.objs {
		if others(obj) {
			return false
		}
	}
	changed := false
	for _, outer := range l.Reach() {
		anew := !l.Has(outer.Pos()) && code.Within(outer, l.Outer) // called again: what it declares is something else
		from := outer.Pos()
		if fn, ok := l.Decl.(*ast.FuncDecl); ok && outer == ast.Node(fn.Body) {
			from = fn.Pos()
		}
		ast.Inspect(outer, func(n ast.Node) bool {
			if n != nil && !changed {
				written := l.writes(n)
				if anew {
					written.objs = slices.DeleteFunc(written.objs, func(obj types.Object) bool { return from <= obj.Pos() && obj.Pos() < outer.End() })
				}
				changed = read.meets(written)
			}
			return !changed
		})
	}
	return !changed
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
func (l *Loop) pointedAt(obj types.Object) bool { return l.addressTaken(obj, nil) }

// filledIn reports whether the address of obj is nothing but an argument of calls
// before the loop.
func (l *Loop) filledIn(obj types.Object) bool {
	given := make(map[ast.Node]bool)
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call.End() <= l.Outer.Pos() {
			for _, arg := range call.Args {
				given[ast.Unparen(arg)] = true
			}
		}
		return true
	})
	return !l.addressTaken(obj, given)
}

// addressTaken reports whether the address of a local variable is taken, other
// than by the expressions of but.
func (l *Loop) addressTaken(obj types.Object, but map[ast.Node]bool) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || v.Parent() == l.Pkg.Types.Scope() {
		return false
	}
	found := false
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND && code.Local(l.Info, u.X) == v && !but[u] {
			found = true
		}
		return !found
	})
	return found
}
