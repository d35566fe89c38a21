package growth

import (
	"go/ast"
	"go/types"
	"slices"
	"testing"
)

var baseTests = []struct{ name, src, base, limit string }{
	{"sleep", `func f() { for op() != nil { time.Sleep(time.Second) } }`, "time.Second", ""},
	{"parameter", `func f(d time.Duration) { for op() != nil { time.Sleep(d) } }`, "d", ""},
	{"parameter with a default", `func f(d time.Duration) { if d == 0 { d = time.Second }; for op() != nil { time.Sleep(d) } }`, "d", ""},
	{"a default in each pass", `func f(d time.Duration) { for op() != nil { w := d; if w == 0 { w = time.Second }; time.Sleep(w) } }`, "w", ""},
	{"an option in each pass", `func f(d time.Duration) { for op() != nil { w := time.Second; if d > 0 { w = d }; time.Sleep(w) } }`, "w", ""},
	{"an option in what waits", `func wait(d time.Duration) { w := time.Second; if d > 0 { w = d }; time.Sleep(w) }
func f(d time.Duration) { for op() != nil { wait(d) } }`, "", ""},
	{"the same either way", `func f(a bool) { for op() != nil { w := time.Second; if a { w = time.Second }; time.Sleep(w) } }`, "time.Second", ""},
	{"another factor at times", `func f(a bool) { for op() != nil { w := time.Second; if a { w /= 40 }; time.Sleep(w) } }`, "w", ""},
	{"a lower limit", `func f(m time.Duration) { for i := range 9 { op(); w := time.Second << i; if w < m { w = m }; time.Sleep(w) } }`, "", ""},
	{"a lower limit by max", `func f(m time.Duration) { for i := range 9 { op(); time.Sleep(max(time.Second<<i, m)) } }`, "", ""},
	{"a limit of what does not grow", `func f(d, m time.Duration) { for op() != nil { w := d; if w > m { w = m }; time.Sleep(w) } }`, "w", ""},
	{"another one at times", `func next(i int, a bool) time.Duration { if a { return time.Millisecond }; return time.Second << i }
func f(a bool) { for i := range 9 { op(); time.Sleep(next(i, a)) } }`, "", ""},
	{"none at times", `func next(i, n int) time.Duration { if n == 0 { return 0 }; return time.Second << i }
func f(n int) { for i := range 9 { op(); time.Sleep(next(i, n)) } }`, "", ""},
	{"none of none", `func next(i int, d time.Duration) time.Duration { if d <= 0 { return 0 }; return d << i }
func f(d time.Duration) { for i := range 9 { op(); time.Sleep(next(i, d)) } }`, "d", ""},
	{"an option in each pass, before it grows", `func f(d time.Duration) { w := time.Second; for op() != nil { if d > 0 { w = d }; time.Sleep(w); w *= 2 } }`, "", ""},
	{"a default in each pass, before it grows", `func f(d time.Duration) { w := d; for op() != nil { if w == 0 { w = time.Second }; time.Sleep(w); w *= 2 } }`, "", ""},
	{"a lower limit before it grows", `func f(d time.Duration) { w := time.Second; for op() != nil { if w < d { w = d }; time.Sleep(w); w *= 2 } }`, "", ""},
	{"a limit before it grows", `func f(m time.Duration) { w := time.Second; for op() != nil { if w > m { w = m }; time.Sleep(w); w *= 2 } }`, "time.Second", "m"},
	{"begun anew before it grows", `func f(d, e time.Duration) { w := d; for { if op() == nil { w = e; continue }; time.Sleep(w); w *= 2 } }`, "d", ""},
	{"begun anew with the same", `func f(d time.Duration) { w := d; for { if op() == nil { w = d }; time.Sleep(w); w *= 2 } }`, "d", ""},
	{"a limit in what waits", `func wait(d time.Duration) { if d > time.Second { d = time.Second }; time.Sleep(d) }
func f(d time.Duration) { for op() != nil { wait(d) } }`, "", ""},
	{"the limit where it is too long to be told", `func next(i int, d, m time.Duration) time.Duration { w := d << i; if w < d { return m }; if w > m { w = m }; return w }
func f(d, m time.Duration) { for i := range 9 { op(); time.Sleep(next(i, d, m)) } }`, "d", "m"},
	{"field", `func f(c *config) { for op() != nil { time.Sleep(c.delay) } }`, "c.delay", ""},
	{"times the attempt", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); time.Sleep(d * time.Duration(i+1)) } }`, "d", ""},
	{"several factors", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(100*i) * time.Millisecond) } }`, "", ""},
	{"shift by the attempt", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Second << i) } }`, "time.Second", ""},
	{"power of two", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(1<<i) * time.Second) } }`, "time.Second", ""},
	{"shift and unit", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Duration(5<<i) * time.Second) } }`, "", ""},
	{"pow", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); time.Sleep(d * time.Duration(math.Pow(2, float64(i)))) } }`, "d", ""},
	{"doubles", `func f() { d := time.Second; for op() != nil { time.Sleep(d); d *= 2 } }`, "time.Second", ""},
	{"doubles, with a unit", `func f() { n := 16; for op() != nil { time.Sleep(time.Duration(n) * time.Millisecond); n *= 2 } }`, "", ""},
	{"doubles, and some more", `func f() { d := time.Second; for op() != nil { time.Sleep(d + time.Millisecond); d *= 2 } }`, "", ""},
	{"half of it", `func f() { d := time.Second; for op() != nil { time.Sleep(d / 2); d *= 2 } }`, "time.Second", ""},
	{"half of it, and as much again", `func f(d time.Duration) { for i := range 9 { op(); w := d << i; time.Sleep(w/2 + time.Duration(rand.Int63n(int64(w/2)))) } }`, "d", ""},
	{"a share of it", `func f(d, m time.Duration) { for i := range 9 { op(); w := math.Min(float64(d)*math.Pow(2, float64(i)), float64(m)); time.Sleep(time.Duration(w * (0.5 + rand.Float64()/2))) } }`, "d", "m"},
	{"times a power", `func f(d time.Duration, m float64) { for i := range 9 { op(); time.Sleep(time.Duration(float64(d) * math.Pow(m, float64(i)))) } }`, "d", ""},
	{"converted in a function", `func next(d time.Duration, n int) time.Duration { return time.Duration(float64(d) * math.Pow(2, float64(n))) }
func f(d time.Duration) { for i := range 9 { op(); time.Sleep(next(d, i)) } }`, "d", ""},
	{"a share of it beside it", `func f(d time.Duration) { for i := range 9 { op(); w := d << i; time.Sleep(w + time.Duration(rand.Float64()*float64(w)*0.2)) } }`, "d", ""},
	{"a share that is not known", `func f(d time.Duration, n float64) { for i := range 9 { op(); time.Sleep(time.Duration(float64(d<<i) * n)) } }`, "", ""},
	{"seconds", `func f(d time.Duration) { for i := range 9 { op(); time.Sleep((d << i) * time.Second) } }`, "", ""},
	{"given anew before the loop", `func f(d time.Duration) { w := time.Second; op(); w = d; for op() != nil { time.Sleep(w); w *= 2 } }`, "d", ""},
	{"given anew at times before the loop", `func f(a bool, d time.Duration) { w := time.Second; if a { w = d }; for op() != nil { time.Sleep(w); w *= 2 } }`, "", ""},
	{"given anew behind the loop", `func f(d time.Duration) { w := d; for op() != nil { time.Sleep(w); w *= 2 }; w = time.Second; _ = w }`, "d", ""},
	{"given anew behind a deferred loop", `func f() { w := time.Second; defer func() { for op() != nil { time.Sleep(w); w *= 2 } }(); w = time.Minute }`, "", ""},
	{"drawn from a range", `func f(a, b time.Duration) { for op() != nil { time.Sleep(a + time.Duration(rand.Int63n(int64(b-a)))) } }`, "", ""},
	{"drawn from a range, by a share", `func f(a, b time.Duration) { for op() != nil { time.Sleep(time.Duration(rand.Float64()*float64(b-a)) + a) } }`, "", ""},
	{"half of it, and as much as it", `func f(d time.Duration) { for op() != nil { time.Sleep(d/2 + time.Duration(rand.Int63n(int64(d)))) } }`, "d", ""},
	{"as much as it, and half of it", `func f(d time.Duration) { for op() != nil { time.Sleep(time.Duration(rand.Int63n(int64(d))) + d/2) } }`, "d", ""},
	{"half of it, and up to that", `func f(d time.Duration) { for op() != nil { time.Sleep(d/2 + time.Duration(rand.Int63n(int64(d/2)))) } }`, "d / 2", ""},
	{"a third of it, and as much as it", `func f(d time.Duration) { for op() != nil { time.Sleep(d/3 + time.Duration(rand.Int63n(int64(d)))) } }`, "", ""},
	{"jitter", `func f(d time.Duration) { for op() != nil { time.Sleep(d + time.Duration(rand.Intn(9))) } }`, "d", ""},
	{"only jitter", `func f() { for op() != nil { time.Sleep(time.Duration(rand.Intn(9)) * time.Second) } }`, "", ""},
	{"jitter under a bound", `func f() { for i := 1; i < 9; i++ { op(); time.Sleep(time.Duration(rand.Intn(i*10)) * time.Millisecond) } }`, "", ""},
	{"limit", `func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); d *= 2; if d > m { d = m } } }`, "time.Second", "m"},
	{"limit by min", `func f(m time.Duration) { for i := range 9 { op(); time.Sleep(min(time.Second<<i, m)) } }`, "time.Second", "m"},
	{"limit that it grows up to", `func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if d < m { d *= 2 } } }`, "time.Second", "m"},
	{"limit that it does not come to", `func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if 2*d <= m { d = 2 * d } } }`, "time.Second", "m"},
	{"limit that it grows far beyond", `func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); if d < m { d *= 10 } } }`, "time.Second", ""},
	{"limit in a function", `func next(d, hi time.Duration) time.Duration { d *= 2; if d > hi { return hi }; return d }
func f(m time.Duration) { d := time.Second; for op() != nil { time.Sleep(d); d = next(d, m) } }`, "time.Second", "m"},
	{"limit of a function's own", `func next(d time.Duration) time.Duration { hi := time.Duration(len(prefix)); d *= 2; if d > hi { return hi }; return d }
var prefix string
func f() { d := time.Second; for op() != nil { time.Sleep(d); d = next(d) } }`, "time.Second", ""},
}

