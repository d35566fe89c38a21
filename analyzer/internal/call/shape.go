package call

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A use says what is done with what the helper returns.
type use int

const (
	tail     use = iota // return helper(...)
	assign              // err = helper(...), and what follows looks at it
	ifFailed            // err := helper(...); if err != nil { fail }, then success
	ifWorked            // if err := helper(...); err == nil { success }, then what follows
)

// A shape says what a call looks like. It does not change once it is made.
type shape struct {
	*retry
	use       use
	permanent *helper.Template // how an error is marked as final

	fail      []ast.Stmt     // what is done on failure; nil for `return others, err`
	failMoves bool           // it is what follows the loop
	asked     *ast.BlockStmt // that holds fail and nothing else, in an if; or nil
	plain     bool           // nothing is done but to return the error
	others    string         // what is returned beside it

	value    *handed    // what success hands out, or nil
	stays    bool       // success is a part of the operation
	none     string     // the return where there is no attempt, or ""
	last     bool       // what the last attempt has handed out is read, too
	consumed []ast.Stmt // what follows the loop and moves

	assigns bool         // what follows reads the error from its variable
	errName string       // the variable for the error of the helper
	own     []*types.Var // variables that the operation has of its own
	dropped []ast.Node   // declarations that go
}

// shape chooses how the helper is called.
func (r *retry) shape() (*shape, reason.Refusal) {
	s := &shape{retry: r}
	if refusal := s.findContext(); refusal != nil {
		return nil, refusal
	}
	choose := s.chooseReturn
	if r.breaks {
		choose = s.chooseAfter
	}
	if refusal := choose(); refusal != nil {
		return nil, refusal
	}
	for _, step := range []func() reason.Refusal{s.findValue, s.keepLocks, s.returnAtOnce, s.nameError, s.findOwn, s.finals, s.findNone} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	return s, nil
}

// keepLocks refuses calls behind which a lock is let go of that the operation has taken.
func (s *shape) keepLocks() reason.Refusal {
	behind := slices.Concat(s.fail, s.Loop.After)
	if !s.stays {
		behind = append(behind, s.success...)
	}
	if x := s.UndoneIn(slices.DeleteFunc(slices.Clone(s.Loop.Body), func(x ast.Stmt) bool { return !reading.Locks(x) }), behind, false); x != nil {
		return reason.ValuesFromLoop.At(x.Pos())
	}
	return nil
}

// finals asks whether the helper can be told which errors are final.
func (s *shape) finals() reason.Refusal {
	s.permanent = s.Helper.PermanentFor(s.value != nil, s.Bounded)
	if s.permanent == nil && len(s.final)+len(s.either) > 0 {
		return reason.LacksPermanent.At(reading.LastOf(s.Loop, s.final, s.either))
	}
	if s.Helper.Exhausted != nil && (s.plain || s.assigns || s.readsErrors(s.fail)) {
		return reason.LacksLastError.At(s.Loop.End())
	}
	return nil
}

// readsErrors reports whether list reads the last error.
func (s *shape) readsErrors(list []ast.Stmt) bool {
	return slices.ContainsFunc(list, func(x ast.Stmt) bool {
		return slices.ContainsFunc(s.errors, func(obj types.Object) bool { return code.Mentions(s.Info, x, obj) })
	})
}

// chooseReturn chooses what is done where success returns from the function.
func (s *shape) chooseReturn() reason.Refusal {
	left := s.leftWithError()
	if s.runsOut || len(left) > 0 {
		if s.fail = s.Writer.Fail; s.fail != nil {
			s.asked = s.GiveUp.Body
		} else if x := s.afterIf(); x != nil && len(left) == 0 { // it is an error there
			s.fail, s.asked, s.failMoves = x.Body.List, x.Body, true
		} else {
			s.fail, s.failMoves = s.Loop.After, true
		}
		s.others, s.plain = s.returnsFailure(s.fail)
	}
	if len(left) > 0 && !s.failMoves {
		return reason.SeveralExits.At(reading.LastOf(s.Loop, left))
	}
	if refusal := s.finalsAgree(); refusal != nil {
		return refusal
	}
	if s.Ctx == nil {
		s.leaveContext()
	}
	if s.UseCtx != "" && s.Ctx == nil && s.fail == nil && !s.failMoves && !s.plain {
		s.others, s.plain = s.Zeros()
	}
	if refusal := s.cancelAgrees(); refusal != nil {
		return refusal
	}
	if !s.runsOut && !s.plain && !s.failMoves && s.fail == nil { // nothing ends the attempts, but the helper returns an error
		if s.others, s.plain = s.Zeros(); !s.plain {
			return reason.ErrorDropped
		}
	}
	if !s.ReturnsError() && len(s.fail) == 1 && len(s.success) == 1 && s.Text(s.fail[0]) == s.Text(s.success[0]) {
		return reason.ErrorDropped.At(s.fail[0].Pos())
	}
	s.chooseUse()
	return nil
}

// leftWithError returns the exits to what follows the loop that may have an error.
func (r *retry) leftWithError() []*pass.Exit {
	return slices.DeleteFunc(slices.Concat(r.final, r.either), func(e *pass.Exit) bool { return e.Kind != pass.Leaves })
}

