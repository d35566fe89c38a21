package rewrite

import (
	"go/ast"
	"go/parser"
	"slices"
	"strconv"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// What limits the delays of a fix where the source does not: exponential delays
// outgrow every use.
const (
	// longest is the limit where the source does not say when the attempts end.
	longest = 30 * time.Second

	// nearDeadline is how many times the first delay they grow to where a point in
	// time ends the attempts: with longer ones the last attempt would be made long
	// before that point, or long after it.
	nearDeadline = 4

	// few is the number of attempts up to which delays need no limit; with more of
	// them they grow to eight times the first, or to the longest of today. The
	// wait in all is then less than eight times what constant delays take.
	few      = 6
	manyGrow = 8
)

// ownLimit returns the limit of the delays, "" where they need none; value is
// the first of them, or 0.
func (w *writer) ownLimit(first string, value time.Duration) string {
	attempts := int64(0)
	if w.bounded && w.binder.limit.constant() {
		attempts = w.binder.limit.offset
	}
	kind := w.Growth.Kind
	steady := kind == growth.Constant || kind == growth.Linear || kind == growth.Random
	switch {
	case attempts > few && steady && w.Helper.Supports(helper.MaxDelay):
		n := int64(manyGrow)
		if kind == growth.Linear && value == 0 {
			n = max(n, attempts-1) // as today
		}
		return w.times(n, first, value, w.longestToday(attempts))
	case attempts > 0 && (value > 0 && fits(value, attempts) || value == 0 && attempts <= few):
		return ""
	case !w.bounded && w.Bounds.Deadline && kind != growth.Exponential:
		return w.times(nearDeadline, first, value, 0)
	case value > 0:
		w.waits.most = max(value, longest)
		return w.duration(w.waits.most)
	case !w.hasMax():
		return w.times(manyGrow, first, value, 0)
	}
	return "max(" + first + ", " + w.duration(longest) + ")"
}

// longestToday returns the longest delay between so many attempts, as far as
// constants tell it.
func (w *writer) longestToday(attempts int64) time.Duration {
	list := w.Waits[:min(len(w.Waits), int(attempts)-1)]
	if len(list) == 0 {
		return 0
	}
	return slices.Max(list)
}

// times writes n times the first delay; where that is known, no less than
// today's longest and no more than is of use.
func (w *writer) times(n int64, first string, value, today time.Duration) string {
	if value > 0 {
		w.waits.most = max(value, today, min(time.Duration(n)*value, longest))
		return w.duration(w.waits.most)
	}
	if x, err := parser.ParseExpr(first); err == nil {
		if _, ok := x.(*ast.BinaryExpr); ok {
			first = "(" + first + ")"
		}
	}
	return strconv.FormatInt(n, 10) + " * " + first
}

// fits reports whether the delays of n attempts stay below the longest.
func fits(first time.Duration, n int64) bool {
	for range n - 2 {
		if first > longest/2 {
			return false
		}
		first *= 2
	}
	return first <= longest
}
