package call

import (
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// findNone lets a function return before the call where there may be no attempt at
// all, as it does then: it returns the error that no attempt has given a value, or what
// stands behind a loop that returns where its last attempt has failed.
//
//	if attempts <= 0 {
//		return nil
//	}
func (s *shape) findNone() reason.Refusal {
	if !s.MayBeNone {
		return nil
	}
	asks, returns := s.AsksNone(), s.returnsNone()
	if asks == "" || returns == "" {
		return reason.MayBeZero.At(s.CountPos())
	}
	s.none = "if " + asks + " {\n" + returns + "\n}\n"
	return nil
}

// returnsNone writes what the function returns without an attempt, or "".
func (s *shape) returnsNone() string {
	if s.GiveUp != nil && s.GiveUpCond == nil && !s.breaks && !s.failMoves {
		return s.ReturnBehind()
	}
	others, plain := s.returnsFailure(s.Loop.After)
	if !plain || others != s.others || s.use != tail || s.Result == nil || !s.startsNil(s.Result) {
		return ""
	}
	return write.Return(s.others, "nil")
}

// startsNil reports whether no error is in err where the loop begins: it is declared
// without one.
func (s *shape) startsNil(err types.Object) bool {
	if s.declaration(err) != nil {
		return true
	}
	res := s.Loop.Sig.Results()
	if res.At(res.Len()-1) != err || s.Loop.Observed(err) {
		return false
	}
	for _, x := range s.Loop.List[:s.Loop.Index] {
		if code.Mentions(s.Info, x, err) {
			return false
		}
	}
	return s.Loop.Last
}
