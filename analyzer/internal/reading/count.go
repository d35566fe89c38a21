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
func (b *Reading) bindCount() reason.Refusal {
	b.Counter = b.Loop.Counter()
	if c := b.Counter; c != nil && (c.Obj.Pos() < b.Loop.Outer.Pos() && b.Loop.Observed(c.Obj) || !b.countsApart() && b.Loop.Kept(c.Obj)) {
		return reason.CounterEscapes.At(b.CounterPos())
	}
	if post, ok := b.Loop.Post.(*ast.IncDecStmt); ok && b.Counter == nil {
		if v := code.Local(b.Info, post.X); v != nil && b.Loop.Kept(v) {
			return reason.CounterEscapes.At(post.Pos())
		}
	}
	limit, ok := LimitOf(b.Bounds)
	inHeader := b.CountedByHeader()
	if !ok && inHeader {
		limit, ok = b.countedInBody()
	}
	byTest := false
	if !ok && !inHeader {
		limit, ok = b.countedByTest()
		byTest = ok
	}
	if b.Bounds.Before && b.carriedIn(b.Loop.Cond) == nil {
		return reason.FirstBefore.At(b.Loop.List[max(b.Loop.Index-1, 0)].Pos()) // the attempt before the loop would stay, and its delay with it
	}
	switch {
	case !ok && inHeader:
		return b.CountRefused(b.CountPos())
	case !ok && b.Bounds.Counted, !inHeader && limit.Expr != nil && !byTest:
		return b.CountRefused(b.CountPos()) // the helper would not be told
	case !ok:
		return nil
	case inHeader && !b.AtLeastOne(limit):
		b.MayBeNone = true
	}
	_, ranges := b.Loop.Cycle.(*ast.RangeStmt) // over what is computed before the loop
	for _, e := range []ast.Expr{limit.Expr, limit.Less} {
		if e != nil && !ranges && !b.Loop.VisibleBefore(e) && !b.isLifted(e) && !b.startsItself(e) {
			return b.CountRefused(e.Pos())
		}
		if e != nil && !ranges && !b.isLifted(e) && !b.startsItself(e) && (!code.Repeatable(b.Info, e) || !b.Loop.Steady(e)) {
			return reason.LimitChanges.At(e.Pos())
		}
	}
	b.limitMoves = ranges && limit.Expr != nil && !b.Loop.Steady(limit.Expr)
	if inHeader && !ranges && b.Loop.Cond != nil && !b.limitStays() || b.mayOverflow(limit) {
		return b.CountRefused(b.CountPos())
	}
	if limit.Expr != nil && !byTest {
		limit = loop.NumberOf(b.Info, limit.Expr).Add(limit.Offset)
	}
	if b.Helper.RetriesUnlimited && !b.atLeast(limit, 2) {
		return reason.LacksSingle.At(b.CountPos())
	}
	b.Attempts, b.Bounded = limit, true
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
	cmp, ok := ast.Unparen(b.Loop.Cond).(*ast.BinaryExpr)
	c := b.Counter
	if !ok || c == nil || c.Step != 1 || c.StepAt == nil || c.StepAt == b.Loop.Post || code.Local(b.Info, cmp.X) != c.Obj || len(b.Pauses) != 1 {
		return loop.Number{}, false
	}
	extra, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[cmp.Op]
	start, end := loop.NumberOf(b.Info, c.Start), loop.NumberOf(b.Info, cmp.Y)
	if !ok || start.Expr != nil {
		return loop.Number{}, false
	}
	together := false
	for _, s := range code.InOrder(b.Pauses) {
		code.EachList(b.Loop.Cycle.(*ast.ForStmt).Body, func(list []ast.Stmt) {
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
	c := b.Counter
	if c == nil || c.StepAt == nil || c.StepAt != b.Loop.Post {
		return loop.Number{}, false
	}
	b.Loop.Inspect(func(x ast.Node) bool {
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
	b.Floor = ok && !b.AtLeastOne(n)
	return n, ok
}

// passesUntil returns in which pass the counter comes to the limit that it is
// compared with: the first pass, if it is there already.
func (b *Reading) passesUntil(cmp *ast.BinaryExpr) (loop.Number, bool) {
	c := b.Counter
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Mentions(b.Info, y, c.Obj) {
		x, y, op = y, x, code.Mirror[op]
	}
	left := loop.NumberOf(b.Info, x)
	if left.Expr == nil || left.Less != nil || code.Local(b.Info, left.Expr) != c.Obj || code.Mentions(b.Info, y, c.Obj) || !b.Loop.VisibleBefore(y) {
		return loop.Number{}, false
	}
	// The counter plus left.offset is that of the limit at pass limit - start - left.offset + 1.
	limit, start := loop.NumberOf(b.Info, y), loop.NumberOf(b.Info, c.Start)
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
	return n, ok && !n.Constant() && (!exact || b.AtLeastOne(n))
}

// CountedByHeader reports whether the loop's header ends the attempts by their
// number.
func (b *Reading) CountedByHeader() bool {
	if _, ok := b.Loop.Cycle.(*ast.RangeStmt); ok {
		return !b.Ticks
	}
	return b.Counter != nil && b.Loop.Cond != nil && code.Mentions(b.Info, b.Loop.Cond, b.Counter.Obj)
}

// removeHeader removes what the header has of the count.
func (b *Reading) removeHeader(removed map[ast.Node]bool) reason.Refusal {
	b.KeepCond = b.Loop.Cond
	if b.Loop.Cond == nil && b.Counter == nil {
		return nil
	}
	if b.Counter != nil {
		if b.Counter.StepAt == b.Loop.Post && b.Loop.Post != nil {
			removed[b.Loop.Post] = true
		}
		if b.Loop.Init != nil && code.ValueGiven(b.Info, b.Loop.Init, b.Counter.Obj) != nil {
			removed[b.Loop.Init] = b.allLifted(b.Loop.Init.(*ast.AssignStmt))
		}
	}
	if b.Bounded && b.CountedByHeader() && b.Loop.Cond != nil {
		rest, dropped := b.withoutCount(b.Loop.Cond)
		if !dropped {
			return b.CountRefused(b.CountPos())
		}
		b.KeepCond = rest
		b.MarkCount(b.Loop.Cond, removed)
	}
	return nil
}

// isLifted reports whether e is a variable that the fix declares before the
// loop.
func (b *Reading) isLifted(e ast.Expr) bool {
	obj := code.Local(b.Info, e)
	return obj != nil && b.Loop.Liftable(obj)
}

// allLifted reports whether all that the header declares beside the counter can
// be declared before the loop.
func (b *Reading) allLifted(init *ast.AssignStmt) bool {
	for _, lhs := range init.Lhs {
		if obj := code.Local(b.Info, lhs); obj == nil || obj != b.Counter.Obj && !b.Loop.Liftable(obj) {
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
	if ok && code.IsComparison(bin.Op) && code.Mentions(b.Info, bin, b.Counter.Obj) {
		return nil, true
	}
	return cond, false
}

func (b *Reading) MarkCount(cond ast.Expr, removed map[ast.Node]bool) {
	e := ast.Unparen(cond)
	if bin, ok := e.(*ast.BinaryExpr); ok {
		if bin.Op == token.LAND {
			b.MarkCount(bin.X, removed)
			b.MarkCount(bin.Y, removed)
		} else if code.Mentions(b.Info, bin, b.Counter.Obj) {
			removed[bin] = true
		}
	}
}

// startsItself reports whether e is the counter, whose first value is given to
// the function.
func (b *Reading) startsItself(e ast.Expr) bool {
	c := b.Counter
	id, ok := e.(*ast.Ident)
	return ok && c != nil && c.Start != nil && b.Info.ObjectOf(id) == c.Obj && code.Local(b.Info, c.Start) == c.Obj
}
