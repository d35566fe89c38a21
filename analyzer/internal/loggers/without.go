package loggers

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A Teller tells what says how long a delay is.
type Teller struct {
	Info   *types.Info
	Is     func(ast.Expr) bool                       // reports whether an expression is the length of one
	In     func(text string) (from, to int, ok bool) // returns where a text has an amount that is one
	Makes  func(*ast.CallExpr) bool                  // reports whether a call does nothing but compute
	Logs   func(*ast.CallExpr) bool                  // reports whether a call does nothing but write lines
	Source edit.Source
}

// Without returns the edits that take the length of a delay out of a call that writes a
// line, and the arguments that go. There are none, and ok is false, where it is not
// said in one of the ways that are known, or in another place of the call as well.
//
//	log.Printf("failed: %v, retrying in %v", err, d)  ->  log.Printf("failed: %v, retrying", err)
//	slog.Warn("failed", "delay", d, "err", err)       ->  slog.Warn("failed", "err", err)
func (t *Teller) Without(call *ast.CallExpr) (edits []edit.Edit, gone []ast.Node, ok bool) {
	if !t.writes(call) || !t.tells(call) {
		return nil, nil, false
	}
	c := &cutter{Teller: t, line: call}
	ast.Inspect(call, c.visit)
	if c.left(call) {
		return nil, nil, false
	}
	return c.edits, c.gone, true
}

var byName = pattern.New(`(?i)` + levels + `(f|w|ln|s|context|ctx|depth)*$`)

// writes reports whether call is of a known logger, or of what has the name and the
// parameters of one, or does what one does.
func (t *Teller) writes(call *ast.CallExpr) bool {
	obj := typeutil.Callee(t.Info, call)
	sig, ok := t.Info.TypeOf(call.Fun).(*types.Signature)
	return ok && obj != nil && (sig.Variadic() && byName().MatchString(obj.Name()) || new(Table).writes(t.Info, call) || t.Logs(call))
}

// tells reports whether n has the length of a delay.
func (t *Teller) tells(n ast.Node) bool {
	return code.Any(n, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		return ok && (t.Is(e) || t.says(e))
	})
}

// says reports whether e is written as text that has an amount which is one.
func (t *Teller) says(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return false
	}
	_, _, ok = t.In(lit.Value)
	return ok
}

// A cutter collects what is cut.
type cutter struct {
	*Teller
	line  *ast.CallExpr // that writes
	edits []edit.Edit
	gone  []ast.Node
}

func (c *cutter) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncLit:
		return false
	case *ast.CallExpr:
		if n != c.line && !code.Within(c.line.Fun, n) && !c.formatting(n) && !c.computes(n) {
			return false // which may keep what it is given
		}
		for i, arg := range n.Args {
			if c.tells(arg) && !c.argument(n, i) {
				c.field(n, i)
			}
		}
	case *ast.CompositeLit:
		for i, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && len(n.Elts) > 1 && c.isKey(kv.Key) && c.computes(kv.Value) && c.tells(kv.Value) {
				c.drop(n.Elts, i, i)
			}
		}
	}
	return !slices.Contains(c.gone, n)
}

// formatting reports whether call only makes a text, or an error, of what it is given.
func (c *cutter) formatting(call *ast.CallExpr) bool {
	callee := code.Callee(c.Info, call)
	return strings.HasPrefix(callee, "fmt.Sprint") || code.MakesError(callee)
}

// argument cuts an argument of the call that is given it to write, or the text that is
// one.
func (c *cutter) argument(call *ast.CallExpr, i int) bool {
	if c.amount(call.Args[i]) {
		return true
	}
	sig, ok := c.Info.TypeOf(call.Fun).(*types.Signature)
	if !ok || !sig.Variadic() || call.Ellipsis.IsValid() || !c.computes(call.Args[i]) {
		return false
	}
	first := sig.Params().Len() - 1
	switch obj := typeutil.Callee(c.Info, call); {
	case i < first || obj == nil:
		return false
	case first > 0 && (strings.HasSuffix(obj.Name(), "f") || c.formats(call, first)):
		return c.verb(call, first, i)
	case text().MatchString(obj.Name()):
		return i > first && c.behindText(call, i)
	case c.element(call.Args[i]) && len(call.Args) > first+1, (i-first)%2 == 1 && len(call.Args) > 2 && c.isKey(call.Args[i-1]):
		from := i
		if !c.element(call.Args[i]) {
			from--
		}
		return c.drop(call.Args, from, i)
	}
	return i > first && c.behindText(call, i)
}

// text matches the names of functions that write what they are given one behind the other.
var text = pattern.New(`(?i)print(ln)?$|ln$`)

// amount cuts the amount out of a text.
func (c *cutter) amount(e ast.Expr) bool {
	if !c.says(e) {
		return false
	}
	from, to, _ := c.In(c.Source.Text(e))
	return c.cut(e, from, to)
}

