package flow

import (
	"go/ast"
	"strings"
)

// returned merges what a return statement returns into what the walk found.
func (w *walker) returned(ret *ast.ReturnStmt, f facts) {
	if w.depth == 0 || w.ended(f) {
		return
	}
	var vals []value
	for _, e := range ret.Results {
		vals = append(vals, w.eval(e, f))
	}
	if len(ret.Results) == 1 && len(resultTypes(w.info, ret.Results[0])) > 1 {
		vals = w.tuple(ret.Results[0], f)
	}
	if len(ret.Results) == 0 {
		for _, id := range namedResults(w.graph.Func.Type) {
			vals = append(vals, w.eval(id, f))
		}
	}
	if w.reach.returns == nil {
		w.reach.returns = make([]result, w.graph.Func.Type.Results.NumFields())
	}
	for i := range w.reach.returns {
		w.reach.returns[i].add(nth(vals, i))
	}
}

// ended reports whether a context has ended: what is returned then is not the
// outcome of an attempt.
func (w *walker) ended(f facts) bool {
	for _, known := range f {
		if strings.HasSuffix(w.paths.all[known.path].rest, contextErr) && known.val == isNonZero {
			return true
		}
	}
	return false
}

// A result is what is known of one result of a function over all its ways.
type result struct {
	seen           bool
	value          value // what all of them return, or unknown
	zero, not, any bool  // one returns zero, one something else, one what is not known
}

func (r *result) add(v value) {
	if !r.seen {
		r.seen, r.value = true, v
	} else {
		r.value = merge(r.value, v)
	}
	r.zero = r.zero || v == isZero
	r.not = r.not || notZero(v)
	r.any = r.any || v != isZero && !notZero(v)
}

// merge adds all that o has.
func (r *result) merge(o result) {
	r.value = merge(r.value, o.value)
	r.zero, r.not, r.any = r.zero || o.zero, r.not || o.not, r.any || o.any
}

// merge returns what is known of a value that is a or b.
func merge(a, b value) value {
	switch {
	case a == b:
		return a
	case notZero(a) && notZero(b):
		return isNonZero
	}
	return isUnknown
}

func namedResults(t *ast.FuncType) []ast.Expr {
	var list []ast.Expr
	if t.Results != nil {
		for _, field := range t.Results.List {
			for _, name := range field.Names {
				list = append(list, name)
			}
		}
	}
	return list
}

func values(results []result) []value {
	var vals []value
	for _, r := range results {
		vals = append(vals, r.value)
	}
	return vals
}
