package report

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"golang.org/x/tools/go/packages"
)

// found returns a finding in a file with the given text, at the loop's header,
// whose delay is where the text has the given one.
func found(t *testing.T, src, header, delay string) finding {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.go")
	if err := os.WriteFile(name, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) (token.Pos, token.Pos) {
		pos := token.Pos(1 + strings.Index(src, text))
		return pos, pos + token.Pos(len(text))
	}
	pos, end := at(header)
	site := analyzer.Site{Pos: pos, End: end}
	if delay != "" {
		site.Delay, site.DelayEnd = at(delay)
	}
	return finding{entry: newEntry(fset, pos, end, "found (retry-loop)"), pos: pos, pkg: &packages.Package{Fset: fset, Syntax: []*ast.File{file}}, site: &site}
}

// loaded returns the lines of the file of f.
func loaded(t *testing.T, f finding) lineCache {
	t.Helper()
	text, err := os.ReadFile(f.at.Filename)
	if err != nil {
		t.Fatal(err)
	}
	return lineCache{sources: &load.Sources{Text: map[string][]byte{f.at.Filename: text}}}
}

// shown returns what a terminal shows of f, without the line of the message.
func shown(t *testing.T, f finding, colour bool) string {
	t.Helper()
	var b bytes.Buffer
	run := &Run{Report: &Report{findings: []finding{f}, lines: loaded(t, f)}}
	w := out.New(&b)
	writeTerminal(w, run, colour)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	message, excerpt, _ := strings.Cut(b.String(), "\n")
	if !strings.Contains(message, ": found (retry-loop)") {
		t.Errorf("the message is %q", message)
	}
	return excerpt
}

func TestExcerpt(t *testing.T) {
	for _, test := range []struct{ name, body, delay, want string }{
		{"apart", "for {\n\t\tf()\n\t\tf()\n\t\ttime.Sleep(d) // é\n\t}", "time.Sleep(d)", "" +
			" 4 |     for {\n" +
			"   …\n" +
			" 7 |         time.Sleep(d) // é\n" +
			"   |         ^^^^^^^^^^^^^\n"},
		{"next line", "for {\n\t\ttime.Sleep(d)\n\t}", "time.Sleep(d)", "" +
			" 4 |     for {\n" +
			" 5 |         time.Sleep(d)\n" +
			"   |         ^^^^^^^^^^^^^\n"},
		{"same line", "/* größe */ for { time.Sleep(d) }", "time.Sleep(d)", "" +
			" 4 |     /* größe */ for { time.Sleep(d) }\n" +
			"   |                       ^^^^^^^^^^^^^\n"},
		{"several lines", "for {\n\t\ttime.Sleep(\n\t\t\td)\n\t}", "time.Sleep(\n\t\t\td)", "" +
			" 4 |     for {\n" +
			" 5 |         time.Sleep(\n" +
			"   |         ^^^^^^^^^^^\n"},
		{"wider numbers", "for {" + strings.Repeat("\n", 9) + "\ttime.Sleep(d)\n\t}", "time.Sleep(d)", "" +
			"  4 |     for {\n" +
			"    …\n" +
			" 13 |     time.Sleep(d)\n" +
			"    |     ^^^^^^^^^^^^^\n"},
		{"no delay", "for {\n\t}", "", "" +
			" 4 |     for {\n" +
			"   |     ^^^^^\n"},
		{"escape sequences", "for { /* \x1b[2J */ time.Sleep(d) }\r", "time.Sleep(d)", "" +
			" 4 |     for { /* \\x1b[2J */ time.Sleep(d) }\n" +
			"   |                         ^^^^^^^^^^^^^\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := found(t, "package p\n\nfunc p() {\n\t"+test.body+"\n}\n", "for {", test.delay)
			if got := shown(t, f, false); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Colours change nothing but the colours.
func TestExcerptColour(t *testing.T) {
	f := found(t, "package p\n\nfunc p() {\n\tfor {\n\t\ttime.Sleep(d)\n\t}\n}\n", "for {", "time.Sleep(d)")
	plain, colour := shown(t, f, false), shown(t, f, true)
	if !strings.Contains(colour, "\x1b[1;33m^^^^^^^^^^^^^\x1b[0m") {
		t.Errorf("no coloured mark in %q", colour)
	}
	for _, style := range []string{"0", styleBold, styleDim, styleMark} {
		colour = strings.ReplaceAll(colour, "\x1b["+style+"m", "")
	}
	if colour != plain {
		t.Errorf("got %q without colours, want %q", colour, plain)
	}
}

// A line directive changes what the place is called, and nothing of the text.
func TestExcerptOfDirective(t *testing.T) {
	f := found(t, "package p\n\nfunc p() {\n//line /etc/passwd:70\n\tfor {\n\t}\n}\n", "for {", "")
	const want = " 70 |     for {\n    |     ^^^^^\n"
	if got := shown(t, f, false); got != want || f.posn.Filename != "/etc/passwd" {
		t.Errorf("got %q at %v", got, f.posn)
	}
	if lines := (&lineCache{sources: new(load.Sources)}).lines(f.at.Filename); lines != nil {
		t.Errorf("a file that was not loaded has lines: %q", lines)
	}
}
