// Package describe reads what a retry helper offers from the exported API of its
// package: which functions run an operation, which begin a loop or wait in one,
// and how each is told the number of attempts and the delays.
//
// What a parameter or a field means is told by its type first and by its name
// second; what neither says, such as what zero attempts mean, by its comment.
// Nothing is guessed: of two functions that could be meant, neither is taken
// unless it says more than the other or has the usual name.
package describe

import (
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// Docs returns the comment of a function or a field, or "".
type Docs func(types.Object) string

// A Helper is what was understood of a package.
type Helper struct {
	// Spec has the templates of the forms that were found, and what the comments
	// say about them. Its name is that of the package.
	Spec helper.Spec

	// Hook is what the helper calls before each wait, as Go declares it; "" if
	// there is nothing of the kind.
	Hook string

	// Missing says in words what a helper could offer and this one does not, or
	// what cannot be told, with the key that says it.
	Missing []string
}

// Read reads the API of pkg. Docs may be nil. Logs says that the helper is to log
// every failed attempt: it is given a logger where it takes one.
func Read(pkg *types.Package, docs Docs, logs bool) Helper {
	if docs == nil {
		docs = func(types.Object) string { return "" }
	}
	r := &reader{pkg: pkg, docs: docs, logs: logs, callables: callables(pkg), beside: make(map[string]string)}
	r.findCallbacks()
	r.findMarks()
	r.findAttempts()
	r.findWait()
	counts := r.counts()
	r.spec.Name = pkg.Name()
	r.spec.Imports = map[string]string{pkg.Name(): pkg.Path()}
	text := r.spec.Call + r.spec.ValueCall + r.spec.Header + r.spec.Init
	if strings.Contains(text, helper.DefaultLogger) {
		r.spec.Imports["slog"] = "log/slog"
	}
	for name, path := range r.beside {
		if strings.Contains(text, name+".") {
			r.spec.Imports[name] = path
		}
	}
	return Helper{Spec: r.spec, Hook: r.hook(), Missing: slices.Concat(r.doubts, counts, r.lacks())}
}

// Nothing says what is wrong with a package without any form.
func (h Helper) Nothing() string {
	text := h.Missing[0]
	if !strings.Contains(text, " under helpers") {
		text += ": describe it under helpers"
	}
	return text
}

// A reader finds the forms of a helper.
type reader struct {
	pkg       *types.Package
	docs      Docs
	logs      bool
	callables []*types.Func     // exported functions, and methods of exported types
	beside    map[string]string // other packages with what a call is given, by name
	spec      helper.Spec
	retries   []string // what is read as a number of retries
	doubts    []string
}

// lacks says what the helper could offer.
func (r *reader) lacks() (list []string) {
	for _, form := range []struct{ text, key, without string }{
		{r.spec.Call, "call", "no function runs an operation: a func() error or func(context.Context) error"},
		{r.spec.ValueCall, "value_call", "no function returns the value of an operation: values take another form"},
		{r.spec.Permanent, "permanent", "no function marks an error as final: loops with final errors take another form"},
		{r.spec.Header, "header", "no function returns an iter.Seq[int], or something with Next() bool, to range over attempts"},
		{r.spec.Wait, "wait", "no method Wait returns a bool or an error: loops that go on after success have no fix"},
	} {
		told := slices.ContainsFunc(r.doubts, func(d string) bool { return strings.HasSuffix(d, ": say "+form.key+" under helpers") })
		if form.text == "" && !told {
			list = append(list, form.without)
		}
	}
	return list
}

// counts says what is read as a number of retries, by its name alone, and how to
// correct that: were it one of attempts, fixes would make one attempt less.
func (r *reader) counts() (list []string) {
	var keys []string
	for _, form := range []struct{ text, key string }{{r.spec.Call, "call"}, {r.spec.ValueCall, "value_call"}, {r.spec.Header, "header"}} {
		if strings.Contains(form.text, "{{retries") {
			keys = append(keys, form.key)
		}
	}
	if len(keys) > 0 {
		r.spec.Retries = strings.Join(r.retries, " and ")
		for _, name := range r.retries {
			list = append(list, name+" is read as the number of attempts less one: if it counts the first attempt too, set "+
				strings.Join(keys, " and ")+" under helpers with {{attempts}} in place of {{retries}}")
		}
	}
	return list
}

// callables returns the exported functions of a package and the exported methods
// of its exported types, in the order of their names.
func callables(pkg *types.Package) (list []*types.Func) {
	var methods []*types.Func
	for _, name := range pkg.Scope().Names() {
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Func:
			list = append(list, obj)
		case *types.TypeName:
			if named, ok := obj.Type().(*types.Named); ok && obj.Exported() && !obj.IsAlias() {
				methods = append(methods, methodsOf(named)...)
			}
		}
	}
	return slices.DeleteFunc(append(list, methods...), func(fn *types.Func) bool { return !fn.Exported() })
}

// methodsOf returns the methods that a type declares, in the order of their names.
func methodsOf(named *types.Named) (list []*types.Func) {
	for fn := range named.Methods() {
		list = append(list, fn)
	}
	if i, ok := named.Underlying().(*types.Interface); ok {
		for fn := range i.Methods() {
			list = append(list, fn)
		}
	}
	slices.SortFunc(list, func(a, b *types.Func) int { return strings.Compare(a.Name(), b.Name()) })
	return list
}

// nameOf returns the name of a type of the package, without a pointer to it.
func (r *reader) nameOf(t types.Type) string {
	return types.TypeString(deref(t), types.RelativeTo(r.pkg))
}
