package flow

import "go/constant"

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
	plenty         // as many as there can be: a count of what succeeded
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

func (v value) truth() truth {
	switch v.kind {
	case zero:
		return no
	case nonZero, number, plenty:
		return yes
	}
	return maybe
}

// isStatus reports whether v is an HTTP status.
func (v value) isStatus() bool { return v.kind == okStatus || v.kind == badStatus }

func (v value) num() (int64, bool) { return v.n, v.kind == zero || v.kind == number }
