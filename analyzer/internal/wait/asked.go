package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// An ending is what may end a delay early, as it is written: a context, or a
// channel that says stop.
type ending struct {
	ctx    string   // "" for a channel
	done   string   // the channel, or that of the context
	asks   ast.Expr // the source's
	same   bool     // the pass that asks it leaves the loop to do what follows it
	before ast.Stmt // what asks it right in front of the delay, or nil
	then   string   // what leaves where it has ended a delay, or "" where the next pass asks that
}

// endOf returns what ends the delay s: what does so today, or else what is asked right in front
// of it, what the next pass asks first, or what leaves the loop.
func (w *waiting) endOf(s ast.Stmt) ending {
	switch p := w.Pauses[s]; {
	case p.Ctx != nil:
		return ending{ctx: w.Text(p.Ctx), done: w.Text(p.Ctx) + ".Done()"}
	case p.Done != nil:
		return ending{done: types.ExprString(p.Done)} // it may stand elsewhere
	}
	if e := w.askedBefore(s); e.before != nil {
		return e
	}
	if w.asksNext(s) {
		return w.asked
	}
	return w.leaving(s)
}

// findAsked finds what each pass asks first, to leave the loop if it has ended.
// Where that ends a delay as well, the next pass leaves at once.
//
//	for {
//		select {
//		case <-stop:
//			return
//		default:
//		}
//		...
//		time.Sleep(delay)
//	}
func (w *waiting) findAsked() {
	if !w.Helper.Supports(helper.Context) {
		return
	}
	if w.asked = w.askedByCond(w.Loop.Cond); w.asked.done != "" {
		return
	}
	for _, s := range w.Loop.Body {
		if w.asked = w.askedBy(s); w.asked.done != "" {
			x, _ := s.(*ast.IfStmt)
			w.asked.same = s == w.Loop.Body[0] && (x == nil || x.Init == nil) && w.FollowsAnyway(answer(s))
			if w.asked.ctx == "" && (!w.Helper.Wait.Uses("done") || w.sentTo(w.asked.asks)) {
				w.asked = ending{} // the wait takes the value, and the pass waits for another
			}
			return
		}
		if goesOn(s) || w.Pauses[s] != nil {
			return
		}
	}
}

// askedBy returns what s asks, if s leaves the loop where that has ended, and does
// nothing otherwise.
func (w *waiting) askedBy(s ast.Stmt) ending {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return w.askedBy(s.Stmt)
	case *ast.IfStmt:
		if s.Else == nil && w.leavesAtEnd(s.Body.List) {
			return w.askedIf(s)
		}
	case *ast.SelectStmt:
		return w.askedSelect(s)
	}
	return ending{}
}

// askedIf reads ctx.Err() != nil, and err := ctx.Err(); err != nil, and a call that says so.
func (w *waiting) askedIf(s *ast.IfStmt) ending {
	if call, ok := ast.Unparen(s.Cond).(*ast.CallExpr); ok && s.Init == nil {
		return w.endedBy(w.Pkg.Ended(call))
	}
	if !code.ComparesToNil(w.Info, s.Cond) {
		return ending{}
	}
	cmp := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if a, ok := s.Init.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 && code.SameName(a.Lhs[0], cmp.X) {
		return w.endingOf(a.Rhs[0])
	}
	return w.endingOf(cmp.X)
}

// endedBy returns what asks the context ctx, which may be nil.
func (w *waiting) endedBy(ctx ast.Expr) ending {
	if ctx == nil || !w.Loop.VisibleBefore(ctx) {
		return ending{}
	}
	return ending{ctx: w.Text(ctx), done: w.Text(ctx) + ".Done()", asks: ctx}
}

// askedByCond reads the condition ctx.Err() == nil, or what says so, by itself or with others.
func (w *waiting) askedByCond(cond ast.Expr) ending {
	if ctx := w.Pkg.NotEnded(cond); ctx != nil {
		return w.endedBy(ctx)
	}
	if x := code.EqualsNil(w.Info, cond); x != nil {
		return w.endingOf(x)
	}
	and, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || and.Op != token.LAND {
		return ending{}
	}
	if e := w.askedByCond(and.X); e.done != "" {
		return e
	}
	return w.askedByCond(and.Y)
}

// askedSelect reads a select that asks a context or a channel, or else goes on, behind it
// or in its default.
func (w *waiting) askedSelect(s *ast.SelectStmt) (asked ending) {
	goes := false
	for _, c := range s.Body.List {
		switch c := c.(*ast.CommClause); {
		case c.Comm == nil:
			goes = true
		case len(s.Body.List) == 2 && w.leavesFromAny(c.Body):
			asked = w.endingOf(code.Received(c.Comm))
		}
	}
	if !goes {
		return ending{}
	}
	return asked
}

// endingOf returns what e asks: ctx of ctx.Err() or ctx.Done(), or a channel. It
// must be the same where a delay is.
func (w *waiting) endingOf(e ast.Expr) ending {
	if e == nil || !w.Loop.VisibleBefore(e) {
		return ending{}
	}
	if ctx := code.ContextOf(w.Info, e, "Err", "Done"); ctx != nil {
		return ending{ctx: w.Text(ctx), done: w.Text(ctx) + ".Done()", asks: e}
	}
	if code.IsStopChan(w.Info.TypeOf(e)) {
		return ending{done: w.Text(e), asks: e}
	}
	return ending{}
}

// asksNext reports whether the pass behind the delay s asks first whether what may
// end the delay has ended. A delay in front of the operation leaves the loop itself, unless
// the pass goes round behind it, or has another answer to that.
func (w *waiting) asksNext(s ast.Stmt) bool {
	op := w.Verdict.Operation
	if w.asked.done == "" || op == nil || !w.meansThere(w.asked.asks, s.Pos()) {
		return false
	}
	return s == w.Loop.Cycle && w.asked.same || s != w.Loop.Cycle && (w.answered || s.Pos() > op.Pos() || w.continues(s))
}

// continues reports whether the list that holds s ends by going round.
func (w *waiting) continues(s ast.Stmt) bool {
	return slices.ContainsFunc(w.Loop.Lists(), func(list []ast.Stmt) bool {
		return slices.Contains(list, s) && code.EndsIn(list, token.CONTINUE)
	})
}

// meansThere reports whether the names in e mean the same at pos.
func (w *waiting) meansThere(e ast.Expr, pos token.Pos) bool {
	return !code.AnyName(e, func(id *ast.Ident) bool {
		obj := w.Info.Uses[id]
		return obj != nil && obj.Parent() != nil && obj.Parent() != types.Universe && !w.means(id.Name, pos, obj)
	})
}

// ending returns what ends each of the delays.
func (w *waiting) ending() (all ending) {
	for i, s := range code.InOrder(w.Pauses) {
		e := w.endOf(s)
		if e = (ending{ctx: e.ctx, done: e.done}); e.ctx != "" {
			e.done = ""
		}
		if i > 0 && e != all {
			return ending{}
		}
		all = e
	}
	return all
}