// chooseUse chooses the shortest text.
func (s *shape) chooseUse() {
	after := len(s.Loop.After)
	switch {
	case s.plain && s.tails():
		s.use, s.stays = tail, true
	case s.failMoves && (after == 0 || after > 1 && len(s.success) == 1 && s.asked == nil || !code.Terminating(s.fail) && !(s.endsFunction() && len(s.success) == 1)):
		s.use = ifWorked
	default:
		s.use = ifFailed
	}
	if s.failMoves && s.use != ifWorked || s.runsOut && !s.failMoves && s.GiveUp != nil {
		s.consumed = s.Loop.After // nothing else gets there
	}
	if s.plain && (s.use == tail || s.consumed == nil && s.GiveUp == nil) {
		s.fail = nil
	}
}

// endsFunction reports whether what follows the loop is the end of a function that tells nothing.
func (s *shape) endsFunction() bool { return s.Loop.Last && s.Loop.Sig.Results().Len() == 0 }

// returnAtOnce makes `return helper(...)` of
//
//	v, err := helper(...)
//	return v, err
//
// or of `if err != nil { return "", err }; return v, nil`. Where only success leaves the loop
// for `return v, nil`, that is enough, unless a comment is there: it is about success.
func (s *shape) returnAtOnce() reason.Refusal {
	onSuccess := s.use == ifFailed && s.breaks && len(s.Loop.After) > 0 && len(code.Comments(s.File, s.Loop.End(), s.EndOf(s.Loop.After[0]))) == 0
	if s.use != assign && !onSuccess || s.Helper.Exhausted != nil {
		return nil
	}
	others, worked, plain := s.returnsBehind()
	switch {
	case !plain:
	case s.value == nil && (s.Helper.DropsValue || others != worked || !s.constant(s.Loop.After[len(s.Loop.After)-1].(*ast.ReturnStmt))):
	case s.value != nil && (s.Loop.Sig.Results().Len() != 2 || s.hidesNil(s.value.typ) || worked != s.value.name || others != worked && others != s.zeroOf(s.value)):
	default:
		s.use, s.assigns, s.others, s.consumed = tail, false, others, s.Loop.After
	}
	return nil
}

// returnsBehind returns what is returned beside the error behind the loop, where there
// is one and where there is none; plain is whether nothing else is done there.
func (s *shape) returnsBehind() (others, worked string, plain bool) {
	switch after := s.Loop.After; {
	case s.use == ifFailed && len(after) == 1:
		ret, ok := after[0].(*ast.ReturnStmt)
		if !ok || !code.IsNil(s.Info, code.LastResult(ret)) {
			return "", "", false
		}
		return s.others, s.othersOf(ret), s.plain
	case s.use == ifFailed:
	case len(after) == 1:
		others, plain = s.returnsFailure(after)
		return others, others, plain
	case len(after) == 2:
		x := s.afterIf()
		ret, ok := after[1].(*ast.ReturnStmt)
		if x == nil || !ok || len(ret.Results) == 0 || len(ret.Results) != s.Loop.Sig.Results().Len() || !code.IsNil(s.Info, code.LastResult(ret)) {
			return "", "", false
		}
		others, plain = s.returnsFailure(x.Body.List)
		return others, s.othersOf(ret), plain
	}
	return "", "", false
}

// zeroOf returns the zero value of what success hands out, or "".
func (s *shape) zeroOf(h *handed) string {
	zero, _ := s.Scope.Zero(h.typ)
	return zero
}

// leaveContext gives up a context that is in scope, but that the loop does not ask,
// where its end might not be told as an error.
func (s *shape) leaveContext() {
	switch _, zeros := s.Zeros(); {
	case s.failMoves && s.Bounded && !s.afterFails(false): // what follows the loop is never reached
	case s.StopsIn(s.fail): // a clean end would become a crash
	case s.runsOut && !s.plain && s.UseCtx != "" && s.LoopAsks(s.UseCtx): // its error is what the loop returns then
	case s.failMoves && s.hidesFailure(s.fail): // what follows the loop would make a success of it
	case !s.runsOut && !s.plain && !zeros:
	default:
		return
	}
	s.UseCtx = ""
}

// hidesNil reports whether a nil of type t is not nil any more where the function returns it as
// its first result.
func (s *shape) hidesNil(t types.Type) bool {
	return types.IsInterface(s.Loop.Sig.Results().At(0).Type()) && !types.IsInterface(t)
}

// tails reports whether the function can return what the helper returns.
func (s *shape) tails() bool {
	res := s.Loop.Sig.Results()
	switch {
	case s.worksAlone() || s.success != nil && s.ret == nil:
		return false
	case s.valueAt < 0:
		return !s.Helper.DropsValue && s.Helper.Exhausted == nil && s.okOthers() == s.others && (s.others == "" || s.constant(s.ret))
	case res.Len() != 2 || s.valueAt != 0 || s.Helper.ValueCall == nil:
		return false
	case s.hidesNil(s.Info.TypeOf(s.ret.Results[0])):
		return false
	}
	zero, ok := s.Scope.Zero(res.At(0).Type())
	return ok && s.others == zero
}
