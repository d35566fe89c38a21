package helper

import (
	"go/ast"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// zeroIsNoLimit matches a comment that says what leaving a number out means.
var zeroIsNoLimit = pattern.New(`(?i)\b(?:0|zero|none|unset|left out|not positive)\b[^.;,()]*\b(?:no (?:limit|bound|maximum|end)|unlimited|unbounded|forever|for ever|infinite(?:ly)?|indefinitely|endless(?:ly)?|without (?:a )?(?:limit|bound|end))\b`)

// withoutLimit returns h, of one shape, as it is if its package says that the
// call goes on for ever where it leaves the number of attempts out: each call
// gives the number to a field of options whose comment says that 0 is no limit.
func (f *fitting) withoutLimit() *Helper {
	h := f.helper
	if !h.NoLimitUnsaid {
		return h
	}
	for key, t := range map[string]*Template{"call": h.Call, "value_call": h.ValueCall, "header": h.Header} {
		if t != nil && !f.limitsByField(key) {
			return h
		}
	}
	sure := *h
	sure.NoLimitUnsaid, sure.Unsupported = false, make(map[Feature]bool)
	for feature, lacks := range h.Unsupported {
		sure.Unsupported[feature] = lacks && feature != Unbounded
	}
	return &sure
}

// limitsByField reports whether the template with the given key gives the number
// of attempts to such a field.
func (f *fitting) limitsByField(key string) (found bool) {
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return !found
		}
		if at, _, _ := f.sample.at(lit.Pos()); at != key {
			return true
		}
		for _, elt := range lit.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok && givesNumber(kv.Value) {
				field, _ := kv.Key.(*ast.Ident)
				found = found || SaysNoLimit(f.set.Doc(f.info.Uses[field]))
			}
		}
		return !found
	})
	return found
}

// givesNumber reports whether e is made of a number of attempts or retries.
func givesNumber(e ast.Expr) (gives bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		gives = gives || ok && (id.Name == standIn("attempts") || id.Name == standIn("retries"))
		return !gives
	})
	return gives
}

// SaysNoLimit reports whether the comment of a number of attempts says that 0 is
// no limit, in one clause: "0 is the default, -1 no limit" does not.
func SaysNoLimit(comment string) bool {
	for _, part := range zeroIsNoLimit().FindAllString(strings.Join(strings.Fields(comment), " "), -1) {
		part = strings.ReplaceAll(strings.ToLower(part), "not positive", "")
		if !strings.Contains(part, "not ") && !strings.Contains(part, "default") {
			return true
		}
	}
	return false
}
