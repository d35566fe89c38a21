package fault

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// sound is a loop of five attempts without a fault.
func sound() Loop {
	return Loop{
		Bounds: growth.Bounds{N: 5, Counted: true},
		Growth: growth.Growth{Kind: growth.Exponential, Jittered: true},
		Course: growth.Course{Waits: []time.Duration{1, 2, 4, 8}, Count: 4, Passes: 5, Ended: true},
	}
}

// Each fault shows by itself, with the text that says what it is about.
func TestOf(t *testing.T) {
	counted := growth.Bounds{N: 20, Counted: true}
	for _, test := range []struct {
		name   string
		change func(l *Loop)
		want   []string // names, each with its text
	}{
		{"sound", func(*Loop) {}, nil},

		{"overflow", func(l *Loop) { l.Course.Overflow = 35 }, []string{"overflow: overflows its delay from attempt 35 on"}},
		{"overflow of a count that is not known", func(l *Loop) { l.Course.Overflow, l.Course.Ended, l.Bounds.N = 35, false, 0 }, nil},

		{"cancelled", func(l *Loop) { l.Cancelled = "ctx" }, []string{"retries-cancelled: goes on when ctx is cancelled"}},

		{"context", func(l *Loop) { l.Context = "r.ctx" }, []string{"ignores-context: ignores r.ctx while it waits"}},
		{"context that ends the wait", func(l *Loop) { l.Context, l.WaitEnds = "ctx", true }, nil},

		{"no first wait", func(l *Loop) { l.Course.Waits[0] = 0 }, []string{"no-wait: does not wait at first"}},
		{"one wait, of zero", func(l *Loop) { l.Course.Waits, l.Course.Count = []time.Duration{0}, 1 }, []string{"no-wait: does not wait at first"}},
		{"no wait", func(l *Loop) { l.Course.Waits = []time.Duration{0, 0, 0, 0} }, []string{"no-wait: never waits"}},
		{"no wait, and none behind the last", func(l *Loop) {
			l.Course.Waits, l.Course.Count, l.Growth.Jittered = []time.Duration{0, 0, 0, 0}, 5, false
		}, []string{"no-wait: never waits"}},
		{"no wait before the first attempt", func(l *Loop) {
			l.Course.Waits, l.Course.Count, l.WaitsFirst = []time.Duration{0, 1, 2, 4, 8}, 5, true
		}, nil},
		{"unknown waits", func(l *Loop) { l.Course = growth.Course{} }, nil},

		{"lost", func(l *Loop) { l.Lost = true }, []string{"loses-error: loses the last error"}},

		{"unbounded", func(l *Loop) { l.Bounds, l.Growth.Capped = growth.Bounds{}, true }, []string{"unbounded: never gives up"}},
		{"something may end it", func(l *Loop) { l.Bounds, l.MayEnd = growth.Bounds{}, true }, nil},
		{"a context ends it", func(l *Loop) { l.Bounds, l.Growth.Capped = growth.Bounds{Context: true}, true }, nil},

		{"no limit", func(l *Loop) { l.Bounds = counted }, []string{"no-limit: waits longer without limit"}},
		{"no limit without a bound", func(l *Loop) { l.Bounds = growth.Bounds{Stop: true} }, []string{"no-limit: waits longer without limit"}},
		{"no limit for a while", func(l *Loop) { l.Bounds = growth.Bounds{Deadline: true} }, nil},
		{"a limit", func(l *Loop) { l.Bounds, l.Growth.Capped = counted, true }, nil},
		{"no limit of a step", func(l *Loop) { l.Bounds, l.Growth.Kind = counted, growth.Linear }, nil},

		{"after the last", func(l *Loop) { l.Course.Count = 5 }, []string{"waits-after-last: waits after the last attempt"}},
		{"after the only one", func(l *Loop) { l.Course.Count, l.Course.Passes = 1, 1 }, nil},
		{"before the first", func(l *Loop) { l.Course.Count, l.WaitsFirst = 5, true }, nil},

		{"no jitter", func(l *Loop) { l.Growth.Jittered = false }, []string{"no-jitter: has no jitter"}},
		{"what is random has jitter", func(l *Loop) { l.Growth = growth.Growth{Kind: growth.Random} }, nil},

		{"the gravest first", func(l *Loop) { l.Lost, l.Context, l.Growth.Jittered = true, "ctx", false },
			[]string{"ignores-context: ignores ctx while it waits", "loses-error: loses the last error", "no-jitter: has no jitter"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := sound()
			test.change(&l)
			var got []string
			for _, f := range Of(l) {
				got = append(got, f.Name+": "+f.Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A fault is told of one loop and of several, in words of its own.
func TestWords(t *testing.T) {
	seen := make(map[string]bool)
	for _, k := range table {
		f := k.fault
		for _, text := range []string{"name " + f.Name, f.One, f.Many} {
			if text == "" || seen[text] || strings.ContainsAny(text, ".,;") {
				t.Errorf("%s: the text is %q", f.Name, text)
			}
			seen[text] = true
		}
	}
	if got := Names(); len(got) != len(table) || got[0] != "overflow" {
		t.Errorf("the names are %q", got)
	}
}
