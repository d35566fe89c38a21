package write

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// The better of two fixes comes first, by the reasons in their order.
func TestBetter(t *testing.T) {
	for name, pair := range map[string][2]Fix{
		"for the file as it is":       {{Ignores: true}, {Newer: true}},
		"hands the context on":        {{Copies: true}, {Ignores: true}},
		"does without a copied error": {{After: 9}, {Copies: true, After: 5}},
		"has fewer statements":        {{After: 5}, {After: 6, Lines: 3}},
		"has fewer lines":             {{After: 5, Lines: 3}, {After: 5, Lines: 2}},
		"has fewer bytes":             {{size: 5}, {size: 6}},
	} {
		better, other := pair[0], pair[1]
		if !better.Better(&other) || other.Better(&better) {
			t.Errorf("%s: not told", name)
		}
	}
	if x, y := (&Fix{size: 5, Remedy: "call retry.Do"}), (&Fix{size: 6, Remedy: "wait"}); x.Better(y) {
		t.Error("bytes decide between different calls")
	}
}

// A fix may have a few statements more, as its form needs.
func TestWorth(t *testing.T) {
	for _, test := range []struct {
		name  string
		fix   Fix
		alone bool
		want  bool
	}{
		{"as long", Fix{Before: 5, After: 5}, false, true},
		{"longer", Fix{Before: 5, After: 6}, false, false},
		{"longer by what waits", Fix{Before: 5, After: 7, more: moreStatements(&helper.Helper{Shape: helper.Wait}, true)}, false, true},
		{"longer by a reset, too", Fix{Before: 5, After: 8, more: 2, Resets: true}, false, true},
		{"guarded", Fix{Before: 5, After: 5, Guards: true}, false, false},
		{"guarded, where there is no other form", Fix{Before: 5, After: 5, Guards: true}, true, true},
	} {
		if got := test.fix.Worth(test.alone) == nil; got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}
