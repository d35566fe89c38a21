package rewrite

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// count keeps the attempt's number where the operation still uses it.
func (o *operation) count() {
	c := o.counter
	if c == nil || !o.countUsed() {
		return
	}
	if o.redeclared(c.obj) && (c.stepAt == nil || c.stepAt == o.loop.post) {
		o.refusal = counterEscapes.At(o.counterPos())
		return
	}
	if o.captured(map[types.Object]bool{c.obj: true}) && (c.stepAt == nil || c.stepAt == o.loop.post) {
		o.countApart()
		return
	}
	if c.stepAt != nil && c.stepAt != o.loop.post {
		if c.stepAt != nil && c.stepAt != o.loop.post && !o.gone[c.stepAt] {
			return // the body counts by itself
		}
		o.refusal = counterEscapes.At(o.counterPos())
		return
	}
	step := c.obj.Name() + "++"
	if c.step < 0 {
		step = c.obj.Name() + "--"
	}
	start := "0"
	if c.start != nil {
		start = o.Text(c.start)
	}
	tails := 0
	for _, e := range o.exits {
		if e.kind == again {
			tails++
		}
	}
	typ := c.obj.Type()
	basic, isBasic := typ.(*types.Basic)
	if before, ok := o.before(c); ok && (tails > 1 || start == "1") && isBasic && basic.Info()&types.IsUnsigned == 0 {
		o.head = append(o.head, step)
		start = before
	} else if tails == 1 {
		o.tailCount = step
	} else {
		o.refusal = counterEscapes.At(o.counterPos())
		return
	}
	if isBasic && basic.Kind() != types.Int {
		start = basic.Name() + "(" + start + ")"
	} else if !isBasic {
		o.refusal = counterEscapes.At(o.counterPos())
		return
	}
	if o.startsItself(c.start) {
		return // where it stands
	}
	o.counterDecl = c.obj.Name() + " := " + start
	if c.obj.Pos() < o.loop.outer.Pos() {
		o.counterDecl = c.obj.Name() + " = " + start
		if o.readsAfter(c.obj, nil) {
			o.refusal = counterEscapes.At(o.counterPos())
		}
	}
}

// countApart gives each pass a variable of its own for the attempt's number,
// since a function literal keeps it.
func (o *operation) countApart() {
	c := o.counter
	basic, ok := c.obj.Type().(*types.Basic)
	if !ok || c.obj.Pos() < o.loop.outer.Pos() {
		o.refusal = counterEscapes.At(o.counterPos())
		return
	}
	next := o.scope.Fresh(o.loop.decl, "next", "nextAttempt")
	start, step := "0", "++"
	if c.start != nil {
		start = o.Text(c.start)
	}
	if c.step < 0 {
		step = "--"
	}
	if basic.Kind() != types.Int {
		start = basic.Name() + "(" + start + ")"
	}
	o.head = append(o.head, c.obj.Name()+" := "+next, next+step)
	o.counterDecl = next + " := " + start
}

// before returns the number before the first one.
func (o *writer) before(c *counter) (string, bool) {
	n := number{}
	if c.start != nil {
		n = numberOf(o.info, c.start)
	}
	n.offset -= c.step
	if n.expr == nil {
		return itoa(n.offset), true
	}
	return "", false
}

// countUsed reports whether what stays of the loop uses the attempt's number.
func (o *operation) countUsed() bool {
	used := false
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if s, ok := n.(ast.Stmt); ok && (o.gone[s] || o.pauses[s] != nil || slices.Contains(o.copies, s)) {
				return false
			}
			if n == ast.Node(o.giveUp) && o.giveUp != nil {
				if o.giveUpCond != nil {
					visit(o.giveUpCond)
				} else if !o.onlyWaitsAfter(o.giveUp) {
					visit(o.giveUp.Cond)
				}
				return false
			}
			if id, ok := n.(*ast.Ident); ok && o.info.ObjectOf(id) == o.counter.obj {
				used = true
			}
			return !used
		})
	}
	for _, s := range o.loop.body {
		visit(s)
	}
	if o.keepCond != nil {
		visit(o.keepCond)
	}
	if o.giveUp != nil {
		for _, s := range o.fail {
			if code.Mentions(o.info, s, o.counter.obj) {
				o.refusal = counterEscapes.At(s.Pos())
			}
		}
	}
	return used
}

func itoa(n int64) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
