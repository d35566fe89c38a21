package describe

import (
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// findCallbacks finds what runs an operation, with a value and without.
func (r *reader) findCallbacks() {
	var plain, valued, polled []candidate
	for _, fn := range r.callables {
		operation := takesOperation(fn.Signature())
		if operation == nil {
			continue
		}
		m := r.maker(true)
		m.runs = true
		switch res := fn.Signature().Results(); {
		case isError(res) && isError(operation.results):
			plain = r.try(plain, "call", fn, m)
		case isValue(res) && sameResults(res, operation.results):
			valued = r.try(valued, "value_call", fn, m)
		case isError(res) && asksAgain(operation.results):
			polled = r.try(polled, "call", fn, m)
		}
	}
	value, hasValue := r.choose("value_call", valued)
	switch c, ok := r.choose("call", plain); {
	case ok:
		r.takeCall(c)
	case hasValue: // the operation returns a value that nobody needs
		r.takeCall(value)
		r.spec.OpResults = "struct{}, error"
	default:
		if c, ok := r.choose("call", polled); ok {
			r.takeCall(c)
			r.spec.OpResults, r.spec.Success, r.spec.Again, r.spec.Permanent = "bool, error", "false, nil", "true, {{err}}", "false, {{err}}"
		}
	}
	if hasValue && (value.op.takesCtx == (r.spec.OpParams == "ctx") || r.spec.Call == "") {
		r.spec.ValueCall = value.text
	}
}

func (r *reader) takeCall(c candidate) {
	r.settle("call")
	r.spec.Call, r.spec.Unlimited = c.text, c.unlimited()
	r.spec.RetriesUnlimited = c.retriesUnlimited()
	if c.op.takesCtx {
		r.spec.OpParams = "ctx"
	}
}

// takesOperation returns the operation that a function is given, or nil.
func takesOperation(sig *types.Signature) *operation {
	for v := range sig.Params().Variables() {
		if op := operationOf(v.Type()); op != nil {
			return op
		}
	}
	return nil
}

var again = pattern.New(`(?i)again|retry|retriable|retryable|more|transient`)

// asksAgain reports whether an operation returns an error, and before it a bool
// whose name says that true is another attempt.
func asksAgain(res *types.Tuple) bool {
	return res.Len() == 2 && types.Identical(res.At(0).Type(), types.Typ[types.Bool]) && again().MatchString(res.At(0).Name())
}

var (
	final     = pattern.New(`(?i)permanent|unrecoverable|stop|final|abort|fatal|terminal|(no|non|un|dont|donot)_?retr`)
	transient = pattern.New(`(?i)retr(y|i)able|transient|temporary|again`)
)

// findMarks finds the function that marks an error as final, or as one after which
// the operation runs again. Of a helper with both it cannot be told which is needed.
func (r *reader) findMarks() {
	var last, again string
	nilStays, oneOf := false, false
	for _, fn := range r.callables {
		if !marks(fn.Signature()) {
			continue
		}
		switch call := r.pkg.Name() + "." + fn.Name() + "({{err}})"; {
		case final().MatchString(fn.Name()):
			last, nilStays, oneOf = call, saysNilStays(r.docs(fn)), fn.Signature().Variadic() && saysOneOf(r.docs(fn))
		case transient().MatchString(fn.Name()):
			again, r.spec.AgainNil = call, saysNilStays(r.docs(fn))
		}
	}
	switch {
	case r.spec.Permanent != "" || r.spec.Call == "":
	case last != "" && again != "":
		r.doubts = append(r.doubts, "it marks errors as final, and others as not: say permanent under helpers, and again if need be")
	case last != "":
		r.spec.Permanent, r.spec.PermanentNil, r.spec.PermanentOf = last, nilStays, oneOf
	case again != "":
		r.spec.Permanent, r.spec.PermanentNil, r.spec.Again = "{{err}}", true, again
	}
	if r.spec.OpResults == "struct{}, error" && r.spec.Permanent != "" { // marks are the same beside a value
		r.spec.ValuePermanent, r.spec.ValueAgain = r.spec.Permanent, r.spec.Again
		r.spec.Permanent = "struct{}{}, " + r.spec.Permanent
		if again != "" {
			r.spec.Again = "struct{}{}, " + again
		}
	}
}

// marks reports whether a function makes an error of another one. It may take more
// errors behind that, and then be given none.
func marks(sig *types.Signature) bool {
	n := sig.Params().Len()
	if sig.Recv() != nil || n == 0 || n > 2 || !code.IsError(sig.Params().At(0).Type()) || !isError(sig.Results()) {
		return false
	}
	return n == 1 && !sig.Variadic() || n == 2 && sig.Variadic() && code.IsError(sig.Params().At(1).Type().(*types.Slice).Elem())
}

var hookName = pattern.New(`(?i)^(with)?_?(on_?(retry|fail|error|attempt|backoff)|notify|notifier|hook)`)

// hook returns the declaration of what is called before each wait: a field, an
// option or a parameter that is a function which is given an error.
func (r *reader) hook() string {
	for _, name := range r.pkg.Scope().Names() {
		switch obj := r.pkg.Scope().Lookup(name).(type) {
		case *types.TypeName:
			s, ok := obj.Type().Underlying().(*types.Struct)
			if !ok || !obj.Exported() {
				continue
			}
			for v := range s.Fields() {
				if v.Exported() && isHook(v.Name(), v.Type()) {
					return obj.Name() + "." + v.Name() + " " + r.typeString(v.Type())
				}
			}
		case *types.Func:
			params := obj.Signature().Params()
			for v := range params.Variables() {
				if params.Len() == 1 && obj.Exported() && isHook(obj.Name(), v.Type()) {
					return obj.Name() + "(" + r.typeString(v.Type()) + ")"
				}
			}
		}
	}
	return ""
}

// isHook reports whether something of the given name and type is called with the
// error of each failed attempt.
func isHook(name string, t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Results().Len() > 0 || !hookName().MatchString(name) {
		return false
	}
	for v := range sig.Params().Variables() {
		if code.IsError(v.Type()) {
			return true
		}
	}
	return false
}

// typeString returns how Go writes a type within the package.
func (r *reader) typeString(t types.Type) string {
	return types.TypeString(t.Underlying(), func(p *types.Package) string {
		if p == r.pkg {
			return ""
		}
		return p.Name()
	})
}
