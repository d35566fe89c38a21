package call

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

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
	n := s.Attempts
	if others, plain := s.returnsFailure(s.Loop.After); !plain || others != s.others {
		return reason.MayBeZero.At(s.CountPos())
	}
	if s.use != tail || s.Result == nil || n.Expr == nil || n.Less != nil || !code.Repeatable(s.Info, n.Expr) || !s.startsNil(s.Result) {
		return reason.MayBeZero.At(s.CountPos())
	}
	is := " <= " + write.Itoa(-n.Offset)
	switch {
	case n.Offset == 1:
		is = " < 0"
	case n.Offset == 0 && s.notNegative(n.Expr):
		is = " == 0"
	}
	s.none = s.Text(n.Expr) + is
	return nil
}

// notNegative reports whether the number e is never less than 0: it is unsigned, or the
// length of something.
func (s *shape) notNegative(e ast.Expr) bool {
	if basic, ok := s.Info.TypeOf(e).Underlying().(*types.Basic); ok && basic.Info()&types.IsUnsigned != 0 {
		return true
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && typeutil.Callee(s.Info, call) == types.Universe.Lookup("len")
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
