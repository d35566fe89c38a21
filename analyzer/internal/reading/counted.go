package reading

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

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
