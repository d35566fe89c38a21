package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// An exitKind says how a pass ends.
type exitKind int

const (
	again   exitKind = iota // another pass follows
	leaves                  // the loop is left for what follows it
	returns                 // the function returns
	jumps                   // to another loop, or to a label
)

// An exit is a place where a pass ends.
type exit struct {
	kind  exitKind
	node  ast.Stmt // that ends the pass; nil for the end of the body
	facts facts    // what is known there
	waits counts   // how many delays the pass has crossed
}

// counts is a set of small numbers: bit n stands for n.
type counts uint

const (
	none   counts = 1 << 0
	once   counts = 1 << 1
	excess counts = 1 << 2 // two or more
)

// Undelayed reports whether a pass may come to e without a delay.
func (e *exit) Undelayed() bool { return e.waits&none != 0 }

// DelayedTwice reports whether a pass may come to e by more than one delay.
func (e *exit) DelayedTwice() bool { return e.waits&excess != 0 }

// Pos returns where a pass of l ends: at the end of the body, if not at a statement.
func (e *exit) Pos(l *loop.Loop) token.Pos {
	if e.node == nil {
		return l.To
	}
	return e.node.Pos()
}

func (c counts) next() counts {
	n := c << 1
	if n > excess {
		n = n&^(excess<<1) | excess
	}
	return n
}

// A state is what is known at a point of a pass.
type state struct {
	facts  facts
	waits  counts
	behind bool // a delay that stands behind the operation was crossed
	acted  bool // something has been done that may be seen from outside, other than to write a log

	crossed ast.Stmt // the last delay that was crossed, or nil

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

// Targets are those of break and continue.
type targets struct{ brk, cont target }

// A Pass is what a pass of a loop goes through.
type Pass struct {
	Loop      *loop.Loop
	Pauses    map[ast.Stmt]*pause      // by the statement that waits; an if stands for the pause that is all of it
	Gone      map[ast.Stmt]bool        // statements that are left out
	Count     func(ast.Expr) loop.When // when a test of the counter holds; or nil
	Ticks     bool                     // the loop's header waits
	Operation ast.Node                 // or nil
}

// A Walked is what a walk through a pass has come to.
type Walked struct {
	Exits   []exit
	Leads   map[ast.Stmt]bool // the delays behind which a pass comes to the operation
	Refusal reason.Refusal    // of what no walk can follow, or of what waits where it must not
}

// Walk walks a pass. At is called before each statement, with what is known there,
// before and after around each assignment, where they are not nil.
func (p *Pass) Walk(see Watch) Walked {
	w := &walker{Pass: p, Watch: see, leads: make(map[ast.Stmt]bool)}
	if p.Operation != nil {
		w.op = p.Operation.Pos()
	}
	w.run()
	return Walked{w.exits, w.leads, w.refusal}
}

// A Watch is told what is known at points of a walk.
type Watch struct {
	At     func(s ast.Stmt, f facts) // before each statement
	Before func(s ast.Stmt, f facts) // before each assignment

	after func(s ast.Stmt, f facts) // behind each assignment
}

// Suppose walks a pass in which the operation's error is n, and returns the
// variable that holds it.
func (p *Pass) Suppose(n nilness) (obj types.Object, exits []exit) {
	w := p.Walk(Watch{after: func(s ast.Stmt, f facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || ast.Unparen(a.Rhs[0]) != p.Operation {
			return
		}
		if v := p.Loop.ErrorVar(a.Lhs[len(a.Lhs)-1]); v != nil {
			obj = v
			f.learn(v, n)
		}
	}})
	return obj, w.Exits
}

// A walker follows a pass through the statements of a loop.
type walker struct {
	*Pass
	Watch
	op      token.Pos // where the operation stands
	exits   []exit
	leads   map[ast.Stmt]bool
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
		kind := again
		if w.Loop.IsGoto() {
			kind = leaves
		}
		w.exits = append(w.exits, exit{kind, nil, end.facts, end.waits})
	}
	if w.Loop.Post == nil || w.Pauses[w.Loop.Post] == nil {
		return
	}
	for i, e := range w.exits {
		if e.kind == again {
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
			if st.acted {
				st.early = s.Pos()
			}
			st.waits, st.crossed = st.waits.next(), s
			st.behind = st.behind || s.Pos() > w.op
			if !last && code.EndsPass(p.then) {
				w.exits = append(w.exits, exit{again, s, st.facts, st.waits})
				return st, false
			}
			if last && !w.Loop.IsGoto() {
				w.exits = append(w.exits, exit{again, s, st.facts, st.waits})
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
func (st state) with(f facts) state {
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
		switch s.(type) {
		case *ast.BranchStmt, *ast.BlockStmt, *ast.LabeledStmt:
		default:
			if !code.OnlyComputes(w.Loop.Info, s) && !w.Loop.OnlyLogs(s) {
				w.refusal = reason.CodeAfterDelay.At(s.Pos())
			}
		}
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		return w.list(s.List, st, to, tail)
	case *ast.LabeledStmt:
		return w.stmt(s.Stmt, st, to, tail)
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
		w.exits = append(w.exits, exit{returns, s, st.facts, st.waits})
		return st, false
	case *ast.BranchStmt:
		return w.branch(s, st, to)
	case *ast.DeferStmt:
		w.refusal = reason.DeferInBody.At(s.Pos())
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok && !w.Loop.Pkg.MayReturn(call) {
			return st, false
		}
	}
	return w.run1(s, st), true
}

// reach notes what has been crossed where a pass comes to the operation.
func (w *walker) reach(st state) {
	if st.crossed != nil {
		w.leads[st.crossed] = true
	}
	if st.early.IsValid() {
		w.refusal = reason.CodeAfterDelay.At(st.early)
	}
}

// inner walks the body of a loop inside the loop: it may be run again.
func (w *walker) inner(body *ast.BlockStmt, st state, loop ast.Stmt) {
	w.list(body.List, w.forgetIn(loop, st), targets{}, false)
}

// run1 notes what a simple statement changes.
func (w *walker) run1(s ast.Stmt, st state) state {
	if s == nil {
		return st
	}
	if !code.OnlyComputes(w.Loop.Info, s) && !w.Loop.OnlyLogs(s) {
		st.acted = true
	}
	if w.Before != nil {
		w.Before(s, st.facts)
	}
	st.facts = st.facts.clone()
	given := w.given(s, st.facts)
	st = w.forgetIn(s, st)
	for obj, v := range given {
		if v.same != nil {
			st.facts.same[obj] = v.same
		}
		if v.is != unknown {
			st.facts.errs[obj] = v.is
		}
	}
	if w.after != nil {
		w.after(s, st.facts)
	}
	return st
}
