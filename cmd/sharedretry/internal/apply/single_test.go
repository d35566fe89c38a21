package apply

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

// What a fix alone changes is what it changes when the whole file is formatted.
func TestSingle(t *testing.T) {
	const end = "\n// last is the last.\nfunc last() {}\n"
	for _, test := range []struct {
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
	} {
		for _, kind := range []string{"", "\r\n", "\xef\xbb\xbf"} {
			src := "// Package p is.\npackage p\n\n" + test.src + end
			if kind == "\r\n" {
				src = strings.ReplaceAll(src, "\n", kind)
			} else {
				src = kind + src
			}
			t.Run(test.name+kind, func(t *testing.T) {
				f := loadFixture(t, testdir.ModFile+"-- a.go --\n"+src)
				var fix analysis.SuggestedFix
				pkg := f.actions[0].Package
				file := pkg.Fset.File(pkg.Syntax[0].FileStart)
				for _, e := range test.edits {
					if kind == "\r\n" {
						e[0] = strings.ReplaceAll(e[0], "\n", kind)
					}
					at := strings.Index(src, e[0])
					fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: file.Pos(at), End: file.Pos(at + len(e[0])), NewText: []byte(e[1])})
				}
				whole := NewPatch(f.Sources)
				if err := whole.Merge(pkg, file, fix, ""); err != nil {
					t.Fatal(err)
				}
				want, err := whole.Targets[filepath.Join(f.dir, "a.go")].After()
				if err != nil {
					t.Fatal(err)
				}
				parts, err := NewSingle(f.Sources).Parts(pkg, file, fix)
				if got := patched([]byte(src), parts); err != nil || !bytes.Equal(got, want) {
					t.Errorf("got (%v)\n%s\nwant\n%s", err, got, want)
				}
			})
		}
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
