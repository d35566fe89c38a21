package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// header reads the number of attempts in a loop's header.
func (ev *evaluator) header(b *Bounds) {
	switch c := ev.site.Cycle.(type) {
	case *ast.RangeStmt:
		ev.rangeHeader(c, b)
	case *ast.ForStmt:
		for _, e := range code.Operands(c.Cond, token.LAND) {
			if cmp, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && code.IsComparison(cmp.Op) {
				ev.forHeader(c, cmp, b)
			}
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
	case *types.Slice, *types.Map, *types.Signature:
		b.Counted = true
	}
}

// forHeader reads `i := lo; i < hi; i++` and its mirror images, also where each pass counts in
// the body.
func (ev *evaluator) forHeader(c *ast.ForStmt, cmp *ast.BinaryExpr, b *Bounds) {
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if ev.counts(y) && !ev.counts(x) {
		x, y, op = y, x, code.Mirror[op]
	}
	obj := ev.object(x)
	if obj == nil || ev.expr(y).kind != Constant {
		return
	}
	by := ev.stepOf(obj, c)
	start := ev.headerStart(obj)
	if start == nil || by == 0 {
		return
	}
	from, to := start, y
	if by < 0 {
		from, to, op = y, start, code.Mirror[op]
	}
	more, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[op]
	if !ok {
		return
	}
	if n, ok := code.Int(ev.info, from); ok {
		ev.setLimit(b, to, more-n)
	}
}

// stepOf returns by how much each pass of c counts obj: 1 or -1; 0 if not each does so once.
func (ev *evaluator) stepOf(obj types.Object, c *ast.ForStmt) (by int64) {
	defs := ev.inside(ev.defsOf(obj))
	jumps := func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && (b.Tok == token.GOTO || b.Tok == token.CONTINUE && b.Pos() < defs[0].pos)
	}
	if len(defs) != 1 || defs[0].block != ast.Node(c) && (defs[0].block != ast.Node(c.Body) || code.Any(c.Body, jumps)) {
		return 0
	}
	for _, s := range append([]ast.Stmt{c.Post}, c.Body.List...) {
		if x, k := code.Step(ev.info, s); k != 0 && ev.object(x) == obj {
			by = k
		}
	}
	return by
}

// headerStart returns what the counter obj starts with: the one definition
// before the cycle, or the parameter that it is.
func (ev *evaluator) headerStart(obj types.Object) ast.Expr {
	if before := ev.entering(obj); len(before) > 0 {
		return ev.onlyValue(obj, before)
	}
	if obj.Pos() < ev.site.Cycle.Pos() && !ev.kept(obj) {
		for _, id := range paramNames(ev.site.Func.Type) {
			if id != nil && ev.info.Defs[id] == obj {
				return id
			}
		}
	}
	return nil
}

// onlyValue returns what defs give obj before the cycle, nil if that is not one
// expression.
func (ev *evaluator) onlyValue(obj types.Object, defs []def) ast.Expr {
	if len(defs) != 1 || defs[0].op != token.ASSIGN || defs[0].index > 0 || ev.mayLeave(defs[0], obj) || ev.kept(obj) {
		return nil
	}
	return defs[0].rhs
}

// mayLeave reports whether obj, a parameter or a result, may still be what it is where
// the function begins, although d gives it something else before the cycle:
//
//	if n <= 0 {
//		n = 3
//	}
func (ev *evaluator) mayLeave(d def, obj types.Object) bool {
	v, ok := obj.(*types.Var)
	if !ok || v.Kind() == types.LocalVar || v.Kind() == types.PackageVar {
		return false
	}
	return d.block == nil || !code.Within(d.block, ev.site.Cycle)
}

// setLimit notes that there are at most n+offset attempts.
func (ev *evaluator) setLimit(b *Bounds, n ast.Expr, offset int64) {
	b.Counted = true
	if v, ok := code.Int(ev.info, n); ok {
		if v+offset > 0 {
			b.N = v + offset
		}
		return
	}
	b.Limit, b.Offset = n, offset
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
	return slices.ContainsFunc(ev.site.Delays, func(d *site.Delay) bool { return code.Within(n, d.Node) })
}
