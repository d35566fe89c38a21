package reading

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindCount finds what counts the attempts, and how many there are.
func (r *Reading) bindCount() reason.Refusal {
	r.Counter = r.Loop.Counter()
	if c := r.Counter; c != nil && (c.Obj.Pos() < r.Loop.Outer.Pos() && r.Loop.Observed(c.Obj) || !r.countsApart() && r.Loop.Kept(c.Obj)) {
		return reason.CounterEscapes.At(r.CounterPos())
	}
	if x, by := code.Step(r.Info, r.Loop.Post); by != 0 && r.Counter == nil {
		if v := code.Local(r.Info, x); v != nil && r.Loop.Kept(v) {
			return reason.CounterEscapes.At(x.Pos())
		}
	}
	limit, ok := LimitOf(r.Bounds)
	inHeader := r.CountedByHeader()
	if !ok && inHeader {
		limit, ok = r.countedInBody()
	}
	byTest := false
	if !ok && !inHeader {
		limit, ok = r.countedByTest()
		byTest = ok
	}
	if r.Bounds.Before && !r.Loop.HandsOn(r.Loop.Cond) {
		return reason.FirstBefore.At(r.Loop.List[max(r.Loop.Index-1, 0)].Pos()) // the attempt before the loop would stay, and its delay with it
	}
	switch {
	case !ok && inHeader:
		return r.CountRefused(r.CountPos())
	case !ok && r.Bounds.Counted, !inHeader && limit.Expr != nil && !byTest:
		return r.CountRefused(r.CountPos()) // the helper would not be told
	case !ok:
		return nil
	case inHeader && r.untilEqual() && !r.atLeast(limit, 0):
		return r.CountRefused(r.CountPos()) // a number below 0 is none at all
	case inHeader && !r.AtLeastOne(limit):
		r.MayBeNone = true
	}
	_, ranges := r.Loop.Cycle.(*ast.RangeStmt) // over what is computed before the loop
	for _, e := range []ast.Expr{limit.Expr, limit.Less} {
		if e != nil && !ranges && !r.Loop.VisibleBefore(e) && !r.isLifted(e) && !r.startsItself(e) {
			return r.CountRefused(e.Pos())
		}
		if e != nil && !ranges && !r.isLifted(e) && !r.startsItself(e) && (!code.Repeatable(r.Info, e) || !r.Loop.Steady(e)) {
			return reason.LimitChanges.At(e.Pos())
		}
	}
	r.limitMoves = ranges && limit.Expr != nil && !r.Loop.Steady(limit.Expr)
	if inHeader && !ranges && r.Loop.Cond != nil && !r.limitStays() || r.mayOverflow(limit) {
		return r.CountRefused(r.CountPos())
	}
	if limit.Expr != nil && !byTest {
		limit = loop.NumberOf(r.Info, limit.Expr).Add(limit.Offset)
	}
	if r.Helper.RetriesUnlimited && !r.atLeast(limit, 2) {
		return reason.LacksSingle.At(r.CountPos())
	}
	r.Attempts, r.Bounded = limit, true
	return nil
}

// untilEqual reports whether the header counts up or down to a number, whatever lies
// beyond:
//
//	for i := 0; i != limit; i++ {
func (r *Reading) untilEqual() bool {
	return slices.ContainsFunc(code.Comparisons(r.Loop.Cond), func(cmp *ast.BinaryExpr) bool {
		return cmp.Op == token.NEQ && code.Mentions(r.Info, cmp, r.Counter.Obj)
	})
}

// removeHeader removes what the header has of the count.
func (r *Reading) removeHeader(removed map[ast.Node]bool) reason.Refusal {
	r.KeepCond = r.Loop.Cond
	if r.Loop.Cond == nil && r.Counter == nil {
		return nil
	}
	if r.Counter != nil {
		if r.Counter.StepAt == r.Loop.Post && r.Loop.Post != nil {
			removed[r.Loop.Post] = true
		}
		if r.Loop.Init != nil && code.ValueGiven(r.Info, r.Loop.Init, r.Counter.Obj) != nil {
			removed[r.Loop.Init] = r.allLifted(r.Loop.Init.(*ast.AssignStmt))
		}
	}
	if r.Bounded && r.CountedByHeader() && r.Loop.Cond != nil {
		rest, dropped := r.withoutCount(r.Loop.Cond)
		if !dropped {
			return r.CountRefused(r.CountPos())
		}
		r.KeepCond = rest
		r.MarkCount(r.Loop.Cond, removed)
	}
	return nil
}

// isLifted reports whether e is a variable that the fix declares before the
// loop.
func (r *Reading) isLifted(e ast.Expr) bool {
	obj := code.Local(r.Info, e)
	return obj != nil && r.Loop.Liftable(obj)
}

// allLifted reports whether all that the header declares beside the counter can
// be declared before the loop.
func (r *Reading) allLifted(init *ast.AssignStmt) bool {
	for _, lhs := range init.Lhs {
		if obj := code.Local(r.Info, lhs); obj == nil || obj != r.Counter.Obj && !r.Loop.Liftable(obj) {
			return false
		}
	}
	return true
}

// withoutCount returns cond without the comparisons of the counter, nil if
// nothing is left.
func (r *Reading) withoutCount(cond ast.Expr) (ast.Expr, bool) {
	e := ast.Unparen(cond)
	bin, ok := e.(*ast.BinaryExpr)
	if ok && bin.Op == token.LAND {
		x, dx := r.withoutCount(bin.X)
		y, dy := r.withoutCount(bin.Y)
		switch {
		case x == nil:
			return y, true
		case y == nil:
			return x, true
		}
		return cond, dx || dy
	}
	if ok && code.IsComparison(bin.Op) && code.Mentions(r.Info, bin, r.Counter.Obj) {
		return nil, true
	}
	return cond, false
}

// MarkCount notes in removed what cond asks of the count.
func (r *Reading) MarkCount(cond ast.Expr, removed map[ast.Node]bool) {
	e := ast.Unparen(cond)
	if bin, ok := e.(*ast.BinaryExpr); ok {
		if bin.Op == token.LAND {
			r.MarkCount(bin.X, removed)
			r.MarkCount(bin.Y, removed)
		} else if code.Mentions(r.Info, bin, r.Counter.Obj) {
			removed[bin] = true
		}
	}
}

// startsItself reports whether e is the counter, whose first value is given to
// the function.
func (r *Reading) startsItself(e ast.Expr) bool {
	c := r.Counter
	id, ok := e.(*ast.Ident)
	return ok && c != nil && c.Start != nil && r.Info.ObjectOf(id) == c.Obj && code.Local(r.Info, c.Start) == c.Obj
}
