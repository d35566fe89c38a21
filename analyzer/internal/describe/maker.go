package describe

import (
	"fmt"
	"go/types"
	"maps"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A maker writes templates for calls of a package, and for the values that these
// are given. It notes what they say.
type maker struct {
	*reader
	counted  bool                // a number of attempts is given, where one can be
	inHeader bool                // of a for statement, where literals need parentheses
	passes   bool                // a number of retries counts the passes of a loop, which asks before each
	runs     bool                // an operation is run, of whose failures the helper knows
	op       *operation          // the one that is run
	given    map[role]*types.Var // by slot
	retries  string              // what is given a number of retries, or ""
	certain  bool                // a comment says so
	making   map[types.Object]bool
	doubt    string // why there is no template
}

func (r *reader) maker(counted bool) *maker {
	return &maker{reader: r, counted: counted, given: make(map[role]*types.Var), making: make(map[types.Object]bool)}
}

// clone returns a copy of m, for something that is tried.
func (m *maker) clone() *maker {
	c := *m
	c.given, c.making = maps.Clone(m.given), maps.Clone(m.making)
	return &c
}

// within returns a copy of m to make a value of a type, which it does not do again
// on the way.
func (m *maker) within(t *types.Named) *maker {
	c := m.clone()
	c.making[t.Obj()] = true
	return c
}

// give notes that v is given something for a role; not ok if something else has
// been.
func (m *maker) give(r role, v *types.Var) bool {
	if r == unknown || r.slot() == attempts && !m.counted || m.given[r.slot()] != nil {
		return false
	}
	m.given[r.slot()] = v
	return true
}

// wonder notes the first reason why there is no template.
func (m *maker) wonder(format string, args ...any) {
	if m.doubt == "" {
		m.doubt = fmt.Sprintf(format, args...)
	}
}

// call returns a call of a function, or of a method of something that is made for
// it; not ok if it cannot be told what one of the parameters is for.
func (m *maker) call(fn *types.Func) (text string, ok bool) {
	prefix := m.pkg.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		if prefix, ok = m.receiver(recv.Type()); !ok {
			m.wonder("it cannot be told how a %s is made", m.nameOf(recv.Type()))
			return "", false
		}
	}
	args, ok := m.args(fn)
	return prefix + "." + fn.Name() + args, ok
}

// args returns the list of arguments for fn. What a parameter says by itself counts
// before what a policy could say.
func (m *maker) args(fn *types.Func) (string, bool) {
	params := fn.Signature().Params()
	texts := make(map[*types.Var]item)
	for _, direct := range []bool{true, false} {
		for v := range params.Variables() {
			if m.isOptions(fn, v) || m.isDirect(fn, v) != direct {
				continue
			}
			text, ok := m.arg(fn, v, direct)
			if !ok {
				m.wonder("it cannot be told what %s %s is for", v.Name(), types.TypeString(v.Type(), types.RelativeTo(m.pkg)))
				return "", false
			}
			texts[v] = item{text: text}
		}
	}
	var items []item
	for v := range params.Variables() {
		if m.isOptions(fn, v) {
			items = append(items, m.options(v)...)
		} else {
			items = append(items, texts[v])
		}
	}
	return "(" + strings.TrimPrefix(list(items), " ") + ")", true
}

// isOptions reports whether v, of fn, is variadic.
func (m *maker) isOptions(fn *types.Func, v *types.Var) bool {
	sig := fn.Signature()
	return sig.Variadic() && v == sig.Params().At(sig.Params().Len()-1)
}

// isDirect reports whether v, of fn, is for something by itself.
func (m *maker) isDirect(fn *types.Func, v *types.Var) bool { return roleIn(fn, v) != unknown }

// roleIn returns the role of a parameter of fn. A duration that is alone is the
// delay, whatever its name.
func roleIn(fn *types.Func, v *types.Var) role {
	r := roleOf(v.Name(), v.Type())
	if r == unknown && code.IsNamed(v.Type(), "time", "Duration") && isOnly(fn.Signature(), v) && !other().MatchString(strings.ToLower(v.Name())) {
		return delay
	}
	return r
}

// arg returns what a parameter is given.
func (m *maker) arg(fn *types.Func, v *types.Var, direct bool) (string, bool) {
	if !direct {
		return m.value(v.Type())
	}
	doc := strings.ReplaceAll(strings.Join(about(m.docs(fn), v.Name()), "."), v.Name(), "")
	r := m.number(roleIn(fn, v), v.Name()+" of "+called(fn), doc)
	if !m.give(r, v) {
		return "", false
	}
	switch r {
	case stop:
		if m.counted { // what ends by a channel does not return the error of the context
			return "nil", true
		}
	case op:
		m.op = operationOf(v.Type())
		return "{{op}}", true
	case maxDelay:
		return anyLimit, true
	case attempts, retries:
		if saysNoLimit(m.docs(fn), v.Name()) {
			return "{{if has_attempts}}" + placeholder(r, v.Type()) + "{{else}}0{{end}}", true
		}
	}
	return placeholder(r, v.Type()), true
}

// anyLimit is given where a limit of the delay cannot be left out.
const anyLimit = "{{if has_max_delay}}{{max_delay}}{{else}}1<<63 - 1{{end}}"

// number returns the role of what has a name and a comment: attempts, if the comment
// says so of a number of retries, or else r. It notes which number is one of retries.
func (m *maker) number(r role, name, doc string) role {
	switch {
	case r == retries && (m.passes || saysAttempts(doc)):
		return attempts
	case r == retries && m.counted && m.given[attempts] == nil:
		m.retries, m.certain = name, saysRetries(doc)
	}
	return r
}

// isOnly reports whether v is the only duration among the parameters.
func isOnly(sig *types.Signature, v *types.Var) bool {
	for other := range sig.Params().Variables() {
		if other != v && code.IsNamed(other.Type(), "time", "Duration") {
			return false
		}
	}
	return true
}

// placeholder returns what stands for a role in a template, as a value of type t.
func placeholder(r role, t types.Type) string {
	switch r {
	case ctx:
		return "{{ctx}}"
	case stop:
		return "{{done}}"
	case attempts, retries:
		name := map[role]string{attempts: "attempts", retries: "retries"}[r]
		if basic, ok := types.Unalias(t).(*types.Basic); ok && basic.Kind() != types.Int {
			return fmt.Sprintf("{{%s %q}}", name, basic.Name())
		}
		return "{{" + name + "}}"
	case delay:
		return "{{delay}}"
	case maxDelay:
		return "{{max_delay}}"
	case logger:
		return helper.DefaultLogger
	case opName:
		return "{{name}}"
	}
	return "2"
}

// optional returns what sets something with a name and a comment that may be left
// out, where before and after are around the value; not ok if it is to be left out
// always.
func (m *maker) optional(name, doc string, v *types.Var, before, after string) (item, bool) {
	r := m.number(roleOf(name, v.Type()), name, doc)
	switch r {
	case op, stop:
		return item{}, false
	case logger, opName:
		if !m.logs || !m.runs {
			return item{}, false
		}
	}
	if !m.give(r, v) {
		return item{}, false
	}
	return item{before + placeholder(r, v.Type()) + after, conditions[r]}, true
}
