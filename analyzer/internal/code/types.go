package code

import (
	"go/ast"
	"go/types"
)

// IsReply reports whether a value of type t carries what the other side said: an
// error, or an HTTP response or its header.
func IsReply(t types.Type) bool {
	if isInvalid(t) {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	return ImplementsError(t) || IsNamed(t, "net/http", "Response") || IsNamed(t, "net/http", "Header")
}

// isInvalid reports whether t is no type, which implements everything.
func isInvalid(t types.Type) bool { return t == nil || t == types.Typ[types.Invalid] }

// ImplementsError reports whether t or a pointer to it is an error.
func ImplementsError(t types.Type) bool {
	e := errorType.Underlying().(*types.Interface)
	return types.Implements(t, e) || types.Implements(types.NewPointer(t), e)
}

// errorType is the type error.
var errorType = types.Universe.Lookup("error").Type()

// IsError reports whether t is error. Nil is no type.
func IsError(t types.Type) bool { return t != nil && types.Identical(t, errorType) }

// IsInteger reports whether t is a whole number. Nil is no type.
func IsInteger(t types.Type) bool { return isBasic(t, types.IsInteger) }

// IsNumeric reports whether t is a number. Nil is no type.
func IsNumeric(t types.Type) bool { return isBasic(t, types.IsNumeric) }

// IsUnsigned reports whether t is a whole number that is not below 0. Nil is no type.
func IsUnsigned(t types.Type) bool { return isBasic(t, types.IsUnsigned) }

// IsBool reports whether the values of t are true and false. Nil is no type.
func IsBool(t types.Type) bool { return isBasic(t, types.IsBoolean) }

func isBasic(t types.Type, info types.BasicInfo) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}

// IsStopChan reports whether t is a channel that can say stop and nothing else, and
// can be given as a <-chan struct{}: one of a named type cannot.
func IsStopChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && ch.Dir() != types.SendOnly && IsSignal(t)
}

// IsSignal reports whether t is a channel whose values say nothing but that they come.
func IsSignal(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	s, ok := types.Unalias(ch.Elem()).(*types.Struct)
	return ok && s.NumFields() == 0
}

// IsTimeChan reports whether t is a channel of time.Time, which only clocks send on:
// time.After, timers, tickers and their look-alikes. Nil is no type.
func IsTimeChan(t types.Type) bool {
	if t == nil {
		return false
	}
	ch, ok := t.Underlying().(*types.Chan)
	return ok && IsNamed(ch.Elem(), "time", "Time")
}

// servesAsContext reports whether t is a context, or has its methods, as a struct
// has in which one is embedded.
func servesAsContext(t types.Type) bool {
	if isInvalid(t) {
		return false
	}
	methods := types.NewMethodSet(t)
	for _, name := range []string{"Deadline", "Done", "Err", "Value"} {
		if methods.Lookup(nil, name) == nil {
			return false
		}
	}
	return true
}

// IsContext reports whether t is context.Context.
func IsContext(t types.Type) bool { return IsNamed(t, "context", "Context") }

// IsNamed reports whether t is the type of that name of package path. Nil is no type.
func IsNamed(t types.Type, path, name string) bool {
	if t == nil {
		return false
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}

// IsMap reports whether t is a map. Nil is no type.
func IsMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// IsPointer reports whether t is a pointer.
func IsPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// IsTimer reports whether t is *time.Timer.
func IsTimer(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	return ok && IsNamed(p.Elem(), "time", "Timer")
}

// NewInfo returns an info in which the type checker notes all that it finds.
func NewInfo() *types.Info {
	return &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Scopes: make(map[ast.Node]*types.Scope), FileVersions: make(map[*ast.File]string),
	}
}
