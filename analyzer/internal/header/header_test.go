package header

import (
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

var acme = helper.Spec{
	Name: "acme", Shape: "loop", Imports: map[string]string{"acme": "go.acme.dev/acme"}, Unlimited: true,
	Header: "range acme.Attempts({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}-1{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})",
}

// Each source in testdata is fixed, by a helper that gives the attempts, as it says there.
func TestHeader(t *testing.T) { sourcetest.Tables(t, writetest.Fixed(New, &acme)) }

// A helper that makes an attempt whether the context has ended or not may be given it where its
// end is not asked for.
func TestHeaderOnce(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	sourcetest.TablesIn(t, "once/*.txtar", writetest.Fixed(New, &once))
}

// A helper that gives the number of the attempt gets no loop that would count beside it.
func TestCountedApart(t *testing.T) {
	numbered := acme
	numbered.YieldsNumber = true
	for _, test := range []struct{ name, header, want string }{
		{"up", "n := 1; n <= 3; n++", "log.Print(n)"},
		{"down", "n := 3; n > 0; n--", "log.Print(4 - attempt)"},
		{"down from a number of the caller", "n := most; n > 0; n--", "no fix: " + string(reason.CountedApart)},
	} {
		got := writetest.Fixed(New, &numbered).Of(t, "func f(most int) (err error) {\n\tfor "+test.header+" {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tlog.Print(n)\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n")
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: got %s", test.name, got)
		}
	}
}

// What is computed of a counter that counts down is computed of the number.
func TestCountedDown(t *testing.T) {
	numbered := acme
	numbered.YieldsNumber = true
	for expr, want := range map[string]string{
		"log.Print(n - 1)":      "log.Print(5 - attempt)",
		"log.Print(5 - n)":      "log.Print(attempt - 1)",
		"log.Print(5 - n + 1)":  "log.Print(attempt)",
		"log.Print(5 - (n-1))":  "log.Print(attempt)",
		"log.Print(2 * n)":      "log.Print(2 * (6 - attempt))",
		"log.Print(2 * (n-1))":  "log.Print(2 * (5 - attempt))",
		"log.Print(-n)":         "log.Print(-(6 - attempt))",
		"log.Print(n-1 == 0)":   "log.Print(attempt == 5)",
		"log.Print(len(s) < n)": "log.Print(len(s) < (6 - attempt))",
	} {
		got := writetest.Fixed(New, &numbered).Of(t, "func f(s string) (err error) {\n\tfor n := 5; n > 0; n-- {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\t"+expr+"\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n")
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %s", expr, got)
		}
	}
}

// The number that a helper gives takes the place of one that the body counts itself, in
// each pass once and for the loop alone.
func TestNumberByHand(t *testing.T) {
	numbered := acme
	numbered.YieldsNumber = true
	const failed, wait = "if op() == nil {\nreturn\n}\n", "log.Print(k)\ntime.Sleep(time.Second)\n"
	for _, test := range []struct{ name, before, body, behind, want string }{
		{"first", "k := 0", "k++\n" + failed + wait, "", "for k := range acme.Attempts("},
		{"first, from one", "k := 1", "k++\n" + failed + wait, "", "log.Print(k + 1)"},
		{"last, from one", "k := 1", failed + wait + "k++\n", "", "log.Print(k)\n\t}"},
		{"before and behind", "k := 0", "log.Print(k)\nk++\n" + failed + wait, "", "log.Print(k - 1)\n\t\tif op()"},
		{"nothing says it", "k := 0", "k++\n" + failed + "time.Sleep(time.Second)\n", "", "\n\tk := 0"},
		{"passed by", "k := 0", failed + "if n > 0 {\ntime.Sleep(time.Second)\ncontinue\n}\nk++\n" + wait, "", "k := 0"},
		{"in a branch", "k := 0", "if n > 1 {\nk++\n}\n" + failed + wait, "", "k := 0"},
		{"set anew", "k := 0", "k++\n" + failed + "if n > 1 {\nk = 0\n}\n" + wait, "", "k := 0"},
		{"read behind", "k := 0", "k++\nif op() == nil {\nbreak\n}\n" + wait, "log.Print(k)", "k := 0"},
		{"kept", "k := 0", "k++\ndefer func() { log.Print(k) }()\n" + failed + wait, "", "k := 0"},
		{"from elsewhere", "k := n", "k++\n" + failed + wait, "", "k := n"},
		{"of another type", "k := int64(0)", "k++\n" + failed + wait, "", "k := int64(0)"},
	} {
		src := "func f(n int) {\n" + test.before + "\nfor {\n" + test.body + "}\n" + test.behind + "\n}\n"
		if got := writetest.Fixed(New, &numbered).Of(t, src); !strings.Contains(got, test.want) {
			t.Errorf("%s: got %s", test.name, got)
		}
	}
}

