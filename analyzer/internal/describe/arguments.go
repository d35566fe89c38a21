package describe

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// arguments writes what a function is given as a template.
type arguments struct {
	*reader
	op    *types.Signature // the operation's
	parts []*types.Var     // the parameters and fields that are given something
}

// of returns the list of arguments for a function with the given signature; not
// ok if it cannot be told what one of its parameters is for.
func (a *arguments) of(sig *types.Signature) (text string, ok bool) {
	var list []string
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			opts := a.options(v)
			list = append(list, opts...)
			continue
		}
		arg, ok := a.one(v, onlyDuration(sig) == v)
		if !ok {
			return "", false
		}
		list = append(list, arg)
	}
	return "(" + join(list) + ")", true
}

// join separates arguments by commas, but for those that a condition may leave
// out, which bring theirs.
func join(list []string) string {
	var b strings.Builder
	for i, arg := range list {
		if i > 0 && !strings.HasPrefix(arg, "{{if") {
			b.WriteString(", ")
		}
		if i > 0 && strings.HasPrefix(arg, "{{if") {
			arg = strings.Replace(arg, "}}", "}}, ", 1)
		}
		b.WriteString(arg)
	}
	return b.String()
}

// onlyDuration returns the one parameter that is a duration, or nil.
func onlyDuration(sig *types.Signature) (found *types.Var) {
	for v := range sig.Params().Variables() {
		if code.IsNamed(v.Type(), "time", "Duration") {
			if found != nil {
				return nil
			}
			found = v
		}
	}
	return found
}

// one returns what a parameter is given. A duration that is alone is the delay,
// whatever its name.
func (a *arguments) one(v *types.Var, alone bool) (string, bool) {
	switch role := roleOf(v); role {
	case unknown:
		if alone && v.Name() != "timeout" {
			a.parts = append(a.parts, v)
			return value(delay, v), true
		}
		return a.policy(v.Type())
	case op:
		a.op = v.Type().Underlying().(*types.Signature)
		return "{{op}}", true
	case maxDelay: // it cannot be left out
		return "", false
	default:
		a.parts = append(a.parts, v)
		return value(role, v), true
	}
}

// value returns the placeholder for a parameter or a field.
func value(r role, v *types.Var) string {
	switch r {
	case ctx:
		return "{{ctx}}"
	case attempts, retries:
		name := map[role]string{attempts: "attempts", retries: "retries"}[r]
		if basic, ok := types.Unalias(v.Type()).(*types.Basic); ok && basic.Kind() != types.Int {
			return fmt.Sprintf("{{%s %q}}", name, basic.Name())
		}
		return "{{" + name + "}}"
	case delay:
		return "{{delay}}"
	case maxDelay:
		return "{{max_delay}}"
	case factor:
		return "2"
	}
	return ""
}

// policy returns a literal of a policy: a struct of the package with a field
// for the delay, or a pointer to one.
func (a *arguments) policy(t types.Type) (string, bool) {
	prefix := ""
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t, prefix = p.Elem(), "&"
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() != a.pkg || !named.Obj().Exported() || named.TypeParams().Len() > 0 {
		return "", false
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return "", false
	}
	fields, ok := a.fields(s, true)
	return prefix + a.pkg.Name() + "." + named.Obj().Name() + "{" + fields + "}", ok
}

// fields returns what the fields of a policy are given; not ok if none is for
// the delay. Counts says whether a number of attempts is given.
func (a *arguments) fields(s *types.Struct, counts bool) (string, bool) {
	var first, text string
	for v := range s.Fields() {
		r := roleOf(v)
		if !v.Exported() || v.Embedded() {
			continue
		}
		switch set := v.Name() + ": " + value(r, v); r {
		case attempts, retries:
			if counts {
				text = "{{if has_attempts}}" + set + ", {{end}}" + text
				a.parts = append(a.parts, v)
			}
		case delay:
			if first == "" {
				first = set
				text += set
				a.parts = append(a.parts, v)
			}
		case factor:
			text += ", " + set
		case maxDelay:
			text += "{{if has_max_delay}}, " + set + "{{end}}"
			a.parts = append(a.parts, v)
		}
	}
	return " " + text, first != ""
}

// options returns the calls of the package that make the options of a variadic
// parameter.
func (a *arguments) options(v *types.Var) (list []string) {
	slice, ok := v.Type().(*types.Slice)
	if !ok {
		return nil
	}
	named, ok := types.Unalias(slice.Elem()).(*types.Named)
	if !ok || named.Obj().Pkg() != a.pkg {
		return nil
	}
	for _, fn := range a.functions() {
		sig := fn.Signature()
		if sig.Params().Len() != 1 || sig.Results().Len() != 1 || !types.Identical(sig.Results().At(0).Type(), named) {
			continue
		}
		param := sig.Params().At(0)
		r := roleOf(types.NewVar(0, a.pkg, fn.Name(), param.Type()))
		call := a.pkg.Name() + "." + fn.Name() + "(" + value(r, param) + ")"
		switch r {
		case ctx, delay:
			list = append(list, call)
		case attempts, retries:
			list = append(list, "{{if has_attempts}}"+call+"{{end}}")
			a.parts = append(a.parts, param)
		case maxDelay:
			list = append(list, "{{if has_max_delay}}"+call+"{{end}}")
		}
	}
	return list
}
