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

// merge adds the edits of one fix to those of earlier ones, which are sorted and do not
// overlap. It returns false if they would overlap. Equal edits become one: several fixes
// may need the same import.
func merge(old, more []edit) ([]edit, bool) {
	var added []edit
	for _, e := range more {
		i, _ := slices.BinarySearchFunc(old, e, edit.compare)
		same := i
		for same < len(old) && old[same] != e && old[same].compare(e) == 0 {
			same++
		}
		switch {
		case same < len(old) && old[same] == e:
		case i > 0 && old[i-1].overlaps(e), i < len(old) && old[i].overlaps(e):
			return old, false
		default:
			added = append(added, e)
		}
	}
	for _, e := range added {
		i, _ := slices.BinarySearchFunc(old, e, func(a, b edit) int { return cmp.Or(a.compare(b), -1) }) // behind equal ones
		old = slices.Insert(old, i, e)
	}
	return old, true
}

// compare orders edits by place: an insertion comes before a replacement.
func (e edit) compare(f edit) int {
	return cmp.Or(cmp.Compare(e.Start, f.Start), cmp.Compare(e.End, f.End))
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
