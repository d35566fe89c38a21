package call

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A retry is a loop as a call has it: how its passes end. It does not change.
type retry struct {
	*write.Writer
	again  []*pass.Exit // another pass follows
	final  []*pass.Exit // with an error that ends the attempts
	either []*pass.Exit // with an error that ends them, or with none
	worked []*pass.Exit // the operation has worked

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
func readRetry(w *write.Writer) (*retry, reason.Refusal) {
	r := &retry{Writer: w, valueAt: -1}
	if refusal := r.plainHeader(); refusal != nil {
		return nil, refusal
	}
	if refusal := w.FindGiveUp(); refusal != nil {
		return nil, refusal
	}
	switch {
	case w.GiveUp == nil:
	case !w.OnlyWaitsAfter(w.GiveUp):
		return nil, reason.LastApart.At(w.RunsAfter(w.GiveUp).Pos())
	case w.SaysTwice():
		return nil, reason.SeveralExits.At(w.GiveUp.Pos())
	}
	r.runsOut = w.Bounded && (w.GiveUp != nil || w.CountedByHeader())
	w.FindResult()
	r.findSuccess()
	if refusal := r.sort(); refusal != nil {
		return nil, refusal
	}
	if e := r.passesBy(); e != nil {
		return nil, reason.ErrorNotKnown.At(e.Pos(r.Loop))
	}
	r.errors = r.lastErrors()
	if refusal := r.oneSuccess(); refusal != nil {
		return nil, refusal
	}
	return r, r.findResults()
}

// plainHeader refuses loops that wait before the first attempt, or whose header
// does more than count.
func (r *retry) plainHeader() reason.Refusal {
	switch {
	case r.Loop.IsGoto():
		return reason.ShapeOfCycle // another form of it is a loop
	case r.Loop.HandsOn(r.KeepCond):
		if first, _ := r.Loop.AttemptBefore(); first != nil {
			return reason.FirstBefore.At(first.Pos())
		}
		return reason.FirstBefore.At(r.KeepCond.Pos())
	case r.KeepCond != nil:
		return reason.HeaderAsksMore.At(r.KeepCond.Pos())
	case r.Lead != nil || r.Ticks:
		return reason.WaitsFirst.At(r.DelayPos())
	case r.Counter != nil && r.Bounded && r.Counter.Obj.Pos() < r.Loop.Outer.Pos() && r.Loop.ReadsAfter(r.Counter.Obj, nil):
		return reason.CounterEscapes.At(r.CounterPos())
	}
	return nil
}

// passesBy returns a failure that goes round and leaves an error that is read behind the
// loop, when the attempts have run out, as an earlier attempt has left it; or nil.
func (r *retry) passesBy() (by *pass.Exit) {
	if !r.runsOut {
		return nil
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			v := r.Loop.ErrorVar(id)
			if v == nil || r.Loop.Has(v.Pos()) {
				continue
			}
			i := slices.IndexFunc(r.again, func(e *pass.Exit) bool { return !e.Facts.Wrote(v) })
			if i >= 0 && r.Loop.ReadsAfter(v, nil) {
				by = r.again[i]
			}
		}
		return by == nil
	})
	return by
}

// sort tells the ends of a pass apart.
func (r *retry) sort() reason.Refusal {
	for i := range r.Ends {
		e := &r.Ends[i]
		switch {
		case r.inSuccess(e):
		case e.Kind == pass.Jumps:
			return reason.ExitFromAfar.At(e.Pos(r.Loop))
		case e.Kind == pass.Again:
			r.again = append(r.again, e)
		case r.GiveUp != nil && r.GiveUpCond == nil && r.Loop.IfAround(e.Node) == r.GiveUp:
		case e.Kind == pass.Leaves:
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
func (r *retry) sortBreak(e *pass.Exit) {
	known := pass.IsNil
	if r.Result != nil {
		known = e.Facts.Of(r.Result)
	}
	r.add(e, known)
}

// add adds an exit, by what is known of its error.
func (r *retry) add(e *pass.Exit, known pass.Nilness) {
	switch known {
	case pass.IsNil:
		r.worked = append(r.worked, e)
	case pass.NotNil:
		r.final = append(r.final, e)
	default:
		r.either = append(r.either, e)
	}
}

// sortReturn sorts a return by the error that it hands on.
func (r *retry) sortReturn(e *pass.Exit) reason.Refusal {
	ret := e.Node.(*ast.ReturnStmt)
	if len(ret.Results) > 0 && len(ret.Results) != r.Loop.Sig.Results().Len() {
		return reason.ValuesFromLoop.At(ret.Pos())
	}
	if len(ret.Results) == 0 && r.ReturnsError() && r.namedError(e) != pass.IsNil {
		return reason.ValuesFromLoop.At(ret.Pos())
	}
	r.add(e, r.errorOf(e))
	return nil
}

// namedError returns what is known of the named result where a return has none.
func (r *retry) namedError(e *pass.Exit) pass.Nilness {
	res := r.Loop.Sig.Results()
	return e.Facts.Of(res.At(res.Len() - 1))
}

// splittable reports whether an exit that returns an error which may be nil is
// `return err` in a function that returns nothing else.
func (r *retry) splittable(e *pass.Exit) bool {
	ret := e.Node.(*ast.ReturnStmt)
	return len(ret.Results) == 1 && r.Loop.ErrorVar(ret.Results[0]) != nil
}

// lastErrors returns the variables that hold the error of the last attempt
// where the attempts have run out.
func (r *retry) lastErrors() []types.Object {
	objs := []types.Object{r.Result, r.OpErr}
	for _, e := range slices.Concat(r.Ends, r.Stops) {
		if r.GiveUp == nil || r.Loop.IfAround(e.Node) != r.GiveUp {
			continue
		}
		objs = append(objs, e.Facts.Errors()...)
	}
	return slices.DeleteFunc(objs, func(obj types.Object) bool { return obj == nil })
}
