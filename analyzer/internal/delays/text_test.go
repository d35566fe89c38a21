package delays_test

import (
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
)

func TestNames(t *testing.T) {
	for _, test := range []struct {
		text   string
		amount time.Duration
		want   bool
	}{
		{"not up after 20s: %w", 20 * s, true},
		{"again in 5 seconds", 5 * s, true},
		{"// Waits 250ms in between.", 250 * ms, true},
		{"// try every half a second", 500 * ms, true},
		{"give it two minutes", 2 * time.Minute, true},
		{"waits one second", s, true},
		{"waits 1.5s", 1500 * ms, true},
		{"waits 15s", 5 * s, false},
		{"attempt 5 seems lost", 5 * s, false},
		{"5 servers", 5 * s, false},
		{"stop it as well", s, false},
		{"a second and a half", s, true},
		{"it is as long as that", s, false},
		{"wait a second", s, true},
		{"a 2-second pause", 2 * s, true},
		{"", s, false},
	} {
		if got := delays.Names(test.text, []time.Duration{time.Hour, test.amount}); got != test.want {
			t.Errorf("%q, %v: got %v", test.text, test.amount, got)
		}
	}
}

func TestCountsUnits(t *testing.T) {
	for text, want := range map[string]bool{
		"%d seconds left": true, "waited %ds": true, "after %v sec": true, "%d minutes left": false, "%d servers": false, "%s": false,
	} {
		if got := delays.CountsUnits(text, []time.Duration{s}); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestOnlyLength(t *testing.T) {
	for comment, want := range map[string]bool{
		"// 10ms -> 20ms -> 40ms":      true,
		"// Retry after 50ms":          true,
		"/* wait a second, then go */": true,
		"// Sleep for 10 seconds to let the cluster start before the test.": false,
		"// wait a bit": false,
		"// the peer is slow: 5s, as its manual says": false,
	} {
		if got := delays.OnlyLength(comment); got != want {
			t.Errorf("%q: got %v", comment, got)
		}
	}
}

func TestAboutWait(t *testing.T) {
	for comment, want := range map[string]bool{
		"// wait for the next round":               true,
		"// Back off a bit.":                       true,
		"// sleeping helps":                        true,
		"// give it 2 seconds":                     true,
		"// 5s":                                    true,
		"//nolint:gosec // a weak number will do":  true,
		"// see issue 4711":                        false,
		"// the peer closes idle connections here": false,
		"// TODO(kim): count these":                false,
	} {
		if got := delays.AboutWait(comment); got != want {
			t.Errorf("%q: got %v", comment, got)
		}
	}
}
