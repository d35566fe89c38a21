package main

import (
	"cmp"
	"slices"
	"strings"
)

// An edit replaces the bytes from start to end of a file by text.
type edit struct {
	start, end int
	text       string
}

// overlaps reports whether e and f replace the same bytes, or one inserts
// inside what the other replaces. Insertions at the same point do not overlap.
func (e edit) overlaps(f edit) bool { return e.start < f.end && f.start < e.end }

// merge adds the edits of one fix to those of earlier ones. It returns false if
// they overlap. Equal edits become one: several fixes may need the same import.
func merge(old, more []edit) ([]edit, bool) {
	merged := slices.Clone(old)
	for _, e := range more {
		switch {
		case slices.Contains(old, e):
		case slices.ContainsFunc(old, e.overlaps):
			return old, false
		default:
			merged = append(merged, e)
		}
	}
	slices.SortStableFunc(merged, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) // an insertion comes before a replacement
	})
	return merged, true
}

// apply returns src with sorted edits that do not overlap.
func apply(src []byte, edits []edit) []byte {
	var b strings.Builder
	done := 0
	for _, e := range edits {
		b.Write(src[done:e.start])
		b.WriteString(e.text)
		done = e.end
	}
	b.Write(src[done:])
	return []byte(b.String())
}