// The number takes the place of what the header counts, and a count of the body stays.
func TestTwoNumbers(t *testing.T) {
	numbered := acme
	numbered.YieldsNumber = true
	got := writetest.Fixed(New, &numbered).Of(t, "func f() (n int, err error) {\n{\nn := 1\nfor i := 0; i < 3; i++ {\nn++\nif err := op(); err == nil {\nreturn n, nil\n}\nlog.Print(i)\ntime.Sleep(time.Second)\n}\n}\nreturn\n}\n")
	for _, want := range []string{"n := 1\n", "for i := range acme.Attempts(", "\tn++\n", "log.Print(i - 1)"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in %s", want, got)
		}
	}
}

// A context that may be over before the loop begins, that may be none, or that is for
// something else, does not end the attempts.
func TestContextBefore(t *testing.T) {
	const over, runs = "context.Background()", "ctx"
	for _, test := range []struct{ before, call, want string }{
		{"", "op()", runs},
		{"log.Print(ctx.Err())", "op()", runs},
		{"<-ctx.Done()", "op()", over},
		{"go func() { <-ctx.Done() }()", "op()", runs},
		{"if ctx.Err() != nil {\nreturn nil\n}", "op()", runs},
		{"if ctx.Err() != nil {\nlog.Print(1)\n}", "op()", over},
		{"if ctx.Err() == nil {\nlog.Print(1)\n}", "op()", runs},
		{"select {\ncase <-ctx.Done():\nreturn nil\ndefault:\n}", "op()", runs},
		{"select {\ncase <-ctx.Done():\nbreak\ncase <-time.After(1):\nreturn nil\n}", "op()", over},
		{"ctx, stop := context.WithCancel(ctx)\ndefer stop()", "op()", runs},
		{"ctx, stop := context.WithCancel(ctx)\nstop()", "op()", over},
		{"ctx, stop := context.WithCancel(ctx)\nstop()", "use(ctx)", over},
		{"group, ctx := grouped(ctx)\nlog.Print(group)", "op()", over},
		{"group, ctx := grouped(ctx)\nlog.Print(group)", "use(ctx)", runs},
		{"other, stop := context.WithTimeout(ctx, 1)\ndefer stop()\nlog.Print(other)", "op()", runs},
		{"other, stop := context.WithTimeout(ctx, 1)\ndefer stop()", "use(other)", "other"},
		{"if err = use(ctx); err != nil {", "op()", over},
		{"if err = use(ctx); err != nil {", "use(ctx)", runs},
		{"if err = op(); err != nil {", "op()", runs},
		{"if ctx == nil {\nlog.Print(1)\n}", "op()", over},
		{"for ctx.Err() == nil {\nlog.Print(1)\n}", "op()", over},
		{"for {\nif ctx.Err() != nil {\nbreak\n}\n}", "op()", over},
		{"for {\nif ctx.Err() != nil {\nreturn nil\n}\nbreak\n}", "op()", runs},
		{"served:\nfor {\nselect {\ncase <-ctx.Done():\nbreak served\ncase <-time.After(1):\n}\n}", "op()", over},
		{"served:\nfor {\nselect {\ncase <-ctx.Done():\nbreak served\ncase <-time.After(1):\n}\n}", "use(ctx)", over},
		{"stay(ctx)", "op()", over},
		{"log.Print(ctx)", "op()", runs},
		{"done := make(chan int)\ngo func() {\nstay(ctx)\nclose(done)\n}()\n<-done", "op()", over},
		{"done := make(chan int)\ngo func() { close(done) }()\n<-done", "op()", runs},
		{"go stay(ctx)", "op()", runs},
		{"if ctx == nil {\nlog.Print(1)\n}", "use(ctx)", runs},
		{"", "use(context.Background())", over},
		{"", "use(context.WithoutCancel(ctx))", over},
	} {
		end := ""
		if strings.HasSuffix(test.before, "{") {
			end = "}\nreturn nil\n"
		}
		src := "func f(ctx context.Context) (err error) {\n" + test.before + "\nfor range 3 {\nif err = " + test.call + "; err == nil {\nreturn nil\n}\ntime.Sleep(time.Second)\n}\nreturn errors.New(\"gave up\")\n" + end + "}\n\n" +
			"func use(ctx context.Context) error { return ctx.Err() }\nfunc grouped(ctx context.Context) (int, context.Context) { return 0, ctx }\nfunc stay(ctx context.Context) { <-ctx.Done() }\n"
		if got := writetest.Fixed(New, &acme).Of(t, src); !strings.Contains(got, "acme.Attempts("+test.want+",") {
			t.Errorf("%s, %s: want %s in\n%s", test.before, test.call, test.want, got)
		}
	}
}

