package delays_test

import (
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
)

func TestFigure(t *testing.T) {
	for d, want := range map[time.Duration]time.Duration{
		0: 0, 1: 1, 999: 500, 9 * ms: 5 * ms, 64 * ms: 50 * ms, 640 * ms: 500 * ms, s: s, 1920 * ms: s,
		6400 * ms: 5 * s, 10 * s: 10 * s, 13500 * ms: 10 * s, 19 * s: 15 * s, 29 * s: 20 * s, 30 * s: 30 * s,
		59 * s: 30 * s, 90 * s: time.Minute, 45 * time.Minute: 30 * time.Minute, 3 * time.Hour: 2 * time.Hour,
	} {
		if got := delays.Figure(d); got != want {
			t.Errorf("%v: got %v, want %v", d, got, want)
		}
	}
}

func TestRounded(t *testing.T) {
	for d, want := range map[time.Duration]time.Duration{99999999: 100 * ms, 13370 * ms: 13 * s, 750 * ms: 750 * ms, 7: 7, 0: 0} {
		if got := delays.Rounded(d); got != want {
			t.Errorf("%v: got %v, want %v", d, got, want)
		}
	}
}

var writer = delays.Writer{Time: func() string { return "time." }, Max: true}

func TestWriteDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		s: "time.Second", 90 * s: "90*time.Second", 60 * s: "time.Minute", 120 * s: "2*time.Minute", 90 * time.Minute: "90*time.Minute",
		1500 * ms: "1500*time.Millisecond", time.Microsecond: "time.Microsecond", 7: "7*time.Nanosecond", 0: "0*time.Second",
	} {
		if got := writer.Duration(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}

func TestWriteLimit(t *testing.T) {
	times := func(n int64) delays.Limit { return delays.Limit{Rule: delays.Multiple, Times: n} }
	old := delays.Writer{Time: writer.Time}
	for _, test := range []struct {
		writer delays.Writer
		limit  delays.Limit
		first  string
		want   string
		ok     bool
	}{
		{writer, delays.Limit{}, "d", "", true},
		{writer, delays.Limit{Rule: delays.NotKnown}, "d", "", false},
		{writer, delays.Limit{Rule: delays.AtMost, AtMost: 5 * s}, "d", "5*time.Second", true},
		{writer, times(1), "c.wait", "c.wait", true},
		{writer, times(2), "c.wait", "2 * c.wait", true},
		{writer, times(2), "n * time.Second", "2 * n * time.Second", true},
		{writer, times(2), "2 * c.wait", "4 * c.wait", true},
		{writer, times(16), "100*time.Millisecond", "1600 * time.Millisecond", true},
		{writer, times(2), "3 * wait / 2", "2 * (3 * wait / 2)", true},
		{writer, times(2), "a + b", "2 * (a + b)", true},
		{writer, times(2), "2 * *p", "4 * *p", true},
		{writer, delays.Limit{Rule: delays.Last}, "a + b", "time.Duration(n-1) * (a + b)", true},
		{writer, delays.Limit{Rule: delays.Long, Times: 2}, "a + b", "min(64 * (a + b), max(a + b, 30*time.Second))", true},
		{writer, delays.Limit{Rule: delays.Long}, "d", "max(d, 30*time.Second)", true},
		{old, delays.Limit{Rule: delays.Long, Times: 2}, "a + b", "2 * (a + b)", true},
		{old, delays.Limit{Rule: delays.Long}, "d", "", false},
	} {
		got, ok := test.writer.Limit(test.limit, test.first, "time.Duration(n-1)")
		if got != test.want || ok != test.ok {
			t.Errorf("%+v of %s: got %q, %v, want %q", test.limit, test.first, got, ok, test.want)
		}
	}
	if _, ok := writer.Limit(delays.Limit{Rule: delays.Last}, "d", ""); ok {
		t.Error("a limit of a number of waits that is not known")
	}
}

func TestTimes(t *testing.T) {
	for _, test := range []struct {
		n          float64
		text, want string
	}{{1, "d", "d"}, {3, "d", "3 * d"}, {1.5, "d", "3 * d / 2"}, {0.5, "d", "d / 2"}, {0.5, "a + b", "(a + b) / 2"}} {
		if got := delays.Times(test.n, test.text); got != test.want {
			t.Errorf("%v times %s: got %s, want %s", test.n, test.text, got, test.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for text, want := range map[string]bool{
		"5 * time.Second": false, "time.Minute": false, "time.Duration(5) * Second": false, "1e9": false,
		"wait": true, "c.wait": true, "n * time.Second": true, "time.Duration(n)": true, "sleep.Second()": false, "cfg.delay()": true,
	} {
		if got := delays.Named(text); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}
