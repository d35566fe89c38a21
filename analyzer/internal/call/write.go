package call

import (
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// write writes the call of an operation with body, and what is done with what it
// returns.
func (s *shape) write(body string) (*write.Fix, reason.Refusal) {
	if s.Floor && !s.HasMax() {
		return nil, s.CountRefused(s.CountPos())
	}
	args, refusal := s.Args()
	if refusal != nil {
		return nil, refusal
	}
	args.Op = s.literal("func("+s.params()+") "+s.results(&args), body)
	if name := s.bareCall(body); name != "" {
		args.Op = name
	}
	t := s.Helper.Call
	if s.value != nil {
		t = s.Helper.ValueCall
	}
	text, refusal := s.around(args)
	if refusal != nil {
		return nil, refusal
	}
	if tidy.DropsError(text, s.Loop.Sig.Results().Len() > 0) {
		return nil, reason.ErrorDropped
	}
	with := func(call string) string { return tidy.Tail(strings.Replace(text, callMark, call, 1)) }
	return s.fix(with(s.Render(t, args)), with(s.stubCall(args)))
}

// callMark stands for the call of the helper in the text around it.
const callMark = "callOfTheHelper()"

// around writes what is done with what the helper returns.
func (s *shape) around(args helper.Args) (string, reason.Refusal) {
	if s.use == tail {
		others := s.others
		if s.value != nil {
			others = ""
		}
		return s.none + write.Return(others, callMark), nil
	}
	names, ok := s.names()
	if !ok {
		return "", reason.ValuesFromLoop.At(s.Loop.End())
	}
	give := names + callMark
	if s.use == assign {
		return s.none + give, nil
	}
	test, then, otherwise := " != nil", s.failText(), s.successText()
	if s.use == ifWorked {
		test, then, otherwise = " == nil", otherwise, ""
	}
	head := give + "\nif " + s.errName + test + " {\n"
	if short := !strings.Contains(args.Op, "\n") && s.value == nil && !s.assigns && strings.HasSuffix(names, " := "); short {
		head = "if " + give + "; " + s.errName + test + " {\n"
	}
	return strings.TrimRight(s.none+head+then+"\n}\n"+otherwise, "\n"), nil
}

// failText writes what is done when the operation has failed for good.
func (s *shape) failText() string {
	switch {
	case s.fail == nil:
		return write.Return(s.others, s.errName)
	case s.asked != nil:
		return strings.Trim(s.Between(s.asked.Lbrace+1, s.asked.Rbrace), " \t\n")
	}
	return s.Statements(s.fail)
}

// successText writes what is done when it has worked.
func (s *shape) successText() string {
	switch {
	case s.breaks:
		return ""
	case s.ret == nil:
		return "return nil"
	case !s.stays:
		return s.returnsNil(s.Between(s.success[0].Pos(), s.ret.Pos()))
	}
	return s.returnsNil("")
}

// returnsNil writes the return of success behind before, with nil for the error.
func (s *shape) returnsNil(before string) string {
	n := len(s.ret.Results)
	last := s.use == ifFailed && len(s.Loop.After) == len(s.consumed)
	if n == 0 && before == "" && s.Loop.Last && s.Loop.Sig.Results().Len() == 0 && last {
		return ""
	}
	var parts []string
	for i, x := range s.ret.Results {
		switch {
		case i == s.valueAt && s.stays && s.value != nil:
			parts = append(parts, s.value.name)
		case i == n-1 && s.ReturnsError() && !s.moreThanNil():
			parts = append(parts, "nil")
		default:
			parts = append(parts, s.Text(x))
		}
	}
	return strings.TrimRight(before+"return "+strings.Join(parts, ", "), " ")
}

// moreThanNil reports whether what success returns for its error is none of the
// attempt's, which is nil then.
func (s *shape) moreThanNil() bool {
	n := len(s.ret.Results)
	if n == 0 || n != s.Loop.Sig.Results().Len() || s.worksAlone() {
		return true
	}
	v := s.Loop.ErrorVar(s.ret.Results[n-1])
	return v == nil || !s.Loop.Has(v.Pos()) && !s.Loop.Assigns(v)
}

// stubCall returns a call in the place of the helper's, with the same operation
// and results, that type-checks without the helper's package.
func (s *shape) stubCall(a helper.Args) string {
	results := "error"
	if s.value != nil {
		results = "(" + a.T + ", error)"
	} else if s.Helper.DropsValue {
		results = "(struct{}, error)"
	}
	op := "func(" + s.params() + ") " + s.results(&a)
	var given []string
	for _, arg := range []string{a.Ctx, a.Attempts, a.Delay, a.MaxDelay} {
		if arg != "" {
			given = append(given, arg)
		}
	}
	return "func(...any) func(" + op + ") " + results + " { return nil }(" + strings.Join(given, ", ") + ")(" + a.Op + ")"
}

func (s *shape) params() string {
	if s.Helper.OpParams == "" {
		return ""
	}
	params := s.Helper.OpParams
	if s.UseCtx != "ctx" {
		params = strings.Replace(params, "ctx ", "_ ", 1)
	}
	s.Imports["context"] = "context"
	return params
}

func (s *shape) results(args *helper.Args) string {
	if s.value == nil {
		return s.Helper.OpResults
	}
	args.T = s.value.text
	return "(" + s.value.text + ", error)"
}
