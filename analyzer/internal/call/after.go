package call

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// afterFails reports whether what follows the loop is reached where the operation
// has failed for good: the body has not left by then in each last pass.
func (r *retry) afterFails(leaveFinal bool) bool {
	if leaveFinal || !r.Bounded || r.GiveUp != nil {
		return true
	}
	for _, e := range r.again {
		if !e.Facts.NotLast() {
			return true
		}
	}
	return false
}

// cancelLeaves reports whether cancellation goes on behind the loop.
func (r *retry) cancelLeaves() bool {
	if len(r.Cancel) != 1 {
		return false
	}
	b, ok := r.Cancel[0].(*ast.BranchStmt)
	return ok && b.Tok == token.BREAK && b.Label != nil && b.Label.Name == r.Loop.Label
}

// readsNext reports whether the statement behind the loop reads the result.
func (r *retry) readsNext() bool {
	if len(r.Loop.After) == 0 {
		return false
	}
	if ret, ok := r.Loop.After[0].(*ast.ReturnStmt); ok && len(ret.Results) == 0 {
		res := r.Loop.Sig.Results()
		return res.Len() > 0 && res.At(res.Len()-1) == r.Result
	}
	return code.Mentions(r.Info, r.Loop.After[0], r.Result)
}

// afterIf returns `if err != nil {` that follows the loop.
func (r *retry) afterIf() *ast.IfStmt {
	if len(r.Loop.After) == 0 || r.Result == nil {
		return nil
	}
	s, ok := r.Loop.After[0].(*ast.IfStmt)
	if !ok {
		return nil
	}
	if x := r.ReturnsIf(s); x != nil && code.Local(r.Info, x) == r.Result {
		return s
	}
	return nil
}

// afterReturnsError reports whether what follows the loop returns the error as it
// is.
func (r *retry) afterReturnsError() bool {
	zeros, ok := r.Zeros()
	return ok && r.afterReturns(zeros)
}

// afterReturns reports whether what follows the loop begins by returning the
// error, with other results written as text.
func (r *retry) afterReturns(text string) bool {
	var list []ast.Stmt
	if s := r.afterIf(); s != nil {
		list = s.Body.List
	} else if len(r.Loop.After) == 1 {
		list = r.Loop.After
	}
	others, ok := r.returnsFailure(list)
	return ok && others == text
}

// chooseAfter chooses what is done where success goes on behind the loop.
func (s *shape) chooseAfter() reason.Refusal {
	leaveFinal := len(s.leftWithError()) > 0
	if s.runsOut && s.Writer.Fail != nil { // the last attempt returns
		s.fail, s.asked = s.Writer.Fail, s.GiveUp.Body
		s.others, s.plain = s.returnsFailure(s.fail)
		if leaveFinal {
			return reason.SeveralExits.At(reading.LastOf(s.Loop, s.final, s.either))
		}
	}
	if refusal := s.finalsAgree(); refusal != nil {
		return refusal
	}
	handled := s.Result != nil && s.fail == nil && (s.runsOut || leaveFinal || s.afterIf() != nil && !s.plain)
	switch {
	case handled:
		return s.assignResult(leaveFinal)
	case s.runsOut && s.fail == nil || leaveFinal:
		return reason.ErrorDropped.At(s.Loop.End())
	}
	s.use = ifFailed
	if s.Ctx != nil && !s.cancelLeaves() {
		return s.cancelAgrees()
	}
	switch _, can := s.Zeros(); {
	case s.Ctx != nil:
		return reason.CancelBranch.At(s.CancelPos())
	case s.fail != nil || s.plain:
		if !s.ReturnsError() || s.StopsIn(s.fail) {
			s.UseCtx = ""
		}
	case !can:
		return reason.ErrorDropped
	default:
		s.others, s.plain = s.Zeros()
	}
	return nil
}

// stopsIn reports whether the body of an if ends the process.
func (s *shape) stopsIn(x ast.Stmt) bool {
	branch, ok := x.(*ast.IfStmt)
	return ok && s.StopsIn(branch.Body.List)
}

// wrapsAlike reports whether what is done on cancellation is what after, behind the
// loop, does, with the error of the context.
func (s *shape) wrapsAlike(after ast.Stmt) bool {
	err := s.Text(s.Ctx) + ".Err()"
	text := s.Statements(s.Cancel)
	return s.Result != nil && strings.Count(text, err) == 1 && strings.Replace(text, err, s.Result.Name(), 1) == s.Text(after)
}

// assignResult lets what follows the loop look at the error of the helper, as it
// looks at that of the loop.
func (s *shape) assignResult(leaveFinal bool) reason.Refusal {
	s.use, s.assigns = assign, true
	if s.Ctx == nil {
		stops := slices.ContainsFunc(s.Loop.After[:min(len(s.Loop.After), 1)], s.stopsIn)
		told := s.UseCtx != "" && s.LoopAsks(s.UseCtx) && !s.afterReturnsError()
		if told || stops || !s.readsNext() || s.AsksForKinds() || !s.afterFails(leaveFinal) {
			s.UseCtx = "" // what follows would take cancellation for success, or for what it never sees
		}
		return nil
	}
	after := s.Loop.After
	same := s.cancelLeaves() || len(s.Cancel) == 0 || len(after) == 1 && s.Statements(s.Cancel) == s.Text(after[0])
	switch {
	case same && s.Loop.ReadsAfter(s.Result, nil):
		return reason.CancelBranch.At(s.CancelPos()) // the last error, in place of which the helper returns that of the context
	case same, len(after) == 1 && s.wrapsAlike(after[0]):
		return nil
	}
	if text, returns := s.returnsCancel(); !returns || !s.afterReturns(text) {
		return reason.CancelBranch.At(s.CancelPos())
	}
	return nil
}
