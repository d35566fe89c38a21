package code

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"slices"
)

// Sets of nodes and objects are maps, whose order is another one in each run.
// Where the order may matter, go through them by these functions: the same
// source has the same fix.

// InOrder returns the nodes that are the keys of m in source order, the outer
// one first.
func InOrder[N interface {
	comparable
	ast.Node
}, V any](m map[N]V) []N {
	return slices.SortedFunc(maps.Keys(m), func(a, b N) int { return cmp.Or(cmp.Compare(a.Pos(), b.Pos()), cmp.Compare(b.End(), a.End())) })
}

// ObjectsInOrder returns the objects that are the keys of m in the order of their
// declarations.
func ObjectsInOrder[O interface {
	comparable
	types.Object
}, V any](m map[O]V) []O {
	return slices.SortedFunc(maps.Keys(m), func(a, b O) int { return cmp.Compare(a.Pos(), b.Pos()) })
}