// The context is handed on where a flag says behind the loop that no attempt has worked:
// its first value, which only the way out changes.
func TestContextBesideFlag(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	for body, want := range map[string]string{
		"if op() == nil {\nup = true\nbreak\n}":                                              "acme.Attempts(ctx,",
		"if op() == nil {\nup = true\nreturn up\n}":                                          "acme.Attempts(ctx,",
		"if up = op() == nil; up {\nbreak\n}":                                                "acme.Attempts(context.Background(),",
		"if op() == nil {\nbreak\n}\nup = n > 1":                                             "acme.Attempts(context.Background(),",
		"switch {\ncase op() == nil:\nup = true\ndefault:\nup = n > 0\n}\nif up {\nbreak\n}": "acme.Attempts(context.Background(),",
	} {
		src := "func f(ctx context.Context) bool {\nup := false\nfor n := 0; n < 3; n++ {\n" + body + "\ntime.Sleep(time.Second)\n}\nreturn up\n}\n"
		if got := writetest.Fixed(New, &once).Of(t, src); !strings.Contains(got, want) {
			t.Errorf("want %s in\n%s\nof\n%s", want, got, src)
		}
	}
}

// What stands behind the loop for a final error is no answer to the end of the context,
// where the last attempt returns in the loop: but for the error of the attempt.
func TestContextBesideFinal(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	for behind, want := range map[string]string{
		"return err":                         "acme.Attempts(ctx,",
		"return errGaveUp":                   "no fix: " + string(reason.CancelBranch),
		"return errors.New(\"gave up\")":     "no fix: " + string(reason.CancelBranch),
		"return errors.Join(err, errGaveUp)": "no fix: " + string(reason.CancelBranch),
		"log.Print(err)\nreturn errGaveUp":   "no fix: " + string(reason.CancelBranch),
	} {
		src := "func f(ctx context.Context) (err error) {\nfor n := 1; ; n++ {\nif err = op(); err == nil {\nreturn nil\n}\nif final(err) {\nbreak\n}\nif n == 3 {\nreturn err\n}\ntime.Sleep(time.Second)\n}\n" + behind + "\n}\n"
		if got := writetest.Fixed(New, &once).Of(t, src); !strings.Contains(got, want) {
			t.Errorf("want %s in\n%s\nof\n%s", want, got, src)
		}
	}
}

// A function without results that tells of the last failure in the loop is not left without
// a word when the context ends, unless the loop does so itself.
func TestContextOfSilentEnd(t *testing.T) {
	const sleep, asks = "time.Sleep(time.Second)", "select {\ncase <-ctx.Done():\nreturn\ncase <-time.After(time.Second):\n}"
	for _, test := range []struct{ wait, last, want string }{
		{sleep, "log.Print(err)\nlog.Print(n)", "context.Background()"},
		{asks, "log.Print(err)\nlog.Print(n)", "ctx"},
		{sleep, "", "ctx"},
	} {
		src := "func f(ctx context.Context) {\nfor n := 0; n < 3; n++ {\nerr := op()\nif err == nil {\nreturn\n}\nif n == 2 {\n" + test.last + "\nreturn\n}\n" + test.wait + "\n}\n}\n"
		if got := writetest.Fixed(New, &acme).Of(t, src); !strings.Contains(got, "acme.Attempts("+test.want+",") {
			t.Errorf("%s, %s: want %s in\n%s", test.wait, test.last, test.want, got)
		}
	}
}

