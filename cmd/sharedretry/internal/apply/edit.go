package apply

import (
	"cmp"
	"slices"
	"strings"
)

// An edit replaces the bytes from Start to End of a file by Text.
type edit struct {
	Start, End int // offsets
	Text       string
}

// overlaps reports whether e and f replace the same bytes, or one inserts
// inside what the other replaces. Insertions at the same point do not overlap.
func (e edit) overlaps(f edit) bool { return e.Start < f.End && f.Start < e.End }

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
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) // an insertion comes before a replacement
	})
	return merged, true
}

// applied returns src with sorted edits that do not overlap.
func applied(src []byte, edits []edit) []byte {
	var b strings.Builder
	done := 0
	for _, e := range edits {
		b.Write(src[done:e.Start])
		b.WriteString(e.Text)
		done = e.End
	}
	b.Write(src[done:])
	return []byte(b.String())
}
