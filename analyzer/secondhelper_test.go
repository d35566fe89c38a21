package analyzer_test

import (
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

var helperFixTests = []shapeTest{
	{"attempts, delay, operation", "avast/retry-go/v5", `func Retry(attempts int, delay time.Duration, op func() error) error {
	var err error
	for i := 0; i < attempts; i++ {
		if err = op(); err == nil {
			return nil
		}
		if i < attempts-1 {
			time.Sleep(delay)
		}
	}
	return err
}
`, ""},
	{"context", "avast/retry-go/v5", `func Retry(ctx context.Context, delay time.Duration, op func(context.Context) error) error {
	var err error
	for range 5 {
		if err = op(ctx); err == nil {
			return nil
		}
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}
`, ""},
	{"value", "avast/retry-go/v5", `func Retry[T any](op func() (T, error)) (T, error) {
	for i := 0; ; i++ {
		v, err := op()
		if err == nil {
			return v, nil
		}
		if i == 2 {
			return *new(T), err
		}
		time.Sleep(time.Second)
	}
}
`, ""},
	{"two loops", "avast/retry-go/v5", `func Retry(op func() error, fast bool) (err error) {
	if fast {
		for {
			if err = op(); err == nil {
				return nil
			}
			time.Sleep(time.Millisecond)
		}
	}
	for {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`, ""},
	{"method", "avast/retry-go/v5", `type R struct{ n int }

func (r *R) Do(op func() error) (err error) {
	for i := 0; i < r.n; i++ {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`, ""},
}

// The fix of a helper is that of the loop in it.
func TestHelperFix(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range helperFixTests {
		t.Run(test.name, func(t *testing.T) {
			loop := &shapeModule{t: t, dir: dir, helper: test.helper}
			whole := &shapeModule{t: t, dir: dir, helper: test.helper, rules: []string{"retry-helper"}}
			want, got := loop.outcome(test.src), whole.outcome(test.src)
			if !strings.HasPrefix(want, "func ") && !strings.HasPrefix(want, "type ") {
				t.Fatalf("no fix of the loop: %s", want)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			signature, _, _ := strings.Cut(test.src, " {\n\t")
			if !strings.Contains(got, signature) {
				t.Errorf("the signature changed:\n%s", got)
			}
		})
	}
}

// What is said about a helper, and about the loops in it.
func TestHelperExplanation(t *testing.T) {
	const src = `func again(op func() error, fast bool) {
	if fast { for op() != nil { time.Sleep(time.Millisecond) } }
	for op() != nil { time.Sleep(time.Second) } }
func use() { again(op, true); again(op, false) }`
	_, result, diags := snippet(t, analyzer.Options{Faults: []string{"none"}}, prelude+src)
	var got []string
	for _, s := range result.Sites {
		got = append(got, s.Intent+" "+s.Rule+": "+s.Explain())
	}
	noFix := "; no fix: it is not known which helper to call: run sharedretry -init, or set helper in .sharedretry.yml"
	want := []string{
		"helper retry-helper: reported: op is given to it (line 3); 2 calls in this package" + noFix,
		"retry : reported at line 2, where the operation is given to it: the delay at line 3 is taken only after a failure of op (line 3); no bound; waits 1ms each time" + noFix,
		"retry : reported at line 2, where the operation is given to it: the delay at line 4 is taken only after a failure of op (line 4); no bound; waits 1s each time" + noFix,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(diags) != 1 {
		t.Errorf("%d findings, want 1", len(diags))
	}
}