// Attempts that end early leave another count than those that have run out: what compares it
// behind the loop would take that for success.
func TestAsksCount(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	for _, test := range []struct{ result, failed, behind, ctx string }{
		{"bool", "k++", "return k < 3", "context.Background()"},
		{"bool", "k++", "return k > 0", "ctx"},
		{"bool", "k++", "return 0 < k", "ctx"},
		{"bool", "below++", "return below < 0", "context.Background()"},
		{"bool", "k--", "return k > -3", "context.Background()"},
		{"bool", "k--", "return k != 0", "context.Background()"},
		{"bool", "k++", "left := 3 - k\nreturn left > 0", "context.Background()"},
		{"bool", "k++", "return final(nil) && gone(k)\n}\nfunc gone(k int) bool {\nreturn k < 3", "context.Background()"},
		{"bool", "k++", "return [4]bool{}[k]", "context.Background()"},
		{"error", "k++", "return errors.New(string(rune(k)))", "ctx"},
		{"string", "k++", "if k == 3 {\nreturn \"failed\"\n}\nreturn \"\"", "context.Background()"},
		{"string", "list = append(list, err)", "if len(list) == 3 {\nreturn \"failed\"\n}\nreturn \"\"", "context.Background()"},
		{"string", "list = append(list, err)", "switch len(list) {\ncase 3:\nreturn \"failed\"\n}\nreturn \"\"", "context.Background()"},
		{"error", "list = append(list, err)", "return errors.Join(list...)", "ctx"},
	} {
		src := "func f(ctx context.Context) " + test.result + " {\nvar list []error\nk, below := 0, -3\nfor range 3 {\nerr := op()\nif err == nil {\nbreak\n}\n" + test.failed +
			"\ntime.Sleep(time.Second)\n}\nlog.Print(k, below, list)\n" + test.behind + "\n}\n"
		if got := writetest.Fixed(New, &once).Of(t, src); !strings.Contains(got, "acme.Attempts("+test.ctx+",") {
			t.Errorf("%s: got %s", test.behind, got)
		}
	}
}

// What a failure lets go of before it leaves is let go of when the context ends, too.
func TestContextBesideRelease(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	for _, test := range []struct{ before, end, want string }{
		{"", "release()\nreturn err", "context.Background()"},
		{"", "return err", "ctx"},
		{"", "if final(err) {\nrelease()\nreturn err\n}\nreturn err", "context.Background()"},
		{"release()\n", "return err", "ctx"}, // in each attempt
	} {
		src := "func f(ctx context.Context) (err error) {\nfor n := 0; n < 3; n++ {\n" + test.before + "if err = op(); err == nil {\nbreak\n}\nif !final(err) && n < 2 {\ntime.Sleep(time.Second)\ncontinue\n}\n" +
			test.end + "\n}\nlog.Print(\"done\")\nreturn nil\n}\n\nfunc release() {}\n"
		if got := writetest.Fixed(New, &once).Of(t, src); !strings.Contains(got, "acme.Attempts("+test.want+",") {
			t.Errorf("%s: want %s in\n%s", test.end, test.want, got)
		}
	}
}

// A question behind the loop whether a context has ended is not passed by.
func TestContextAsked(t *testing.T) {
	for asked, want := range map[string]string{"context.Canceled": "context.Background()", "errGaveUp": "ctx"} {
		src := "func f(ctx context.Context) (err error) {\nfor range 3 {\nif err = op(); err == nil {\nreturn nil\n}\ntime.Sleep(time.Second)\n}\nif errors.Is(err, " + asked + ") {\nreturn nil\n}\nreturn err\n}\n"
		if got := writetest.Fixed(New, &acme).Of(t, src); !strings.Contains(got, "acme.Attempts("+want+",") {
			t.Errorf("%s: want %s in\n%s", asked, want, got)
		}
	}
}

