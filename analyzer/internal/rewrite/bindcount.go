package rewrite

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindCount finds what counts the attempts, and how many there are.
func (b *Reading) bindCount() reason.Refusal {
	b.counter = b.loop.Counter()
	if c := b.counter; c != nil && (c.Obj.Pos() < b.loop.Outer.Pos() && b.loop.Observed(c.Obj) || !b.countsApart() && b.loop.Kept(c.Obj)) {
		return reason.CounterEscapes.At(b.counterPos())
	}
	if post, ok := b.loop.Post.(*ast.IncDecStmt); ok && b.counter == nil {
		if v := code.Local(b.info, post.X); v != nil && b.loop.Kept(v) {
			return reason.CounterEscapes.At(post.Pos())
		}
	}
	limit, ok := limitOf(b.Bounds)
	inHeader := b.countedByHeader()
	if !ok && inHeader {
		limit, ok = b.countedInBody()
	}
	byTest := false
	if !ok && !inHeader {
		limit, ok = b.countedByTest()
		byTest = ok
	}
	if b.Bounds.Before && b.carriedIn(b.loop.Cond) == nil {
		return reason.FirstBefore.At(b.loop.List[max(b.loop.Index-1, 0)].Pos()) // the attempt before the loop would stay, and its delay with it
	}
	switch {
	case !ok && inHeader:
		return b.countRefused(b.countPos())
	case !ok && b.Bounds.Counted, !inHeader && limit.Expr != nil && !byTest:
		return b.countRefused(b.countPos()) // the helper would not be told
	case !ok:
		return nil
	case inHeader && !b.atLeastOne(limit):
		b.mayBeNone = true
	}
	_, ranges := b.loop.Cycle.(*ast.RangeStmt) // over what is computed before the loop
	for _, e := range []ast.Expr{limit.Expr, limit.Less} {
		if e != nil && !ranges && !b.loop.VisibleBefore(e) && !b.isLifted(e) && !b.startsItself(e) {
			return b.countRefused(e.Pos())
		}
		if e != nil && !ranges && !b.isLifted(e) && !b.startsItself(e) && (!code.Repeatable(b.info, e) || !b.loop.Steady(e)) {
			return reason.LimitChanges.At(e.Pos())
		}
	}
	b.limitMoves = ranges && limit.Expr != nil && !b.loop.Steady(limit.Expr)
	if inHeader && !ranges && b.loop.Cond != nil && !b.limitStays() || b.mayOverflow(limit) {
		return b.countRefused(b.countPos())
	}
	if limit.Expr != nil && !byTest {
		limit = loop.NumberOf(b.info, limit.Expr).Add(limit.Offset)
	}
	if b.Helper.RetriesUnlimited && !b.atLeast(limit, 2) {
		return reason.LacksSingle.At(b.countPos())
	}
	b.limit, b.bounded = limit, true
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
func (b *Reading) countedInBody() (loop.Number, bool) {
	cmp, ok := ast.Unparen(b.loop.Cond).(*ast.BinaryExpr)
	c := b.counter
	if !ok || c == nil || c.Step != 1 || c.StepAt == nil || c.StepAt == b.loop.Post || code.Local(b.info, cmp.X) != c.Obj || len(b.pauses) != 1 {
		return loop.Number{}, false
	}
	extra, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[cmp.Op]
	start, end := loop.NumberOf(b.info, c.Start), loop.NumberOf(b.info, cmp.Y)
	if !ok || start.Expr != nil {
		return loop.Number{}, false
	}
	together := false
	for _, s := range code.InOrder(b.pauses) {
		code.EachList(b.loop.Cycle.(*ast.ForStmt).Body, func(list []ast.Stmt) {
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
func (b *Reading) countedByTest() (n loop.Number, ok bool) {
	c := b.counter
	if c == nil || c.StepAt == nil || c.StepAt != b.loop.Post {
		return loop.Number{}, false
	}
	b.loop.Inspect(func(x ast.Node) bool {
		s, isIf := x.(*ast.IfStmt)
		if !isIf || ok {
			return !ok
		}
		for _, cmp := range code.Comparisons(s.Cond) {
			if m, known := b.passesUntil(cmp); known {
				n, ok = m, true
			}
		}
		return !ok
	})
	b.floor = ok && !b.atLeastOne(n)
	return n, ok
}

// passesUntil returns in which pass the counter comes to the limit that it is
// compared with: the first pass, if it is there already.
func (b *Reading) passesUntil(cmp *ast.BinaryExpr) (loop.Number, bool) {
	c := b.counter
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Mentions(b.info, y, c.Obj) {
		x, y, op = y, x, code.Mirror[op]
	}
	left := loop.NumberOf(b.info, x)
	if left.Expr == nil || left.Less != nil || code.Local(b.info, left.Expr) != c.Obj || code.Mentions(b.info, y, c.Obj) || !b.loop.VisibleBefore(y) {
		return loop.Number{}, false
	}
	// The counter plus left.offset is that of the limit at pass limit - start - left.offset + 1.
	limit, start := loop.NumberOf(b.info, y), loop.NumberOf(b.info, c.Start)
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
	return n, ok && !n.Constant() && (!exact || b.atLeastOne(n))
}

// countedByHeader reports whether the loop's header ends the attempts by their
// number.
func (b *Reading) countedByHeader() bool {
	if _, ok := b.loop.Cycle.(*ast.RangeStmt); ok {
		return !b.ticks
	}
	return b.counter != nil && b.loop.Cond != nil && code.Mentions(b.info, b.loop.Cond, b.counter.Obj)
}

// removeHeader removes what the header has of the count.
func (b *Reading) removeHeader(removed map[ast.Node]bool) reason.Refusal {
	b.keepCond = b.loop.Cond
	if b.loop.Cond == nil && b.counter == nil {
		return nil
	}
	if b.counter != nil {
		if b.counter.StepAt == b.loop.Post && b.loop.Post != nil {
			removed[b.loop.Post] = true
		}
		if b.loop.Init != nil && code.ValueGiven(b.info, b.loop.Init, b.counter.Obj) != nil {
			removed[b.loop.Init] = b.allLifted(b.loop.Init.(*ast.AssignStmt))
		}
	}
	if b.bounded && b.countedByHeader() && b.loop.Cond != nil {
		rest, dropped := b.withoutCount(b.loop.Cond)
		if !dropped {
			return b.countRefused(b.countPos())
		}
		b.keepCond = rest
		b.markCount(b.loop.Cond, removed)
	}
	return nil
}

// isLifted reports whether e is a variable that the fix declares before the
// loop.
func (b *Reading) isLifted(e ast.Expr) bool {
	obj := code.Local(b.info, e)
	return obj != nil && b.loop.Liftable(obj)
}

// allLifted reports whether all that the header declares beside the counter can
// be declared before the loop.
func (b *Reading) allLifted(init *ast.AssignStmt) bool {
	for _, lhs := range init.Lhs {
		if obj := code.Local(b.info, lhs); obj == nil || obj != b.counter.Obj && !b.loop.Liftable(obj) {
			return false
		}
	}
	return true
}

// withoutCount returns cond without the comparisons of the counter, nil if
// nothing is left.
func (b *Reading) withoutCount(cond ast.Expr) (ast.Expr, bool) {
	e := ast.Unparen(cond)
	bin, ok := e.(*ast.BinaryExpr)
	if ok && bin.Op == token.LAND {
		x, dx := b.withoutCount(bin.X)
		y, dy := b.withoutCount(bin.Y)
		switch {
		case x == nil:
			return y, true
		case y == nil:
			return x, true
		}
		return cond, dx || dy
	}
	if ok && code.IsComparison(bin.Op) && code.Mentions(b.info, bin, b.counter.Obj) {
		return nil, true
	}
	return cond, false
}

func (b *Reading) markCount(cond ast.Expr, removed map[ast.Node]bool) {
	e := ast.Unparen(cond)
	if bin, ok := e.(*ast.BinaryExpr); ok {
		if bin.Op == token.LAND {
			b.markCount(bin.X, removed)
			b.markCount(bin.Y, removed)
		} else if code.Mentions(b.info, bin, b.counter.Obj) {
			removed[bin] = true
		}
	}
}

// startsItself reports whether e is the counter, whose first value is given to
// the function.
func (b *Reading) startsItself(e ast.Expr) bool {
	c := b.counter
	id, ok := e.(*ast.Ident)
	return ok && c != nil && c.Start != nil && b.info.ObjectOf(id) == c.Obj && code.Local(b.info, c.Start) == c.Obj
}
