package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A retry is a loop as a call has it: how its passes end. It does not change.
type retry struct {
	*writer
	again  []*exit // another pass follows
	final  []*exit // with an error that ends the attempts
	either []*exit // with an error that ends them, or with none
	worked []*exit // the operation has worked

	// success is what is done when the operation has worked, up to the end of the
	// pass; breaks is whether that goes on behind the loop.
	success []ast.Stmt
	breaks  bool
	okErr   types.Object // the operation's error, which is nil then

	ret     *ast.ReturnStmt // that success ends with; nil where it breaks
	valueAt int             // which of its results only the loop knows; -1 for none

	runsOut bool           // the attempts have an end
	errors  []types.Object // the variables that hold the last error when they have come to it
	unsure  bool           // a final error may be nil after all: a function has made it from another
}

// readRetry reads how the passes of the loop end.
func (w *writer) readRetry() (*retry, Refusal) {
	r := &retry{writer: w, valueAt: -1}
	if refusal := r.plainHeader(); refusal != nil {
		return nil, refusal
	}
	if refusal := w.findGiveUp(); refusal != nil {
		return nil, refusal
	}
	if w.giveUp != nil && !w.onlyWaitsAfter(w.giveUp) {
		return nil, lastApart.At(w.runsAfter(w.giveUp).Pos())
	}
	r.runsOut = w.bounded && (w.giveUp != nil || w.countedByHeader())
	if refusal := w.findResult(); refusal != nil {
		return nil, refusal
	}
	r.findSuccess()
	if refusal := r.sort(); refusal != nil {
		return nil, refusal
	}
	r.errors = r.lastErrors()
	if refusal := r.oneSuccess(); refusal != nil {
		return nil, refusal
	}
	return r, r.findResults()
}

// plainHeader refuses loops that wait before the first attempt, or whose header
// does more than count.
func (r *retry) plainHeader() Refusal {
	switch {
	case r.loop.isGoto():
		return ShapeOfCycle // another form of it is a loop
	case r.carried() != nil:
		if first, _ := r.attemptBefore(); first != nil {
			return firstBefore.At(first.Pos())
		}
		return firstBefore.At(r.keepCond.Pos())
	case r.keepCond != nil:
		return headerAsksMore.At(r.keepCond.Pos())
	case r.lead != nil || r.ticks:
		return firstBefore.At(r.delayPos())
	case r.counter != nil && r.bounded && r.counter.obj.Pos() < r.loop.outer.Pos() && r.readsAfter(r.counter.obj, nil):
		return counterEscapes.At(r.counterPos())
	}
	return nil
}

// findSuccess finds the statements that run when the operation has worked: the
// first of a list from where its error is nil on, that end the pass.
func (r *retry) findSuccess() {
	starts, err := r.starts()
	if err == nil {
		return
	}
	r.okErr = err
	look := func(list []ast.Stmt) {
		for i, s := range list {
			from := list[i:]
			if f, reached := starts[s]; reached && f.errs[err] == isNil && r.endsPass(from) && (r.success == nil || s.Pos() < r.success[0].Pos()) {
				r.success = from
				return
			}
		}
	}
	look(r.loop.body)
	for _, s := range r.loop.body {
		code.EachList(s, look)
	}
}

// starts returns what is known where each statement of a pass begins, and the
// variable that the operation gives its error.
func (r *retry) starts() (map[ast.Stmt]facts, types.Object) {
	starts := make(map[ast.Stmt]facts)
	w := r.walker()
	w.at = func(s ast.Stmt, f facts) {
		if known, again := starts[s]; again {
			f = mergeFacts(known, f)
		}
		starts[s] = f
	}
	w.run(newFacts())
	err, _ := r.suppose(isNil)
	return starts, err
}

// endsPass reports whether each pass that comes to list ends in it for good: it
// leaves the loop, and nothing in it waits.
func (r *retry) endsPass(list []ast.Stmt) bool {
	in := func(n ast.Node) bool { return list[0].Pos() <= n.Pos() && n.End() <= list[len(list)-1].End() }
	for _, s := range code.InOrder(r.pauses) {
		if in(s) {
			return false
		}
	}
	for _, e := range r.exits {
		if e.node != nil && in(e.node) && e.kind != returns && (e.kind != leaves || e.node != list[len(list)-1]) {
			return false
		}
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK && slices.ContainsFunc(r.exits, func(e exit) bool { return e.node == ast.Stmt(s) && e.kind == leaves })
	}
	return false
}

// inSuccess reports whether a pass ends at e because the operation has worked.
func (r *retry) inSuccess(e *exit) bool {
	return e.node != nil && len(r.success) > 0 && r.success[0].Pos() <= e.node.Pos() && e.node.End() <= r.success[len(r.success)-1].End()
}

