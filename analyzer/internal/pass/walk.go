package pass

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A state is what is known at a point of a pass.
type state struct {
	facts  Facts
	waits  counts
	behind bool // a delay that stands behind the operation was crossed
	acted  bool // something has been done that may be seen from outside, other than to write a log

	crossed []ast.Stmt // the last delay that was crossed, on each way here

	// early is the delay that was crossed behind what has been done: that would
	// run behind it. Not valid if there is none.
	early token.Pos
}

// A target is where an unlabelled break or continue leads.
type target int

const (
	toInner target = iota // a statement inside the loop
	toLoop
	toOuter // a loop or a switch around it
)

// targets are those of break and continue.
type targets struct{ brk, cont target }

// A walker follows a pass through the statements of a loop.
type walker struct {
	*Pass
	Watch
	op      token.Pos // where the operation stands
	exits   []Exit
	stops   []Exit
	leads   map[ast.Stmt]bool
	jumps   []jump // that are on their way
	refusal reason.Refusal
}

// run walks one pass.
func (w *walker) run() {
	st := state{facts: newFacts(), waits: none}
	if w.Ticks {
		st.waits = once
	}
	to := targets{toLoop, toLoop}
	if w.Loop.IsGoto() {
		to = targets{toOuter, toOuter}
	}
	if w.Loop.Cond != nil {
		st.facts = w.Refine(w.Loop.Cond, true, st.facts)
	}
	end, ok := w.list(w.Loop.Body, st, to, true)
	if ok {
		kind := Again
		if w.Loop.IsGoto() {
			kind = Leaves
		}
		w.exits = append(w.exits, Exit{kind, nil, end.facts, end.waits})
	}
	if w.Loop.Post == nil || w.Pauses[w.Loop.Post] == nil {
		return
	}
	for i, e := range w.exits {
		if e.Kind == Again {
			w.exits[i].waits = e.waits.next()
		}
	}
}

// list walks statements. Direct is whether an unlabelled break or continue in
// them belongs to the loop, tail whether the pass ends behind them. It returns
// the state at their end, and whether that is reached.
func (w *walker) list(list []ast.Stmt, st state, to targets, tail bool) (state, bool) {
	for i, s := range list {
		if w.Gone[s] {
			continue
		}
		last := tail && !slices.ContainsFunc(list[i+1:], func(s ast.Stmt) bool { return !w.Gone[s] })
		if p := w.Pauses[s]; p != nil {
			if w.At != nil {
				w.At(s, st.facts)
			}
			if st.acted {
				st.early = s.Pos()
			}
			st.waits, st.crossed = st.waits.next(), []ast.Stmt{s}
			if s.Pos() <= w.op && w.op < s.End() { // in its case
				w.leads[s] = true
			}
			st.behind = st.behind || s.Pos() > w.op || endsByItself(list[i+1:])
			if !last && code.EndsPass(p.Then) {
				w.exits = append(w.exits, Exit{Again, s, st.facts, st.waits})
				return st, false
			}
			if last && !w.Loop.IsGoto() {
				w.exits = append(w.exits, Exit{Again, s, st.facts, st.waits})
				return st, false
			}
			continue
		}
		var ok bool
		if st, ok = w.stmt(s, st, to, last); !ok {
			return st, false
		}
	}
	return st, true
}

// with returns st with other facts.
func (st state) with(f Facts) state {
	st.facts = f
	return st
}

func (w *walker) stmt(s ast.Stmt, st state, to targets, tail bool) (state, bool) {
	if w.At != nil {
		w.At(s, st.facts)
	}
	if s.Pos() <= w.op && w.op < s.End() {
		w.reach(st)
	}
	if st.behind {
		switch s := s.(type) {
		case *ast.BranchStmt, *ast.BlockStmt, *ast.LabeledStmt:
		case *ast.IfStmt:
			if w.leavesInLast(s) { // for which a helper does not wait
				st.behind = false
				st, ok := w.ifStmt(s, st, to, tail)
				st.behind = true
				return st, ok
			}
			w.actsBehind(s)
		default:
			w.actsBehind(s)
		}
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		return w.list(s.List, st, to, tail)
	case *ast.LabeledStmt:
		return w.labeled(s, st, to, tail)
	case *ast.IfStmt:
		return w.ifStmt(s, st, to, tail)
	case *ast.SwitchStmt:
		return w.switchStmt(s, st, to, tail)
	case *ast.TypeSwitchStmt:
		return w.clauses(s.Body, w.run1(s.Init, st), nil, to, tail)
	case *ast.SelectStmt:
		end, ok := w.clauses(s.Body, st, nil, to, tail)
		end.acted = true
		return end, ok
	case *ast.ForStmt:
		w.inner(s.Body, w.run1(s.Init, st), s)
		return w.forgetIn(s, st), true
	case *ast.RangeStmt:
		w.inner(s.Body, st, s)
		return w.forgetIn(s, st), true
	case *ast.ReturnStmt:
		w.exits = append(w.exits, Exit{Returns, s, st.facts, st.waits})
		return st, false
	case *ast.BranchStmt:
		return w.branch(s, st, to)
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok && !w.Loop.Pkg.MayReturn(call) {
			w.stops = append(w.stops, Exit{Stops, s, st.facts, st.waits})
			return st, false
		}
	}
	return w.run1(s, st), true
}

