package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
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
	acted  bool // something has been done that may be seen from outside
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

// A walker follows a pass through the statements of a loop.
type walker struct {
	pkg   *source.Package
	info  *types.Info
	loop  *loop
	pause map[ast.Stmt]*pause // statements that wait; an if stands for the pause that is all of it
	gone  map[ast.Stmt]bool   // statements that are left out
	count func(ast.Expr) when
	ticks bool      // the loop's header waits
	op    token.Pos // where the operation stands

	after   func(s ast.Stmt, f facts) // called behind each assignment
	exits   []exit
	refusal Refusal
}

// run walks one pass.
func (w *walker) run(f facts) {
	st := state{facts: f, waits: none}
	if w.ticks {
		st.waits = once
	}
	to := targets{toLoop, toLoop}
	if w.loop.isGoto() {
		to = targets{toOuter, toOuter}
	}
	if w.loop.cond != nil {
		st.facts = w.refine(w.loop.cond, true, st.facts)
	}
	end, ok := w.list(w.loop.body, st, to, true)
	if ok {
		kind := again
		if w.loop.isGoto() {
			kind = leaves
		}
		w.exits = append(w.exits, exit{kind, nil, end.facts, end.waits})
	}
}

// list walks statements. Direct is whether an unlabelled break or continue in
// them belongs to the loop, tail whether the pass ends behind them. It returns
// the state at their end, and whether that is reached.
func (w *walker) list(list []ast.Stmt, st state, to targets, tail bool) (state, bool) {
	for i, s := range list {
		if w.gone[s] {
			continue
		}
		last := tail && !slices.ContainsFunc(list[i+1:], func(s ast.Stmt) bool { return !w.gone[s] })
		if p := w.pause[s]; p != nil {
			if st.acted && w.op > s.Pos() {
				w.refusal = codeAfterDelay // it would run behind the wait
			}
			st.waits = st.waits.next()
			st.behind = st.behind || s.Pos() > w.op
			if !last && endsPass(p.then) {
				w.exits = append(w.exits, exit{again, s, st.facts, st.waits})
				return st, false
			}
			if last && !w.loop.isGoto() {
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

func endsPass(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	b, ok := list[len(list)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.CONTINUE
}

// onlyLogs reports whether s writes a line for people to read, which may as well
// be written before the wait.
func (w *walker) onlyLogs(s ast.Stmt) bool {
	x, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := x.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	pkg, name, _ := strings.Cut(calleeOf(w.info, call), ".")
	switch pkg {
	case "fmt", "log", "log/slog":
		return graph.MayReturn(w.info, call) && name != ""
	}
	return false
}

// fatal reports whether call is of a field that is called Fatal, or the like,
// as loggers and tests have it: it does not return.
func (w *walker) fatal(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := w.info.Uses[sel.Sel].(*types.Var)
	return ok && v.IsField() && strings.HasPrefix(v.Name(), "Fatal")
}

// with returns st with other facts.
func (st state) with(f facts) state { return state{f, st.waits, st.behind, st.acted} }

func (w *walker) stmt(s ast.Stmt, st state, to targets, tail bool) (state, bool) {
	if st.behind {
		switch s.(type) {
		case *ast.BranchStmt, *ast.BlockStmt, *ast.LabeledStmt:
		default:
			if lv := (&liveness{info: w.info}); !lv.machinery(s) && !w.onlyLogs(s) {
				w.refusal = codeAfterDelay
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
		return w.clauses(s.Body, st, nil, to, tail)
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
		w.refusal = deferInBody
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok && (!graph.MayReturn(w.info, call) || w.fatal(call)) {
			return st, false
		}
	}
	return w.run1(s, st), true
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
	if lv := (&liveness{info: w.info}); !lv.machinery(s) {
		st.acted = true
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

// A gift is what a variable is given.
type gift struct {
	is   nilness
	same types.Object
}

// given returns what an assignment gives to error variables.
func (w *walker) given(s ast.Stmt, f facts) map[types.Object]gift {
	gifts := make(map[types.Object]gift)
	switch s := s.(type) {
	case *ast.AssignStmt:
		if len(s.Lhs) == len(s.Rhs) {
			for i, lhs := range s.Lhs {
				if obj := w.errorVar(lhs); obj != nil {
					gifts[obj] = w.valueOf(s.Rhs[i], f)
				}
			}
		}
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, id := range spec.Names {
					obj := w.errorVar(id)
					switch {
					case obj == nil:
					case len(spec.Values) == 0:
						gifts[obj] = gift{is: isNil}
					case len(spec.Values) == len(spec.Names):
						gifts[obj] = w.valueOf(spec.Values[i], f)
					}
				}
			}
		}
	}
	return gifts
}

func (w *walker) valueOf(e ast.Expr, f facts) gift {
	if w.isNilExpr(e) {
		return gift{is: isNil}
	}
	if obj := w.errorVar(e); obj != nil {
		return gift{f.errs[obj], obj}
	}
	if w.isSentinel(e) && isError(w.info.TypeOf(e)) {
		return gift{is: notNil}
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if makesError(calleeOf(w.info, call)) {
			return gift{is: notNil}
		}
	}
	return gift{}
}

// makesError reports whether the function called path.Name always returns an
// error: errors.New, fmt.Errorf and their look-alikes.
func makesError(name string) bool {
	return strings.HasSuffix(name, "errors.New") || strings.HasSuffix(name, ".Errorf")
}

// forgetIn forgets all that n may change.
func (w *walker) forgetIn(n ast.Node, st state) state {
	st.facts = st.facts.clone()
	ast.Inspect(n, func(n ast.Node) bool {
		for _, id := range assigned(n) {
			if obj := w.info.ObjectOf(id); obj != nil {
				st.facts.forget(obj)
			}
		}
		if spec, ok := n.(*ast.ValueSpec); ok {
			for _, id := range spec.Names {
				st.facts.forget(w.info.Defs[id])
			}
		}
		return true
	})
	return st
}

func (w *walker) ifStmt(s *ast.IfStmt, st state, to targets, tail bool) (state, bool) {
	st = w.run1(s.Init, st)
	answer := w.eval(s.Cond, st.facts)
	var ends []state
	if answer != no {
		then := st.with(w.refine(s.Cond, true, st.facts))
		if end, ok := w.list(s.Body.List, then, to, tail); ok {
			ends = append(ends, end)
		}
	}
	if answer != yes {
		end := st.with(w.refine(s.Cond, false, st.facts))
		if w.count != nil && (w.count(s.Cond) == exceptLast || w.count(s.Cond) == exceptFirst) && w.pausesIn(s.Body) {
			end.waits = end.waits.next() // the other way is the last attempt, or the first
		}
		ok := true
		if s.Else != nil {
			end, ok = w.stmt(s.Else, end, to, tail)
		}
		if ok {
			ends = append(ends, end)
		}
	}
	return join(ends)
}

// pausesIn reports whether a delay stands in body.
func (w *walker) pausesIn(body *ast.BlockStmt) bool {
	for s := range w.pause {
		if within(body, s) {
			return true
		}
	}
	return false
}

func join(ends []state) (state, bool) {
	if len(ends) == 0 {
		return state{}, false
	}
	st := ends[0]
	for _, e := range ends[1:] {
		st = state{merge(st.facts, e.facts), st.waits | e.waits, st.behind || e.behind, st.acted || e.acted}
	}
	return st, true
}

func (w *walker) switchStmt(s *ast.SwitchStmt, st state, to targets, tail bool) (state, bool) {
	st = w.run1(s.Init, st)
	cond := func(e ast.Expr) ast.Expr { return e }
	if s.Tag != nil {
		cond = func(e ast.Expr) ast.Expr { return &ast.BinaryExpr{X: s.Tag, OpPos: e.Pos(), Op: token.EQL, Y: e} }
	}
	return w.clauses(s.Body, st, cond, to, tail)
}

// clauses walks the cases of a switch or select; cond makes a condition of an
// expression of a case.
func (w *walker) clauses(body *ast.BlockStmt, st state, cond func(ast.Expr) ast.Expr, to targets, tail bool) (state, bool) {
	var ends []state
	rest, open := st, true // where no case before held
	var def *ast.CaseClause
	falls := false
	walk := func(list []ast.Stmt, st state) {
		if falls {
			st.facts = newFacts()
		}
		falls = fallsThrough(list)
		if end, ok := w.list(list, st, targets{toInner, to.cont}, tail && !breaks(list)); ok {
			ends = append(ends, end)
		}
		if breaks(list) {
			ends = append(ends, w.forgetIn(&ast.BlockStmt{List: list}, state{facts: newFacts(), waits: none | once}))
		}
	}
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CommClause:
			walk(c.Body, w.run1(c.Comm, st))
			open = false
		case *ast.CaseClause:
			if c.List == nil {
				def = c
				continue
			}
			if cond == nil {
				walk(c.Body, st)
				continue
			}
			w.caseClause(c, &rest, &open, cond, walk)
		}
	}
	if def != nil && open {
		walk(def.Body, rest)
	} else if def == nil && open {
		ends = append(ends, rest)
	}
	return join(ends)
}

func (w *walker) caseClause(c *ast.CaseClause, rest *state, open *bool, cond func(ast.Expr) ast.Expr, walk func([]ast.Stmt, state)) {
	var starts []state
	for _, e := range c.List {
		if !*open {
			break
		}
		answer := w.eval(cond(e), rest.facts)
		if answer != no {
			starts = append(starts, rest.with(w.refine(cond(e), true, rest.facts)))
		}
		if answer == yes {
			*open = false
		}
		rest.facts = w.refine(cond(e), false, rest.facts)
	}
	if st, ok := join(starts); ok {
		walk(c.Body, st)
	}
}

func fallsThrough(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	b, ok := list[len(list)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// breaks reports whether an unlabelled break in list leaves the switch or
// select around it.
func breaks(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				return false
			case *ast.BranchStmt:
				found = found || n.Tok == token.BREAK && n.Label == nil
			}
			return true
		})
	}
	return found
}

func (w *walker) branch(s *ast.BranchStmt, st state, to targets) (state, bool) {
	own := s.Label != nil && s.Label.Name == w.loop.label && w.loop.label != ""
	kind := jumps
	switch s.Tok {
	case token.FALLTHROUGH:
		return st, false
	case token.GOTO:
		if own && w.loop.isGoto() {
			kind = again
		} else if s.Label != nil && w.inBody(s.Label) {
			w.refusal = shapeOfCycle
		}
	case token.BREAK, token.CONTINUE:
		goal := to.brk
		if s.Tok == token.CONTINUE {
			goal = to.cont
		}
		if s.Label != nil {
			goal = toOuter
			if own {
				goal = toLoop
			} else if w.inBody(s.Label) {
				goal = toInner
			}
		}
		if s.Tok == token.CONTINUE && goal == toOuter && w.loop.endsOuter(s, w.info) {
			w.exits = append(w.exits, exit{leaves, s, st.facts, st.waits})
			return st, false
		}
		switch {
		case goal == toInner:
			return st, false // its end is joined where the inner statement ends
		case goal == toLoop && s.Tok == token.BREAK:
			kind = leaves
		case goal == toLoop:
			kind = again
		}
	}
	w.exits = append(w.exits, exit{kind, s, st.facts, st.waits})
	return st, false
}

// inBody reports whether a label stands inside the loop's body.
func (w *walker) inBody(label *ast.Ident) bool {
	obj := w.info.Uses[label]
	return obj != nil && w.loop.inBody(obj.Pos())
}