// sort tells the ends of a pass apart.
func (r *retry) sort() Refusal {
	for i := range r.exits {
		e := &r.exits[i]
		switch {
		case r.inSuccess(e):
		case e.kind == jumps:
			return exitFromAfar.At(r.loop.endOf(e))
		case e.kind == again:
			r.again = append(r.again, e)
		case r.giveUp != nil && r.giveUpCond == nil && r.ifAround(e.node) == r.giveUp:
		case e.kind == leaves:
			r.sortBreak(e)
		default:
			if refusal := r.sortReturn(e); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

// sortBreak sorts an exit to what follows the loop: what that reads tells whether
// the operation has worked.
func (r *retry) sortBreak(e *exit) {
	known := isNil
	if r.result != nil {
		known = e.facts.errs[r.result]
	}
	r.add(e, known)
}

// add adds an exit, by what is known of its error.
func (r *retry) add(e *exit, known nilness) {
	switch known {
	case isNil:
		r.worked = append(r.worked, e)
	case notNil:
		r.final = append(r.final, e)
	default:
		r.either = append(r.either, e)
	}
}

// sortReturn sorts a return by the error that it hands on.
func (r *retry) sortReturn(e *exit) Refusal {
	ret := e.node.(*ast.ReturnStmt)
	if len(ret.Results) > 0 && len(ret.Results) != r.loop.sig.Results().Len() {
		return valuesFromLoop.At(ret.Pos())
	}
	if len(ret.Results) == 0 && r.returnsError() && r.namedError(e) != isNil {
		return valuesFromLoop.At(ret.Pos())
	}
	r.add(e, r.errorOf(e))
	return nil
}

// namedError returns what is known of the named result where a return has none.
func (r *retry) namedError(e *exit) nilness {
	res := r.loop.sig.Results()
	return e.facts.errs[res.At(res.Len()-1)]
}

// oneSuccess refuses loops with several ways out for success.
func (r *retry) oneSuccess() Refusal {
	switch {
	case len(r.success) == 0 && len(r.worked) > 0:
		r.success = []ast.Stmt{r.worked[0].node}
	case len(r.success) == 0 && len(r.either) == 0:
		return severalExits.At(r.loop.lastOf(r.final)) // it is never left but by an error
	}
	for _, e := range r.worked {
		if len(r.success) != 1 || r.Text(e.node) != r.Text(r.success[0]) {
			return severalExits.At(r.loop.endOf(e))
		}
	}
	if len(r.either) > 0 && len(r.success) > 1 {
		return severalExits.At(r.loop.lastOf(r.either))
	}
	for _, e := range r.either {
		if len(r.success) == 1 && e.kind != leaves && isBreak(r.success[0]) || e.kind == leaves && len(r.success) == 1 && !isBreak(r.success[0]) {
			return severalExits.At(r.loop.endOf(e))
		}
		if e.kind == returns && !r.splittable(e) {
			return severalExits.At(r.loop.endOf(e))
		}
	}
	if r.asBehind() {
		r.breaks = true
		return nil
	}
	r.breaks = len(r.success) > 0 && isBreak(r.success[len(r.success)-1]) || len(r.success) == 0 && r.either[0].kind == leaves
	return nil
}

// asBehind reports whether success returns as what follows the loop does, by the
// names of the results.
func (r *retry) asBehind() bool {
	if len(r.success) != 1 || len(r.loop.after) != 1 || !r.runsOut || r.giveUp != nil {
		return false
	}
	x, ok := r.success[0].(*ast.ReturnStmt)
	y, ok2 := r.loop.after[0].(*ast.ReturnStmt)
	return ok && ok2 && len(x.Results)+len(y.Results) == 0 && r.result != nil
}

func isBreak(s ast.Stmt) bool { _, ok := s.(*ast.BranchStmt); return ok }

// splittable reports whether an exit that returns an error which may be nil is
// `return err` in a function that returns nothing else.
func (r *retry) splittable(e *exit) bool {
	ret := e.node.(*ast.ReturnStmt)
	return len(ret.Results) == 1 && r.walker().errorVar(ret.Results[0]) != nil
}

// lastErrors returns the variables that hold the error of the last attempt
// where the attempts have run out.
func (r *retry) lastErrors() []types.Object {
	objs := []types.Object{r.result, r.opErr}
	for _, e := range r.exits {
		if r.giveUp == nil || r.ifAround(e.node) != r.giveUp {
			continue
		}
		for _, obj := range code.ObjectsInOrder(e.facts.errs) {
			if e.facts.errs[obj] == notNil {
				objs = append(objs, obj)
			}
		}
	}
	return slices.DeleteFunc(objs, func(obj types.Object) bool { return obj == nil })
}

// findResults finds the result that only the loop knows.
func (r *retry) findResults() Refusal {
	if r.breaks || len(r.success) == 0 {
		return nil
	}
	r.ret = r.success[len(r.success)-1].(*ast.ReturnStmt)
	n := len(r.ret.Results)
	if r.returnsError() && n == r.loop.sig.Results().Len() {
		n-- // the error
	}
	for i, x := range r.ret.Results[:n] {
		switch {
		case !r.fromLoop(x):
		case r.valueAt >= 0:
			return valuesFromLoop.At(r.ret.Pos())
		default:
			r.valueAt = i
		}
	}
	return nil
}

// fromLoop reports whether x is what the loop makes: a variable of its own, or one
// that each pass gives a value.
func (r *retry) fromLoop(x ast.Expr) bool {
	if !r.outside(x) {
		return true
	}
	v := code.Local(r.info, x)
	return v != nil && r.ownable(v)
}
