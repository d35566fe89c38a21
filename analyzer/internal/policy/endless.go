package policy

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// isEndless reports whether delays that grow would become ever longer: nothing
// limits them, nor the number of attempts. A context does not count, since it may
// have no deadline.
func (f *finder) isEndless(row *Row, at inspector.Cursor) bool {
	if _, ok := called(at); ok {
		at = at.Parent()
	}
	switch places := f.places(at, 3); row.Library {
	case avast:
		return slices.ContainsFunc(places, f.saysEndless)
	case sethvargo:
		return len(places) == 0 || slices.ContainsFunc(places, func(p inspector.Cursor) bool { return !f.isWrapped(p) && !f.wasWrapped(p, places) })
	}
	return false
}

// saysEndless: of github.com/avast/retry-go, an option beside at says that there
// is no number of attempts, and none limits the delays.
func (f *finder) saysEndless(at inspector.Cursor) bool {
	endless := false
	for _, o := range f.optionsOf(at) {
		switch {
		case slices.Contains(limits, o.name):
			return false
		case o.name == "UntilSucceeded":
			endless = true
		case o.name == "Attempts" && o.value != nil:
			v := f.constant(o.value, at, 3)
			endless = endless || v != nil && constant.Sign(v) == 0
		}
	}
	return endless
}

// optionsOf returns the options beside at, and those beside the variable that
// holds a list of options with it.
func (f *finder) optionsOf(at inspector.Cursor) []option {
	all := f.options(at)
	for cur := at; cur.Valid(); cur = cur.Parent() {
		if _, ok := cur.Node().(ast.Expr); !ok {
			break
		}
		if f.holder(cur) == nil {
			continue
		}
		for _, place := range f.places(cur, 3) {
			all = append(all, f.options(place)...)
		}
	}
	return all
}

// wrappers are the functions of github.com/sethvargo/go-retry that give a
// backoff an end, or limit its delays.
var wrappers = []string{"WithMaxRetries", "WithMaxDuration", "WithCappedDuration"}

// isWrapped reports whether a wrapper is called with at.
func (f *finder) isWrapped(at inspector.Cursor) bool {
	return slices.ContainsFunc(f.options(at), func(o option) bool { return slices.Contains(wrappers, o.name) })
}

// wasWrapped reports whether the variable at got a wrapper before, as in
// b = WithMaxRetries(5, b), on every way to at.
func (f *finder) wasWrapped(at inspector.Cursor, places []inspector.Cursor) bool {
	obj := f.read(at)
	return obj != nil && slices.ContainsFunc(places, func(p inspector.Cursor) bool {
		if f.read(p) != obj || !f.isWrapped(p) {
			return false
		}
		for stmt := range p.Enclosing((*ast.AssignStmt)(nil)) {
			n, block := stmt.Node().(*ast.AssignStmt), stmt.Parent().Node()
			return len(n.Lhs) == 1 && f.is(n.Lhs[0], obj) && n.End() <= at.Node().Pos() && at.Node().End() <= block.End()
		}
		return false
	})
}

// read returns the variable that at reads, or nil.
func (f *finder) read(at inspector.Cursor) types.Object {
	id, _ := at.Node().(*ast.Ident)
	return f.pkg.Info.Uses[id]
}
