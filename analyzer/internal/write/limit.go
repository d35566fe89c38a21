package write

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// today returns what is known of the delays of today; first is the first of them,
// or 0, and text how it is written.
func (w *Writer) today(first time.Duration, text string) delays.Today {
	t := delays.Today{
		Growth: w.growthToday(), First: first, Named: delays.Named(text),
		Capped:   w.Growth.Capped || w.Growth.Kind != growth.Constant && delays.Stays(w.Waits.Waits, w.Waits.More),
		Deadline: w.Bounds.Deadline, Watches: w.watches().IsValid(),
		Endless: w.Endless,
	}
	if n, ok := w.numberToday(); ok {
		t.Counted = true
		if n.Constant() {
			t.Attempts = n.Offset
		}
	}
	attempts := t.Attempts
	if w.Helper.Shape == helper.Wait && attempts > 0 {
		t.Attempts = max(t.Attempts, 3) // there may be a delay behind the last
		if !w.Longest.More {
			attempts = 0 // all of them are known
		}
	}
	t.Longest = delays.LongestOf(w.Longest.Waits, attempts, w.Longest.More)
	if !w.Waits.More {
		t.Waits = w.Waits.Waits[w.zeroWaits():]
	}
	return t
}

// numberToday returns the number of attempts, if they are counted.
func (w *Writer) numberToday() (loop.Number, bool) {
	if w.Bounded {
		return w.Attempts, true
	}
	n, ok := reading.LimitOf(w.Bounds)
	return n, ok || w.Bounds.Counted || w.comparesCount()
}

// comparesCount reports whether the loop's condition, or one that asks the
// counter, compares numbers: that may end the attempts, in a way that is not
// understood.
func (w *Writer) comparesCount() bool {
	found, counter := w.Loop.Cond != nil && w.comparesNumbers(w.Loop.Cond, nil), w.stepped()
	w.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok && counter != nil {
			found = found || w.comparesNumbers(s.Cond, counter)
		}
		return !found
	})
	return found
}

// stepped returns the variable that counts the passes, or that the loop's post
// statement steps, whatever else is done with it; or nil.
func (w *Writer) stepped() types.Object {
	if w.Counter != nil {
		return w.Counter.Obj
	}
	if step, ok := w.Loop.Post.(*ast.IncDecStmt); ok {
		if v := code.Local(w.Info, step.X); v != nil {
			return v
		}
	}
	return nil
}

// comparesNumbers reports whether cond compares whole numbers, one of which is
// obj if that is not nil.
func (w *Writer) comparesNumbers(cond ast.Expr, obj types.Object) bool {
	return slices.ContainsFunc(code.Comparisons(cond), func(cmp *ast.BinaryExpr) bool {
		basic, ok := w.Info.TypeOf(cmp.X).Underlying().(*types.Basic)
		return ok && basic.Info()&types.IsInteger != 0 && !site.IsDuration(w.Info.TypeOf(cmp.X)) && (obj == nil || code.Mentions(w.Info, cmp, obj))
	})
}

// growthToday tells how the delays grow, by the code or by the delays themselves.
func (w *Writer) growthToday() delays.Growth {
	switch g := w.Growth; {
	case g.Kind == growth.Constant:
		return delays.Constant
	case g.Kind == growth.Linear:
		return delays.Linear
	case g.Kind == growth.Exponential && g.Factor >= 2:
		return delays.Doubling
	case g.Kind == growth.Exponential && (g.Factor > 0 || delays.GrowthOf(w.Waits.Waits) != delays.Doubling):
		return delays.Slow
	}
	if g := delays.GrowthOf(w.Waits.Waits); g != delays.Constant || !w.Waits.More || w.Growth.Kind == growth.Random {
		return g
	}
	return delays.Unknown // some that follow may be longer
}

// steps reports whether some delays are longer than others, none of which grows: the
// number of the attempt picks one.
func (w *Writer) steps() bool {
	waits := w.Waits.Waits[w.zeroWaits():]
	return w.Growth.Kind == growth.Constant && slices.ContainsFunc(waits, func(d time.Duration) bool { return d != waits[0] })
}

