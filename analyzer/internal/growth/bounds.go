package growth

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// Bounds says what ends the attempts of a site other than success or a final
// failure. Several may; where nothing does, all fields are zero.
type Bounds struct {
	N        int64    // attempts at most; 0 if the number is not known
	Limit    ast.Expr // attempts at most are Limit+Offset; nil if no expression gives them
	Offset   int64
	Counted  bool // the attempts are counted, even if neither N nor Limit tells their number
	Deadline bool // a point in time, or a time that may pass
	Context  bool // a context, or a channel or flag that says stop
}

// None reports whether nothing ends the attempts.
func (b Bounds) None() bool { return !b.Counted && !b.Deadline && !b.Context }

// String returns what ends the attempts in words: "3 attempts, a context" or
// "at most max attempts".
func (b Bounds) String() string {
	var parts []string
	switch {
	case b.N == 1:
		parts = append(parts, "1 attempt")
	case b.N > 0:
		parts = append(parts, strconv.FormatInt(b.N, 10)+" attempts")
	case b.Limit != nil && b.Offset != 0:
		parts = append(parts, fmt.Sprintf("at most %s%+d attempts", types.ExprString(b.Limit), b.Offset))
	case b.Limit != nil:
		parts = append(parts, "at most "+types.ExprString(b.Limit)+" attempts")
	case b.Counted:
		parts = append(parts, "a count of attempts")
	}
	if b.Context {
		parts = append(parts, "a context")
	}
	if b.Deadline {
		parts = append(parts, "a deadline")
	}
	if len(parts) == 0 {
		return "no bound"
	}
	return strings.Join(parts, ", ")
}

// Bounds returns what ends the attempts of s.
func (a *Analysis) Bounds(s *site.Site) Bounds {
	ev := a.evaluator(s)
	var b Bounds
	ev.header(&b)
	for _, x := range ev.exits() {
		ev.exit(x, &b)
	}
	ev.waiters(&b)
	if b.Counted && b.N == 0 {
		if run, ok := a.simulate(s); ok && run.ended && run.passes > 1 {
			b.N, b.Limit, b.Offset = run.passes, nil, 0
		}
	}
	return b
}

// header reads the number of attempts in a loop's header.
func (ev *evaluator) header(b *Bounds) {
	switch c := ev.site.Cycle.(type) {
	case *ast.RangeStmt:
		ev.rangeHeader(c, b)
	case *ast.ForStmt:
		for _, cmp := range comparisons(c.Cond, token.LAND) {
			ev.forHeader(c, cmp, b)
		}
	}
}

func (ev *evaluator) rangeHeader(c *ast.RangeStmt, b *Bounds) {
	t := ev.info.TypeOf(c.X)
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		b.Counted = true
		if t.Info()&types.IsInteger != 0 {
			ev.setLimit(b, c.X, 0)
		}
	case *types.Array:
		b.Counted, b.N = true, t.Len()
	case *types.Slice, *types.Map:
		b.Counted = true
	}
}

// forHeader reads `i := lo; i < hi; i++` and its mirror images.
func (ev *evaluator) forHeader(c *ast.ForStmt, cmp *ast.BinaryExpr, b *Bounds) {
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if ev.counts(y) && !ev.counts(x) {
		x, y, op = y, x, mirrored[op]
	}
	post, ok := c.Post.(*ast.IncDecStmt)
	obj := ev.object(x)
	if !ok || obj == nil || ev.object(post.X) != obj || len(ev.inside(ev.defs[obj])) != 1 || ev.expr(y).kind != Constant {
		return
	}
	start := ev.headerStart(obj)
	if start == nil {
		return
	}
	from, to := start, y
	if post.Tok == token.DEC {
		from, to, op = y, start, mirrored[op]
	}
	more, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[op]
	if !ok {
		return
	}
	if n, ok := ev.integer(from); ok {
		ev.setLimit(b, to, more-n)
	}
}

// headerStart returns what the counter obj starts with: the one definition before the cycle.
func (ev *evaluator) headerStart(obj types.Object) ast.Expr {
	var start ast.Expr
	for _, d := range ev.defs[obj] {
		if ev.covers(d.pos) {
			continue
		}
		if start != nil || d.rhs == nil || d.op != token.ASSIGN || d.index > 0 {
			return nil
		}
		start = d.rhs
	}
	return start
}

// setLimit notes that there are at most n+offset attempts.
func (ev *evaluator) setLimit(b *Bounds, n ast.Expr, offset int64) {
	b.Counted = true
	if v, ok := ev.integer(n); ok {
		if v+offset > 0 {
			b.N = v + offset
		}
		return
	}
	b.Limit, b.Offset = n, offset
}

// integer returns what e is if that is a constant.
func (ev *evaluator) integer(e ast.Expr) (int64, bool) {
	if tv, ok := ev.info.Types[e]; ok && tv.Value != nil && tv.Value.Kind() == constant.Int {
		return constant.Int64Val(tv.Value)
	}
	return 0, false
}

var mirrored = map[token.Token]token.Token{
	token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
	token.EQL: token.EQL, token.NEQ: token.NEQ,
}

// comparisons lists the comparisons that are joined by ops to make up cond.
func comparisons(cond ast.Expr, ops ...token.Token) (list []*ast.BinaryExpr) {
	switch e := cond.(type) {
	case *ast.ParenExpr:
		return comparisons(e.X, ops...)
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return comparisons(e.X, ops...)
		}
	case *ast.BinaryExpr:
		if slices.Contains(ops, e.Op) {
			return append(comparisons(e.X, ops...), comparisons(e.Y, ops...)...)
		}
		if mirrored[e.Op] != token.ILLEGAL {
			return []*ast.BinaryExpr{e}
		}
	}
	return nil
}

// counts reports whether e is a number that is counted up or down.
func (ev *evaluator) counts(e ast.Expr) bool {
	if !isInteger(ev.info.TypeOf(e)) || isDuration(ev.info.TypeOf(e)) {
		return false
	}
	v := ev.expr(e)
	return v.kind == Linear && v.self == nil && !v.jittered && !ev.spared(e)
}

// spared reports whether the counter e is not counted on a pass that waits:
// have `if err != nil { sleep; continue }; n++`.
func (ev *evaluator) spared(e ast.Expr) bool {
	obj := ev.object(e)
	loop, ok := ev.site.Cycle.(*ast.ForStmt)
	if obj == nil || !ok {
		return false
	}
	w := &exitWalk{ev: ev}
	for _, d := range ev.inside(ev.defs[obj]) {
		if d.block != loop.Body || d.pos >= loop.Body.End() {
			return false
		}
		for _, s := range loop.Body.List {
			if s, ok := s.(*ast.IfStmt); ok && s.End() <= d.pos && w.goesRound(s.Body) && ev.waitsIn(s.Body) {
				return true
			}
		}
	}
	return false
}

// waitsIn reports whether a delay of the site is in n.
func (ev *evaluator) waitsIn(n ast.Node) bool {
	for _, d := range ev.site.Delays {
		if d != nil && within(n, d.Node) {
			return true
		}
	}
	return false
}

// exit notes what decides x.
func (ev *evaluator) exit(x exit, b *Bounds) {
	if x.comm != nil {
		ev.comm(x.comm, b)
		return
	}
	for _, cmp := range comparisons(x.cond, token.LAND, token.LOR) {
		px, py := ev.counts(cmp.X), ev.counts(cmp.Y)
		if px != py && ev.expr(cmp.X).kind != Unknown && ev.expr(cmp.Y).kind != Unknown {
			b.Counted = true
		}
	}
	ev.asks(x.init, b)
	ev.asks(x.cond, b)
}
