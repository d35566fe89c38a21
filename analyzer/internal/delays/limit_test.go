package delays_test

import (
	"slices"
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
)

const (
	ms = time.Millisecond
	s  = time.Second
)

func TestLimit(t *testing.T) {
	atMost := func(d time.Duration) delays.Limit { return delays.Limit{Rule: delays.AtMost, AtMost: d} }
	times := func(n int64) delays.Limit { return delays.Limit{Rule: delays.Multiple, Times: n} }
	named := func(n int64, d time.Duration) delays.Limit {
		return delays.Limit{Rule: delays.Multiple, Times: n, AtMost: d}
	}
	none, source, last := delays.Limit{}, delays.Limit{Rule: delays.Source}, delays.Limit{Rule: delays.Last}
	notKnown := delays.Limit{Rule: delays.NotKnown}
	for _, test := range []struct {
		name  string
		today delays.Today
		want  delays.Limit
	}{
		{"few constant ones double", delays.Today{Growth: delays.Constant, First: 2 * s, Longest: 2 * s, Attempts: 5}, none},
		{"few linear ones double", delays.Today{Growth: delays.Linear, First: 2 * s, Longest: 8 * s, Attempts: 5}, none},
		{"few of a length that is not known", delays.Today{Growth: delays.Constant, Attempts: 3}, none},
		{"few random ones", delays.Today{First: s, Attempts: 4}, none},
		{"few that grow slowly", delays.Today{Growth: delays.Slow, First: 100 * ms, Longest: 150 * ms, Attempts: 3}, atMost(150 * ms)},
		{"one more than few", delays.Today{Growth: delays.Constant, First: 2 * s, Longest: 2 * s, Attempts: 6, Counted: true}, atMost(4 * s)},
		{"many of a length that is not known", delays.Today{Growth: delays.Constant, Attempts: 20, Counted: true}, times(2)},
		{"many linear ones", delays.Today{Growth: delays.Linear, First: s, Longest: 19 * s, Attempts: 20, Counted: true}, atMost(19 * s)},
		{"a number that is not known", delays.Today{Growth: delays.Constant, First: s, Counted: true}, atMost(2 * s)},
		{"a number of linear ones that is not known", delays.Today{Growth: delays.Linear, First: s, Counted: true}, last},
		{"many linear ones of a length that is not known", delays.Today{Growth: delays.Linear, Attempts: 9, Counted: true}, last},
		{"many that double as well", delays.Today{Growth: delays.Doubling, First: s, Longest: 256 * s, Attempts: 10, Counted: true}, none},
		{"a number of those that is not known", delays.Today{Growth: delays.Doubling, Counted: true}, none},
		{"many that grow slowly", delays.Today{Growth: delays.Slow, First: s, Longest: 9 * s, Attempts: 20, Counted: true}, atMost(9 * s)},
		{"a number of those that is not known", delays.Today{Growth: delays.Slow, First: s, Counted: true}, notKnown},
		{"slow ones without an end", delays.Today{Growth: delays.Slow, First: s}, notKnown},
		{"many random ones", delays.Today{First: s, Longest: 2 * s, Attempts: 9, Counted: true}, atMost(2 * s)},
		{"many of a table that is not known", delays.Today{First: s, Attempts: 9, Counted: true}, notKnown},
		{"constant ones until a point in time", delays.Today{Growth: delays.Constant, First: s, Deadline: true}, atMost(2 * s)},
		{"linear ones until a point in time", delays.Today{Growth: delays.Linear, First: s, Deadline: true}, notKnown},
		{"doubling ones until a point in time", delays.Today{Growth: delays.Doubling, First: s, Deadline: true}, none},
		{"constant ones without an end", delays.Today{Growth: delays.Constant, First: 10 * ms}, atMost(20 * ms)},
		{"short ones without an end", delays.Today{Growth: delays.Linear, First: 10 * ms}, atMost(500 * ms)},
		{"longer ones without an end", delays.Today{Growth: delays.Linear, First: s}, atMost(30 * s)},
		{"long ones without an end stay so", delays.Today{Growth: delays.Constant, First: time.Minute}, atMost(time.Minute)},
		{"doubling ones without an end", delays.Today{Growth: delays.Doubling, First: ms}, atMost(30 * s)},
		{"those of a length that is not known", delays.Today{Growth: delays.Doubling}, delays.Limit{Rule: delays.Long}},
		{"a computed limit", delays.Today{Growth: delays.Slow, First: 3 * s, Longest: 53273179885, Attempts: 12}, atMost(53 * s)},
		{"a short computed limit", delays.Today{Growth: delays.Slow, First: 3 * s, Longest: 5333333333, Attempts: 4}, atMost(5300 * ms)},
		{"few up to a limit", delays.Today{Growth: delays.Linear, First: s, Longest: 3 * s, Attempts: 5, Counted: true, Capped: true}, source},
		{"many that come to a limit", delays.Today{Growth: delays.Doubling, First: s, Longest: 9 * s, Attempts: 9, Counted: true, Capped: true}, source},
		{"many that do not come near it", delays.Today{Growth: delays.Slow, First: s, Longest: 2 * s, Attempts: 9, Counted: true, Capped: true}, atMost(2 * s)},
		{"a limit without an end", delays.Today{Growth: delays.Slow, First: s, Capped: true}, source},
		{"one wait", delays.Today{Growth: delays.Slow, First: s, Longest: s, Attempts: 2, Counted: true}, none},
		{"some without an end", delays.Today{Growth: delays.Constant}, delays.Limit{Rule: delays.Multiple, Times: 2}},
		{"many by name", delays.Today{Growth: delays.Constant, First: s, Named: true, Attempts: 20, Counted: true}, named(2, 2*s)},
		{"many linear ones by name", delays.Today{Growth: delays.Linear, First: s, Longest: 19 * s, Named: true, Attempts: 20, Counted: true}, named(19, 19*s)},
		{"a great many by name", delays.Today{Growth: delays.Linear, First: s, Longest: 99 * s, Named: true, Attempts: 100, Counted: true}, atMost(99 * s)},
		{"no multiple of the name", delays.Today{Growth: delays.Slow, First: 2 * s, Longest: 9 * s, Named: true, Attempts: 7, Counted: true}, atMost(9 * s)},
		{"some without an end, by name", delays.Today{Growth: delays.Constant, First: 100 * ms, Named: true}, delays.Limit{Rule: delays.Multiple, AtMost: 200 * ms, Times: 2}},
		{"a round limit takes no less in all", delays.Today{Growth: delays.Slow, First: s, Waits: []time.Duration{s, 2 * s, 3 * s, 5 * s, 7 * s}, Longest: 7 * s, Attempts: 6, Counted: true}, atMost(7 * s)},
		{"a round limit takes longer", delays.Today{Growth: delays.Slow, First: s, Waits: []time.Duration{s, s, s, 2 * s, 7 * s}, Longest: 7 * s, Attempts: 6, Counted: true}, atMost(5 * s)},
		{"the one behind the last attempt", delays.Today{Growth: delays.Linear, First: s, Waits: delaysUpTo(10), Longest: 9 * s, Attempts: 10, Counted: true}, atMost(10 * s)},
		{"no round one behind the last attempt", delays.Today{Growth: delays.Linear, First: s, Waits: delaysUpTo(9), Longest: 8 * s, Attempts: 9, Counted: true}, atMost(8 * s)},
		{"a limit that they do not come to", delays.Today{Growth: delays.Slow, First: s, Waits: []time.Duration{s, 4 * s, 9 * s}, Longest: 9 * s, Attempts: 4, Counted: true}, none},
		{"a limit of today is not rounded", delays.Today{Growth: delays.Slow, First: s, Waits: []time.Duration{s, s, s, 2 * s, 7 * s}, Longest: 7 * s, Attempts: 6, Counted: true, Capped: true}, atMost(7 * s)},
		{"each pass looks", delays.Today{Growth: delays.Constant, First: s, Watches: true}, atMost(s)},
		{"each of few passes looks", delays.Today{Growth: delays.Constant, Attempts: 3, Watches: true}, times(1)},
		{"each pass looks, with a delay that doubles", delays.Today{Growth: delays.Doubling, First: s, Attempts: 9, Watches: true}, none},
		{"each pass looks, with a delay that grows less", delays.Today{Growth: delays.Linear, First: s, Longest: 4 * s, Attempts: 5, Watches: true}, notKnown},
	} {
		if got := test.today.Limit(); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

// delaysUpTo returns 1s, 2s, ... up to n seconds.
func delaysUpTo(n int) (list []time.Duration) {
	for i := range n {
		list = append(list, time.Duration(i+1)*s)
	}
	return list
}

// All delays together take about twice as long as constant or linear ones of
// today at most, but for few attempts.
func TestSums(t *testing.T) {
	for n := int64(6); n <= 100; n++ {
		for _, growth := range []delays.Growth{delays.Constant, delays.Linear} {
			var today []time.Duration
			for i := int64(1); i < n; i++ {
				d := s
				if growth == delays.Linear {
					d = time.Duration(i) * s
				}
				today = append(today, d)
			}
			loop := delays.Today{Growth: growth, First: s, Longest: slices.Max(today), Attempts: n, Counted: true}
			limit := loop.Limit()
			if limit.Rule != delays.AtMost {
				t.Fatalf("no limit for %d attempts", n)
			}
			with := delays.Doubled(s, limit.AtMost, len(today))
			if delays.Sum(with) > 2*delays.Sum(today) {
				t.Errorf("%d attempts: %v today, %v with the helper", n, delays.Sum(today), delays.Sum(with))
			}
		}
	}
}

func TestOutOfHand(t *testing.T) {
	slow := []time.Duration{s}
	for len(slow) < 20 {
		slow = append(slow, slow[len(slow)-1]*11/10)
	}
	for _, test := range []struct {
		name        string
		today, with []time.Duration
		want        bool
	}{
		{"a few double", delays.Doubled(s, s, 4), delays.Doubled(s, 0, 4), false},
		{"more do not", delays.Doubled(s, s, 5), delays.Doubled(s, 0, 5), true},
		{"more are limited", delays.Doubled(s, s, 50), delays.Doubled(s, 2*s, 50), false},
		{"longest of many that grow slowly", slow, delays.Doubled(s, slow[19], 20), false},
		{"longest of a great many that grow slowly", append(delays.Doubled(s, s, 80), 100*s), delays.Doubled(s, 100*s, 81), true},
		{"a few that become shorter", []time.Duration{10 * s, 5 * s, s}, delays.Doubled(10*s, 0, 3), true},
		{"it never ends", delays.Doubled(1<<62, 0, 9), delays.Doubled(1<<62, 0, 9), false},
	} {
		if got := delays.OutOfHand(test.today, test.with); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestDoubled(t *testing.T) {
	for _, test := range []struct {
		first, most time.Duration
		n           int
		want        []time.Duration
	}{
		{s, 0, 4, []time.Duration{s, 2 * s, 4 * s, 8 * s}},
		{s, 3 * s, 4, []time.Duration{s, 2 * s, 3 * s, 3 * s}},
		{s, 500 * ms, 2, []time.Duration{500 * ms, 500 * ms}},
		{s, 0, 0, nil},
		{1 << 62, 0, 3, []time.Duration{1 << 62, 1 << 62, 1 << 62}},
	} {
		if got := delays.Doubled(test.first, test.most, test.n); !slices.Equal(got, test.want) {
			t.Errorf("Doubled(%v, %v, %d): got %v, want %v", test.first, test.most, test.n, got, test.want)
		}
	}
}

func TestGrowthOf(t *testing.T) {
	for _, test := range []struct {
		list []time.Duration
		want delays.Growth
	}{
		{nil, delays.Unknown},
		{[]time.Duration{s}, delays.Unknown},
		{[]time.Duration{0, s, 2 * s}, delays.Unknown},
		{[]time.Duration{s, s, s}, delays.Constant},
		{[]time.Duration{s, 2 * s, 3 * s}, delays.Linear},
		{[]time.Duration{s, 2 * s, 4 * s}, delays.Doubling},
		{[]time.Duration{s, 3 * s, 9 * s, 20 * s, 20 * s}, delays.Doubling},
		{[]time.Duration{2 * s, 3 * s, 4500 * ms}, delays.Slow},
		{[]time.Duration{s, 4 * s, 9 * s, 16 * s}, delays.Slow},
		{[]time.Duration{s, 3 * s, 2 * s}, delays.Unknown},
	} {
		if got := delays.GrowthOf(test.list); got != test.want {
			t.Errorf("%v: got %v, want %v", test.list, got, test.want)
		}
	}
}

func TestLongestOf(t *testing.T) {
	list := []time.Duration{s, 5 * s, 2 * s}
	for _, test := range []struct {
		attempts int64
		more     bool
		want     time.Duration
	}{
		{1, true, 0}, {2, true, s}, {3, true, 5 * s}, {4, true, 5 * s}, {5, true, 0}, {0, true, 0}, {0, false, 5 * s}, {9, false, 5 * s},
	} {
		if got := delays.LongestOf(list, test.attempts, test.more); got != test.want {
			t.Errorf("%d attempts: got %v, want %v", test.attempts, got, test.want)
		}
	}
}

func TestStays(t *testing.T) {
	for _, test := range []struct {
		delays []time.Duration
		more   bool
		want   bool
	}{
		{[]time.Duration{1, 2, 4, 4, 4}, true, true},
		{[]time.Duration{1, 2, 4, 4}, true, false},
		{[]time.Duration{1, 2, 4, 4}, false, true},
		{[]time.Duration{4, 4, 4, 4}, false, false},
		{nil, false, false},
	} {
		if got := delays.Stays(test.delays, test.more); got != test.want {
			t.Errorf("%v: %v", test.delays, got)
		}
	}
}

func TestTooShort(t *testing.T) {
	for _, test := range []struct {
		name        string
		today, with []time.Duration
		want        bool
	}{
		{"as long", delays.Doubled(s, 0, 4), delays.Doubled(s, 0, 4), false},
		{"a factor of three, for two waits", []time.Duration{s, 3 * s}, delays.Doubled(s, 0, 2), false},
		{"a factor of four", []time.Duration{s, 4 * s, 16 * s}, delays.Doubled(s, 0, 3), true},
		{"squares", []time.Duration{s, 4 * s, 9 * s, 16 * s}, delays.Doubled(s, 0, 4), false},
		{"a table", []time.Duration{s, 10 * s, 60 * s}, delays.Doubled(s, 0, 3), true},
		{"the one behind the last attempt does not count", []time.Duration{s, 4 * s, 60 * s}, delays.Doubled(s, 0, 2), false},
		{"it never ends", delays.Doubled(1<<62, 0, 9), delays.Doubled(1<<62, 0, 9), false},
	} {
		if got := delays.TooShort(test.today, test.with); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

// A wait more than few attempts have is limited as those of more attempts are.
func TestLonger(t *testing.T) {
	s := time.Second
	for _, test := range []struct{ today, longer int64 }{{5, 6}, {3, 6}, {9, 9}} {
		got := delays.Today{Growth: delays.Constant, First: s, Attempts: test.today, Counted: true}.Longer()
		if want := (delays.Today{Growth: delays.Constant, First: s, Attempts: test.longer, Counted: true}).Limit(); got != want {
			t.Errorf("%d attempts: got %v, want %v", test.today, got, want)
		}
	}
}