// actsBehind refuses s, which stands behind a delay, if it does something.
func (w *walker) actsBehind(s ast.Stmt) {
	if !w.Loop.OnlyComputes(s) && !w.Loop.OnlyLogs(s) {
		w.refusal = reason.CodeAfterDelay.At(s.Pos())
	}
}

// leavesInLast reports whether s leaves the function in the last pass, and makes no other
// attempt before, which would be waited for: neither the operation once more nor what is
// returned may be one.
func (w *walker) leavesInLast(s *ast.IfStmt) bool {
	if s.Init != nil || s.Else != nil || w.Count == nil || w.Count(s.Cond) != loop.LastOnly || !code.EndsInReturn(s.Body.List) {
		return false
	}
	op, known := w.Operation.(*ast.CallExpr)
	return !slices.ContainsFunc(s.Body.List, func(x ast.Stmt) bool {
		if known && !code.Any(x, isReturn) {
			return code.CallsAgain(w.Loop.Info, x, op) != nil
		}
		return !w.Loop.OnlyLogs(x) && code.Any(x, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			return ok && !w.Loop.Info.Types[call.Fun].IsBuiltin() && !harmless(w.Loop.Pkg, call) && !aboutErrors(code.Callee(w.Loop.Info, call))
		})
	})
}

func isReturn(n ast.Node) bool { _, ok := n.(*ast.ReturnStmt); return ok }

// aboutErrors reports whether the function called path.Name makes or wraps errors.
func aboutErrors(name string) bool {
	return code.MakesError(name) || strings.HasPrefix(name, "errors.") || strings.Contains(name, "/errors.")
}

// reach notes what has been crossed where a pass comes to the operation.
func (w *walker) reach(st state) {
	for _, s := range st.crossed {
		w.leads[s] = true
	}
	if st.early.IsValid() {
		w.refusal = reason.CodeAfterDelay.At(st.early)
	}
}

// inner walks the body of a loop inside the loop: it may be run again.
func (w *walker) inner(body *ast.BlockStmt, st state, loop ast.Stmt) {
	outer := w.jumps
	w.jumps = nil
	w.list(body.List, w.forgetIn(loop, st), targets{}, false)
	w.landed(breaks) // which end where the loop does
	w.jumps = append(outer, w.jumps...)
}

// run1 notes what a simple statement changes.
func (w *walker) run1(s ast.Stmt, st state) state {
	if s == nil {
		return st
	}
	if !w.Loop.OnlyComputes(s) && !w.Loop.OnlyLogs(s) {
		st.acted = true
	}
	if w.Before != nil {
		w.Before(s, st.facts)
	}
	if w.Changes != nil {
		st.waits = st.waits.changed(w.Changes(s))
	}
	st.facts = st.facts.clone()
	given := w.given(s, st.facts)
	st = w.forgetIn(s, st)
	for obj, v := range given {
		if v.same != nil {
			st.facts.same[obj] = v.same
			st.facts.kind[obj] = st.facts.kind[v.same]
		}
		if v.is != Unknown {
			st.facts.errs[obj] = v.is
		}
	}
	if w.after != nil {
		w.after(s, st.facts)
	}
	return st
}

// endsByItself reports whether list, which stands behind a delay, does something and
// ends the pass: it runs behind the delay, wherever the operation stands.
func endsByItself(list []ast.Stmt) bool {
	return len(list) > 1 && code.EndsPass(list)
}
