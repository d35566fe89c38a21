package growth

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// ifStmt runs the branch that the condition picks. Where it does not tell, the
// one with the delay runs, and another that goes elsewhere does not.
func (r *run) ifStmt(s *ast.IfStmt) outcome {
	if s.Init != nil {
		r.simple(s.Init)
	}
	cond := r.expr(s.Cond)
	if waits := r.holds(s.Cond); waits && (cond == nil || !r.mayBeSpared(s.Cond)) {
		r.waitIn(s.Cond)
	}
	switch {
	case cond == nil && r.holds(s.Cond):
	case code.IsTrue(cond):
		out := r.list(s.Body.List)
		r.decided = r.decided || out == leaves || out == breaks
		return out
	case code.IsFalse(cond):
		if s.Else != nil {
			return r.stmt(s.Else)
		}
		return falls
	case r.called, r.asksHidden(s.Cond):
		r.failed = true
	case r.holds(s.Body):
		return r.list(s.Body.List)
	case s.Else != nil && r.holds(s.Else):
		return r.stmt(s.Else)
	case r.failsBehind(s):
		return r.list(s.Body.List)
	}
	r.mayGoRound(s.Body.List)
	if s.Else == nil {
		r.maybe(s.Body.List)
		return falls
	}
	then, otherwise := r.runsOn(s.Body.List), r.runsOn([]ast.Stmt{s.Else})
	switch {
	case !then && !otherwise:
		r.failed = true // both ways go elsewhere
	case !then:
		return r.stmt(s.Else)
	case !otherwise:
		return r.list(s.Body.List)
	}
	r.maybe(s.Body.List)
	r.maybe([]ast.Stmt{s.Else})
	return falls
}

// mayBeSpared reports whether the delay is the last operand of cond: what stands before may
// tell cond without it.
func (r *run) mayBeSpared(cond ast.Expr) bool {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && (e.Op == token.LAND || e.Op == token.LOR) && r.holds(e.Y)
}

// asksHidden reports whether cond compares a number of the function that something
// else may change, such as who has its address: that may tell the last attempt.
func (r *run) asksHidden(cond ast.Expr) bool {
	hidden := func(e ast.Expr) bool {
		obj := r.ev.object(e)
		return code.IsInteger(r.ev.info.TypeOf(e)) && code.IsLocal(obj) && !r.follows(obj)
	}
	return slices.ContainsFunc(code.Comparisons(cond), func(cmp *ast.BinaryExpr) bool { return hidden(cmp.X) || hidden(cmp.Y) })
}

// mayGoRound notes where stmts, which may not be run, go to the next pass, and what is
// known then.
func (r *run) mayGoRound(stmts []ast.Stmt) {
	for _, s := range stmts {
		r.spend(statementsIn(s))
	}
	if r.called || len(stmts) == 0 {
		return
	}
	round, ok := r.rounds[stmts[0]]
	if !ok {
		if r.rounds == nil {
			r.rounds = make(map[ast.Stmt]goingRound)
		}
		round = r.goingRound(&ast.BlockStmt{List: stmts})
		r.rounds[stmts[0]] = round
	}
	r.skipped = r.skipped || round.assigns
	if !round.goes {
		return
	}
	r.spend(len(r.known.values))
	way := *r
	way.known, way.decided, way.around = r.known.clone(), false, nil
	switch out := way.list(stmts); {
	case way.failed || len(way.waits) > len(r.waits):
	case out == rounds:
		r.around = &around{way.known, len(r.waits)}
	case out != falls && way.goesAround():
		r.around = way.around
	}
}

// goesAround reports whether a pass that was left would go to the next one where a
// condition that is not known held:
//
//	if retryable(err) {
//		continue
//	}
//	return err
func (r *run) goesAround() bool {
	return !r.decided && r.around != nil && r.around.waits == len(r.waits)
}

// An around is what is known, and how many waits there have been, where a pass goes to the
// next one.
type around struct {
	known *memory
	waits int
}

// goingRound is whether a block in statements goes to the next pass, and whether one does
// that assigns a variable before.
type goingRound struct{ goes, assigns bool }

// goingRound looks at the blocks in s.
func (r *run) goingRound(s ast.Stmt) (found goingRound) {
	w := &exitWalk{ev: r.ev}
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.BlockStmt:
			if w.goesRound(n) {
				found.goes, found.assigns = true, found.assigns || assigns(n.List)
			}
		}
		return true
	})
	return found
}

// assigns reports whether one of stmts assigns a variable that is there before.
func assigns(stmts []ast.Stmt) bool {
	return slices.ContainsFunc(stmts, func(s ast.Stmt) bool {
		a, ok := s.(*ast.AssignStmt)
		return ok && a.Tok != token.DEFINE
	})
}

// maybe forgets what stmts would assign, if they run into what follows.
func (r *run) maybe(stmts []ast.Stmt) {
	if !r.runsOn(stmts) {
		return
	}
	for _, s := range stmts {
		r.forget(s)
	}
}

