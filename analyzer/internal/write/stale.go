package write

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/stale"
)

// Stale returns where lines that stay say how long the waits of today are: with the
// fix they say what is not so.
func (w *Writer) Stale(with *growth.Schedule) []token.Pos {
	random, alike := w.Growth.Jittered || w.Growth.Kind == growth.Random, w.sameWaits(with)
	if alike && !random {
		return nil
	}
	l := w.Said(w.Written(w.Served), w.Served)
	l.Random, l.Alike = random, alike
	l.Goes = w.goes
	l.Amounts, l.Moves = w.amounts(with), w.Helper.Shape != helper.Wait
	l.Fixed, l.Linear = w.GrowthToday() == delays.Constant, w.Growth.Kind == growth.Linear
	l.Today, l.Passed, l.Text = w.Waits.Waits, w.passed, w.Text
	if with != nil {
		l.With = with.Waits
	}
	for _, s := range code.InOrder(w.Pauses) {
		if timer := w.TimerOf(w.Pauses[s]); timer != nil {
			l.Timers = append(l.Timers, timer.Name())
		}
	}
	return l.Lines()
}

// passed reports whether a pass does what is at pos in front of a delay, and tries after it:
// another helper than one that waits where the loop does waits before.
func (w *Writer) passed(pos token.Pos) bool {
	op := w.Verdict.Operation
	return op != nil && w.Helper.Shape != helper.Wait && w.Loop.Has(pos) && slices.ContainsFunc(code.InOrder(w.Pauses), func(s ast.Stmt) bool {
		return w.Loop.InBody(s.Pos()) && pos < s.Pos() && s.Pos() < op.Pos()
	})
}

// needsDelay refuses a loop in which a call that stays is given, beside text, a variable
// that the passes compute a delay in, or that holds one which is another with the fix: the
// variable would stay for that alone. Nor may anything count what is no longer waited, or
// go on computing what the helper does.
func (w *Writer) needsDelay() reason.Refusal {
	var told, computed []ast.Expr
	for _, s := range code.InOrder(w.Pauses) {
		told = append(told, w.ToldBy(w.Pauses[s]))
	}
	for _, e := range w.Said(told, w.Served).Names() {
		if v := code.Local(w.Info, e); v != nil && (w.Computed(v) || v.Kind() == types.LocalVar && !w.SameWaits()) {
			computed = append(computed, e)
		}
	}
	needed := w.Said(computed, w.Served)
	if at := needed.Told(); len(at) > 0 {
		return reason.LogTellsDelay.At(at[0])
	}
	at := w.computesStill(needed, computed)
	if !at.IsValid() && !w.SameWaits() {
		at = cmp.Or(needed.Counted(), w.Said(told, w.Served).Bounds())
	}
	if at.IsValid() {
		return reason.CountsDelay.At(at)
	}
	return nil
}

// computesStill returns where the loop l gives one of names a value although the helper
// tells the delays: something else in it reads that.
//
//	for delay < time.Minute {
//		...
//		delay *= 2
//	}
func (w *Writer) computesStill(l stale.Loop, names []ast.Expr) (at token.Pos) {
	vars := make(map[types.Object]bool)
	for _, e := range names {
		v := code.Local(w.Info, e)
		vars[v] = (w.GrowthToday() != delays.Constant || !w.Loop.InBody(v.Pos())) && !l.Counts(v)
	}
	goes := func(s ast.Stmt) bool { return s == w.Loop.Post || w.Pauses[s] != nil } // with the loop's header, or the wait
	w.Loop.Inspect(func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		if ok && (!l.Stays(s) || s == w.Loop.Init || w.Helper.Shape != helper.Wait && goes(s)) || at.IsValid() {
			return false
		}
		if ok && slices.ContainsFunc(code.Assigned(s), func(id *ast.Ident) bool { return vars[w.Info.ObjectOf(id)] }) {
			at = s.Pos()
		}
		return true
	})
	return at
}

// SameWaits reports whether the waits of the fix are those of today.
func (w *Writer) SameWaits() bool { return w.sameWaits(w.Schedule()) }

// sameWaits reports whether the waits stay what they are.
func (w *Writer) sameWaits(with *growth.Schedule) bool {
	today := w.Waits
	if with == nil || len(today.Waits) == 0 {
		stays := w.rule.Rule == delays.Multiple && w.rule.Times == 1 && w.GrowthToday() == delays.Constant
		return stays || w.Growth.Kind == growth.Exponential && w.Growth.Factor == 2 && w.rule.Rule == delays.None
	}
	n := min(len(today.Waits), len(with.Waits))
	return today.More == with.More && slices.Equal(today.Waits[:n], with.Waits[:n])
}

// amounts returns the lengths that are true of today's waits and not with the
// helper: that of all that are as long, and what they take in all.
func (w *Writer) amounts(with *growth.Schedule) (list []time.Duration) {
	today := w.Waits.Waits
	if len(today) == 0 {
		return nil
	}
	if len(today) > 1 && delays.GrowthOf(today) == delays.Constant {
		list = append(list, today[0])
	}
	n, _ := w.NumberToday()
	if w.Waits.More && len(list) > 0 && n.Constant() { // more of them than are listed
		list = append(list, time.Duration(n.Offset-1)*today[0], time.Duration(n.Offset)*today[0])
	}
	if !w.Waits.More && len(today) > 1 && (with == nil || delays.Sum(with.Waits) != delays.Sum(today)) {
		all := delays.Sum(today)
		list = append(list, all, all+today[len(today)-1]) // "for a minute" are sixty attempts, one a second
	}
	return list
}
