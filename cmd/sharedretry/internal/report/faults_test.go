package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"golang.org/x/tools/go/analysis/checker"
)

// faulty returns the outcome of a package whose findings have the named faults each.
func faulty(faults ...[]string) *checker.Action {
	act := action("a", "a", "", slices.Repeat([]string{"constant"}, len(faults))...)
	res := act.Result.(*analyzer.Result)
	for i, names := range faults {
		for _, name := range names {
			res.Sites[i].Faults = append(res.Sites[i].Faults, analyzer.Fault{
				Name: name, Text: "text of " + name, One: "one " + name, Many: "many " + name, Quiet: name == "quiet",
			})
		}
	}
	return act
}

func TestSummaryOfFaults(t *testing.T) {
	for _, test := range []struct {
		name   string
		faults [][]string
		want   string
	}{
		{"none", [][]string{nil}, "1 constant"},
		{"one and many", [][]string{{"a", "b"}, {"b"}}, "2 constant; 2 many b, 1 one a"},
		{"the most frequent", [][]string{{"a", "b", "c", "d"}, {"b", "c", "d"}}, "2 constant; 2 many b, 2 many c, 2 many d"},
		{"quiet ones are left out", [][]string{{"quiet"}}, "1 constant"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got, _ := strings.Cut(New([]*checker.Action{faulty(test.faults...)}, nil, false).summary(), ": ")
			if got != test.want {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSARIFOfFaults(t *testing.T) {
	actions := []*checker.Action{faulty([]string{"a", "quiet"}, nil)}
	run := &Run{Report: New(actions, nil, false), Graph: &checker.Graph{Roots: actions}}
	var b bytes.Buffer
	w := out.New(&b)
	if err := errors.Join(writeSARIF(w, run), w.Flush()); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Runs []struct {
			Results []struct {
				Properties *struct {
					Tags   []string
					Faults map[string]string
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	results := doc.Runs[0].Results
	if p := results[0].Properties; p == nil || !slices.Equal(p.Tags, []string{"a"}) || len(p.Faults) != 1 || p.Faults["a"] != "text of a" {
		t.Errorf("the properties of the first result are %+v", p)
	}
	if p := results[1].Properties; p != nil {
		t.Errorf("the second result has properties %+v", p)
	}
}

// The page counts faults, names them beside each finding and can show those with one.
func TestHTMLOfFaults(t *testing.T) {
	actions := []*checker.Action{faulty([]string{"no-wait", "quiet"}, []string{"quiet"}, nil)}
	run := &Run{Report: New(actions, nil, false), Graph: &checker.Graph{Roots: actions}}
	var b bytes.Buffer
	if err := htmlTemplate().Execute(&b, newPage(run, time.Unix(0, 0))); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`main:has(#only-no-wait:checked) article:not(.no-wait) { display: none; }`,
		`<input type="radio" name="fault" id="only-no-wait"> no-wait`,
		` class="no-wait quiet">`,
		`<td>2 quiet, 1 no-wait</td>`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
