package describe

import (
	"go/types"
	"path"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// value returns how a value of a type of the package is made; not ok if it says
// nothing of attempts and delays, or cannot be told.
func (m *maker) value(t types.Type) (string, bool) {
	w, ok := m.best(m.ways(t))
	return w.text, ok
}

// receiver is value for what a method of a type is called of at once.
func (m *maker) receiver(t types.Type) (string, bool) {
	list := m.ways(t)
	if t == deref(t) {
		list = append(list, m.ways(types.NewPointer(t))...)
	}
	w, ok := m.best(list)
	if w.literal && (m.inHeader || t != deref(t)) {
		w.text = "(" + w.text + ")"
	}
	return w.text, ok
}

// variable is value for what a variable holds of which methods of a type are
// called.
func (m *maker) variable(t types.Type) (string, bool) {
	w, ok := m.best(slices.Concat(m.ways(types.NewPointer(deref(t))), m.ways(deref(t))))
	return w.text, ok
}

// A way is one to make a value.
type way struct {
	*maker
	text    string
	literal bool
}

// ways returns the ways to make a value of type t.
func (m *maker) ways(t types.Type) (list []way) {
	named, ok := types.Unalias(deref(t)).(*types.Named)
	if !ok || named.Obj().Pkg() != m.pkg && !m.isBeside(named.Obj().Pkg()) || named.TypeParams().Len() > 0 || m.making[named.Obj()] {
		return nil
	}
	c := m.within(named)
	if text, ok := c.literal(t, named); ok {
		list = append(list, way{c, text, true})
	}
	for _, fn := range m.callables {
		if !types.Identical(resultOf(fn), t) || isOf(fn, named) {
			continue
		}
		c := m.within(named)
		if text, ok := c.call(fn); ok && c.op == m.op {
			text += chain(c.setters(t))
			list = append(list, way{c, text, false})
		}
	}
	return list
}

// isBeside reports whether pkg stands beside or below the package of the helper, so that
// who imports that may import pkg as well, and is called something else.
func (r *reader) isBeside(pkg *types.Package) bool {
	if pkg == nil || pkg.Name() == r.pkg.Name() {
		return false
	}
	rest, below := strings.CutPrefix(pkg.Path(), r.pkg.Path()+"/")
	if !below {
		rest = path.Base(pkg.Path())
		below = path.Dir(pkg.Path()) == path.Dir(r.pkg.Path())
	}
	return below && !slices.Contains(strings.Split(rest, "/"), "internal")
}

// best takes the way that says most.
func (m *maker) best(list []way) (found way, ok bool) {
	for _, w := range list {
		if len(w.given) > len(m.given) && (!ok || len(w.given) > len(found.given)) {
			found, ok = w, true
		}
	}
	if ok {
		m.given, m.retries, m.certain = found.given, found.retries, found.certain
	}
	return found, ok
}

// literal returns a literal of a struct of the package, or a pointer to one.
func (m *maker) literal(t types.Type, named *types.Named) (string, bool) {
	s, ok := named.Underlying().(*types.Struct)
	if !ok || !named.Obj().Exported() {
		return "", false
	}
	before := len(m.given)
	fields := m.fields(s, m.docs(named.Obj()))
	if of := named.Obj().Pkg(); of != m.pkg {
		m.beside[of.Name()] = of.Path()
	}
	text := named.Obj().Pkg().Name() + "." + named.Obj().Name() + "{" + fields + "}"
	if t != types.Type(named) {
		text = "&" + text
	}
	return text, len(m.given) > before
}

// fields returns what the fields of a struct with a comment are set to. A limit is
// left out only if a comment says what that means: it might be a limit of 0.
func (m *maker) fields(s *types.Struct, about string) string {
	var items []item
	for v := range s.Fields() {
		if !v.Exported() || v.Embedded() {
			continue
		}
		if it, ok := m.optional(v.Name(), m.docs(v), v, v.Name()+": ", ""); ok {
			if it.cond == conditions[maxDelay] && !saysMore(m.docs(v)+about) {
				it = item{text: v.Name() + ": " + anyLimit}
			}
			items = append(items, it)
		} else if text, ok := m.value(v.Type()); ok { // a policy within a policy
			items = append(items, item{text: v.Name() + ": " + text})
		}
	}
	return list(items)
}

// options returns the calls of the package that make the options of a variadic
// parameter.
func (m *maker) options(v *types.Var) (items []item) {
	slice, ok := v.Type().(*types.Slice)
	if !ok {
		return nil
	}
	named, ok := types.Unalias(slice.Elem()).(*types.Named)
	if !ok || named.Obj().Pkg() != m.pkg {
		return nil
	}
	for _, fn := range m.callables {
		if fn.Signature().Recv() == nil && types.Identical(resultOf(fn), named) {
			items = m.setting(items, fn, m.pkg.Name()+".")
		}
	}
	return items
}

// setters returns the calls of methods of t that return a t again, and set
// something.
func (m *maker) setters(t types.Type) (items []item) {
	for _, fn := range m.callables {
		if isOf(fn, deref(t)) && types.Identical(resultOf(fn), t) {
			items = m.setting(items, fn, "")
		}
	}
	return items
}

// setting adds the call of an option or a setter to items. One of a number whose
// comment says that 0 is no limit is always there.
func (m *maker) setting(items []item, fn *types.Func, prefix string) []item {
	params := fn.Signature().Params()
	if params.Len() != 1 || fn.Signature().Variadic() {
		return items
	}
	before, after := prefix+fn.Name()+"(", ")"
	it, ok := m.optional(fn.Name(), m.docs(fn), params.At(0), before, after)
	switch {
	case !ok:
		return items
	case it.cond == "has_attempts" && helper.SaysNoLimit(m.docs(fn)):
		it = item{text: "{{if has_attempts}}" + it.text + "{{else}}" + before + "0" + after + "{{end}}"}
	}
	return append(items, it)
}

// resultOf returns the type of the only result of a function, or an invalid one.
func resultOf(fn *types.Func) types.Type {
	if res := fn.Signature().Results(); res.Len() == 1 {
		return res.At(0).Type()
	}
	return types.Typ[types.Invalid]
}

// isOf reports whether fn is a method of t or of a pointer to it.
func isOf(fn *types.Func, t types.Type) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.Identical(deref(recv.Type()), t)
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}
