package describe

import (
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// findAttempts finds what a loop can range over, or asks for each next pass.
func (r *reader) findAttempts() {
	var list []candidate
	for _, fn := range r.functions() {
		sig := fn.Signature()
		if sig.Results().Len() != 1 || sig.TypeParams().Len() > 0 {
			continue
		}
		a := &arguments{reader: r}
		args, ok := a.of(sig)
		call := r.pkg.Name() + "." + fn.Name() + args
		switch t := sig.Results().At(0).Type(); {
		case !ok || a.op != nil:
			continue
		case isSequence(t):
			call = "range " + call
		case hasNext(t):
			call = "r := " + call + "; r.Next();"
		default:
			continue
		}
		list = append(list, candidate{fn: fn, text: call, parts: a.parts})
	}
	if c, ok := r.choose(list, "Attempts", "Start", "New"); ok {
		r.spec.Header = c.text
		doc := r.docs(c.fn)
		r.spec.AtLeastOnce = saysOnce(doc)
		r.spec.YieldsNumber = strings.HasPrefix(c.text, "range ") && saysFromOne(doc)
		r.unbounded(c)
	}
}

// isSequence reports whether t is iter.Seq[int] or iter.Seq2[int, error].
func isSequence(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !code.IsNamed(t, "iter", "Seq") && !code.IsNamed(t, "iter", "Seq2") {
		return false
	}
	return types.Identical(named.TypeArgs().At(0), types.Typ[types.Int])
}

// hasNext reports whether t has a method Next() bool.
func hasNext(t types.Type) bool {
	fn := method(t, "Next")
	return fn != nil && fn.Signature().Params().Len() == 0 && isBool(fn.Signature().Results())
}

func isBool(t *types.Tuple) bool {
	return t.Len() == 1 && types.Identical(t.At(0).Type(), types.Typ[types.Bool])
}

// method returns the exported method of t with the given name, or nil.
func method(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, _ := obj.(*types.Func)
	return fn
}
