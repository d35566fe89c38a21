package write

import (
	"go/ast"
	"go/types"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// namedBefore reports whether all that e names means the same before the loop.
func (w *Writer) namedBefore(e ast.Expr) bool {
	ok := true
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			return false
		case *ast.Ident:
			obj := w.Info.ObjectOf(n)
			if of := w.Growth.Receivers[obj]; of != nil {
				ok = ok && w.namedBefore(of)
				break
			}
			ok = ok && w.Scope.Means(n.Name, obj)
		}
		return ok
	}
	ast.Inspect(e, visit)
	return ok
}

// toldFirst returns the constant that the first delay is, or nil: the least of those that a
// call is given which tells how long to wait, as time.Second/6 in backoff(n, time.Second/6, most).
func (w *Writer) toldFirst() ast.Expr {
	return w.told(w.FirstWait(), func(d time.Duration) bool { return d <= w.FirstWait() })
}

// toldLast does so for the delay that they stay at, the greatest of them.
func (w *Writer) toldLast() ast.Expr {
	return w.told(w.LastWait(), func(d time.Duration) bool { return d >= w.LastWait() })
}

// told returns the one constant duration in what tells the delays that is d, or about the mean
// d of random ones, and that outdoes the others, as beyond reports; nil if there is none.
func (w *Writer) told(d time.Duration, beyond func(time.Duration) bool) (found ast.Expr) {
	several := d <= 0
	for _, told := range w.DelayValues() {
		ast.Inspect(told, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if fn, ok := typeutil.Callee(w.Info, call).(*types.Func); ok && code.IsRandom(fn) {
					return false // it is drawn up to what it is given
				}
			}
			e, ok := n.(ast.Expr)
			if _, times := n.(*ast.BasicLit); !ok || times || !site.IsDuration(w.Info.TypeOf(e)) {
				return true // 2 of d / 2
			}
			value, known := w.DurationOf(e)
			is := value == d || w.Waits.Drawn && delays.Near(value, d)
			if known && (is || beyond(value)) {
				several = several || found != nil || !is
				found = e
			}
			return !known
		})
	}
	if several || found == nil || !w.namedBefore(found) {
		return nil
	}
	return found
}

// AsDuration writes e as a duration.
func (w *Writer) AsDuration(e ast.Expr) string {
	t := w.Info.TypeOf(e)
	text := w.Words(e)
	basic, ok := t.(*types.Basic)
	untyped := ok && basic.Info()&types.IsUntyped != 0
	switch d, known := w.DurationOf(e); {
	case known && !delays.Named(text) && d%time.Microsecond == 0: // but not time.Second / 6
		return w.duration(d) // 100 * time.Millisecond for time.Millisecond * 100
	case site.IsDuration(t), untyped:
		return text
	case known:
		return w.duration(d)
	}
	return w.timeDot() + "Duration(" + text + ")"
}

// timeDot returns what stands before a name of package time, which may be the name of
// something else where the loop is: func(time int).
func (w *Writer) timeDot() string {
	w.Imports["time"] = "time"
	if name := w.Packages.Names()["time"]; name != "" {
		return name + "."
	}
	return ""
}

// durations returns what writes durations where the loop is.
func (w *Writer) durations() delays.Writer { return delays.Writer{Time: w.timeDot, Max: w.HasMax()} }

// duration writes d as source.
func (w *Writer) duration(d time.Duration) string { return w.durations().Duration(d) }
