package wait

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// bindEach finds what tells the delays, of a helper that is told each.
func (w *waiting) bindEach() reason.Refusal {
	if refusal := w.bindHelper(); refusal != nil {
		return refusal
	}
	w.Start(w.args)
	w.each = make(map[ast.Stmt]ast.Expr)
	for _, s := range code.InOrder(w.Pauses) {
		d := w.timeOf(w.Pauses[s])
		if d == nil {
			return reason.DelayNotKnown.At(s.Pos())
		}
		if length, _ := w.DurationOf(d); w.Helper.PositiveDelay && length <= 0 {
			return reason.LacksZeroDelay.At(d.Pos())
		}
		w.each[s] = d
	}
	return nil
}

// timeOf returns for how long p waits, or nil.
func (w *waiting) timeOf(p *pass.Pause) ast.Expr {
	if !p.Delay.WaitsGiven(w.Pkg) {
		return nil
	}
	if call, ok := p.Delay.Node.(*ast.CallExpr); ok && p.Delay.Duration == nil {
		for _, arg := range call.Args {
			if site.IsDuration(w.Info.TypeOf(arg)) {
				return arg
			}
		}
	}
	return p.Delay.Duration
}

// bindHelper finds what ends the delays, and declares what the helper needs.
func (w *waiting) bindHelper() reason.Refusal {
	w.findAsked()
	if w.Helper.Supports(helper.Context) {
		w.name = w.InScope(w.Scope)
		if w.UseCtx = w.name; w.AnswersItself(false) {
			if w.answered = w.asked.ctx == w.name; !w.answered {
				w.name = ""
			}
		}
		w.findElsewhere()
		end := w.ending()
		w.UseCtx, w.UseDone = end.ctx, end.done
	}
	for _, t := range []*helper.Template{w.Helper.Init, w.Helper.Wait} {
		if t.Needs("attempts") || t.Needs("retries") {
			return reason.CountsItself
		}
	}
	return nil
}
