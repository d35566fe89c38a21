package analyzer

import (
	"fmt"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// manual returns the blocks of the package's documentation by heading.
func manual(t *testing.T) map[string][]comment.Block {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	sections := make(map[string][]comment.Block)
	heading := ""
	for _, b := range new(comment.Parser).Parse(file.Doc.Text()).Content {
		if h, ok := b.(*comment.Heading); ok {
			heading = h.DefaultID()
			continue
		}
		sections[heading] = append(sections[heading], b)
	}
	return sections
}

func plain(blocks []comment.Block) string {
	return string(new(comment.Printer).Comment(&comment.Doc{Content: blocks}))
}

// The manual names every rule, kind of growth and key, as they are.
func TestManual(t *testing.T) {
	doc := manual(t)
	rules, kinds := plain(doc["hdr-Rules"]), plain(doc["hdr-Growth"])
	for _, r := range Rules {
		state := map[bool]string{true: "on", false: "off"}[r.Default]
		if text := fmt.Sprintf("\n%s (%s) reports", r.Name, state); !strings.Contains("\n"+rules, text) {
			t.Errorf("the section of rules lacks %q", text)
		}
	}
	for k := growth.Kind(0); k == 0 || k.String() != growth.Unknown.String(); k++ {
		if !strings.Contains(kinds, k.String()) {
			t.Errorf("the section of growth lacks %s", k)
		}
	}
	i := slices.IndexFunc(doc["hdr-Flags_and_configuration"], isCode)
	config := doc["hdr-Flags_and_configuration"][i].(*comment.Code).Text
	if _, err := parseConfig("doc.go", []byte(config)); err != nil {
		t.Error(err)
	}
	for _, key := range configKeys {
		if !strings.Contains("\n"+config, "\n"+key.name+":") {
			t.Errorf("the configuration lacks the key %s", key.name)
		}
	}
}

func isCode(b comment.Block) bool { _, ok := b.(*comment.Code); return ok }

// exampleHead declares what the manual's examples use.
const exampleHead = `package p

import ("context"; "log"; "net"; "time"; "github.com/sethvargo/go-retry")

var (
	send  func(string) error
	msg   string
	l     net.Listener
	serve func(net.Conn)
	ready func() bool
	_     time.Duration
	ctx   context.Context
	call  retry.RetryFunc
)
`

// exampleLibrary is what they use of a library.
const exampleLibrary = `package retry

import ("context"; "time")

type RetryFunc func(context.Context) error

func NewConstant(time.Duration) int { return 0 }

func Do(context.Context, int, RetryFunc) error { return nil }
`

var promised = regexp.MustCompile(`// ((?:hand-rolled|retry policy|//nolint).*: )\.\.\.`)

// The examples of the manual are reported as it says, and the findings lead
// back to it.
func TestManualExamples(t *testing.T) {
	var b strings.Builder
	b.WriteString(exampleHead)
	n := 0
	for _, block := range manual(t)["hdr-Rules"] {
		if !isCode(block) {
			continue
		}
		n++
		code := promised.ReplaceAllString(block.(*comment.Code).Text, "// want `$1`")
		if !strings.Contains(code, "// want") {
			t.Errorf("no finding in the example\n%s", code)
		}
		if !strings.HasPrefix(code, "func ") {
			code = fmt.Sprintf("func f%d() (err error) {\n%sreturn err\n}\n", n, code)
		}
		b.WriteString("\n" + code)
	}
	if n != len(Rules) {
		t.Errorf("%d examples of %d rules", n, len(Rules))
	}
	root := tree(t, map[string]string{"src/p/p.go": b.String(), "src/github.com/sethvargo/go-retry/retry.go": exampleLibrary})
	for _, res := range analysistest.Run(t, root, New(Options{Rules: []string{allRules}, Config: NoConfig}), "p") {
		for _, d := range res.Diagnostics {
			if d.URL != docURL+"#hdr-Rules" {
				t.Errorf("URL of a finding: %s", d.URL)
			}
		}
	}
}

var refusalText = regexp.MustCompile(`Reason = "(.*)"`)

// The manual lists every reason why there is no fix, in the words of messages.
func TestManualRefusals(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("internal", "rewrite", "refusal.go"))
	if err != nil {
		t.Fatal(err)
	}
	section := strings.Join(strings.Fields(plain(manual(t)["hdr-Fixes"])), " ")
	found := refusalText.FindAllStringSubmatch(string(src), -1)
	if len(found) == 0 {
		t.Error("no refusals in refusal.go")
	}
	for _, m := range found {
		if !strings.Contains(section, " - "+m[1]+".") {
			t.Errorf("the section of fixes lacks %q", m[1])
		}
	}
}
