package analyzer_test

import (
	"go/format"
	"strings"
	"testing"
)

// policy is another package of the module, whose functions tell delays.
const policy = `package policy

import (
	"go/format"
	"fmt"
	"math/rand"
	"time"
)

func Doubled(attempt int, base, limit time.Duration) time.Duration {
	d := base << attempt
	if d > limit {
		return limit
	}
	return d
}

func Drawn(attempt int, base, limit time.Duration) time.Duration {
	if base == 0 {
		return 0
	}
	d := base + time.Duration(rand.Int63n(int64(base<<attempt)))
	if d < base || d > limit {
		d = limit
	}
	return d
}

func Fixed(attempt int) time.Duration { return unit * time.Duration(attempt) }

const unit = 100 * time.Millisecond

func Tuned(attempt int) time.Duration { return step * time.Duration(attempt) }

var step = time.Second

func Tune(d time.Duration) { step = d }

func Logged(attempt int, base time.Duration) time.Duration {
	fmt.Println("waiting")
	return base << attempt
}
`

// Functions and methods tell the delays; what they are made of stands in the call,
// or is a field of what the method is called on.
func TestPolicyFunctions(t *testing.T) {
	const source = `package m

import (
	"go/format"
	"math"
	"math/rand"
	"time"

	"example.com/m/acme"
	"example.com/m/policy"
)

var (
	_ = acme.Do
	_ = policy.Fixed
	_ = rand.Int63n
	_ = math.Pow
)

type client struct {
	base, limit time.Duration
	factor      float64
	inner       *client
}

func (c *client) f() (err error) {
	for i := 0; i < 9; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(DELAY)
	}
	return err
}
`
	method := func(expr string) string {
		return "\nfunc (me *client) delay(n int) time.Duration { return " + expr + " }\n"
	}
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range []struct{ name, delay, more, want string }{
		{"fields of the receiver", "c.delay(i)", method("min(me.base<<n, me.limit)"), "c.base, c.limit"},
		{"fields of a field", "c.inner.delay(i)", method("min(me.base<<n, me.limit)"), "c.inner.base, c.inner.limit"},
		{"a field, times a power", "c.delay(i)", method("min(time.Duration(float64(me.base)*math.Pow(me.factor, float64(n))), me.limit)"), "c.base, c.limit"},
		{"twice the field", "c.delay(i + 1)", method("min(me.base<<n, me.limit)"), "2*c.base, c.limit"},
		{"what a random part is added to", "c.delay(i)", method("min((me.base<<n)+time.Duration(rand.Int63n(int64(me.base<<n))), me.limit)"), "c.base, c.limit"},
		{"the mean of a random part that grows as well", "backoff(i + 1)", "\nconst (\n\tfirst = 200 * time.Millisecond\n\tmost = 20 * time.Second\n)\n\nfunc backoff(n int) time.Duration { return min((first+time.Duration(rand.Int63n(int64(first))))*(1<<n), most) }\n", "600*time.Millisecond, most"},
		{"the mean of a constant and a random part as large", "time.Second<<i + time.Duration(rand.Int63n(int64(2*time.Second)))", "", "2*time.Second"},
		{"a constant and a small random part", "time.Second<<i + time.Duration(rand.Int63n(int64(100*time.Millisecond)))", "", "time.Second"},
		{"a variable of the package", "c.delay(i)", method("min(start<<n, me.limit)") + "\nvar start = parse()\n\nfunc parse() time.Duration\n", "start, c.limit"},
		{"a receiver with another name there", "c.delay(i)", "\ntype other struct{ *client }\n" + method("other{me}.wait(n)") + "\nfunc (me other) wait(n int) time.Duration { return min(me.base<<n, me.limit) }\n",
			"the limit of the delay cannot be told from the code"},
		{"a field that an attempt changes", "c.delay(i)", method("me.slower(me.base << n)") + "\nfunc (me *client) slower(d time.Duration) time.Duration { me.base++; return d }\n",
			"the function that waits, or tells how long, does something else as well"},
		{"another package", "policy.Doubled(i, c.base, c.limit)", "", "c.base, c.limit"},
		{"a method that calls another package", "c.delay(i)", method("policy.Doubled(n, me.base, me.limit)"), "c.base, c.limit"},
		{"a random one of another package", "policy.Drawn(i, c.base, c.limit)", "", "c.base, c.limit"},
		{"constants of another package", "policy.Fixed(i + 1)", "", "100*time.Millisecond, 800*time.Millisecond"},
		{"what another package may change", "policy.Tuned(i + 1)", "", "the first delay cannot be told from the code"},
		{"what does more", "policy.Logged(i, c.base)", "", "the function that waits, or tells how long, does something else as well"},
	} {
		t.Run(test.name, func(t *testing.T) {
			src, err := format.Source([]byte(strings.Replace(source, "DELAY", test.delay, 1) + test.more))
			if err != nil {
				t.Fatal(err)
			}
			got := (&shapeModule{t: t, dir: dir, helper: "loop"}).outcome(string(src))
			if _, args, ok := strings.Cut(got, "acme.Start(context.Background(), 9, "); ok {
				got, _, _ = strings.Cut(args, "); r.Next()")
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// What is drawn anew each time may take twice as long as it does on average.
func TestDrawnDelay(t *testing.T) {
	head := strings.Replace(shapesHead, "\t\"log\"\n", "\t\"math/rand\"\n", 1)
	head = strings.Replace(head, "\t\"context\"\n", "", 1)
	testShapes(t, []shapeTest{{"drawn", "wait", head + `func f(n int) (err error) {
	for range n {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(rand.Intn(1000)) * time.Millisecond)
	}
	return err
}
`, `package m

import (
	"context"
	"math/rand"
	"time"

	"example.com/m/acme"
)

func f(n int) (err error) {
	w := acme.Waiter{Delay: 500 * time.Millisecond, Max: time.Second}
	for i := range n {
		if err = op(); err == nil {
			return nil
		}
		if i < n-1 {
			_ = w.Wait(context.Background())
		}
	}
	return err
}
`}})
}
