package prove

import (
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

const beforeSource = `package hand

import (
	"context"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Right is fixed well.
func Right(ctx context.Context, w *sim.World) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = w.DoCtx(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Wrong is not.
func Wrong(ctx context.Context, w *sim.World) (string, error) {
	return wrong(ctx, w)
}

func wrong(ctx context.Context, w *sim.World) (string, error) {
	for i := 0; ; i++ {
		s, err := w.GetCtx(ctx)
		if err == nil || i == 2 {
			return s, err
		}
		time.Sleep(time.Second)
	}
}

// Kept is not fixed.
func Kept(w *sim.World) error {
	for w.Do() != nil {
		time.Sleep(time.Second)
	}
	return nil
}
`

const afterSource = `package hand

import (
	"context"
	"time"

	"github.com/avast/retry-go/v5"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Right is fixed well.
func Right(ctx context.Context, w *sim.World) error {
	return retry.New(retry.Context(ctx), retry.Attempts(3), retry.Delay(time.Second), retry.MaxDelay(1<<63-1),
		retry.DelayType(retry.BackOffDelay), retry.LastErrorOnly(true)).Do(func() error { return w.DoCtx(ctx) })
}

// Wrong is not.
func Wrong(ctx context.Context, w *sim.World) (string, error) {
	return wrong(ctx, w)
}

func wrong(ctx context.Context, w *sim.World) (string, error) {
	return retry.NewWithData[string](retry.Context(ctx), retry.Attempts(4), retry.Delay(time.Second), retry.MaxDelay(1<<63-1),
		retry.DelayType(retry.BackOffDelay), retry.LastErrorOnly(true)).Do(func() (string, error) { return w.GetCtx(ctx) })
}

// Kept is not fixed.
func Kept(w *sim.World) error {
	for w.Do() != nil {
		time.Sleep(time.Second)
	}
	return nil
}
`

// A module whose packages were fixed by hand, one of them wrongly.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name, after string
		want        []string // parts of the failures
	}{
		{"right", strings.Replace(afterSource, "Attempts(4)", "Attempts(3)", 1), nil},
		{"wrong", afterSource, []string{`hand.Wrong: "attempt 4" is new`, `"attempt 4" is new`}},
		{"does not build", strings.Replace(afterSource, "Attempts(4)", "Attempts(n)", 1), []string{"undefined: n"}},
		{"vet", strings.Replace(afterSource, "return w.DoCtx(ctx)", "err := w.DoCtx(ctx); return err; return nil", 1),
			[]string{"unreachable code", `"attempt 4" is new`, `"attempt 4" is new`}},
		{"stops the test", strings.Replace(afterSource, "return w.DoCtx(ctx)", "select {}", 1), []string{"hand.Right stopped the test"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m, err := NewModule(t.TempDir(), "..")
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Add("hand/hand.go", []byte(beforeSource)); err != nil {
				t.Fatal(err)
			}
			before, err := m.parse("before")
			if err != nil {
				t.Fatal(err)
			}
			if err := m.write("after/hand/hand.go", []byte(test.after)); err != nil {
				t.Fatal(err)
			}
			sites := []site{{file: "hand/hand.go", line: 40, text: "retry: no fix: no bound; 3 attempts (retry-loop)"}}
			res, err := m.Compare(before, sites, sim.Helper{ReturnsCause: true}, func() ([]string, error) { return nil, nil })
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Fixed) != 2 || len(res.Refused) != 1 || res.Refused["hand.Kept"] != "no bound" {
				t.Errorf("fixed %q, refused %q", res.Fixed, res.Refused)
			}
			if len(res.Failures) != len(test.want) {
				t.Fatalf("got %d failures, want %d:\n%s", len(res.Failures), len(test.want), strings.Join(res.Failures, "\n"))
			}
			for i, want := range test.want {
				if !strings.Contains(res.Failures[i], want) {
					t.Errorf("%q is missing in\n%s", want, res.Failures[i])
				}
			}
		})
	}
}
