package pass

import (
	"go/types"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// A Nilness is what is known of an error variable: nothing, or whether it is nil.
type Nilness int

const (
	Unknown Nilness = iota
	IsNil
	NotNil
)

// Facts are what is known of variables at a point of a pass.
type Facts struct {
	errs  map[types.Object]Nilness
	same  map[types.Object]types.Object // the variable that one was copied from
	order map[types.Object]int          // when it was assigned
	pass  map[loop.When]bool            // in which passes a test of the counter let the code go on
	wrote map[types.Object]bool         // the pass has given it a value
	kind  map[types.Object]bool         // it is an error of a kind that the pass has asked for
}

func newFacts() Facts {
	return Facts{map[types.Object]Nilness{}, map[types.Object]types.Object{}, map[types.Object]int{}, map[loop.When]bool{}, map[types.Object]bool{}, map[types.Object]bool{}}
}

// Of returns what is known of obj.
func (f Facts) Of(obj types.Object) Nilness { return f.errs[obj] }

// CopyOf returns the variable that obj was copied from, or nil.
func (f Facts) CopyOf(obj types.Object) types.Object { return f.same[obj] }

// Wrote reports whether the pass has given obj a value.
func (f Facts) Wrote(obj types.Object) bool { return f.wrote[obj] }

// Kinds returns the variables that hold an error of a kind that the pass has asked
// for: err == io.EOF.
func (f Facts) Kinds() []types.Object {
	return slices.DeleteFunc(code.ObjectsInOrder(f.kind), func(obj types.Object) bool { return !f.kind[obj] })
}

// Since returns when obj was assigned: more for what is assigned later.
func (f Facts) Since(obj types.Object) int { return f.order[obj] }

// NotLast reports whether a test of the counter has found that this is not the last
// pass.
func (f Facts) NotLast() bool { return f.pass[loop.ExceptLast] }

// Last reports whether a test of the counter has found that this is the last pass.
func (f Facts) Last() bool { return f.pass[loop.LastOnly] }

// Errors returns the variables that hold an error, in the order of their
// declarations.
func (f Facts) Errors() []types.Object {
	return slices.DeleteFunc(code.ObjectsInOrder(f.errs), func(obj types.Object) bool { return f.errs[obj] != NotNil })
}

func (f Facts) clone() Facts {
	return Facts{maps.Clone(f.errs), maps.Clone(f.same), maps.Clone(f.order), maps.Clone(f.pass), maps.Clone(f.wrote), maps.Clone(f.kind)}
}

// learn notes what obj is, and with it its copies.
func (f Facts) learn(obj types.Object, n Nilness) {
	f.errs[obj] = n
	for copied, from := range f.same {
		if from == obj {
			f.errs[copied] = n
		}
	}
}

// forget notes that obj has a new value.
func (f Facts) forget(obj types.Object) {
	delete(f.errs, obj)
	delete(f.same, obj)
	delete(f.kind, obj)
	f.wrote[obj] = true
	for copied, from := range f.same {
		if from == obj {
			delete(f.same, copied)
		}
	}
	f.order[obj] = len(f.order) + 1
	for _, n := range f.order {
		f.order[obj] = max(f.order[obj], n+1)
	}
}

// Or returns what is known where either f or g holds.
func (f Facts) Or(g Facts) Facts {
	m := newFacts()
	keepEqual(m.errs, f.errs, g.errs)
	keepEqual(m.same, f.same, g.same)
	keepEqual(m.pass, f.pass, g.pass)
	keepEqual(m.kind, f.kind, g.kind)
	keepEqual(m.wrote, f.wrote, g.wrote)
	for obj, n := range f.order {
		m.order[obj] = max(n, g.order[obj])
	}
	for obj, n := range g.order {
		m.order[obj] = max(n, m.order[obj])
	}
	return m
}

// keepEqual copies to m what f and g both have.
func keepEqual[K, V comparable](m, f, g map[K]V) {
	for k, v := range f {
		if g[k] == v {
			m[k] = v
		}
	}
}
