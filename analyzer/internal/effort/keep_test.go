package effort

import "testing"

// What is found is known until there is too much of it.
func TestKeep(t *testing.T) {
	var known map[int]string
	for i, want := range []int{1, 2, 3, 1, 2} {
		known = Keep(known, 3, i, "found")
		if len(known) != want || known[i] != "found" {
			t.Errorf("after %d: %v", i, known)
		}
	}
}
