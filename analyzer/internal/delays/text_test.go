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
		{"// polls every second", s, true},
		{"the error of a second step", s, false},
		{"a second apart", s, true},
		{"ten retries over a second seem enough", s, true},
		{"a second seems enough", s, false},
		{"a second; then another", s, true},
		{"", s, false},
	} {
		if got := delays.Names(test.text, []time.Duration{time.Hour, test.amount}); got != test.want {
			t.Errorf("%q, %v: got %v", test.text, test.amount, got)
		}
	}
}

func TestLists(t *testing.T) {
	linear, doubles := []time.Duration{s, 2 * s, 3 * s, 4 * s}, []time.Duration{s, 2 * s, 4 * s, 8 * s}
	for _, test := range []struct {
		text        string
		today, with []time.Duration
		want        bool
	}{
		{"// one more each time (1s, 2s, 3s, ...)", linear, doubles, true},
		{"// within 10s: 1s, 2s, 3s", linear, doubles, true},
		{"// 1s, 2s, 3s", linear, nil, true},
		{"// 1s, 2s", linear, doubles, false},
		{"// 1s, 2s, 3s", doubles, linear, false},
		{"// 1s, 2s, 4s, 8s", doubles, doubles, false},
		{"// at most 3s", linear, doubles, false},
		{"// 2s, 3s", linear, doubles, false},
		{"// 1s, 2s", nil, nil, false},
	} {
		if got := delays.Lists(test.text, test.today, test.with); got != test.want {
			t.Errorf("%q of %v, then %v: got %v", test.text, test.today, test.with, got)
		}
	}
}

func TestNamesInterval(t *testing.T) {
	for comment, want := range map[string]bool{
		"// polls every [freq]":    true,
		"// asked once per freq":   true,
		"// waits for freq":        true,
		"// freq is in hertz":      false,
		"// every other freqs":     false,
		"// the freqs of its wait": false,
	} {
		if got := delays.NamesInterval(comment, "freq"); got != want {
			t.Errorf("%q: got %v", comment, got)
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
		"// just retry":                            true,
		"// Try again.":                            true,
		"// avoid a tight loop":                    true,
		"// retry, for the peer may be restarting": false,
		"// double check that it is mounted":       false,
		"// the second peer":                       false,
		"// see issue 4711":                        false,
		"// the peer closes idle connections here": false,
		"// TODO(kim): count these":                false,
	} {
		if got := delays.AboutWait(comment); got != want {
			t.Errorf("%q: got %v", comment, got)
		}
	}
}
