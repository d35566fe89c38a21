package write

import (
	"go/ast"
	"go/types"
	"time"

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
			ok = ok && obj != nil && w.Scope.Lookup(n.Name) == obj
		}
		return ok
	}
	ast.Inspect(e, visit)
	return ok
}

// told returns the constant that a call is given which tells how long to wait, if it is d; or
// nil: what waits backoff(attempt, time.Second/6, longest) begins with has a source.
func (w *Writer) told(d time.Duration) (found ast.Expr) {
	for _, s := range code.InOrder(w.Pauses) {
		told := w.ToldBy(w.Pauses[s])
		if d <= 0 || told == nil {
			continue
		}
		ast.Inspect(told, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok && found == nil && site.IsDuration(w.Info.TypeOf(e)) {
				if value, known := w.DurationOf(e); known && value == d && w.namedBefore(e) {
					found = e
				}
			}
			return found == nil
		})
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
	case known && !delays.Named(text) && d%time.Microsecond == 0:
		return w.duration(d) // 100 * time.Millisecond for time.Millisecond * 100
	case site.IsDuration(t), untyped:
		return text
	case known:
		return w.duration(d)
	}
	return w.timeDot() + "Duration(" + text + ")"
}

// timeDot returns what stands before a name of package time.
func (w *Writer) timeDot() string {
	w.Imports["time"] = "time"
	switch name, ok := w.Scope.Imported("time"); {
	case !ok:
		return "time."
	case name == ".":
		return ""
	default:
		return name + "."
	}
}

// durations returns what writes durations where the loop is.
func (w *Writer) durations() delays.Writer { return delays.Writer{Time: w.timeDot, Max: w.HasMax()} }

// duration writes d as source.
func (w *Writer) duration(d time.Duration) string { return w.durations().Duration(d) }