// statementsIn returns about how many statements n has, without looking at it.
func statementsIn(n ast.Node) int { return 1 + int(n.End()-n.Pos())/32 }

// forget forgets the variables that n assigns.
func (r *run) forget(n ast.Node) {
	r.spend(statementsIn(n))
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				r.set(lhs, nil)
			}
		case *ast.IncDecStmt:
			r.set(n.X, nil)
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Reset" {
				r.set(sel.X, nil)
			}
		case *ast.RangeStmt:
			r.set(n.Key, nil)
			r.set(n.Value, nil)
		}
		return true
	})
}

// runsOn reports whether control may come from stmts to what follows them, or the
// switch or select around them.
func (r *run) runsOn(stmts []ast.Stmt) bool {
	return r.passable(stmts) || r.cases > 0 && code.Breaks(stmts)
}

// passable reports whether control may run out of the end of stmts.
func (r *run) passable(stmts []ast.Stmt) bool {
	switch s := code.Last(stmts).(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return false
	case *ast.BlockStmt:
		return r.passable(s.List)
	case *ast.IfStmt:
		return s.Else == nil || r.passable(s.Body.List) || r.passable([]ast.Stmt{s.Else})
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return !ok || r.ev.pkg.MayReturn(call)
	}
	return true
}

// skip passes over a statement whose way is not followed.
func (r *run) skip(s ast.Stmt) outcome {
	if r.holds(s) {
		r.failed = true
	}
	r.forget(s)
	return falls
}

func (r *run) switchStmt(s *ast.SwitchStmt) outcome {
	if s.Init != nil {
		r.simple(s.Init)
	}
	r.cases++
	defer func() { r.cases-- }()
	rest := &ast.CaseClause{}
	known, open := false, false // whether a case is not the one for certain, and whether one may be it and run on
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		if !ok || c.List == nil {
			rest = cmp.Or(c, rest)
			continue
		}
		v := r.matches(s.Tag, c.List)
		asks := slices.IndexFunc(c.List, func(e ast.Expr) bool { return r.holds(e) })
		if asks >= 0 && (v == nil || asks < len(c.List)-1) {
			r.waitIn(c.List[asks])
		}
		switch {
		case code.IsTrue(v), v == nil && asks < 0 && r.holds(c):
			return r.clause(c.Body, code.IsTrue(v))
		case code.IsFalse(v):
			known = true
		case code.FallsThrough(c.Body):
			r.failed = true
		case r.runsOn(c.Body):
			open = true
			r.mayGoRound(c.Body)
			r.maybe(c.Body)
		default:
			r.mayGoRound(c.Body)
		}
	}
	if !open || r.holds(rest) {
		return r.clause(rest.Body, known)
	}
	r.maybe(rest.Body)
	return falls
}

// matches tells whether a case with list is the one for tag, true for nil; nil
// if that is not known.
func (r *run) matches(tag ast.Expr, list []ast.Expr) constant.Value {
	none := true
	for _, e := range list {
		v := r.expr(e)
		if tag != nil {
			v = r.binary(token.EQL, r.expr(tag), v, r.ev.info.TypeOf(tag))
		}
		if code.IsTrue(v) {
			return v
		}
		none = none && code.IsFalse(v)
	}
	if none {
		return constant.MakeBool(false)
	}
	return nil
}

func (r *run) selectStmt(s *ast.SelectStmt) outcome {
	r.cases++
	defer func() { r.cases-- }()
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CommClause)
		if !ok {
			continue
		}
		if r.holds(c) {
			if c.Comm != nil && r.holds(c.Comm) {
				r.waitIn(c.Comm)
			}
			return r.clause(c.Body, false)
		}
		r.maybe(c.Body)
	}
	return falls
}

// clause runs the body of a clause, which a break ends; decided is whether it is
// known to be the one.
func (r *run) clause(body []ast.Stmt, decided bool) outcome {
	out := r.list(body)
	if out == breaks {
		return falls
	}
	r.decided = r.decided || decided && out == leaves
	return out
}

func (r *run) branch(s *ast.BranchStmt) outcome {
	w := &exitWalk{ev: r.ev}
	switch {
	case s.Tok == token.BREAK && s.Label == nil:
		return breaks
	case s.Tok == token.CONTINUE && s.Label == nil, s.Tok == token.GOTO && w.toCycle(s):
		return rounds
	case s.Tok == token.BREAK || w.branchLeaves(s, true):
		return leaves
	case s.Tok == token.CONTINUE:
		return rounds
	}
	r.failed = true // a goto within the cycle, or fallthrough
	return leaves
}

func (r *run) ret(s *ast.ReturnStmt) outcome {
	if r.called && len(s.Results) == 1 {
		r.returned = r.expr(s.Results[0])
	}
	return leaves
}
