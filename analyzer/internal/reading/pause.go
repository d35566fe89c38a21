package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// wrapDead lets a statement that is dead with the pause in it stand for the
// pause.
//
//	if delay > 0 { time.Sleep(delay); delay *= 2 }
func (r *Reading) wrapDead() {
	for _, inner := range code.InOrder(r.Pauses) {
		p := r.Pauses[inner]
		for _, s := range code.InOrder(r.Gone) {
			if s != inner && code.Within(s, inner) {
				delete(r.Pauses, inner)
				delete(r.Gone, s)
				r.Pauses[s] = p
				break
			}
		}
	}
}

// wrapPauses lets an if that holds nothing but a pause stand for it, where the
// condition is about the count or the delay, and so a plain block.
func (r *Reading) wrapPauses() {
	plain := make(map[ast.Stmt]bool) // what stands in a list, such as a block that is no branch
	for _, list := range r.Loop.Lists() {
		for _, s := range list {
			plain[s] = true
		}
	}
	for range 3 {
		r.Loop.Inspect(func(n ast.Node) bool {
			s, held := r.wrapper(n, plain)
			if s == nil || r.Pauses[s] != nil {
				return true
			}
			var only *pass.Pause
			var inner ast.Stmt
			for _, x := range held {
				switch p := r.Pauses[x]; {
				case r.Gone[x]:
				case p != nil && only == nil:
					only, inner = p, x
				default:
					return true
				}
			}
			if only != nil {
				delete(r.Pauses, inner)
				r.Gone[inner] = true
				r.Pauses[s] = only
			}
			return true
		})
	}
}

// wrapper returns the statement that n is, with what it holds, if it may stand for a pause
// that is all of that; or nil. A block is one of plain.
func (r *Reading) wrapper(n ast.Node, plain map[ast.Stmt]bool) (ast.Stmt, []ast.Stmt) {
	switch s := n.(type) {
	case *ast.IfStmt:
		if s.Init == nil && s.Else == nil && code.Pure(r.Info, s.Cond) && !r.aboutOutcome(s.Cond) && !r.sparesSome(s) {
			return s, s.Body.List
		}
	case *ast.BlockStmt:
		if plain[s] {
			return s, s.List
		}
	}
	return nil, nil
}

// sparesSome reports whether a condition on the count leaves the delay out between some
// attempts: neither behind the last alone, nor in front of the first.
func (r *Reading) sparesSome(s *ast.IfStmt) bool {
	if r.Counter == nil || !code.Mentions(r.Info, s.Cond, r.Counter.Obj) {
		return false
	}
	switch op := r.Verdict.Operation; r.When(s.Cond) {
	case loop.ExceptLast:
		return false
	case loop.ExceptFirst:
		return op != nil && op.Pos() < s.Pos()
	}
	return !r.Bounded || !slices.ContainsFunc(code.Comparisons(s.Cond), func(cmp *ast.BinaryExpr) bool {
		return r.holdsUntil(cmp) && !r.counted().FailsEarly(cmp)
	})
}

// holdsUntil reports whether cmp holds until the counter comes to a limit.
func (r *Reading) holdsUntil(cmp *ast.BinaryExpr) bool {
	count, op := cmp.X, cmp.Op
	if code.Mentions(r.Info, cmp.Y, r.Counter.Obj) {
		count, op = cmp.Y, code.Mirror[op]
	}
	if n := loop.NumberOf(r.Info, count); n.Less != nil || code.Local(r.Info, n.Expr) != r.Counter.Obj {
		return false
	}
	if r.Counter.Step < 0 {
		op = code.Mirror[op]
	}
	return op == token.LSS || op == token.LEQ || op == token.NEQ
}

// aboutOutcome reports whether cond looks at anything but numbers, durations
// and times.
func (r *Reading) aboutOutcome(cond ast.Expr) bool {
	return code.Any(cond, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		v := code.Local(r.Info, e)
		if !ok || v == nil || v.IsField() {
			return false
		}
		return !r.onlyComputed(v) || !code.IsNumeric(v.Type()) && !r.onlyHolds(cond, v)
	})
}

// onlyHolds reports whether cond asks v for nothing but numbers that are its fields, and
// that the loop does not change.
func (r *Reading) onlyHolds(cond ast.Expr, v *types.Var) bool {
	asks, reads := 0, 0
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if r.Info.ObjectOf(n) == v {
				asks++
			}
		case *ast.SelectorExpr:
			if code.Local(r.Info, n.X) == v && code.IsNumeric(r.Info.TypeOf(n)) && r.Loop.Steady(n) {
				reads++
			}
		}
		return true
	})
	return asks == reads
}

// onlyComputed reports whether the loop gives v only what it computes itself:
// no outcome of a call.
func (r *Reading) onlyComputed(v types.Object) bool {
	if r.outcomes == nil {
		r.outcomes = make(map[types.Object]bool)
		r.Loop.Inspect(r.addOutcomes)
	}
	return !r.outcomes[v]
}

// ComputesNumber reports whether a pass gives the number v, which e reads, another value
// that it computes, itself or in what it runs.
func (r *Reading) ComputesNumber(v *types.Var, e ast.Expr) bool {
	return code.IsInteger(v.Type()) && !site.IsDuration(v.Type()) && r.onlyComputed(v) && (r.Loop.Assigns(v) || !r.Loop.Steady(e))
}

// addOutcomes notes the variables that n gives more than what is computed.
func (r *Reading) addOutcomes(n ast.Node) bool {
	a, ok := n.(*ast.AssignStmt)
	if !ok || !slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return !code.Pure(r.Info, e) }) {
		return true
	}
	for _, id := range code.Assigned(a) {
		r.outcomes[r.Info.ObjectOf(id)] = true
	}
	return true
}
