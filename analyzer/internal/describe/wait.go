package describe

import (
	"go/types"
)

// waits are the names of methods and functions that wait, the most usual one first.
var waits = []string{"Wait", "Sleep", "Pause", "WaitContext", "SleepContext", "SleepWithContext", "Backoff", "BackOff"}

// findWait finds what waits in a loop that decides itself when to go on: a method
// of something that is made of delays, or a function that is given each of them.
func (r *reader) findWait() {
	for _, name := range waits {
		for _, fn := range r.callables {
			if fn.Name() == name && r.takeWait(fn) {
				return
			}
		}
	}
}

// takeWait takes fn as the wait, if it can be one.
func (r *reader) takeWait(fn *types.Func) bool {
	m := r.maker(false)
	sig := fn.Signature()
	if !isBool(sig.Results()) && !isError(sig.Results()) || takesOperation(sig) != nil {
		return false
	}
	init, ok := "", true
	if sig.Recv() != nil {
		init, ok = m.variable(sig.Recv().Type())
	}
	args, called := m.args(fn)
	if !ok || !called || m.given[delay] == nil || sig.Recv() == nil && sig.Params().Len() > 2 {
		return false
	}
	if isBool(sig.Results()) {
		r.spec.WaitReturns = "bool"
	}
	if sig.Recv() == nil {
		r.spec.Wait = r.pkg.Name() + "." + fn.Name() + args
		return true
	}
	r.spec.Init, r.spec.Wait = "b := "+init, "b."+fn.Name()+args
	if reset := method(types.NewPointer(deref(sig.Recv().Type())), "Reset"); reset != nil && reset.Signature().Params().Len() == 0 && reset.Signature().Results().Len() == 0 {
		r.spec.Reset = "b.Reset()"
	}
	return true
}
