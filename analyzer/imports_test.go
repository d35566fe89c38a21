package analyzer_test

import (
	"strings"
	"testing"
)

// An import that only the loop needs goes with its fix, so that what an editor applies
// compiles.
func TestLeavesImports(t *testing.T) {
	const loop = "func f(waits pauses) (err error) {\n\tfor i := 0; i < 3; i++ {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(waits.first)\n\t}\n\treturn err\n}\n"
	for _, test := range []struct{ name, imports, src, want string }{
		{"alone", "import \"time\"\n", loop, "import (\n\t\n\n\tretry \"github.com/avast/retry-go/v5\"\n)"},
		{"last", "import (\n\t\"log\"\n\t\"time\"\n)\n", loop + "\nfunc g() { log.Print() }\n", "import (\n\t\"log\"\n\n\tretry \"github.com/avast/retry-go/v5\"\n)"},
		{"first", "import (\n\t\"time\"\n\t\"unicode\"\n)\n", loop + "\nvar _ = unicode.IsDigit\n", "import (\n\t\"unicode\"\n\n\tretry \"github.com/avast/retry-go/v5\"\n)"},
		{"with the helper's", "import (\n\t\"time\"\n\n\t\"github.com/avast/retry-go/v5\"\n)\n", loop + "\nvar _ retry.Option\n", "import (\n\n\t\"github.com/avast/retry-go/v5\"\n)"},
		{"beside the helper's", "import \"github.com/avast/retry-go/v5\"\nimport \"time\"\n", loop + "\nvar _ retry.Option\n", "import \"github.com/avast/retry-go/v5\"\n\n"},
		{"needed elsewhere", "import \"time\"\n", loop + "\nvar _ time.Time\n", "\"time\""},
		{"needed by the fix", "import \"time\"\n", strings.Replace(loop, "waits.first", "time.Second", 1), "\"time\""},
		{"of two loops", "import \"time\"\n", loop + strings.Replace(loop, "func f", "func g", 1), "\"time\""},
		{"a group of its own", "import (\n\t\"time\"\n)\n\nimport (\n\t\"github.com/avast/retry-go/v5\"\n)\n", loop + "\nvar _ retry.Option\n", "package m\n\n\n\nimport (\n\t\"github"},
		{"in one line", "import (\"time\"; \"unicode\")\n", loop + "\nvar _ = unicode.IsDigit\n", "\"time\""},
		{"in one line, alone", "import \"time\"; import \"unicode\"\n", loop + "\nvar _ = unicode.IsDigit\n", "\"time\""},
		{"with a comment", "import (\n\t\"time\" // waits\n)\n", loop, "\"time\" // waits"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeShapes(t, dir)
			fixed, notes := (&shapeModule{t: t, dir: dir, helper: libretry}).fix("package m\n\n" + test.imports + "\n" + test.src)
			head, _, _ := strings.Cut(fixed, "func f")
			if !strings.Contains(head, test.want) || strings.Contains(test.want, "\"time\"") != strings.Contains(head, "\"time\"") || !strings.Contains(fixed, "retry.New(") {
				t.Errorf("got\n%s\nwant %s\n%s", fixed, test.want, notes)
			}
		})
	}
}

// A package that fixes import has its own name unless something that stays has that, in a
// function that they write it in.
func TestOwnNames(t *testing.T) {
	const (
		own, other = "retry.New(", "retrygo.New("
		loop       = "func f() (err error) {\n\tfor retry := 0; retry < 3; retry++ {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	)
	second := strings.Replace(loop, "func f", "func g", 1)
	before := strings.Replace(strings.NewReplacer("retry++", "i++", "retry :=", "i :=", "retry <", "i <", "time.Second", "retry").Replace(loop), "\tfor", "\tretry := time.Second\n\tfor", 1)
	for _, test := range []struct{ name, imports, src, want, not string }{
		{"of what the fix leaves out", "import \"time\"\n", loop, own, "retrygo"},
		{"of two loops", "import \"time\"\n", loop + second, own, "retrygo"},
		{"of another function", "import \"time\"\n", loop + "\nfunc h(retry int) {\n\tfor range retry {\n\t}\n}\n", own, "retrygo"},
		{"of a field", "import \"time\"\n", strings.Replace(loop, "\tfor", "\t_ = struct{ n int }{}.n\n\tfor", 1) + "\ntype s struct{ retry int }\n", own, "retrygo"},
		{"of a parameter", "import \"time\"\n", strings.Replace(strings.ReplaceAll(loop, "retry", "i"), "f()", "f(retry int)", 1), other, "retry.New("},
		{"of a parameter beside another loop", "import \"time\"\n", loop + strings.Replace(strings.ReplaceAll(second, "retry", "i"), "g()", "g(retry int)", 1), other, "retry.New("},
		{"of what the file imports", "import (\n\t\"time\"\n\n\t\"github.com/avast/retry-go/v5\"\n)\n", before + "\nvar _ retry.Option\n", own, "retrygo"},
		{"of what the file imports alone", "import \"time\"\nimport \"github.com/avast/retry-go/v5\"\n", before + "\nvar _ retry.Option\n", other, "retry.New("},
		{"of the package", "import \"time\"\n", strings.ReplaceAll(loop, "retry", "i") + "\nvar retry int\n", other, "retry.New("},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeShapes(t, dir)
			fixed, notes := (&shapeModule{t: t, dir: dir, helper: libretry}).fix("package m\n\n" + test.imports + "\n" + test.src)
			if !strings.Contains(fixed, test.want) || strings.Contains(fixed, test.not) {
				t.Errorf("got\n%s\nwant %s, not %s\n%s", fixed, test.want, test.not, notes)
			}
		})
	}
}
