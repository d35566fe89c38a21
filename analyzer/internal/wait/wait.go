// Package wait writes the fix of a site by a helper that only waits: the loop stays.
package wait

import (
	"go/ast"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A waiting replaces the delays of a loop by calls that wait. All else stays,
// but for what only computed the delays.
type waiting struct {
	*write.Keeper
	args      helper.Args
	name      string // the context in scope, "" for none
	asked     ending // what each pass asks first
	answered  bool   // which does more than to leave, where that has ended
	elsewhere ending // what a pass asks later, to return at once
	label     string // by which breaks leave the loop, or ""
	resets    []*reset
	anew      *place            // where success lets the helper start anew, or nil
	gone      map[ast.Stmt]bool // statements that only served the delays
	last      map[ast.Stmt]bool // delays that come behind the last attempt, too
	guards    bool              // the fix has a new test in front of a wait, whether another attempt follows

	key      string // what the fix lets a range count with, or ""
	keepsKey bool   // the fix asks what the range counts with

	each map[ast.Stmt]ast.Expr // how long each delay lasts, if the helper is told each; or nil
}

// New returns the fix of a site by a helper of the shape wait.
func New(req reading.Request) (*write.Fix, reason.Refusal) {
	b, refusal := reading.OfWait(req)
	if refusal != nil {
		return nil, refusal
	}
	w := &waiting{Keeper: write.NewKeeper(b)}
	if w.Same = w.Helper.Stateless(); w.Same {
		if refusal := w.bindEach(); refusal != nil {
			return nil, refusal
		}
		w.leaveDead()
		w.replacePauses()
		return w.finish()
	}
	for _, step := range []func() reason.Refusal{w.sameDelay, w.bindTimers, w.findResets, w.bindArgs, w.afterFailure, w.bindResets, w.bindGain, w.checkSteps} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	w.Start(w.args)
	w.findLast()
	removed := w.leaveDead()
	w.replaceResets()
	w.replacePauses()
	w.LeaveLengths()
	w.shortenHeader(removed)
	return w.finish()
}

// finish makes the fix. A loop that waits first does so in its header.
func (w *waiting) finish() (*write.Fix, reason.Refusal) {
	text := w.LoopText()
	if len(w.Loop.Body) > 0 && w.Pauses[w.Loop.Body[0]] != nil {
		alone := len(w.Loop.After) == 0
		text = tidy.LiftTest(text, w.Loop.Last && alone && w.Loop.Sig.Results().Len() == 0, alone)
	}
	fix, refusal := w.Finish(w.labelled(text))
	if fix != nil {
		fix.Guards, fix.Resets = w.guards, w.anew != nil
	}
	return fix, refusal
}

// bindTimers finds what only serves the timers of delays.
func (w *waiting) bindTimers() (refusal reason.Refusal) {
	w.Served, refusal = w.FindTimers()
	return refusal
}

// sameDelay refuses delays of different durations: a helper that keeps them has
// one.
func (w *waiting) sameDelay() reason.Refusal {
	if w.Verdict.Reason == flow.SetOnFailure {
		return reason.SeveralDelays.At(w.Verdict.Delay.Node.Pos()) // success waits as well
	}
	vars := w.DelayVars()
	return w.SameDelays(func(a *ast.AssignStmt) bool { return w.isReset(a, vars) })
}

// afterFailure refuses a delay that success takes, too, where the context in scope would end
// it: that would be no success.
func (w *waiting) afterFailure() reason.Refusal {
	d := w.Verdict.Delay.Node
	either := slices.ContainsFunc(code.InOrder(w.Pauses), func(s ast.Stmt) bool { return code.Within(s, d) && plain(w.Pauses[s]) })
	if w.name == "" || !w.Verdict.Either || !either {
		return nil
	}
	return reason.SuccessWaits.At(d.Pos())
}

// bindArgs finds what the templates are given.
func (w *waiting) bindArgs() (refusal reason.Refusal) {
	if refusal := w.bindHelper(); refusal != nil {
		return refusal
	}
	if w.args.Delay, w.args.MaxDelay, refusal = w.Delays(); refusal != nil {
		return refusal
	}
	if refusal := w.NamesBase(&w.args); refusal != nil {
		return refusal
	}
	if w.args.MaxDelay != "" && !w.Helper.Supports(helper.MaxDelay) {
		return reason.LacksMaxDelay
	}
	w.InlineConsts(&w.args, w.removed())
	return nil
}

// bindGain refuses a fix that changes nothing but the words: delays that stay what they
// are, and that nothing ends which does not today.
func (w *waiting) bindGain() reason.Refusal {
	stays := w.Growth.Kind == growth.Constant && (w.args.MaxDelay == w.args.Delay || w.SameWaits())
	ended := slices.ContainsFunc(code.InOrder(w.Pauses), func(s ast.Stmt) bool {
		p := w.Pauses[s]
		return p.Ctx == nil && p.Done == nil && w.endOf(s) != ending{}
	})
	if stays && !ended {
		return reason.WaitsAlike.At(w.DelayPos())
	}
	return nil
}

// removed returns the nodes that are no part of the loop any more.
func (w *waiting) removed() map[ast.Node]bool {
	removed := make(map[ast.Node]bool)
	maps.Copy(removed, w.Untold.Gone)
	for _, s := range code.InOrder(w.Pauses) {
		p := w.Pauses[s]
		sel, ok := s.(*ast.SelectStmt)
		switch {
		case ok:
			for _, c := range sel.Body.List {
				removed[c.(*ast.CommClause).Comm] = true
			}
		case s == w.Loop.Cycle:
			removed[p.Channel()] = true
		case p.Exit != nil || p.Told:
			removed[p.Delay.Node] = true
		default:
			removed[s] = true
		}
	}
	for _, s := range code.InOrder(w.Served) {
		removed[s] = true
	}
	return removed
}

// needed returns the expressions that the fix uses.
func (w *waiting) needed() (list []ast.Expr) {
	list = w.WithReceivers(w.Delay, w.Writer.Limit)
	for _, s := range code.InOrder(w.Pauses) {
		p := w.Pauses[s]
		for _, e := range []ast.Expr{p.Ctx, p.Done} {
			if e != nil {
				list = append(list, e)
			}
		}
		if each := w.each[s]; each != nil {
			list = append(list, each)
		}
		list = append(list, w.Loop.Conds(s)...)
	}
	for _, r := range w.resets {
		list = append(list, w.Loop.Conds(r.stmt)...)
	}
	return list
}

// leaveDead leaves out what only computed the delays. It returns what is removed.
func (w *waiting) leaveDead() map[ast.Node]bool {
	removed := w.removed()
	for _, r := range w.resets {
		if r.dead {
			removed[r.stmt] = true
		}
	}
	gone := w.Loop.Dead(removed, w.needed())
	w.gone = gone
	w.keepAround(gone)
	maps.Copy(w.Gone, gone)
	for _, r := range w.resets {
		w.Gone[r.stmt] = true
	}
	for _, s := range code.InOrder(gone) {
		switch {
		case s == w.Loop.Init || s == w.Loop.Post:
		case w.Loop.Has(s.Pos()):
			w.Leave(s)
		}
	}
	for _, s := range code.InOrder(w.Served) {
		if w.Loop.Has(s.Pos()) {
			w.Leave(s)
		} else {
			gone[s] = true
		}
	}
	w.Outer = w.DropBefore(gone, removed, w.needed())
	return removed
}

// keepAround takes from gone the statements that hold a delay, or a reset: what else they
// hold is gone all the same.
func (w *waiting) keepAround(gone map[ast.Stmt]bool) {
	keeps := func(s ast.Stmt) bool {
		return w.HoldsPause(s) || slices.ContainsFunc(w.resets, func(r *reset) bool { return code.Within(s, r.stmt) })
	}
	for _, s := range code.InOrder(gone) {
		if !keeps(s) {
			continue
		}
		delete(gone, s)
		code.EachList(s, func(list []ast.Stmt) {
			for _, x := range list {
				if !keeps(x) {
					gone[x] = true
				}
			}
		})
	}
}
