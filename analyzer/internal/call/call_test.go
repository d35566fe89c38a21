package call

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading/readingtest"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

// read tells what is read of a loop, and what its call looks like.
func read(t *testing.T, src string) string {
	b, refusal := reading.Of(readingtest.Request(t, src))
	if refusal != nil {
		return "not read: " + string(refusal.Reason())
	}
	w := write.NewWriter(b)
	r, refusal := readRetry(w)
	if refusal != nil {
		return "not read: " + string(refusal.Reason())
	}
	var text strings.Builder
	list := func(name string, exits []*pass.Exit) {
		for _, e := range exits {
			what := "the end"
			if e.Node != nil {
				what = w.Text(e.Node)
			}
			fmt.Fprintf(&text, "%s: %s\n", name, what)
		}
	}
	list("again", r.again)
	list("final", r.final)
	list("either", r.either)
	for _, s := range r.success {
		fmt.Fprintf(&text, "success: %s\n", w.Text(s))
	}
	s, refusal := r.shape()
	if refusal != nil {
		return text.String() + "no call: " + string(refusal.Reason())
	}
	fmt.Fprintf(&text, "use: %s", [...]string{"return it", "assign it", "ask for failure", "ask for success"}[s.use])
	if s.value != nil {
		fmt.Fprintf(&text, "\nvalue: %s %s", s.value.name, s.value.text)
	}
	if s.UseCtx != "" {
		fmt.Fprintf(&text, "\ncontext: %s", s.UseCtx)
	}
	return text.String()
}

// Each source in testdata is read, and fixed, as it says there.
func TestCalls(t *testing.T) {
	sourcetest.Tables(t, sourcetest.Part{Name: "read", Of: read}, writetest.Fixed(New, nil))
}

// A library that takes a limit is given the longest delay where it needs none, and no value
// that a failure reads where a cancellation leaves no pointer.
func TestKnownLibrary(t *testing.T) {
	const plain, point = "func f() (err error) {\n\tfor range 3 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n",
		"func f() (err error) {\n\tvar v TYPE\n\tfor range 3 {\n\t\tif v, err = found(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\tif err != nil {\n\t\tlog.Print(v)\n\t\treturn err\n\t}\n\treturn nil\n}\n\nfunc found() (TYPE, error) { panic(0) }\n"
	const limited = "func f(d, most time.Duration) (err error) {\n\tfor range 4 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(d)\n\t\tif d *= 2; 0 != most && d > most {\n\t\t\td = most\n\t\t}\n\t}\n\treturn err\n}\n"
	for _, test := range []struct{ library, src, want string }{
		{"cenkalti/backoff/v5", limited, "no fix: " + string(reason.LimitMayBeNone)},
		{"avast/retry-go/v5", limited, "retry.MaxDelay(most)"},
		{"cenkalti/backoff/v5", plain, "MaxInterval:     2 * time.Second"},
		{"cenkalti/backoff/v4", plain, "backoff.WithMaxInterval(2*time.Second)"},
		{"failsafe-go", plain, "WithBackoff(time.Second, 2*time.Second)"},
		{"avast/retry-go/v5", plain, "retry.Delay(time.Second),\n\t\tretry.DelayType"},
		{"failsafe-go", strings.ReplaceAll(point, "TYPE", "int"), ".Get("},
		{"failsafe-go", strings.ReplaceAll(point, "TYPE", "*int"), "no fix: " + string(reason.ValuesFromLoop)},
	} {
		by := func(req reading.Request) (*write.Fix, reason.Refusal) {
			req.Helper = helper.Preset(test.library)
			return New(req)
		}
		if got := writetest.Fixed(by, nil).Of(t, test.src); !strings.Contains(got, test.want) {
			t.Errorf("%s: want %s in\n%s", test.library, test.want, got)
		}
	}
}

// A library that drops a success where the context ends is given none where that would leave
// something open.
func TestDroppedSuccess(t *testing.T) {
	const head, tail = "func f(ctx context.Context) (err error) {\n\tfor range 3 {\n\t\t", "\t\tif err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\n" +
		"type conn struct{}\n\nvar mu conn\n\nfunc (*conn) Lock() {}\nfunc (*conn) Unlock() {}\nfunc dial() (*conn, error) { return nil, nil }\n"
	for body, hands := range map[string]bool{
		"err = op()\n": true,
		"var s string\n\t\ts, err = get()\n\t\tlog.Print(s)\n": true,
		"var c *conn\n\t\tc, err = dial()\n\t\tlog.Print(c)\n": false,
		"mu.Lock()\n\t\terr = op()\n\t\tmu.Unlock()\n":         false,
	} {
		by := func(req reading.Request) (*write.Fix, reason.Refusal) {
			req.Helper = helper.Preset("failsafe-go")
			return New(req)
		}
		if got := writetest.Fixed(by, nil).Of(t, head+body+tail); strings.Contains(got, "WithContext(ctx)") != hands || !strings.Contains(got, "Run(") {
			t.Errorf("%s: got\n%s", body, got)
		}
	}
}

const either = `func f() error {
	for {
		err := op()
		if err == nil || final(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}
`

// An error that may be none is marked as it is, where the mark leaves none as it is.
func TestPermanentNil(t *testing.T) {
	for nilStays, want := range map[bool]string{
		false: "if err != nil && final(err) {\nreturn retry.Final(err)",
		true:  "if err == nil || final(err) {\nreturn retry.Final(err)",
	} {
		req := readingtest.Request(t, either)
		of := *req.Helper
		of.PermanentNil, req.Helper = nilStays, &of
		f, refusal := New(req)
		if refusal != nil {
			t.Fatal(refusal.Reason())
		}
		text := strings.ReplaceAll(string(f.Edits[len(f.Edits)-1].NewText), "\t", "")
		if !strings.Contains(text, want) {
			t.Errorf("got %s, want %s", text, want)
		}
	}
}
