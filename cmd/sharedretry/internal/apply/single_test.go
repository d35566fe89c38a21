package apply

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

// What a fix alone changes is what it changes when the whole file is formatted.
func TestSingle(t *testing.T) {
	const end = "\n// last is the last.\nfunc last() {}\n"
	tests := []struct {
		name, src string
		edits     [][2]string // what is replaced by what
	}{
		{"in a function", "import \"time\"\n\nfunc a() {\n\ttime.Sleep(1)\n}\n\nfunc b() { time.Sleep(2) }\n", [][2]string{{"time.Sleep(1)", "time.Sleep( 3 )"}}},
		{"the last use of an import", "import \"time\"\n\nfunc a() {\n\ttime.Sleep(1)\n}\n", [][2]string{{"time.Sleep(1)", "last()"}}},
		{"the last use of one of two", "import (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc a() {\n\ttime.Sleep(1)\n}\n\nfunc b() { fmt.Println() }\n", [][2]string{{"time.Sleep(1)", "last()"}}},
		{"a use that is left elsewhere", "import \"time\"\n\nfunc a() {\n\ttime.Sleep(1)\n}\n\nvar d time.Duration\n", [][2]string{{"time.Sleep(1)", "last()"}}},
		{"a use that is left in the function", "import \"time\"\n\nfunc a() {\n\ttime.Sleep(1)\n\ttime.Sleep(2)\n}\n", [][2]string{{"time.Sleep(1)", "last()"}}},
		{"an import by a name", "import (\n\tt \"time\"\n\t\"time\"\n)\n\nfunc a() {\n\tt.Sleep(1)\n\ttime.Sleep(2)\n}\n", [][2]string{{"t.Sleep(1)", "last()"}}},
		{"a new import", "import \"time\"\n\nfunc a() {\n\ttime.Sleep(1)\n}\n", [][2]string{{"\"time\"\n", "\"time\"\nimport \"fmt\"\n"}, {"time.Sleep(1)", "fmt.Println()"}}},
		{"two functions", "import \"time\"\n\nfunc a() {\n\ttime.Sleep(1)\n}\n\nfunc b() {}\n\n// c does.\nfunc c() { time.Sleep(2) }\n", [][2]string{{"time.Sleep(1)", "time.Sleep(3)"}, {"\n// c does.\nfunc c() { time.Sleep(2) }\n", ""}}},
		{"a function that goes", "import \"time\"\n\nfunc a() { time.Sleep(1) }\n\n// c does.\nfunc c() {}\n", [][2]string{{"// c does.\nfunc c() {}\n", ""}}},
		{"a function that comes", "import \"time\"\n\nfunc a() { time.Sleep(1) }\n\nfunc c() {}\n", [][2]string{{"func c() {}\n", "func c() {}\n\nfunc d()  {}\n"}}},
		{"no empty lines", "import \"time\"\nvar x = 1 // x\nvar long = time.Second // y\nfunc a() { time.Sleep(1) }\n", [][2]string{{"(1)", "(time.Duration(x))"}}},
		{"a comment over two functions", "import \"time\"\n\nfunc a() { time.Sleep(1) } /* one\n\ntwo */\nfunc b() {}\n", [][2]string{{"(1)", "( 2)"}}},
		{"nothing but imports before", "import \"time\"; func a() { time.Sleep(1) }\n", [][2]string{{"time.Sleep(1)", "last()"}}},
	}
	archive := testdir.ModFile
	for i, test := range tests {
		for j, kind := range lineEnds {
			archive += fmt.Sprintf("-- p%d_%d/a.go --\n%s", i, j, ended("// Package p is.\npackage p\n\n"+test.src+end, kind))
		}
	}
	f := loadFixture(t, archive) // all at once, since that takes longer than the rest
	for i, test := range tests {
		for j, kind := range lineEnds {
			t.Run(test.name+kind, func(t *testing.T) { f.testSingle(t, fmt.Sprintf("p%d_%d", i, j), kind, test.edits) })
		}
	}
}

// lineEnds are the ends of lines, or what stands before the first line.
var lineEnds = []string{"", "\r\n", "\xef\xbb\xbf"}

// ended returns src with a kind of lineEnds.
func ended(src, kind string) string {
	if kind == "\r\n" {
		return strings.ReplaceAll(src, "\n", kind)
	}
	return kind + src
}

// testSingle compares what edits change of the package in dir, alone and in the whole file.
func (f *fixture) testSingle(t *testing.T, dir, kind string, edits [][2]string) {
	i := slices.IndexFunc(f.actions, func(act *checker.Action) bool { return path.Base(act.Package.PkgPath) == dir })
	pkg := f.actions[i].Package
	file := pkg.Fset.File(pkg.Syntax[0].FileStart)
	src := f.Sources.Text[file.Name()]
	var fix analysis.SuggestedFix
	for _, e := range edits {
		if kind == "\r\n" {
			e[0] = ended(e[0], kind)
		}
		at := bytes.Index(src, []byte(e[0]))
		fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: file.Pos(at), End: file.Pos(at + len(e[0])), NewText: []byte(e[1])})
	}
	whole := NewPatch(f.Sources)
	if err := whole.Merge(pkg, file, fix, ""); err != nil {
		t.Fatal(err)
	}
	want, err := whole.Targets[file.Name()].After()
	if err != nil {
		t.Fatal(err)
	}
	parts, err := NewSingle(f.Sources).Parts(pkg, file, fix)
	if got := patched(src, parts); err != nil || !bytes.Equal(got, want) {
		t.Errorf("got (%v)\n%s\nwant\n%s", err, got, want)
	}
}

// patched returns src with parts of it as they are after a fix.
func patched(src []byte, parts []Part) []byte {
	for _, p := range slices.Backward(parts) {
		at := 0
		for range p.Line - 1 {
			at += bytes.IndexByte(src[at:], '\n') + 1
		}
		src = slices.Concat(src[:at], p.After, bytes.TrimPrefix(src[at:], p.Before))
	}
	return src
}

// What is formatted for single fixes is bounded: of many in one function, not all are
// shown.
func TestSingleLong(t *testing.T) {
	f := loadFixture(t, testdir.ModFile+"-- a.go --\npackage p\n\nimport \"time\"\n\nfunc a() {\n"+strings.Repeat("\ttime.Sleep(1)\n", 10_000)+"}\n")
	pkg := f.actions[0].Package
	file := pkg.Fset.File(pkg.Syntax[0].FileStart)
	at := file.Pos(bytes.Index(f.Sources.Text[file.Name()], []byte("(1)")))
	single, shown := NewSingle(f.Sources), 0
	var err error
	for ; err == nil; shown++ {
		_, err = single.Parts(pkg, file, analysis.SuggestedFix{TextEdits: []analysis.TextEdit{{Pos: at, End: at + 3, NewText: []byte("(2)")}}})
	}
	if !errors.Is(err, ErrLong) || shown < 8 || shown > 20 {
		t.Errorf("%d shown: %v", shown, err)
	}
}
