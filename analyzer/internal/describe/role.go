package describe

import (
	"go/types"
	"regexp"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A role is what a parameter or a field is for.
type role int

const (
	unknown role = iota
	ctx
	op
	attempts // how often the operation runs at most
	retries  // the same, less one
	delay    // the first
	maxDelay
	factor  // what the delay is multiplied with
	policy  // a struct with some of these
	options // a variadic list of functions of the package that give some of these
)

// names tell apart what the types do not: the last that matches counts.
var names = []struct {
	pattern func() *regexp.Regexp
	integer role
	length  role // of a time.Duration
	float   role
}{
	{pattern.New(`attempt|tries|try|times|count|steps|max|^n$`), attempts, unknown, unknown},
	{pattern.New(`delay|base|initial|backoff|wait|interval|sleep|pause|duration|min`), unknown, delay, unknown},
	{pattern.New(`max|cap|limit|longest|most`), attempts, maxDelay, unknown},
	{pattern.New(`retries|retrys`), retries, unknown, unknown},
	{pattern.New(`factor|multiplier|multiple|base|exponent`), unknown, unknown, factor},
	{pattern.New(`timeout|elapsed|total|jitter|deadline`), unknown, unknown, unknown},
}

// roleOf tells what v is for, by its type first and its name second.
func roleOf(v *types.Var) role {
	name, t := strings.ToLower(v.Name()), types.Unalias(v.Type())
	switch {
	case code.IsNamed(t, "context", "Context"):
		return ctx
	case isOperation(t):
		return op
	}
	isLength := code.IsNamed(t, "time", "Duration")
	basic, _ := t.Underlying().(*types.Basic)
	if basic == nil {
		return unknown
	}
	found := unknown
	for _, n := range names {
		if !n.pattern().MatchString(name) {
			continue
		}
		switch {
		case isLength:
			found = or(n.length, found, n.pattern())
		case basic.Info()&types.IsInteger != 0:
			found = or(n.integer, found, n.pattern())
		case basic.Info()&types.IsFloat != 0:
			found = or(n.float, found, n.pattern())
		}
	}
	return found
}

// or returns a role, or what was found before if it is unknown and the pattern
// is not one that rules a role out.
func or(r, before role, pattern *regexp.Regexp) role {
	if r == unknown && !pattern.MatchString("timeout") {
		return before
	}
	return r
}

// isOperation reports whether t is a function that fails: func() error,
// func(context.Context) error, or with a value beside the error.
func isOperation(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	res := sig.Results()
	if n := res.Len(); n == 0 || n > 2 || !code.IsError(res.At(n-1).Type()) {
		return false
	}
	for v := range sig.Params().Variables() {
		if !code.IsNamed(types.Unalias(v.Type()), "context", "Context") {
			return false
		}
	}
	return sig.Params().Len() <= 1
}

var (
	fromOne = pattern.New(`(?i)\b(from|beginning with|starting (at|with)) (1|one)\b`)
	once    = pattern.New(`(?i)at least (once|one)`)
)

// saysFromOne reports whether a comment says that numbers begin with 1.
func saysFromOne(doc string) bool { return fromOne().MatchString(doc) }

// saysOnce reports whether a comment says that there is at least one attempt.
func saysOnce(doc string) bool { return once().MatchString(doc) }
