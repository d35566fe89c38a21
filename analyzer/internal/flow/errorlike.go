package flow

import (
	"go/types"
	"strings"
)

// isErrorLike reports whether values of type t tell failure from success the
// way an error does: zero is success. A type counts that implements error, or
// whose pointer is a message that its author named an error.
func isErrorLike(t types.Type) bool {
	if t == nil || t == types.Typ[types.Invalid] || t == types.Typ[types.UntypedNil] {
		return false
	}
	switch t.(type) {
	case *types.Basic, *types.Map, *types.Signature, *types.Chan, *types.Tuple:
		return false
	}
	if _, ok := t.Underlying().(*types.Struct); ok {
		return false // its zero value is an error like any other
	}
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem() // no errors, success
	}
	return types.Implements(t, errorInterface) || isErrorMessage(t)
}

// isErrorMessage reports whether t is a pointer to a struct such as a generated
// Error, which has no Error method.
func isErrorMessage(t types.Type) bool {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok || !strings.HasSuffix(named.Obj().Name(), "Error") {
		return false
	}
	_, ok = named.Underlying().(*types.Struct)
	return ok
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// isErrorLike is [isErrorLike], told once for each type.
func (j *Judge) isErrorLike(t types.Type) bool {
	is, ok := j.errorLike[t]
	if !ok {
		if j.errorLike == nil {
			j.errorLike = make(map[types.Type]bool)
		}
		is = isErrorLike(t)
		j.errorLike[t] = is
	}
	return is
}
