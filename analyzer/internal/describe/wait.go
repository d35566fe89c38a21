package describe

import (
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A waiter is a way to make something that waits.
type waiter struct {
	init string      // the expression that makes it
	wait *types.Func // its method
	t    types.Type
}

// findWait finds what waits in a loop that decides itself when to go on: a type
// with a method Wait, and how a value of it is made.
func (r *reader) findWait() {
	list := slices.Concat(r.made(), r.literals())
	if len(list) == 0 {
		return
	}
	w := list[0]
	arg, ok := waitArg(w.wait.Signature())
	if !ok {
		return
	}
	r.spec.Init = "b := " + w.init
	r.spec.Wait = "b.Wait(" + arg + ")"
	if isBool(w.wait.Signature().Results()) {
		r.spec.WaitReturns = "bool"
	}
	if reset := method(w.t, "Reset"); reset != nil && reset.Signature().Params().Len() == 0 && reset.Signature().Results().Len() == 0 {
		r.spec.Reset = "b.Reset()"
	}
}

// waitArg returns what Wait is given: a context, a channel that says stop, or
// nothing.
func waitArg(sig *types.Signature) (string, bool) {
	res := sig.Results()
	if !isBool(res) && !isError(res) && res.Len() > 0 {
		return "", false
	}
	switch sig.Params().Len() {
	case 0:
		return "", res.Len() == 0
	case 1:
		t := sig.Params().At(0).Type()
		if code.IsNamed(t, "context", "Context") {
			return "{{ctx}}", res.Len() == 1
		}
		if ch, ok := t.Underlying().(*types.Chan); ok && ch.Dir() == types.RecvOnly && isEmptyStruct(ch.Elem()) {
			return "{{done}}", res.Len() == 1
		}
	}
	return "", false
}

func isEmptyStruct(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// made returns the waiters that functions of the package make of delays:
// retry.NewWaiter(delay).
func (r *reader) made() (list []waiter) {
	for _, fn := range r.functions() {
		sig := fn.Signature()
		a := &arguments{reader: r}
		args, ok := a.of(sig)
		if ok && sig.Results().Len() == 1 && a.op == nil && !counted(a.parts) {
			list = append(list, waits(sig.Results().At(0).Type(), r.pkg.Name()+"."+fn.Name()+args)...)
		}
	}
	return list
}

// literals returns the waiters that are structs with a field for the delay, or
// that a method of such a struct makes: retry.Policy{Delay: delay}.Backoff().
func (r *reader) literals() (list []waiter) {
	for _, named := range r.structs() {
		a := &arguments{reader: r}
		fields, ok := a.fields(named.Underlying().(*types.Struct), false)
		if !ok {
			continue
		}
		literal := r.pkg.Name() + "." + named.Obj().Name() + "{" + fields + "}"
		list = append(list, waits(types.NewPointer(named), "&"+literal)...)
		for i := range named.NumMethods() {
			fn := named.Method(i)
			sig := fn.Signature()
			if !fn.Exported() || sig.Params().Len() > 0 || sig.Results().Len() != 1 {
				continue
			}
			on := literal
			if _, ptr := sig.Recv().Type().(*types.Pointer); ptr {
				on = "(&" + literal + ")"
			}
			list = append(list, waits(sig.Results().At(0).Type(), on+"."+fn.Name()+"()")...)
		}
	}
	return list
}

// waits returns the waiter of type t that init makes, if t has a method Wait.
func waits(t types.Type, init string) []waiter {
	fn := method(t, "Wait")
	if fn == nil {
		return nil
	}
	return []waiter{{init, fn, t}}
}

// counted reports whether one of parts is a number of attempts.
func counted(parts []*types.Var) bool {
	return slices.ContainsFunc(parts, func(v *types.Var) bool { r := roleOf(v); return r == attempts || r == retries })
}

// structs returns the exported structs of the package in the order of their
// names.
func (r *reader) structs() (list []*types.Named) {
	for _, name := range r.pkg.Scope().Names() {
		obj, ok := r.pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !obj.Exported() || obj.IsAlias() {
			continue
		}
		named, ok := obj.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 {
			continue
		}
		if _, ok := named.Underlying().(*types.Struct); ok {
			list = append(list, named)
		}
	}
	return list
}