func TestBase(t *testing.T) {
	text := func(e ast.Expr) string {
		if e == nil {
			return ""
		}
		return types.ExprString(e)
	}
	for _, tt := range baseTests {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			g := a.Of(s, s.Delays[0])
			if base, limit := text(g.Base), text(g.Cap); base != tt.base || limit != tt.limit {
				t.Errorf("got base %q, limit %q, want %q, %q\n%s", base, limit, tt.base, tt.limit, tt.src)
			}
		})
	}
}

// What a delay is made of is told by one expression, times a number.
func TestMultiples(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      []float64
	}{
		{"shift", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); time.Sleep(d << i) } }`, []float64{1, 2, 4}},
		{"from one", `func f(d time.Duration) { for i := 1; i < 4; i++ { op(); time.Sleep(d << i) } }`, []float64{2, 4, 8}},
		{"from none", `func f(d time.Duration) { for i := range 3 { op(); time.Sleep(d * time.Duration(i)) } }`, []float64{0, 1, 2}},
		{"a function", `func g(n int, d, m time.Duration) time.Duration { d <<= n; if d > m { return m }; return d }
func f(d, m time.Duration) { for i := 1; i < 4; i++ { op(); time.Sleep(g(i, d, m)) } }`, []float64{2, 4, 8}},
		{"the mean", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); time.Sleep(d + time.Duration(rand.Int63n(int64(d<<i)))) } }`, []float64{1.5, 2, 3}},
		{"about the mean", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); w := d << i; time.Sleep(w/2 + time.Duration(rand.Int63n(int64(w/2)))) } }`, []float64{1, 1.5, 3}},
		{"about itself", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); w := d << i; time.Sleep(w + time.Duration(rand.Float64()*float64(w)*0.2)) } }`, []float64{1, 2, 4}},
		{"a power that is not known", `func f(d time.Duration, m float64) { for i := range 3 { op(); time.Sleep(time.Duration(float64(d) * math.Pow(m, float64(i)))) } }`, []float64{1}},
		{"a power that is not known, from one", `func f(d time.Duration, m float64) { for i := 1; i < 4; i++ { op(); time.Sleep(time.Duration(float64(d) * math.Pow(m, float64(i)))) } }`, nil},
		{"and more", `func f(d time.Duration) { for i := 0; i < 3; i++ { op(); time.Sleep(d<<i + time.Second) } }`, nil},
		{"constants", `func f() { for i := 0; i < 3; i++ { op(); time.Sleep(time.Second << i) } }`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, s := load(t, tt.src)
			if got := a.Multiples(s, a.Of(s, s.Delays[0])); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v\n%s", got, tt.want, tt.src)
			}
		})
	}
}
