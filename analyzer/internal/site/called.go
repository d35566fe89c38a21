package site

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// placeCalls places each call of the waiters, in source order: it waits where it stands.
func (f *finder) placeCalls(waiters []waiter) {
	byNode := make(map[ast.Node]waiter)
	for _, w := range waiters {
		byNode[w.fn.Node] = w
	}
	for _, c := range f.callsOf(waiters) {
		call := c.Node().(*ast.CallExpr)
		fn := f.pkg.Callee(call)
		if fn == nil {
			continue
		}
		if w, ok := byNode[fn.Node]; ok {
			f.placeCall(c, w, &Delay{Node: call, Duration: durationArg(f.pkg, call), Waiter: w.fn, Inner: w.inner})
		}
	}
}

// callsOf returns the calls, in source order, that may be those of waiters and that
// matter.
func (f *finder) callsOf(waiters []waiter) (calls []inspector.Cursor) {
	names := make(map[string]bool)
	parts := make(map[inspector.Cursor]bool)
	for _, w := range waiters {
		name := "" // of a literal
		if w.fn.Obj != nil {
			name = w.fn.Obj.Name()
		}
		names[name] = true
		for _, part := range f.callers(w) {
			parts[part] = true
		}
	}
	for part := range parts {
		calls = append(calls, f.named(part, names)...)
	}
	calls = slices.DeleteFunc(calls, neverWaits)
	slices.SortFunc(calls, func(a, b inspector.Cursor) int { return f.pkg.Order(a, b) })
	return slices.Compact(calls) // parts may be in each other
}

// A callIndex has the calls of a part by name, once they have been looked through often:
// there are as many rounds as functions wait for each other.
type callIndex struct {
	looks  int
	byName map[string][]inspector.Cursor
}

// named returns the calls in part that have one of names.
func (f *finder) named(part inspector.Cursor, names map[string]bool) (calls []inspector.Cursor) {
	const often = 4
	x := f.calls[part]
	if x == nil {
		x = new(callIndex)
		f.calls[part] = x
	}
	if x.looks++; x.looks < often {
		for _, c := range f.pkg.CallsIn(part) {
			if names[c.Name] {
				calls = append(calls, c.At)
			}
		}
		return calls
	}
	if x.byName == nil {
		x.byName = make(map[string][]inspector.Cursor)
		for _, c := range f.pkg.CallsIn(part) {
			x.byName[c.Name] = append(x.byName[c.Name], c.At)
		}
	}
	for name := range names {
		calls = append(calls, x.byName[name]...)
	}
	return calls
}

// callers returns the parts of the package that hold the calls of w that matter. One
// that does something else as well matters to the functions that it calls.
func (f *finder) callers(w waiter) (parts []inspector.Cursor) {
	switch {
	case !w.only:
		for _, fn := range f.pkg.Callees(w.fn.Node) {
			if cur, ok := f.pkg.Find(fn.Node); ok && f.judges(cur) {
				parts = append(parts, cur)
			}
		}
		return parts
	case f.isLocal(w.fn):
		if decl, ok := f.pkg.Declaration(w.fn.Node.Pos()); ok {
			parts = append(parts, decl)
		}
		return parts
	}
	return f.parts
}

// isLocal reports whether fn is a literal that nothing outside of the declaration
// around it can call by a name.
func (f *finder) isLocal(fn *source.Func) bool {
	_, ok := fn.Node.(*ast.FuncLit)
	return ok && (fn.Obj == nil || fn.Obj.Parent() != f.pkg.Types.Scope())
}

// judges reports whether cur is in a part that is judged.
func (f *finder) judges(cur inspector.Cursor) bool {
	return slices.ContainsFunc(f.parts, func(part inspector.Cursor) bool { return code.Within(part.Node(), cur.Node()) })
}

// placeCall places a call of w. If w calls the function around it, the two make
// a cycle: w waits and begins the next pass.
func (f *finder) placeCall(cur inspector.Cursor, w waiter, d *Delay) {
	if w.only {
		f.place(cur, d)
		return
	}
	fn, _ := f.around(cur)
	if fn != nil && fn.Node != w.fn.Node && f.pkg.Calls(w.fn, fn.Obj) {
		f.add(fn, fn.Node, d)
	}
}
