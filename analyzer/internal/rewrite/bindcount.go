package rewrite

import (
	"go/ast"
	"go/token"
	"slices"
)

// bindCount finds what counts the attempts, and how many there are.
func (b *binder) bindCount() Refusal {
	b.counter = b.counterOf()
	limit, ok := limitOf(b.Bounds)
	inHeader := b.countedByHeader()
	if !ok && inHeader {
		limit, ok = b.countedInBody()
	}
	if b.Bounds.Before && b.carriedIn(b.loop.cond) == nil {
		return firstBefore // the attempt before the loop would stay, and its delay with it
	}
	switch {
	case !ok && inHeader:
		return countNotKnown
	case !ok && b.Bounds.Counted, !inHeader && limit.expr != nil:
		return countNotKnown // the helper would not be told
	case !ok:
		return ""
	case inHeader && !b.atLeastOne(limit):
		b.mayBeNone = true
	}
	_, ranges := b.loop.cycle.(*ast.RangeStmt) // over what is computed before the loop
	if limit.expr != nil && !ranges && !b.loop.visibleBefore(b.pkg, limit.expr) && !b.isLifted(limit.expr) {
		return countNotKnown
	}
	if limit.expr != nil {
		more := limit.offset
		limit = numberOf(b.info, limit.expr)
		limit.offset += more
	}
	b.limit, b.bounded = limit, true
	return ""
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
func (b *binder) countedInBody() (number, bool) {
	cmp, ok := ast.Unparen(b.loop.cond).(*ast.BinaryExpr)
	c := b.counter
	if !ok || c == nil || c.step != 1 || c.stepAt == nil || c.stepAt == b.loop.post || local(b.info, cmp.X) != c.obj || len(b.pauses) != 1 {
		return number{}, false
	}
	extra, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[cmp.Op]
	start, end := numberOf(b.info, c.start), numberOf(b.info, cmp.Y)
	if !ok || start.expr != nil {
		return number{}, false
	}
	together := false
	for s := range b.pauses {
		eachList(b.loop.cycle.(*ast.ForStmt).Body, func(list []ast.Stmt) {
			together = together || slices.Contains(list, s) && slices.Contains(list, c.stepAt)
		})
	}
	return number{end.expr, end.offset - start.offset + extra}, together
}

// countedByHeader reports whether the loop's header ends the attempts by their
// number.
func (b *binder) countedByHeader() bool {
	if _, ok := b.loop.cycle.(*ast.RangeStmt); ok {
		return !b.ticks
	}
	return b.counter != nil && b.loop.cond != nil && mentions(b.info, b.loop.cond, b.counter.obj)
}

// removeHeader removes what the header has of the count.
func (b *binder) removeHeader(removed map[ast.Node]bool) Refusal {
	b.keepCond = b.loop.cond
	if b.loop.cond == nil && b.counter == nil {
		return ""
	}
	if b.counter != nil {
		if b.counter.stepAt == b.loop.post && b.loop.post != nil {
			removed[b.loop.post] = true
		}
		if b.loop.init != nil && valueGiven(b.info, b.loop.init, b.counter.obj) != nil {
			removed[b.loop.init] = b.allLifted(b.loop.init.(*ast.AssignStmt))
		}
	}
	if b.bounded && b.countedByHeader() && b.loop.cond != nil {
		rest, dropped := b.withoutCount(b.loop.cond)
		if !dropped {
			return countNotKnown
		}
		b.keepCond = rest
		b.markCount(b.loop.cond, removed)
	}
	return ""
}

// isLifted reports whether e is a variable that the fix declares before the
// loop.
func (b *binder) isLifted(e ast.Expr) bool {
	obj := local(b.info, e)
	return obj != nil && b.liftable(obj)
}

// allLifted reports whether all that the header declares beside the counter can
// be declared before the loop.
func (b *binder) allLifted(init *ast.AssignStmt) bool {
	for _, lhs := range init.Lhs {
		if obj := local(b.info, lhs); obj == nil || obj != b.counter.obj && !b.liftable(obj) {
			return false
		}
	}
	return true
}

// withoutCount returns cond without the comparisons of the counter, nil if
// nothing is left.
func (b *binder) withoutCount(cond ast.Expr) (ast.Expr, bool) {
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
	if ok && isComparison(bin.Op) && mentions(b.info, bin, b.counter.obj) {
		return nil, true
	}
	return cond, false
}

func (b *binder) markCount(cond ast.Expr, removed map[ast.Node]bool) {
	e := ast.Unparen(cond)
	if bin, ok := e.(*ast.BinaryExpr); ok {
		if bin.Op == token.LAND {
			b.markCount(bin.X, removed)
			b.markCount(bin.Y, removed)
		} else if mentions(b.info, bin, b.counter.obj) {
			removed[bin] = true
		}
	}
}
