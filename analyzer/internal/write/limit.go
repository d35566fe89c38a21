package write

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// today returns what is known of the delays of today; first is the first of them,
// or 0, and text how it is written.
func (w *Writer) today(first time.Duration, text string) delays.Today {
	t := w.Today()
	t.First, t.Named, t.Watches, t.Endless = first, delays.Named(text), w.watches().IsValid(), w.Endless
	return t
}

// limitDelays chooses what limits the delays, and writes it: "" where nothing is
// needed. Most is the limit of the source, or nil.
func (w *Writer) limitDelays(first string, value time.Duration, most ast.Expr) (string, reason.Refusal) {
	if w.PicksDelay() {
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
	refusal := w.compareSums(t)
	if refusal != nil && w.rule.Rule == delays.None { // one wait more than there are attempts for
		w.rule = t.Longer()
		w.waits.most = w.rule.AtMost
		refusal = w.compareSums(t)
	}
	if refusal != nil {
		return "", refusal
	}
	if s := w.Schedule(); w.rule.Rule == delays.None && w.Helper.WantsLimit && s != nil && !s.More {
		w.rule = t.Exactly(s.Waits[len(s.Waits)-1])
	}
	return w.ruleText(first)
}

// compareSums refuses delays that take much longer in all than those of today, or much
// less, as far as that can be told.
func (w *Writer) compareSums(t delays.Today) reason.Refusal {
	switch s := w.Schedule(); {
	case s == nil || s.More || w.Waits.More:
		if w.Growth.Factor > 2 && (t.Counted || t.Deadline) && t.Attempts != 2 && !t.Capped {
			return reason.WaitsLess.At(w.DelayPos())
		}
	case delays.OutOfHand(w.Waits.Waits, s.Waits):
		return reason.WaitsLonger.At(w.DelayPos())
	case delays.TooShort(w.Waits.Waits, s.Waits):
		return reason.WaitsLess.At(w.DelayPos())
	}
	return nil
}

// capValue returns the limit of the source as far as constants tell it, or 0; that of random
// delays as their mean.
func (w *Writer) capValue(most ast.Expr) time.Duration {
	switch {
	case most == nil && w.Waits.Drawn:
		return delays.Rounded(w.LastWait())
	case most == nil:
		return delays.Shortened(w.LastWait())
	}
	d, _ := w.DurationOf(most)
	return d
}

// capText writes the limit of the source.
func (w *Writer) capText(first string, most ast.Expr) (string, reason.Refusal) {
	if most == nil {
		most = w.toldLast()
	}
	w.waits.most = w.capValue(most)
	named := most != nil && w.visibleHere(most) && w.namedBefore(most)
	switch {
	case most == nil, !named && w.waits.most > 0:
		w.rule = w.today(w.waits.first, first).Exactly(w.waits.most)
		return w.ruleText(first)
	case !named:
		return "", reason.LimitNotKnown.At(w.DelayPos())
	case w.waits.most == 0:
		w.waits.first = 0 // not known
	}
	w.Limit = most
	text, asked := w.AsDuration(most), w.askedOf(most)
	switch {
	case w.waits.most == 0 && asked.none && w.Helper.WantsLimit:
		return "", reason.LimitMayBeNone.At(w.DelayPos())
	case w.waits.most > 0, asked.none, !w.setToNone(most):
		return text, nil
	case !w.HasMax():
		return "", reason.LimitMayBeNone.At(w.DelayPos())
	case !asked.given: // the delays stay what they are where they are above it
		w.limitOfFirst = true
		return "max(" + text + ", " + first + ")", nil
	default:
		return "max(" + text + ", 1)", nil // 1ns: no delay
	}
}

// An asked is what the code does with a limit.
type asked struct {
	none  bool // it asks whether the limit is 0, which is none then
	given bool // the limit becomes the delay
}

// askedOf returns what the function of the loop, and those that a pass calls, do with the
// limit that e names.
func (w *Writer) askedOf(e ast.Expr) (a asked) {
	limit := w.Pkg.Variable(code.Unconverted(w.Info, e))
	is := func(e ast.Expr) bool { return limit != nil && w.Pkg.Variable(code.Unconverted(w.Info, e)) == limit }
	holds := func(e ast.Expr) bool {
		return code.Any(e, func(n ast.Node) bool { x, ok := n.(ast.Expr); return ok && is(x) })
	}
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			x, op, y := n.X, n.Op, n.Y
			if is(y) {
				x, op, y = y, code.Mirror[op], x
			}
			zero, known := code.Int(w.Info, y)
			a.none = a.none || is(x) && known && zero == 0 && (op == token.GTR || n.Op == token.NEQ)
		case *ast.AssignStmt:
			a.given = a.given || slices.ContainsFunc(n.Rhs, holds)
		case *ast.ReturnStmt:
			a.given = a.given || slices.ContainsFunc(n.Results, holds)
		}
		return true
	}
	ast.Inspect(w.Loop.Decl, look)
	w.Loop.Inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if fn := w.Pkg.Callee(call); fn != nil && fn.Body != nil {
				ast.Inspect(fn.Body, look)
			}
		}
		return true
	})
	return a
}

// setToNone reports whether the package gives the variable or field that e names a
// constant that is not positive: no delay at all, where a helper reads no limit. Tests
// may do so to see what happens.
func (w *Writer) setToNone(e ast.Expr) bool {
	return slices.ContainsFunc(w.Pkg.Writes(w.Pkg.Variable(code.Unconverted(w.Info, e))), func(set source.Write) bool {
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
	n, _ := w.NumberToday()
	n = n.Add(-1 - w.ZeroWaits())
	switch {
	case n.Constant() && n.Offset > 0:
		return Itoa(n.Offset)
	case n.Constant(),
		len(w.Waits.Waits) == 0 && (!w.StartsKnown() || w.Delay != nil && !w.BeginsWith(w.Delay)), // how many are none is not known
		n.Expr == nil || n.Less != nil || w.Floor && !w.HasMax(),
		!code.Repeatable(w.Info, n.Expr) || !w.Loop.VisibleBefore(n.Expr) || !w.namedBefore(n.Expr):
		return ""
	}
	text := Plus(w.Text(n.Expr), n.Offset, " ")
	if w.Floor {
		text = "max(" + text + ", 1)"
	}
	return w.timeDot() + "Duration(" + text + ")"
}
