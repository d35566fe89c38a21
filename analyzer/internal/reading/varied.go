package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A helper that keeps the delays has one sequence of them. It stands for the
// delays of a loop if these are the same wherever they are, and if nothing but
// the number of the attempt, and chance, makes them longer.

// SameDelays refuses delays of different lengths, those that an attempt decides, and
// those told by what does something else as well. Resets are statements that may make
// them the first again.
func (r *Reading) SameDelays(resets func(*ast.AssignStmt) bool) reason.Refusal {
	if !r.computesOnly() {
		return reason.DelayDoesMore.At(r.DelayPos())
	}
	a, own := r.answers(false), r.answers(true)
	var first []ast.Expr // what tells a delay
	for _, s := range code.InOrder(r.Pauses) {
		for _, d := range r.tellers(r.Pauses[s]) {
			for _, e := range d {
				_, calls := ast.Unparen(e).(*ast.CallExpr)
				switch {
				case own.gives(e), calls && a.tells(e):
					return reason.ServerSets.At(e.Pos())
				case a.tells(e):
					return reason.DelayVaries.At(e.Pos())
				}
			}
			if first != nil && !slices.EqualFunc(first, d, r.sameTime) {
				return reason.SeveralDelays.At(s.Pos())
			}
			first = d
		}
	}
	if e := r.outlives(); e != nil {
		return reason.DelayVaries.At(e.Pos())
	}
	return r.changed(a, own, resets)
}

// tellers returns what tells how long p is, each time: its duration, what a
// function that waits is given, or what its timer is set to in a pass.
func (r *Reading) tellers(p *pass.Pause) (list [][]ast.Expr) {
	call, isCall := p.Delay.Node.(*ast.CallExpr)
	timer := r.TimerOf(p)
	switch {
	case isCall && p.Delay.Waiter != nil:
		return append(list, slices.DeleteFunc(slices.Clone(call.Args), func(e ast.Expr) bool { return code.IsContext(r.Info.TypeOf(e)) }))
	case p.Delay.Duration != nil:
		return append(list, []ast.Expr{p.Delay.Duration})
	case timer == nil:
		return nil
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if s, isAssign := n.(*ast.AssignStmt); isAssign && len(s.Rhs) == 1 && code.Local(r.Info, s.Lhs[0]) == timer {
			call, ok = ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
			ok = ok && len(call.Args) == 1
		} else {
			ok = ok && code.MethodOf(r.Info, call, timer) == "Reset"
		}
		if ok {
			list = append(list, call.Args)
		}
		return true
	})
	return list
}

// ToldBy returns the one expression that tells how long p is, where it waits or where
// its timer is set; nil if there are several.
func (r *Reading) ToldBy(p *pass.Pause) ast.Expr {
	if p.Delay.Duration != nil || p.Channel() == nil {
		return p.Delay.Duration
	}
	if told := slices.Concat(r.tellers(p)...); len(told) == 1 {
		return told[0]
	}
	return nil
}

// sameTime reports whether two expressions tell the same.
func (r *Reading) sameTime(x, y ast.Expr) bool {
	x, y = r.copied(x), r.copied(y)
	v, w := r.Info.Types[x].Value, r.Info.Types[y].Value
	if v != nil && w != nil {
		return v.ExactString() == w.ExactString()
	}
	read, other := make(map[types.Object]bool), make(map[types.Object]bool)
	code.Reads(r.Info, x, read)
	code.Reads(r.Info, y, other)
	return r.Text(x) == r.Text(y) && maps.Equal(read, other)
}

// copied returns what e, if that is a variable that a pass declares, has from there on; or
// else e. It is the same wherever a pass asks for it.
//
//	wait := interval
//	time.Sleep(wait)
func (r *Reading) copied(e ast.Expr) ast.Expr {
	v := code.Local(r.Info, e)
	if v == nil || !r.Loop.InBody(v.Pos()) {
		return e
	}
	writes := r.Pkg.Writes(v)
	if len(writes) != 1 {
		return e
	}
	if a, ok := writes[0].At.Node().(*ast.AssignStmt); ok {
		if given := code.ValueGiven(r.Info, a, v); given != nil && code.Pure(r.Info, given) && r.Loop.SteadyDelay(given) {
			return given
		}
	}
	return e
}

// changed refuses delays that some passes make longer or shorter than others do,
// by what an attempt has answered:
//
//	if busy(err) { delay = time.Minute }
//	time.Sleep(delay)
func (r *Reading) changed(a, own *answers, resets func(*ast.AssignStmt) bool) (refusal reason.Refusal) {
	vars := r.DelayVars()
	for _, s := range code.InOrder(r.Pauses) {
		r.Loop.Inspect(func(n ast.Node) bool {
			x, ok := n.(ast.Stmt)
			if !ok || refusal != nil {
				return refusal == nil
			}
			if set, ok := x.(*ast.AssignStmt); ok && resets(set) {
				return true
			}
			switch {
			case r.handsOut(x, vars):
				refusal = reason.DelayVaries.At(x.Pos())
			case !slices.ContainsFunc(code.Assigned(x), func(id *ast.Ident) bool { return vars[r.Info.ObjectOf(id)] }):
			case slices.ContainsFunc(r.given(x, vars), own.gives):
				refusal = reason.ServerSets.At(x.Pos())
			case slices.ContainsFunc(r.given(x, vars), a.tells), slices.ContainsFunc(r.given(x, vars), receives), r.decidedApart(a, x, s), r.passedBy(a, x, s, resets), r.inLiteral(x, s):
				refusal = reason.DelayVaries.At(x.Pos())
			}
			return true
		})
	}
	return refusal
}

