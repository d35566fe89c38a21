package write

import (
	"go/ast"
	"go/types"
	"math"
	"strconv"
	"time"
)

// multiple writes a number of halves times a duration.
func multiple(times float64, text string) string {
	switch {
	case times == 1:
		return text
	case times == math.Trunc(times):
		return strconv.Itoa(int(times)) + " * " + inProduct(text)
	}
	return strconv.Itoa(int(2*times)) + " * " + inProduct(text) + " / 2"
}

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

// AsDuration writes e as a duration.
func (w *Writer) AsDuration(e ast.Expr) string {
	t := w.Info.TypeOf(e)
	text := w.Words(e)
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Name() == "Duration" && named.Obj().Pkg().Path() == "time" {
		return text
	}
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return text
	}
	if d, ok := w.DurationOf(e); ok {
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

// duration writes d as source.
func (w *Writer) duration(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {1, "Nanosecond"}} {
		if d%u.unit != 0 {
			continue
		}
		if d == u.unit {
			return w.timeDot() + u.name
		}
		if u.unit >= time.Minute && d < 2*u.unit {
			continue
		}
		return strconv.FormatInt(int64(d/u.unit), 10) + "*" + w.timeDot() + u.name
	}
	return strconv.FormatInt(int64(d), 10)
}
