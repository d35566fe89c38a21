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
	if post, ok := r.Loop.Post.(*ast.IncDecStmt); ok && r.Counter == nil {
		if v := code.Local(r.Info, post.X); v != nil && r.Loop.Kept(v) {
			return reason.CounterEscapes.At(post.Pos())
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
	if r.Bounds.Before && r.carriedIn(r.Loop.Cond) == nil {
		return reason.FirstBefore.At(r.Loop.List[max(r.Loop.Index-1, 0)].Pos()) // the attempt before the loop would stay, and its delay with it
	}
	switch {
	case !ok && inHeader:
		return r.CountRefused(r.CountPos())
	case !ok && r.Bounds.Counted, !inHeader && limit.Expr != nil && !byTest:
		return r.CountRefused(r.CountPos()) // the helper would not be told
	case !ok:
		return nil
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

// countedInBody returns the number of passes of a loop that counts where it
// goes round: the step is in the one list of statements that does.
//
//	for retries <= 10 {
//		...
//			retries++
//			continue
//		...
//	}
func (r *Reading) countedInBody() (loop.Number, bool) {
	cmp, ok := ast.Unparen(r.Loop.Cond).(*ast.BinaryExpr)
	c := r.Counter
	if !ok || c == nil || c.Step != 1 || c.StepAt == nil || c.StepAt == r.Loop.Post || code.Local(r.Info, cmp.X) != c.Obj || len(r.Pauses) != 1 {
		return loop.Number{}, false
	}
	extra, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[cmp.Op]
	start, end := loop.NumberOf(r.Info, c.Start), loop.NumberOf(r.Info, cmp.Y)
	if !ok || start.Expr != nil {
		return loop.Number{}, false
	}
	together := false
	for _, s := range code.InOrder(r.Pauses) {
		code.EachList(r.Loop.Cycle.(*ast.ForStmt).Body, func(list []ast.Stmt) {
			together = together || slices.Contains(list, s) && slices.Contains(list, c.StepAt)
		})
	}
	return end.Add(extra - start.Offset), together
}

// countedByTest returns the number of passes of a loop that counts in its
// header, and in its body leaves where the count has come to a limit.
//
//	for n := 0; ; n++ {
//		...
//		if n >= limit {
//			return err
//		}
//		...
//	}
func (r *Reading) countedByTest() (n loop.Number, ok bool) {
	c := r.Counter
	if c == nil || c.StepAt == nil || c.StepAt != r.Loop.Post {
		return loop.Number{}, false
	}
	r.Loop.Inspect(func(x ast.Node) bool {
		s, isIf := x.(*ast.IfStmt)
		if !isIf || ok {
			return !ok
		}
		for _, cmp := range code.Comparisons(s.Cond) {
			if m, known := r.passesUntil(cmp); known {
				n, ok = m, true
			}
		}
		return !ok
	})
	r.Floor = ok && !r.AtLeastOne(n)
	return n, ok
}

// passesUntil returns in which pass the counter comes to the limit that it is
// compared with: the first pass, if it is there already.
func (r *Reading) passesUntil(cmp *ast.BinaryExpr) (loop.Number, bool) {
	c := r.Counter
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Mentions(r.Info, y, c.Obj) {
		x, y, op = y, x, code.Mirror[op]
	}
	left := loop.NumberOf(r.Info, x)
	if left.Expr == nil || left.Less != nil || code.Local(r.Info, left.Expr) != c.Obj || code.Mentions(r.Info, y, c.Obj) || !r.Loop.VisibleBefore(y) {
		return loop.Number{}, false
	}
	// The counter plus left.offset is that of the limit at pass limit - start - left.offset + 1.
	limit, start := loop.NumberOf(r.Info, y), loop.NumberOf(r.Info, c.Start)
	start.Offset += left.Offset
	if c.Step < 0 {
		limit, start, op = limit.Negated(), start.Negated(), code.Mirror[op]
	}
	n, ok := limit.Plus(start.Negated())
	switch op {
	case token.GEQ, token.LSS, token.EQL, token.NEQ:
		n.Offset++
	case token.GTR, token.LEQ:
		n.Offset += 2
	}
	exact := op == token.EQL || op == token.NEQ
	return n, ok && !n.Constant() && (!exact || r.AtLeastOne(n))
}

// CountedByHeader reports whether the loop's header ends the attempts by their
// number.
func (r *Reading) CountedByHeader() bool {
	if _, ok := r.Loop.Cycle.(*ast.RangeStmt); ok {
		return !r.Ticks
	}
	return r.Counter != nil && r.Loop.Cond != nil && code.Mentions(r.Info, r.Loop.Cond, r.Counter.Obj)
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