// inLiteral reports whether s stands in a function literal of the loop that does not hold
// the pause: it may run often, or never, before the pause or behind it.
func (r *Reading) inLiteral(s, pause ast.Stmt) bool {
	return r.Loop.Any(func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && code.Within(lit, s) && !code.Within(lit, pause)
	})
}

// handsOut reports whether s is a call that is given the address of one of vars.
func (r *Reading) handsOut(s ast.Stmt, vars map[types.Object]bool) bool {
	x, ok := s.(*ast.ExprStmt)
	return ok && code.Any(x, func(n ast.Node) bool {
		u, ok := n.(*ast.UnaryExpr)
		return ok && u.Op == token.AND && vars[code.Local(r.Info, u.X)]
	})
}

// given returns what an assignment gives to variables of vars.
func (r *Reading) given(s ast.Stmt, vars map[types.Object]bool) (values []ast.Expr) {
	x, ok := s.(*ast.AssignStmt)
	if !ok {
		return nil
	}
	for i, lhs := range x.Lhs {
		if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && vars[r.Info.ObjectOf(id)] {
			values = append(values, x.Rhs[min(i, len(x.Rhs)-1)])
		}
	}
	return values
}

// receives reports whether e receives from a channel.
func receives(e ast.Expr) bool {
	recv, ok := ast.Unparen(e).(*ast.UnaryExpr)
	return ok && recv.Op == token.ARROW
}

// decidedApart reports whether a condition that an attempt decides stands around
// s and not around the pause, and the pass does not leave the loop behind s.
func (r *Reading) decidedApart(a *answers, s, pause ast.Stmt) bool {
	apart := false
	branch := func(cond ast.Expr, body ast.Node) {
		if cond != nil && body != nil && code.Within(body, s) && !code.Within(body, pause) && !r.endsLoop(body) {
			apart = apart || a.decides(cond)
		}
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			branch(n.Cond, n.Body)
			if n.Else != nil {
				branch(n.Cond, n.Else)
			}
		case *ast.SwitchStmt:
			for _, c := range n.Body.List {
				if c := c.(*ast.CaseClause); code.Within(c, s) && !code.Within(c, pause) && !code.EndsInReturn(c.Body) {
					apart = true
				}
			}
		case *ast.TypeSwitchStmt:
			apart = apart || code.Within(n, s) && !code.Within(n, pause)
		}
		return !apart
	})
	return apart
}

// passedBy reports whether a pass may end between the pause and s, as an attempt decides,
// and without a reset of what s changes.
//
//	time.Sleep(delay)
//	if busy(err) {
//		continue
//	}
//	delay *= 2
func (r *Reading) passedBy(a *answers, s, pause ast.Stmt, resets func(*ast.AssignStmt) bool) bool {
	return r.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		return ok && pause.End() <= x.Pos() && x.End() <= s.Pos() && code.EndsPass(x.Body.List) && a.decides(x.Cond) && !code.Any(x.Body, func(n ast.Node) bool {
			set, ok := n.(*ast.AssignStmt)
			return ok && resets(set)
		})
	})
}

// endsLoop reports whether a block ends by leaving the loop.
func (r *Reading) endsLoop(body ast.Node) bool {
	block, ok := body.(*ast.BlockStmt)
	return ok && (code.EndsInReturn(block.List) || code.EndsIn(block.List, token.BREAK))
}

// DelayVars returns the variables that decide how long the delays are.
func (r *Reading) DelayVars() map[types.Object]bool {
	vars := make(map[types.Object]bool)
	for _, p := range r.pauses() {
		for _, d := range slices.Concat(r.tellers(p)...) {
			d = r.copied(d)
			code.Reads(r.Info, d, vars)
			r.readInLiterals(d, vars)
		}
	}
	maps.DeleteFunc(vars, func(obj types.Object, _ bool) bool { return code.IsContext(obj.Type()) })
	for n := -1; n != len(vars); {
		n = len(vars)
		r.Loop.Inspect(func(n ast.Node) bool {
			if s, ok := n.(ast.Stmt); ok {
				for _, value := range r.given(s, vars) {
					if code.Pure(r.Info, value) {
						code.Reads(r.Info, value, vars)
					}
					r.readInLiterals(value, vars)
				}
			}
			return true
		})
	}
	return vars
}

// outlives returns what a delay is computed of that the loop changes and no variable of the
// function holds, such as a field, or nil: it may be anything before the loop, and behind it.
func (r *Reading) outlives() (found ast.Expr) {
	changed := make(map[string]bool)
	note := func(e ast.Expr) {
		if code.Local(r.Info, e) == nil {
			changed[types.ExprString(ast.Unparen(e))] = true
		}
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				note(lhs)
			}
		case *ast.IncDecStmt:
			note(n.X)
		}
		return true
	})
	for _, e := range r.DelayValues() {
		for n := range ast.Preorder(e) {
			if x, ok := n.(ast.Expr); ok && found == nil && changed[types.ExprString(x)] {
				found = x
			}
		}
	}
	return found
}

// DelayValues returns what tells the delays, and what the loop gives the variables that do.
func (r *Reading) DelayValues() (list []ast.Expr) {
	for _, p := range r.pauses() {
		list = append(list, slices.Concat(r.tellers(p)...)...)
	}
	vars := r.DelayVars()
	r.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok {
			list = append(list, r.given(s, vars)...)
		}
		return true
	})
	return list
}

// readInLiterals adds the variables that the function literals read which e calls: the
// function around them may give these other values.
//
//	pause := func() time.Duration {
//		if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
func (r *Reading) readInLiterals(e ast.Expr, vars map[types.Object]bool) {
	for n := range ast.Preorder(e) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			continue
		}
		if lit := r.Pkg.LitOf(call); lit != nil {
			code.Reads(r.Info, lit.Body, vars)
		}
	}
}
