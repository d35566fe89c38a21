package analyzer_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A refusalTest has, for a reason why there is no fix, a source that has it with
// a helper; "// here" marks the line that stands in the way.
type refusalTest struct{ constant, helper, src string }

// Each reason why there is no fix is given for one source at least.
func TestRefusals(t *testing.T) {
	texts := refusals(t)
	dir := t.TempDir()
	writeShapes(t, dir)
	tested := map[string]bool{"TooManyLoops": true, "TooManyForms": true, "TooManyFixes": true} // by TestTooMuch
	tested["DoesNotCompile"] = true                                                             // no source that has it is known
	tested["Failed"] = true                                                                     // by TestFault
	for _, test := range slices.Concat(refusalTests, otherRefusals, lackingRefusals, changingRefusals) {
		tested[test.constant] = true
		t.Run(test.constant, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: test.helper}
			if test.constant == "SourceNotKnown" {
				m.unreadable = errors.New("it is not there")
			}
			src := test.src
			if !strings.Contains(src, "package m\n") {
				src = shapesHead + src
			}
			_, notes := m.fix(src)
			reason := "; no fix: " + texts[test.constant]
			if before, _, ok := strings.Cut(src, "// here"); ok {
				reason += fmt.Sprintf(" (line %d)", 1+strings.Count(before, "\n"))
			}
			found := slices.ContainsFunc([]string{"\n", "; ", " ("}, func(end string) bool { return strings.Contains(notes, reason+end) })
			if !found {
				t.Errorf("got\n%s\nwant%s", notes, reason)
			}
		})
	}
	for name := range texts {
		if !tested[name] {
			t.Errorf("no source for %s", name)
		}
	}
}

// refusals returns the texts of the reasons by the names of their constants.
func refusals(t *testing.T) map[string]string {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("internal", "reason", "reason.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		texts[spec.Names[0].Name] = text
		return false
	})
	return texts
}
