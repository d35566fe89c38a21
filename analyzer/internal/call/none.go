package call

import (
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// findNone lets a function return before the call where there may be no attempt at
// all, if that is what it does then: it returns the error that no attempt has given a
// value.
//
//	if attempts <= 0 {
//		return nil
//	}
func (s *shape) findNone() reason.Refusal {
	if !s.MayBeNone {
		return nil
	}
	if others, plain := s.returnsFailure(s.Loop.After); !plain || others != s.others {
		return reason.MayBeZero.At(s.CountPos())
	}
	if s.use != tail || s.Result == nil || !s.startsNil(s.Result) {
		return reason.MayBeZero.At(s.CountPos())
	}
	if s.none = s.AsksNone(); s.none == "" {
		return reason.MayBeZero.At(s.CountPos())
	}
	return nil
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

// noneText writes the return of a function without an attempt.
func (s *shape) noneText() string {
	if s.none == "" {
		return ""
	}
	return "if " + s.none + " {\n" + write.Return(s.others, "nil") + "\n}\n"
}
