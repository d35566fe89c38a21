package describe

import (
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// findAttempts finds what a loop can range over, or asks for each next pass.
func (r *reader) findAttempts() {
	var found []candidate
	for _, fn := range r.callables {
		before, after, ok := loopOver(resultOf(fn))
		if !ok || takesOperation(fn.Signature()) != nil {
			continue
		}
		m := r.maker(true)
		m.inHeader, m.passes = true, strings.HasSuffix(after, ")")
		n := len(found)
		if found = r.try(found, "header", fn, m); len(found) > n {
			found[n].text = before + found[n].text + after
		}
	}
	c, ok := r.choose("header", found)
	if !ok {
		return
	}
	if isSequence(resultOf(c.fn), 2) {
		r.doubts = append(r.doubts, called(c.fn)+" yields an error beside each number, which fixes do not read: if it is that of the context in place of an attempt, say unsupported: [context] under helpers")
	}
	doc := r.docs(c.fn)
	r.spec.Header = c.text
	r.spec.AtLeastOnce = saysOnce(doc)
	r.spec.YieldsNumber = strings.HasPrefix(c.text, "range ") && saysFromOne(doc)
	r.spec.RetriesUnlimited = r.spec.RetriesUnlimited || c.retriesUnlimited()
	r.spec.Unlimited = c.unlimited() && (r.spec.Unlimited || r.spec.Call == "")
}

// loopOver returns what stands before and behind an expression of type t in the
// header of a loop; not ok if t counts no attempts.
func loopOver(t types.Type) (before, after string, ok bool) {
	if isSequence(t, 0, 1, 2) {
		return "range ", "", true
	}
	if fn := asked(t, "Next"); fn != "" {
		return "r := ", "; r." + fn + "();", true
	}
	if fn := asked(t, "Ongoing", "Continue", "More", "Again"); fn != "" {
		if wait := method(t, "Wait"); wait != nil && wait.Signature().Params().Len() == 0 && wait.Signature().Results().Len() == 0 {
			return "r := ", "; r." + fn + "(); r.Wait()", true
		}
	}
	return "", "", false
}

// isSequence reports whether a loop can range over t: over numbers, with an error
// beside each or without one, or over nothing; values are how many there may be.
func isSequence(t types.Type, values ...int) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() != 1 || sig.Results().Len() > 0 {
		return false
	}
	yield, ok := sig.Params().At(0).Type().Underlying().(*types.Signature)
	if !ok || !isBool(yield.Results()) || !slices.Contains(values, yield.Params().Len()) {
		return false
	}
	switch params := yield.Params(); params.Len() {
	case 0:
		return true
	case 1:
		return types.Identical(params.At(0).Type(), types.Typ[types.Int])
	case 2:
		return types.Identical(params.At(0).Type(), types.Typ[types.Int]) && code.IsError(params.At(1).Type())
	}
	return false
}

// asked returns the first of some names under which t has a method without
// parameters that returns a bool, or "".
func asked(t types.Type, names ...string) string {
	for _, name := range names {
		if fn := method(t, name); fn != nil && fn.Signature().Params().Len() == 0 && isBool(fn.Signature().Results()) {
			return name
		}
	}
	return ""
}

// method returns the exported method of t with the given name, or nil.
func method(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, _ := obj.(*types.Func)
	return fn
}
