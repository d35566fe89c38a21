package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// header reads the number of attempts in a loop's header.
func (ev *evaluator) header(b *Bounds) {
	switch c := ev.site.Cycle.(type) {
	case *ast.RangeStmt:
		ev.rangeHeader(c, b)
	case *ast.ForStmt:
		for _, cmp := range comparisons(c.Cond) {
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
	if !ok || obj == nil || ev.object(post.X) != obj || len(ev.inside(ev.defsOf(obj))) != 1 || ev.expr(y).kind != Constant {
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

// headerStart returns what the counter obj starts with: the one definition
// before the cycle, or the parameter that it is.
func (ev *evaluator) headerStart(obj types.Object) ast.Expr {
	var start ast.Expr
	for _, d := range ev.defsOf(obj) {
		if ev.covers(d.pos) {
			continue
		}
		if start != nil || d.rhs == nil || d.op != token.ASSIGN || d.index > 0 {
			return nil
		}
		if ev.mayLeave(d, obj) {
			return nil
		}
		start = d.rhs
	}
	if start == nil && obj.Pos() < ev.site.Cycle.Pos() {
		for _, id := range paramNames(ev.site.Func.Type) {
			if id != nil && ev.info.Defs[id] == obj {
				return id
			}
		}
	}
	return start
}

// mayLeave reports whether obj, a parameter, may still be what the function is given
// where the cycle begins, although d gives it something else before:
//
//	if n <= 0 {
//		n = 3
//	}
func (ev *evaluator) mayLeave(d def, obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && v.Kind() == types.ParamVar && (d.block == nil || !within(d.block, ev.site.Cycle))
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

// comparisons lists the comparisons that all hold where cond does.
func comparisons(cond ast.Expr) []*ast.BinaryExpr {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return nil
	case e.Op == token.LAND:
		return append(comparisons(e.X), comparisons(e.Y)...)
	case mirrored[e.Op] != token.ILLEGAL:
		return []*ast.BinaryExpr{e}
	}
	return nil
}

// counts reports whether e is a number that is counted up or down, or a
// multiple of one.
func (ev *evaluator) counts(e ast.Expr) bool {
	return ev.counted(e) || ev.counted(ev.multiplied(e))
}

func (ev *evaluator) counted(e ast.Expr) bool {
	if !code.IsInteger(ev.info.TypeOf(e)) || isDuration(ev.info.TypeOf(e)) {
		return false
	}
	v := ev.expr(e)
	return v.kind == Linear && v.self == nil && !v.jittered && !ev.spared(e) && !ev.countedBack(e)
}

// countedBack reports whether the cycle counts e up and down: its end is not that
// of a count of passes.
func (ev *evaluator) countedBack(e ast.Expr) bool {
	obj := ev.object(e)
	if obj == nil {
		return false
	}
	up, down := false, false
	for _, d := range ev.inside(ev.defsOf(obj)) {
		up, down = up || d.op == token.ADD, down || d.op == token.SUB
	}
	return up && down
}

// multiplied returns what is converted and multiplied by something that does
// not change in e: i in time.Duration(i)*step.
func (ev *evaluator) multiplied(e ast.Expr) ast.Expr {
	for range maxDepth {
		switch x := ast.Unparen(e).(type) {
		case *ast.CallExpr:
			if len(x.Args) != 1 || !ev.info.Types[x.Fun].IsType() {
				return x
			}
			e = x.Args[0]
		case *ast.BinaryExpr:
			switch {
			case x.Op == token.MUL && fixed(ev.expr(x.Y)):
				e = x.X
			case x.Op == token.MUL && fixed(ev.expr(x.X)):
				e = x.Y
			default:
				return x
			}
		default:
			return x
		}
	}
	return e
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
	for _, d := range ev.inside(ev.defsOf(obj)) {
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
