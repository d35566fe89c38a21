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
	everywhere := false
	for _, w := range waiters {
		name := "" // of a literal
		if w.fn.Obj != nil {
			name = w.fn.Obj.Name()
		}
		names[name] = true
		callers, all := f.callers(w)
		for _, part := range callers {
			parts[part] = true
		}
		everywhere = everywhere || all
	}
	if everywhere {
		calls = f.calls.named(f.pkg, names, f.parts...)
		parts = nil
	}
	for part := range parts {
		if f.callsIn[part] == nil {
			f.callsIn[part] = new(callIndex)
		}
		calls = append(calls, f.callsIn[part].named(f.pkg, names, part)...)
	}
	calls = slices.DeleteFunc(calls, neverWaits)
	slices.SortFunc(calls, func(a, b inspector.Cursor) int { return f.pkg.Order(a, b) })
	return slices.Compact(calls) // parts may be in each other
}

// A callIndex has calls by name, once they have been looked through often: there are as
// many rounds as functions that wait for each other.
type callIndex struct {
	looks  int
	byName map[string][]inspector.Cursor
}

// named returns the calls in parts, which are always the same, that have one of names.
func (x *callIndex) named(pkg *source.Package, names map[string]bool, parts ...inspector.Cursor) (calls []inspector.Cursor) {
	const often = 4
	if x.looks++; x.looks == often {
		x.byName = make(map[string][]inspector.Cursor)
		for _, part := range parts {
			for _, c := range pkg.CallsIn(part) {
				x.byName[c.Name] = append(x.byName[c.Name], c.At)
			}
		}
	}
	if x.byName != nil {
		for name := range names {
			calls = append(calls, x.byName[name]...)
		}
		return calls
	}
	for _, part := range parts {
		for _, c := range pkg.CallsIn(part) {
			if names[c.Name] {
				calls = append(calls, c.At)
			}
		}
	}
	return calls
}

// callers returns the parts of the package that hold the calls of w that matter, or all if
// any part may. One that does something else as well matters to the functions that it
// calls.
func (f *finder) callers(w waiter) (parts []inspector.Cursor, all bool) {
	switch {
	case !w.only:
		for _, fn := range f.pkg.Callees(w.fn.Node) {
			if cur, ok := f.pkg.Find(fn.Node); ok && f.judges(cur) {
				parts = append(parts, cur)
			}
		}
		return parts, false
	case f.isLocal(w.fn):
		if decl, ok := f.pkg.Declaration(w.fn.Node.Pos()); ok {
			parts = append(parts, decl)
		}
		return parts, false
	}
	return nil, true
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
