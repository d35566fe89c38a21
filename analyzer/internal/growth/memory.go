package growth

import (
	"go/constant"
	"go/types"
	"maps"
)

// A memory is what a run knows of variables.
type memory struct {
	values  map[types.Object]constant.Value // nil ones are not known
	changed bool                            // something became known, was forgotten, or has another value
}

// clone returns a copy of m.
func (m *memory) clone() *memory { return &memory{maps.Clone(m.values), m.changed} }

// set notes that obj is v, nil if that is not known.
func (m *memory) set(obj types.Object, v constant.Value) {
	if old, ok := m.values[obj]; ok && old == v {
		return
	}
	if m.values == nil {
		m.values = make(map[types.Object]constant.Value)
	}
	m.values[obj], m.changed = v, true
}

// drop makes obj be looked for anew.
func (m *memory) drop(obj types.Object) {
	if _, ok := m.values[obj]; ok {
		delete(m.values, obj)
		m.changed = true
	}
}