// What follows the loop does not tell a number of attempts that a context has ended.
func TestTellsCount(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	for _, test := range []struct {
		limit, behind string
		asks          bool
	}{
		{"3", `return errors.New("failed 3 times")`, true},
		{"3", `return errors.New("failed, after three attempts")`, true},
		{"3", `return errors.New("failed on 3 servers")`, false},
		{"3", `return errors.New("failed 4 times")`, false},
		{"tries", "log.Print(\"gave up, attempts: \", tries)\nreturn err", true},
		{"tries", `return err`, false},
		{"3", "log.Print(\"gave up after 3 attempts\")\nreturn err", true},
	} {
		src := "func f(ctx context.Context) (err error) {\nconst tries = 4\nfor range " + test.limit + " {\nif err = op(); err == nil {\nreturn nil\n}\nlog.Print(err)\ntime.Sleep(time.Second)\n}\n" + test.behind + "\n}\n"
		got := writetest.Fixed(New, &once).Of(t, src)
		if strings.Contains(got, "err := ctx.Err()") != test.asks || !strings.Contains(got, "acme.Attempts(ctx,") {
			t.Errorf("%s: got %s", test.behind, got)
		}
	}
}

// What only success comes to is not done when the context ends.
func TestContextBehindSuccess(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	const guard = "if err != nil {\n\t\treturn nil, err\n\t}"
	for _, test := range []struct {
		behind string
		guards bool
	}{
		{"return r, err", false},
		{"log.Print(\"got\", r.n)\nreturn r, err", true},
		{"wait(r)\nreturn r, nil", true},
		{"return r.next, err", true},
		{"return &result{r.n, nil}, err", true},
	} {
		src := "func f(ctx context.Context) (r *result, err error) {\nfor {\nr, err = try()\nif err == nil {\nbreak\n}\nlog.Print(err)\ntime.Sleep(time.Second)\n}\n" + test.behind +
			"\n}\n\ntype result struct {\nn int\nnext *result\n}\n\nfunc try() (*result, error) { return nil, op() }\n\nfunc wait(*result) { log.Print(\"waits\") }\n"
		got := writetest.Fixed(New, &once).Of(t, src)
		if strings.Contains(got, guard) != test.guards || !strings.Contains(got, "acme.Attempts(ctx,") {
			t.Errorf("%s: got %s", test.behind, got)
		}
	}
}

// What has been taken before a loop without an end is let go of behind it.
func TestContextBesideTaken(t *testing.T) {
	once := acme
	once.AtLeastOnce = true
	for _, test := range []struct{ before, behind, want string }{
		{"f := open()", "return f.Close()", "context.Background()"},
		{"f := open()", "if cerr := f.Close(); cerr != nil {\nreturn cerr\n}\nreturn nil", "context.Background()"},
		{"f := open()", "f.use(err)\nreturn nil", "ctx"},
		{"f := open()", "return remove(f.name())", "context.Background()"},
		{"if serr := c.take(1); serr != nil {\nreturn serr\n}", "c.give(1)\nreturn nil", "context.Background()"},
		{"if c.count() > 1 {\nreturn nil\n}", "c.give(1)\nreturn nil", "ctx"},
		{"", "c.give(1)\nreturn nil", "ctx"},
	} {
		src := "func f(ctx context.Context, c *file) error {\n" + test.before + "\nvar err error\nfor {\nif err = op(); err == nil {\nbreak\n}\nlog.Print(err)\ntime.Sleep(time.Second)\n}\n" + test.behind +
			"\n}\n\ntype file struct{ n int }\n\nfunc open() *file { return &file{} }\n\nfunc (f *file) Close() error { f.n = 0; return nil }\n\nfunc (f *file) use(error) { f.n++ }\n\n" +
			"func remove(string) error { log.Print(\"gone\"); return op() }\n\nfunc (f *file) name() string { return \"f\" }\n\nfunc (f *file) take(n int) error { f.n += n; return nil }\n\nfunc (f *file) give(n int) { f.n -= n }\n\nfunc (f *file) count() int { return f.n }\n"
		if got := writetest.Fixed(New, &once).Of(t, src); !strings.Contains(got, "acme.Attempts("+test.want+",") {
			t.Errorf("%s ... %s: want %s in\n%s", test.before, test.behind, test.want, got)
		}
	}
}
