package call

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// finalsAgree asks whether final errors are returned as the last one is.
func (s *shape) finalsAgree() reason.Refusal {
	returned := slices.DeleteFunc(slices.Concat(s.final, s.either), func(e *pass.Exit) bool { return e.Kind == pass.Leaves || s.asLast(e) })
	if len(returned) == 0 {
		return nil
	}
	text, agree := s.finalText(returned)
	switch {
	case !agree || s.unsure:
		return reason.SeveralExits.At(reading.LastOf(s.Loop, returned))
	case s.fail == nil && !s.runsOut && len(s.leftWithError()) == 0:
		s.others, s.plain = text, true
		return nil
	case s.breaks && s.fail == nil && s.afterReturns(text):
		return nil
	case s.plain && text == s.others:
		return nil
	}
	return reason.SeveralExits.At(reading.LastOf(s.Loop, returned))
}

// asLast reports whether a final error is answered by the return that answers the last
// one, which stands behind the call:
//
//	if final(err) || n == 3 {
//		return fmt.Errorf("op: %w", err)
//	}
func (s *shape) asLast(e *pass.Exit) bool {
	return s.GiveUp != nil && len(s.fail) == 1 && s.asked == s.GiveUp.Body && !s.plain && s.Loop.IfAround(e.Node) == s.GiveUp && slices.Contains(s.final, e)
}

// finalText returns what is returned beside a final error, if it is the same
// everywhere.
func (r *retry) finalText(list []*pass.Exit) (text string, agree bool) {
	for i, e := range list {
		ret := e.Node.(*ast.ReturnStmt)
		t := r.othersOf(ret)
		if !r.outsideOthers(ret) || i > 0 && t != text {
			return "", false
		}
		text = t
	}
	return text, true
}

// cancelAgrees asks whether cancellation, which the loop asks for itself, is
// answered as failure is.
func (s *shape) cancelAgrees() reason.Refusal {
	if s.Ctx == nil {
		return nil
	}
	text, returns := s.returnsCancel()
	alone := !s.runsOut && len(s.final)+len(s.either) == 0
	switch {
	case returns && s.plain && text == s.others:
	case returns && !s.runsOut && !s.plain && s.fail == nil:
		s.others, s.plain = text, true
	case !returns && alone && s.cancelMoves():
		s.fail, s.plain = s.Cancel, false
	case s.failMoves && len(s.Cancel) == 1 && len(s.fail) == 1 && (s.failsAlike() || s.wrapsAlike(s.fail[0])) && s.cancelMoves():
	default:
		return reason.CancelBranch.At(s.CancelPos())
	}
	if s.failMoves && s.hidesFailure(s.fail) {
		return reason.CancelBranch.At(s.CancelPos())
	}
	return nil
}

// failsAlike reports whether what is done on cancellation is what failure does.
func (s *shape) failsAlike() bool { return s.Text(s.Cancel[0]) == s.Text(s.fail[0]) }

// constant reports whether ret returns constants beside the error.
func (s *shape) constant(ret *ast.ReturnStmt) bool {
	return !slices.ContainsFunc(code.OtherResults(ret), func(x ast.Expr) bool {
		return s.Info.Types[x].Value == nil && !code.IsNil(s.Info, x)
	})
}

// returnsFailure reads `return zero, err`, where err is the last error, and
// returns its other results as text; not ok if it is something else.
func (r *retry) returnsFailure(list []ast.Stmt) (string, bool) {
	if len(list) != 1 || !r.ReturnsError() {
		return "", false
	}
	ret, ok := list[0].(*ast.ReturnStmt)
	if !ok {
		return "", false
	}
	res := r.Loop.Sig.Results()
	if len(ret.Results) == 0 {
		last := res.At(res.Len() - 1)
		return "", res.Len() == 1 && last == r.Result
	}
	if len(ret.Results) != res.Len() {
		return "", false
	}
	obj := r.Loop.ErrorVar(code.LastResult(ret))
	return r.othersOf(ret), obj != nil && slices.Contains(r.lastErrors(), obj) && r.outsideOthers(ret)
}