// limitDelays chooses what limits the delays, and writes it: "" where nothing is
// needed. Most is the limit of the source, or nil.
func (w *Writer) limitDelays(first string, value time.Duration, most ast.Expr) (string, reason.Refusal) {
	if w.steps() {
		return "", reason.SeveralDelays.At(w.DelayPos())
	}
	t := w.today(value, first)
	w.rule = t.Limit()
	switch {
	case w.rule.Rule == delays.NotKnown && t.Watches:
		return "", reason.AsksEachPass.At(w.watches())
	case w.rule.Rule == delays.NotKnown:
		return "", reason.LimitNotKnown.At(w.DelayPos())
	case t.Capped && (w.rule.Rule == delays.Source || w.rule.AtMost == w.capValue(most)):
		return w.capText(first, most)
	case w.rule.Rule != delays.None && w.rule.AtMost == 0:
		w.waits.first = 0 // they are not known
	}
	w.waits.most = w.rule.AtMost
	if s := w.Schedule(); s != nil && !s.More && !w.Waits.More && delays.OutOfHand(w.Waits.Waits, s.Waits) {
		return "", reason.WaitsLonger.At(w.DelayPos())
	}
	return w.ruleText(first)
}

// capValue returns the limit of the source as far as constants tell it, or 0.
func (w *Writer) capValue(most ast.Expr) time.Duration {
	if most == nil {
		return w.LastWait()
	}
	d, _ := w.DurationOf(most)
	return d
}

// capText writes the limit of the source.
func (w *Writer) capText(first string, most ast.Expr) (string, reason.Refusal) {
	w.waits.most = w.capValue(most)
	switch {
	case most == nil:
		w.rule = w.today(w.waits.first, first).Exactly(w.waits.most)
		return w.ruleText(first)
	case !w.visibleHere(most) || !w.namedBefore(most):
		return "", reason.LimitNotKnown.At(w.DelayPos())
	case w.waits.most == 0 && w.setToNone(most):
		return "", reason.LimitMayBeNone.At(w.DelayPos())
	case w.waits.most == 0:
		w.waits.first = 0 // not known
	}
	w.Limit = most
	return w.AsDuration(most), nil
}

// setToNone reports whether the package gives the variable or field that e names a
// constant that is not positive: no delay at all, where a helper reads no limit. Tests
// may do so to see what happens.
func (w *Writer) setToNone(e ast.Expr) bool {
	return slices.ContainsFunc(w.Pkg.Writes(w.Pkg.Variable(w.Unconverted(e))), func(set source.Write) bool {
		a, ok := set.At.Node().(*ast.AssignStmt)
		if !ok || len(a.Lhs) != len(a.Rhs) || strings.HasSuffix(w.Pkg.Fset.Position(a.Pos()).Filename, "_test.go") {
			return false
		}
		d, known := w.DurationOf(a.Rhs[set.Index])
		return known && d <= 0
	})
}

// ruleText writes the limit that the rule gives; first is the text of the first
// delay.
func (w *Writer) ruleText(first string) (string, reason.Refusal) {
	waits := ""
	if w.rule.Rule == delays.Last {
		waits = w.waitsText()
	}
	if text, ok := w.durations().Limit(w.rule, first, waits); ok {
		return text, nil
	}
	return "", reason.LimitNotKnown.At(w.DelayPos())
}

// waitsText writes how many waits there are between the attempts, as a duration; "" if
// that cannot be told.
func (w *Writer) waitsText() string {
	n, _ := w.numberToday()
	n = n.Add(-1 - w.zeroWaits())
	switch {
	case n.Constant() && n.Offset > 0:
		return Itoa(n.Offset)
	case n.Constant(),
		len(w.Waits.Waits) == 0 && (!w.startsKnown() || w.Delay != nil && !w.BeginsWith(w.Delay)), // how many are none is not known
		n.Expr == nil || n.Less != nil || (w.Floor || w.zeroWaits() > 0) && !w.HasMax(),
		!code.Repeatable(w.Info, n.Expr) || !w.Loop.VisibleBefore(n.Expr) || !w.namedBefore(n.Expr):
		return ""
	}
	text := w.Text(n.Expr) + plus(n.Offset)
	switch {
	case w.zeroWaits() > 0:
		text = "max(" + text + ", 2)"
	case w.Floor:
		text = "max(" + text + ", 1)"
	}
	return w.timeDot() + "Duration(" + text + ")"
}

// startsKnown reports whether the number that the passes begin to count from is a
// constant.
func (w *Writer) startsKnown() bool {
	return w.Counter == nil || w.Counter.Start == nil || w.Info.Types[w.Counter.Start].Value != nil
}

// zeroWaits returns how many waits of today are none before the first that is one.
func (w *Writer) zeroWaits() (n int64) {
	for _, d := range w.Waits.Waits {
		if d > 0 {
			break
		}
		n++
	}
	return n
}
