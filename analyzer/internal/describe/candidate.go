package describe

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A candidate is a function that could be a form of the helper.
type candidate struct {
	*maker
	fn   *types.Func
	text string // the template
}

// usually are the names that functions of a form usually have, the most usual one
// first.
var usually = map[string][]string{
	"call":       {"Do", "Retry", "Run", "Call", "Execute"},
	"value_call": {"Value", "DoValue", "DoWithData", "DoWithValue", "Get", "Do", "Retry", "Run"},
	"header":     {"Attempts", "Start", "New", "All", "Loop"},
}

// try adds the candidate that fn is to list, if it can be called and says what the
// delay is; if it cannot, that is a doubt.
func (r *reader) try(list []candidate, key string, fn *types.Func, m *maker) []candidate {
	text, ok := m.call(fn)
	if ok && m.given[delay] == nil {
		m.wonder("nothing sets the delay")
	}
	if m.doubt != "" {
		r.doubts = append(r.doubts, fmt.Sprintf("%s: %s: say %s under helpers", called(fn), m.doubt, key))
		return list
	}
	return append(list, candidate{m, fn, text})
}

// choose returns the candidate that says most, or of several the one whose name is
// the most usual.
func (r *reader) choose(key string, list []candidate) (candidate, bool) {
	rank := func(c candidate) int {
		i := slices.Index(usually[key], c.fn.Name())
		if i < 0 {
			return len(usually[key])
		}
		return i
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(len(b.given), len(a.given)), cmp.Compare(rank(a), rank(b)))
	})
	if len(list) == 0 {
		return candidate{}, false
	}
	first := list[0]
	var same []string
	for _, c := range list {
		if len(c.given) == len(first.given) && rank(c) == rank(first) {
			same = append(same, called(c.fn))
		}
	}
	if len(same) > 1 {
		r.doubts = append(r.doubts, fmt.Sprintf("it cannot be told which is meant of %s: say %s under helpers", strings.Join(same, ", "), key))
		return candidate{}, false
	}
	r.settle(key)
	if name := first.retries; name != "" && !first.certain && !slices.Contains(r.retries, name) {
		r.retries = append(r.retries, name)
	}
	return first, true
}

// settle forgets the doubts about other functions than the one that was found.
func (r *reader) settle(key string) {
	r.doubts = slices.DeleteFunc(r.doubts, func(d string) bool { return strings.HasSuffix(d, ": say "+key+" under helpers") })
}

// called returns the name of a function, that of a method with its type.
func called(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil {
		if named, ok := types.Unalias(deref(recv.Type())).(*types.Named); ok {
			return named.Obj().Name() + "." + fn.Name()
		}
	}
	return fn.Name()
}

// retriesUnlimited reports whether what is given is a number of retries of which a
// comment says that 0 is no limit.
func (c candidate) retriesUnlimited() bool {
	v := c.given[attempts]
	return c.retries != "" && (helper.SaysNoLimit(c.docs(v)) || saysNoLimit(c.docs(c.fn), v.Name()))
}

// unlimited reports whether the number of attempts is a field that can be left
// out, beside which a comment says that this means no limit.
func (c candidate) unlimited() bool {
	v := c.given[attempts]
	return v != nil && v.IsField() && strings.Contains(c.text, "{{if has_attempts}}") && helper.SaysNoLimit(c.docs(v))
}
