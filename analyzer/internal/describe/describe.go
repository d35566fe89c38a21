// Package describe reads what a retry helper offers from the exported API of its
// package: which functions run an operation, which begin a loop or wait in one,
// and how each is told the number of attempts and the delays.
//
// What a parameter or a field means is told by its type first and by its name
// second; what neither says, such as what zero attempts mean, by its comment.
// Nothing is guessed: of two functions that could be meant, neither is taken
// unless one has the usual name.
package describe

import (
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// Docs returns the comment of a function or a field, or "".
type Docs func(types.Object) string

// A Helper is what was understood of a package.
type Helper struct {
	// Spec has the templates of the forms that were found, and what the comments
	// say about them. Its name is that of the package; without any form it imports
	// nothing.
	Spec helper.Spec

	// Missing says in words what a helper could offer and this one does not, or
	// what cannot be told.
	Missing []string
}

// Read reads the API of pkg. Docs may be nil.
func Read(pkg *types.Package, docs Docs) Helper {
	if docs == nil {
		docs = func(types.Object) string { return "" }
	}
	r := &reader{pkg: pkg, docs: docs}
	r.read()
	r.spec.Name = pkg.Name()
	if s := r.spec; s.Call != "" || s.Header != "" || s.Wait != "" {
		r.spec.Imports = map[string]string{pkg.Name(): pkg.Path()}
	}
	return Helper{Spec: r.spec, Missing: r.missing}
}

// A reader finds the forms of a helper.
type reader struct {
	pkg     *types.Package
	docs    Docs
	spec    helper.Spec
	missing []string
}

func (r *reader) read() {
	if f, ok := r.choose(r.callers(isError), "Do", "Retry", "Run", "Call"); ok {
		r.spec.Call, r.spec.OpParams = f.text, f.opParams
		r.unbounded(f)
	}
	if f, ok := r.choose(r.callers(isValue), "Value", "DoValue", "DoWithData", "DoWithValue", "Get"); ok && f.opParams == r.spec.OpParams {
		r.spec.ValueCall = f.text
	}
	r.findPermanent()
	r.findAttempts()
	r.findWait()
	r.tell()
}

// tell says what is missing.
func (r *reader) tell() {
	for _, form := range []struct{ text, without string }{
		{r.spec.Call, "no function runs an operation: a func() error or func(context.Context) error"},
		{r.spec.ValueCall, "no function returns the value of an operation: values take another form"},
		{r.spec.Permanent, "no function marks an error as final: loops with final errors take another form"},
		{r.spec.Header, "no function returns an iter.Seq[int], or something with Next() bool, to range over attempts"},
		{r.spec.Wait, "nothing has a method Wait: loops that go on after success have no fix"},
	} {
		if form.text == "" {
			r.missing = append(r.missing, form.without)
		}
	}
}

// A candidate is a function that could be a form of the helper.
type candidate struct {
	fn       *types.Func
	text     string // the template
	opParams string
	parts    []*types.Var // the parameters and fields that are given something
}

// choose returns the candidate with the first of the usual names, or the only
// one.
func (r *reader) choose(list []candidate, names ...string) (candidate, bool) {
	for _, name := range names {
		for _, c := range list {
			if c.fn.Name() == name {
				return c, true
			}
		}
	}
	if len(list) == 1 {
		return list[0], true
	}
	if len(list) > 1 {
		var known []string
		for _, c := range list {
			known = append(known, c.fn.Name())
		}
		r.missing = append(r.missing, "it cannot be told which is meant of "+strings.Join(known, ", "))
	}
	return candidate{}, false
}

// functions returns the exported functions of the package in the order of their
// names.
func (r *reader) functions() (list []*types.Func) {
	for _, name := range r.pkg.Scope().Names() {
		if fn, ok := r.pkg.Scope().Lookup(name).(*types.Func); ok && fn.Exported() {
			list = append(list, fn)
		}
	}
	return list
}

// callers returns the functions that run an operation and return what wants
// says of their results.
func (r *reader) callers(wants func(*types.Tuple) bool) (list []candidate) {
	for _, fn := range r.functions() {
		sig := fn.Signature()
		if !wants(sig.Results()) {
			continue
		}
		a := &arguments{reader: r}
		text, ok := a.of(sig)
		if !ok || a.op == nil || !types.Identical(types.NewTuple(unnamed(a.op.Results())...), types.NewTuple(unnamed(sig.Results())...)) {
			continue
		}
		c := candidate{fn: fn, text: r.pkg.Name() + "." + fn.Name() + text, parts: a.parts}
		if a.op.Params().Len() > 0 {
			c.opParams = "ctx"
		}
		list = append(list, c)
	}
	return list
}

func unnamed(t *types.Tuple) (list []*types.Var) {
	for v := range t.Variables() {
		list = append(list, types.NewVar(0, nil, "", v.Type()))
	}
	return list
}

// isError reports whether a function returns an error and nothing else.
func isError(t *types.Tuple) bool { return t.Len() == 1 && code.IsError(t.At(0).Type()) }

// isValue reports whether a function returns a value of any type, and an error.
func isValue(t *types.Tuple) bool {
	if t.Len() != 2 || !code.IsError(t.At(1).Type()) {
		return false
	}
	_, generic := types.Unalias(t.At(0).Type()).(*types.TypeParam)
	return generic
}

// findPermanent finds the function that marks an error as final.
func (r *reader) findPermanent() {
	usual := []string{"Permanent", "Unrecoverable", "Stop", "Final", "Abort"}
	for _, fn := range r.functions() {
		sig := fn.Signature()
		if slices.Contains(usual, fn.Name()) && sig.Params().Len() == 1 && code.IsError(sig.Params().At(0).Type()) && isError(sig.Results()) {
			r.spec.Permanent = r.pkg.Name() + "." + fn.Name() + "({{err}})"
			return
		}
	}
}

// unbounded notes whether the comments say that no number means no limit.
func (r *reader) unbounded(c candidate) {
	for _, v := range c.parts {
		if role := roleOf(v); role == attempts || role == retries {
			r.spec.Unlimited = strings.Contains(c.text, "has_attempts") && helper.SaysNoLimit(r.docs(v))
			return
		}
	}
}
