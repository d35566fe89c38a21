package growth

import (
	"math"
	"testing"
)

func TestFactor(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      float64
	}{
		{"constant", `func f() { for op() != nil { time.Sleep(time.Second) } }`, 0},
		{"doubles", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d *= 2 } }`, 2},
		{"added to itself", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d += d } }`, 2},
		{"a half more", `func f(d time.Duration) { for op() != nil { time.Sleep(d); d += d / 2 } }`, 1.5},
		{"a half more, of whole numbers", `func f(d time.Duration) { for op() != nil { time.Sleep(d); d = d * 3 / 2 } }`, 1.5},
		{"a tenth more", `func f() { for i := range 9 { op(); time.Sleep(time.Duration(math.Pow(1.1, float64(i)) * float64(time.Second))) } }`, 1.1},
		{"a power of two", `func f(d time.Duration) { for i := range 9 { op(); time.Sleep(d << i) } }`, 2},
		{"up to a limit", `func f(d time.Duration) { for op() != nil { time.Sleep(d); d = min(d*3, time.Minute) } }`, 3},
		{"by a variable", `func f(d time.Duration, by float64) { for op() != nil { time.Sleep(d); d = time.Duration(float64(d) * by) } }`, math.NaN()},
		{"with jitter that grows, too", `func f(d time.Duration) { for i := range 9 { op(); w := d << i; time.Sleep(w + time.Duration(rand.Int63n(int64(w)))) } }`, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			if got := a.Of(s, s.Delays[0]).Factor; got != tt.want && !(math.IsNaN(got) && math.IsNaN(tt.want)) {
				t.Errorf("got %v, want %v\n%s", got, tt.want, tt.src)
			}
		})
	}
}
