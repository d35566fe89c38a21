package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// A value is what a walk knows of an expression.
type value struct {
	kind kind
	n    int64 // of a number
}

type kind uint8

const (
	unknown   kind = iota
	zero           // nil, false, 0, ""
	nonZero        // not nil, true, any number but 0
	positive       // more than 0: a length
	number         // the number n, which is not 0; true is 1
	clean          // the result of an operation that succeeded: not nil, and the errors and statuses in it are good
	dirty          // the result of an operation that failed without an error: those in it are bad
	okStatus       // an HTTP status that means success
	badStatus      // an HTTP status that means failure
)

var (
	isUnknown = value{}
	isZero    = value{kind: zero}
	isNonZero = value{kind: nonZero}
	isTrue    = value{kind: number, n: 1}
	isClean   = value{kind: clean}
	isDirty   = value{kind: dirty}
)

func intValue(n int64) value {
	if n == 0 {
		return isZero
	}
	return value{number, n}
}

func boolValue(b bool) value {
	if b {
		return isTrue
	}
	return isZero
}

func constValue(c constant.Value) value {
	switch c.Kind() {
	case constant.Bool:
		return boolValue(constant.BoolVal(c))
	case constant.Int:
		if n, ok := constant.Int64Val(c); ok {
			return intValue(n)
		}
		return isNonZero
	case constant.String:
		if constant.StringVal(c) == "" {
			return isZero
		}
		return isNonZero
	}
	return isUnknown
}

// A truth is what a walk knows of a condition.
type truth int8

const (
	maybe truth = iota
	yes
	no
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return maybe
}

func (t truth) and(u truth) truth {
	switch {
	case t == no || u == no:
		return no
	case t == yes && u == yes:
		return yes
	}
	return maybe
}

func (v value) truth() truth {
	switch v.kind {
	case zero:
		return no
	case nonZero, number:
		return yes
	}
	return maybe
}

func (v value) num() (int64, bool) { return v.n, v.kind == zero || v.kind == number }

// compare evaluates a op b.
func compare(op token.Token, a, b value) truth {
	switch op {
	case token.NEQ:
		return equal(a, b).not()
	case token.EQL:
		return equal(a, b)
	}
	if n, ok := b.num(); ok && (a.kind == okStatus || a.kind == badStatus) {
		return compareStatus(op, a.kind == okStatus, n)
	}
	x, ok1 := a.num()
	y, ok2 := b.num()
	if !ok1 || !ok2 {
		return comparePositive(op, a, b)
	}
	return truthOf(constant.Compare(constant.MakeInt64(x), op, constant.MakeInt64(y)))
}

// comparePositive evaluates an ordering of a length with 0.
func comparePositive(op token.Token, a, b value) truth {
	if a.kind == positive && b == isZero {
		return truthOf(op == token.GTR || op == token.GEQ)
	}
	if a == isZero && b.kind == positive {
		return truthOf(op == token.LSS || op == token.LEQ)
	}
	return maybe
}

func equal(a, b value) truth {
	if b.kind == okStatus || b.kind == badStatus {
		a, b = b, a
	}
	if a.kind == okStatus || a.kind == badStatus {
		if n, ok := b.num(); ok {
			if success := n/100 == 2; success != (a.kind == okStatus) {
				return no
			} else if success {
				return yes
			}
		}
		return maybe
	}
	if x, ok := a.num(); ok {
		if y, ok := b.num(); ok {
			return truthOf(x == y)
		}
	}
	if a.kind == zero && notZero(b) || b.kind == zero && notZero(a) {
		return no
	}
	return maybe
}

func notZero(v value) bool {
	switch v.kind {
	case nonZero, positive, number, clean, dirty:
		return true
	}
	return false
}

// compareStatus evaluates status op n for an ordering.
func compareStatus(op token.Token, success bool, n int64) truth {
	low, high := int64(200), int64(299)
	if !success {
		low, high = 300, 999
	}
	at := func(x int64) bool {
		return constant.Compare(constant.MakeInt64(x), op, constant.MakeInt64(n))
	}
	if at(low) == at(high) {
		return truthOf(at(low))
	}
	return maybe
}

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
