package delays

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Writer writes durations with what a file has for them.
type Writer struct {
	Time func() string // returns what stands before the names of package time, such as "time."
	Max  bool          // whether the builtins min and max can be called
}

// A unitOfTime is a constant of package time.
type unitOfTime struct {
	length time.Duration
	name   string
}

var units = []unitOfTime{
	{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"},
	{time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {1, "Nanosecond"},
}

// Duration writes d.
func (w Writer) Duration(d time.Duration) string {
	for _, u := range units {
		switch {
		case d == u.length:
			return w.Time() + u.name
		case d%u.length == 0 && (u.length < time.Minute || d >= 2*u.length):
			return strconv.FormatInt(int64(d/u.length), 10) + "*" + w.Time() + u.name
		}
	}
	return "0"
}

// Limit writes l: "" where nothing limits the delays. First is how the first delay
// is written, and waits the number of waits, as a duration. It is not ok if that, or
// what the file has, is not enough.
func (w Writer) Limit(l Limit, first, waits string) (text string, ok bool) {
	switch {
	case l.Rule == AtMost:
		return w.Duration(l.AtMost), true
	case l.Rule == Last:
		return waits + " * " + factor(first), waits != ""
	case l.Rule == Long && w.Max:
		text = "max(" + first + ", " + w.Duration(longest) + ")"
		if l.Times > 0 {
			text = "min(" + Times(mostTimes, first) + ", " + text + ")"
		}
		return text, true
	case l.Times > 0:
		return Times(float64(l.Times), first), true
	}
	return "", l.Rule == None
}

// Times writes a number of halves times a duration.
func Times(n float64, text string) string {
	switch {
	case n == 1:
		return text
	case n == 0.5:
		return factor(text) + " / 2"
	case n != math.Trunc(n):
		return Times(2*n, text) + " / 2"
	}
	head := leading(text)
	if number, err := strconv.ParseInt(head, 0, 32); err == nil && head != text {
		n *= float64(number)
		text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text[len(head):]), "*"))
	}
	return strconv.FormatInt(int64(n), 10) + " * " + factor(text)
}

// factor writes an expression as a factor.
func factor(text string) string {
	if leading(text) == "" {
		return "(" + text + ")"
	}
	return text
}

// leading returns the first factor of a product, or what is no sum, quotient or such
// as it is; "" for those.
func leading(text string) string {
	e, err := parser.ParseExpr(text)
	for err == nil {
		b, ok := e.(*ast.BinaryExpr)
		switch {
		case !ok:
			return text[:e.End()-1]
		case b.Op != token.MUL:
			return ""
		}
		e = b.X
	}
	return text
}

// Named reports whether a duration is written by a name, not by numbers and the units
// of package time alone.
func Named(text string) (named bool) {
	e, err := parser.ParseExpr(text)
	if err != nil {
		return false
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			named = named || !ofTime(n.Sel.Name)
			return false
		case *ast.Ident:
			named = named || !ofTime(n.Name)
		}
		return !named
	})
	return named
}

// ofTime reports whether name is that of a unit of time, or of their type.
func ofTime(name string) bool {
	return name == "Duration" || slices.ContainsFunc(units, func(u unitOfTime) bool { return u.name == name })
}
