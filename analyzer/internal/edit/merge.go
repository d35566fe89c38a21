package edit

import "slices"

// Merge makes one list of the edits of several fixes, as the drivers of x/tools
// do: equal edits become one where they meet in the order of two lists, and
// different insertions at one place are all made.
func Merge(lists ...[]Edit) (all []Edit) {
	for _, list := range lists {
		all = mergeTwo(all, list)
	}
	return all
}

func mergeTwo(edits, list []Edit) (merged []Edit) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Edit) int { return int(a.Pos - b.Pos) })
	for _, y := range list {
		for len(edits) > 0 && edits[0] != y && edits[0].End <= y.Pos {
			merged, edits = append(merged, edits[0]), edits[1:]
		}
		if len(edits) > 0 && edits[0] == y {
			edits = edits[1:]
		}
		merged = append(merged, y)
	}
	return append(merged, edits...)
}