// cut cuts the length of a delay between two offsets of the text that e is.
func (c *cutter) cut(e ast.Expr, from, to int) bool {
	first, end, ok := cutLength(c.Source.Text(e), from, to)
	if ok {
		c.edits = append(c.edits, edit.Span(e.Pos()+token.Pos(first), e.Pos()+token.Pos(end), ""))
	}
	return ok
}

// formats reports whether the text before the variadic parameter has verbs for what is
// given to it: the function formats, whatever its name.
func (c *cutter) formats(call *ast.CallExpr, variadic int) bool {
	list, plain := Verbs(c.Source.Text(call.Args[variadic-1]))
	return plain && len(list) > 0 && len(list) == len(call.Args)-variadic
}

// verb cuts the verb of argument i out of the format before the variadic parameter.
func (c *cutter) verb(call *ast.CallExpr, variadic, i int) bool {
	format := call.Args[variadic-1]
	list, plain := Verbs(c.Source.Text(format))
	if !plain || !literal(format) || len(list) != len(call.Args)-variadic {
		return false
	}
	at := list[i-variadic]
	return c.cut(format, at[0], at[1]) && c.drop(call.Args, i, i)
}

// behindText cuts an argument that stands behind the text which needs it.
//
//	log.Println("retrying in", d)
func (c *cutter) behindText(call *ast.CallExpr, i int) bool {
	before, behind := call.Args[i-1], " "
	if len(call.Args) > i+1 && literal(call.Args[i+1]) {
		behind += strings.Trim(c.Source.Text(call.Args[i+1]), "\"`")
	}
	text := strings.TrimRight(strings.TrimRight(c.Source.Text(before), "\"`"), " ") + " "
	first, end, ok := cutLength(text+behind, len(text), len(text))
	if !literal(before) || ok && end > len(text) { // a unit stands behind it
		return false
	}
	if ok {
		c.edits = append(c.edits, edit.Span(before.Pos()+token.Pos(first), before.End()-1, ""))
	}
	return ok && c.drop(call.Args, i, i)
}

// field cuts a call that adds a field to what writes the line.
//
//	log.WithField("delay", d).Warn("failed")
func (c *cutter) field(call *ast.CallExpr, i int) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if ok && i == 1 && c.element(call) && types.Identical(c.Info.TypeOf(sel.X), c.Info.TypeOf(call)) {
		c.edits = append(c.edits, edit.Span(sel.X.End(), call.End(), ""))
		c.gone = append(c.gone, call.Args[0], call.Args[1])
	}
}

// element reports whether e is a call that makes a field of a key and a value.
//
//	zap.Duration("delay", d)
func (c *cutter) element(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && len(call.Args) == 2 && c.isKey(call.Args[0]) && c.computes(call.Args[1])
}

var key = pattern.New(`(?i)^(?:in|next|[^ %]*(wait|delay|interval|retry|back[-_]?off|sleep|pause|after)[^ %]*)$`)

// isKey reports whether e is a constant text that names a delay.
func (c *cutter) isKey(e ast.Expr) bool {
	v := c.Info.Types[e].Value
	return v != nil && v.Kind() == constant.String && key().MatchString(constant.StringVal(v))
}

// computes reports whether nothing is lost with e but what it tells.
func (c *cutter) computes(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return code.OnlyCalls(c.Info, e, c.Makes) || ok && c.element(call)
}

// drop leaves out the arguments from first to last, with the comma before them, or
// behind.
func (c *cutter) drop(list []ast.Expr, first, last int) bool {
	from, to := list[first].Pos(), list[last].End()
	if first > 0 {
		from = list[first-1].End()
	} else if last+1 < len(list) {
		to = list[last+1].Pos()
	}
	if text := c.Source.Between(from, to); strings.Contains(text, "//") || strings.Contains(text, "/*") {
		return false
	}
	c.edits = append(c.edits, edit.Span(from, to, ""))
	for _, e := range list[first : last+1] {
		c.gone = append(c.gone, e)
	}
	return true
}

// left reports whether call has the length of a delay in a place that stays.
func (c *cutter) left(call *ast.CallExpr) bool {
	return code.Any(call, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		return ok && (c.Is(e) || c.says(e)) && !slices.ContainsFunc(c.gone, func(x ast.Node) bool { return code.Within(x, e) }) &&
			!slices.ContainsFunc(c.edits, func(x edit.Edit) bool { return e.Pos() <= x.Pos && x.End <= e.End() })
	})
}

// literal reports whether e is text as it is written, in one part or several.
func literal(e ast.Expr) bool {
	return !code.Any(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			return n.Kind != token.STRING || strings.Contains(n.Value, `\x`) || strings.Contains(n.Value, `\u`)
		case *ast.BinaryExpr:
			return n.Op != token.ADD
		}
		return true
	})
}
