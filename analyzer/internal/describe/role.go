package describe

import (
	"go/types"
	"regexp"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A role is what a parameter, a field, an option or a setter is for.
type role int

const (
	unknown role = iota
	ctx
	stop // a channel that says so
	op
	attempts // how often the operation runs at most
	retries  // the same, less one
	delay    // the first
	maxDelay
	factor // what the delay is multiplied with
	logger // a *slog.Logger, which is told of each failed attempt
	opName // a text that says what is tried
)

// slot returns the role under which at most one of several is given.
func (r role) slot() role {
	if r == retries {
		return attempts
	}
	return r
}

// names tell apart what the types do not: the last that matches counts.
var names = []struct {
	pattern func() *regexp.Regexp
	integer role
	length  role // of a time.Duration
	float   role
}{
	{pattern.New(`attempt|tries|try|times|count|steps|max|^n$`), attempts, unknown, unknown},
	{pattern.New(`retry|retries`), retries, unknown, unknown},
	{pattern.New(`attempt`), attempts, unknown, unknown},
	{pattern.New(`delay|base|initial|backoff|wait|interval|sleep|pause|duration|min|first`), unknown, delay, unknown},
	{pattern.New(`max|cap|limit|longest|most|ceil`), unknown, maxDelay, unknown},
	{pattern.New(`factor|multiplier|multiple|base|exponent`), unknown, unknown, factor},
}

// saysWhat matches names of texts that say what is tried.
var saysWhat = pattern.New(`^(name|label|what|desc|description|(op|operation)(name)?)$`)

// isLogger reports whether t is *slog.Logger.
func isLogger(t types.Type) bool {
	p, ok := t.(*types.Pointer)
	return ok && code.IsNamed(p.Elem(), "log/slog", "Logger")
}

// other matches names of numbers and durations that are for something else.
var other = pattern.New(`timeout|elapsed|total|jitter|deadline|random|budget`)

// roleOf tells what something with a name and a type is for, by its type first and
// its name second.
func roleOf(name string, t types.Type) role {
	name, t = strings.ToLower(name), types.Unalias(t)
	switch {
	case code.IsNamed(t, "context", "Context"):
		return ctx
	case code.IsStopChan(t):
		return stop
	case isLogger(t):
		return logger
	case types.Identical(t, types.Typ[types.String]) && saysWhat().MatchString(name):
		return opName
	case operationOf(t) != nil:
		return op
	case other().MatchString(name):
		return unknown
	}
	basic, _ := t.Underlying().(*types.Basic)
	found := unknown
	for _, n := range names {
		if basic == nil || !n.pattern().MatchString(name) {
			continue
		}
		means := n.integer
		switch {
		case code.IsNamed(t, "time", "Duration"):
			means = n.length
		case basic.Info()&types.IsFloat != 0:
			means = n.float
		case basic.Info()&types.IsInteger == 0:
			means = unknown
		}
		if means != unknown {
			found = means
		}
	}
	return found
}

// An operation is what a helper is given to run.
type operation struct {
	takesCtx bool
	results  *types.Tuple
}

// operationOf returns the operation that t is a function for, or nil: func() error,
// func(context.Context) error, or one with a value beside the error.
func operationOf(t types.Type) *operation {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() > 1 {
		return nil
	}
	res := sig.Results()
	if n := res.Len(); n == 0 || n > 2 || !code.IsError(res.At(n-1).Type()) {
		return nil
	}
	for v := range sig.Params().Variables() {
		if !code.IsNamed(v.Type(), "context", "Context") {
			return nil
		}
	}
	return &operation{sig.Params().Len() == 1, res}
}

// isError reports whether a function returns an error and nothing else.
func isError(t *types.Tuple) bool { return t.Len() == 1 && code.IsError(t.At(0).Type()) }

// isBool reports whether a function returns a bool and nothing else.
func isBool(t *types.Tuple) bool {
	return t.Len() == 1 && types.Identical(t.At(0).Type(), types.Typ[types.Bool])
}

// isValue reports whether a function returns a value of any type, and an error.
func isValue(t *types.Tuple) bool {
	if t.Len() != 2 || !code.IsError(t.At(1).Type()) {
		return false
	}
	_, generic := types.Unalias(t.At(0).Type()).(*types.TypeParam)
	return generic
}

// sameResults reports whether two functions return the same types.
func sameResults(a, b *types.Tuple) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !types.Identical(a.At(i).Type(), b.At(i).Type()) {
			return false
		}
	}
	return true
}
