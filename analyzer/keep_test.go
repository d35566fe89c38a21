package analyzer_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a fix must not change: see each name.
func TestKeeps(t *testing.T) {
	const counted = "func f(ctx context.Context, ch chan error, hosts []string) (err error) {\n\tfor i := 0; i < 3; i++ {\n\t\tif err = op(ctx); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tWAIT\n\t}\n\treturn err\n}\n"
	const limited = "type conf struct{ first, most time.Duration }\n\nfunc (c *conf) clear() { c.most = 0 }\n\nfunc f(c *conf) (err error) {\n\td := c.first\n\tfor i := 0; i < 4; i++ {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(d)\n\t\tGROW\n\t}\n\treturn err\n}\n"
	for _, test := range []struct{ name, helper, src, other, has, lacks string }{
		{"a variable that waits, and that a test sets", libretry, strings.Replace(counted, "WAIT", "sleep(time.Second)", 1) + "\nvar sleep = func(d time.Duration) { time.Sleep(d) }\n", "package m\n\nfunc init() { sleep = nil }\n", "tests may replace", ""},
		{"a variable that waits", libretry, strings.Replace(counted, "WAIT", "sleep(time.Second)", 1) + "\nvar sleep = func(d time.Duration) { time.Sleep(d) }\n", "", "a fix is offered", ""},
		{"a number that a test sets", "loop", strings.Replace(strings.Replace(counted, "i < 3", "i < tries", 1), "WAIT", "time.Sleep(time.Second)", 1) + "\nvar tries = 3\n", "package m\n\nfunc init() { tries = 0 }\n", "tries <= 0", ""},
		{"a number that nothing sets", "loop", strings.Replace(strings.Replace(counted, "i < 3", "i < tries", 1), "WAIT", "time.Sleep(time.Second)", 1) + "\nvar tries = 3\n", "", "tries, time.Second", "tries <= 0"},
		{"a list that the passes shorten", "done", "func f(ctx context.Context, hosts []string) (err error) {\n\tfor range hosts {\n\t\tif err = op(ctx); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\thosts = hosts[1:]\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n", "", "no fix", "len(hosts)-1"},
		{"what the last failure does behind the others' delay", "each", "func f(ctx context.Context, ch chan error) {\n\tfor i := 0; i < 3; i++ {\n\t\terr := op(ctx)\n\t\tif err == nil {\n\t\t\treturn\n\t\t}\n\t\tif i < 2 {\n\t\t\ttime.Sleep(time.Second)\n\t\t\tcontinue\n\t\t}\n\t\tch <- err\n\t}\n}\n", "", "context.Background()", ""},
		{"what the last failure does in a case", "done", "func f(ctx context.Context, ch chan error) {\n\tdefer close(ch)\n\tfor i := 0; i < 3; i++ {\n\t\terr := op(ctx)\n\t\tswitch {\n\t\tcase err == nil:\n\t\t\treturn\n\t\tcase i < 2:\n\t\t\ttime.Sleep(time.Second)\n\t\tdefault:\n\t\t\tch <- err\n\t\t}\n\t}\n}\n", "", "w.For(nil)", "return\n\t\t\t}"},
		{"the last attempt, by the number before it", "numbers", "func f(most int) (err error) {\n\tfor i := 0; i <= most; i++ {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tif i == most {\n\t\t\tlog.Print(\"given up\")\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second << i)\n\t}\n\treturn err\n}\n", "", "if i > most {", "i-1"},
		{"what waits as long as it is told", "each", strings.Replace(counted, "WAIT", "nap(time.Second)", 1) + "\nfunc nap(d time.Duration) {\n\tt := time.NewTimer(d)\n\tdefer t.Stop()\n\t<-t.C\n}\n", "", "acme.Sleep(ctx, time.Second)", ""},
		{"what waits longer than it is told", "each", strings.Replace(counted, "WAIT", "nap(time.Duration(len(hosts)))", 1) + "\nfunc nap(d time.Duration) {\n\tif d == 0 {\n\t\td = time.Second\n\t}\n\ttime.Sleep(d)\n}\n", "", "the first delay cannot be told", ""},
		{"what waits for another time", "each", strings.Replace(counted, "WAIT", "nap(time.Duration(len(hosts)))", 1) + "\nfunc nap(d time.Duration) {\n\tt := time.NewTimer(d + time.Second)\n\t<-t.C\n}\n", "", "the first delay cannot be told", ""},
		{"growth that only a mode asks for", libretry, "func f(grows bool) (err error) {\n\td := time.Second\n\tfor i := 0; i < 20; i++ {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(d)\n\t\tif grows {\n\t\t\td *= 2\n\t\t}\n\t}\n\treturn err\n}\n", "", "the limit of the delay cannot be told", ""},
		{"a limit of 0 that is none", "loop", strings.Replace(limited, "GROW", "if d *= 2; c.most > 0 && d > c.most {\n\t\t\td = c.most\n\t\t}", 1), "", ", c.most)", "max("},
		{"a limit of 0 that is one", "loop", strings.Replace(limited, "GROW", "if d *= 2; d > c.most {\n\t\t\td = c.most\n\t\t}", 1), "", "max(c.most, 1)", ""},
		{"a limit of 0 that nothing grows beyond", "loop", strings.Replace(limited, "GROW", "if d < c.most {\n\t\t\td *= 2\n\t\t}", 1), "", "max(c.most, c.first)", ""},
		{"a first delay that grows before it", libretry, "func f(limit time.Duration) (err error) {\n\td := time.Second\n\tfor i := 0; i < 5; i++ {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tif d *= 2; d > limit {\n\t\t\td = limit\n\t\t}\n\t\ttime.Sleep(d)\n\t}\n\treturn err\n}\n", "", "the first delay cannot be told", ""},
		{"a function that an attempt replaces", libretry, "func f(ctx context.Context) (err error) {\n\tnext := func() error { return nil }\n\trun := func() error {\n\t\treturn next()\n\t}\n\tnext = func() error {\n\t\trun = op0\n\t\treturn op0()\n\t}\n\tfor i := 0; i < 3; i++ {\n\t\tif err = run(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\nfunc op0() error { return op(nil) }\n", "", "return run()", ""},
		{"a function that stays", libretry, "func f(ctx context.Context, run func() error) (err error) {\n\tif run == nil {\n\t\trun = op0\n\t}\n\tfor i := 0; i < 3; i++ {\n\t\tif err = run(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\nfunc op0() error { return op(nil) }\n", "", "Do(run)", "return run()"},
		{"a clean-up behind what failed", "loop", "func f(ctx context.Context) error {\n\terr := op(ctx)\n\tif err == nil {\n\t\treturn nil\n\t}\n\tfor range 3 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n", "", "context.Background(), 3", ""},
		{"what follows a success", "loop", "func f(ctx context.Context) error {\n\terr := op(ctx)\n\tif err == nil {\n\t\tfor range 3 {\n\t\t\tif err = op(); err == nil {\n\t\t\t\tbreak\n\t\t\t}\n\t\t\ttime.Sleep(time.Second)\n\t\t}\n\t}\n\treturn err\n}\n", "", "acme.Start(ctx, 3", ""},
		{"two loops, two forms", "all", "func f(ctx context.Context) error {\n\tvar e1, e2 error\n\tfor i := 0; i < 3; i++ {\n\t\tif e1 = op(ctx); e1 == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\tfor i := 0; i < 3; i++ {\n\t\tif e2 = op(ctx); e2 == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\tlog.Print(e1)\n\treturn e2\n}\n", "", "acme.Start", "no fix"},
		{"a goto around a delay that alone changes", "all", "func f(ctx context.Context) {\nagain:\n\tselect {\n\tcase <-ctx.Done():\n\t\treturn\n\tdefault:\n\t}\n\tif err := op(ctx); err != nil {\n\t\ttime.Sleep(time.Second)\n\t\tgoto again\n\t}\n\tif err := op(ctx); err != nil {\n\t\ttime.Sleep(time.Second)\n\t\tgoto again\n\t}\n\tlog.Print(\"served\")\n\tgoto again\n}\n", "", "goto again\n\t}\n\tw.Reset()", "for {"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeShapes(t, dir)
			if test.other != "" {
				writeFile(t, filepath.Join(dir, "m_test.go"), test.other)
			}
			fixed, notes := (&shapeModule{t: t, dir: dir, helper: test.helper}).fix(shapesHead + test.src)
			if got := fixed + notes; !strings.Contains(got, test.has) || test.lacks != "" && strings.Contains(got, test.lacks) {
				t.Errorf("want %q, and not %q:\n%s", test.has, test.lacks, got)
			}
		})
	}
}
