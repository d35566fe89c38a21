package report

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis/checker"
)

// The same findings make the same page.
func TestHTMLIsStable(t *testing.T) {
	var texts [2]string
	for i := range texts {
		actions := []*checker.Action{action("a", "a", "", "linear", "constant"), action("b", "b", "", "constant", "random"), action("c", "c", "")}
		if i == 1 {
			actions[0], actions[1] = actions[1], actions[0]
		}
		run := &Run{Report: New(actions, nil, false), Graph: &checker.Graph{Roots: actions}}
		var b bytes.Buffer
		if err := htmlTemplate().Execute(&b, newPage(run, time.Unix(0, 0))); err != nil {
			t.Fatal(err)
		}
		texts[i] = b.String()
	}
	if texts[0] != texts[1] || !strings.Contains(texts[0], "1 January 1970") && !strings.Contains(texts[0], "31 December 1969") {
		t.Errorf("got\n%s\nand\n%s", texts[0], texts[1])
	}
}

func TestPlot(t *testing.T) {
	const s = time.Second
	_, caption, _ := strings.Cut(htmlText, `dy="-4">`)
	if caption, _, _ = strings.Cut(caption, "<"); caption == "" {
		t.Fatal("there is no line of text below")
	}
	many := analyzer.Schedule{Waits: []time.Duration{s, s, s, s, s, s, s, s, s, s}}
	for _, test := range []struct {
		name         string
		today, fixed *analyzer.Schedule
		bars         string // their heights by kind
		numbers      string
		longest      string
	}{
		{"both", &analyzer.Schedule{Waits: []time.Duration{s, 2 * s}}, &analyzer.Schedule{Waits: []time.Duration{s, 4 * s}},
			"today 27, fixed 27, today 55, fixed 110", "1 2", "4s"},
		{"today alone", &analyzer.Schedule{Waits: []time.Duration{s}, More: true}, nil, "today 110", "1 …", "1s"},
		{"of different length", &analyzer.Schedule{Waits: []time.Duration{s, s}}, &analyzer.Schedule{Waits: []time.Duration{s}},
			"today 110, fixed 110, today 110", "1 2", "1s"},
		{"many", &many, nil, strings.TrimSuffix(strings.Repeat("today 110, ", 8), ", "), "1 2 3 4 5 6 7 8 …", "1s"},
		{"tiny and none", &analyzer.Schedule{Waits: []time.Duration{0, time.Hour, 1}}, nil, "today 2, today 110, today 2", "1 2 3", "1h"},
		{"zero", &analyzer.Schedule{Waits: []time.Duration{0}}, nil, "today 2", "1", "0s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlot(test.today, test.fixed, "acme")
			var bars, numbers []string
			for _, b := range p.Bars {
				bars = append(bars, b.Kind+" "+strconv.Itoa(b.Height))
				if b.X < p.Left || b.X+b.Width > p.Right || b.Y+b.Height != p.Base {
					t.Errorf("a bar is not in the plot: %+v", b)
				}
			}
			for _, n := range p.Numbers {
				numbers = append(numbers, n.Text)
			}
			if got := strings.Join(bars, ", "); got != test.bars {
				t.Errorf("bars %s, want %s", got, test.bars)
			}
			if got := strings.Join(numbers, " "); got != test.numbers || p.Longest != test.longest {
				t.Errorf("numbers %s, longest %s; want %s and %s", got, p.Longest, test.numbers, test.longest)
			}
			if room := p.Width - p.Left; room < 13*len(caption)/2 { // its letters are 12 high
				t.Errorf("the width of %d has no room for %q", p.Width, caption)
			}
		})
	}
	if newPlot(nil, nil, "") != nil || newPlot(&analyzer.Schedule{}, nil, "") != nil {
		t.Error("there is a plot of nothing")
	}
}

// Of long code the start, the delay and the end are shown, without the
// indentation that all lines have.
func TestCode(t *testing.T) {
	f := found(t, "package p\n\nfunc p() {\n\tfor {\n"+strings.Repeat("\t\tf()\n", 30)+"\t\ttime.Sleep(d) // wait\n"+strings.Repeat("\t\tg()\n", 30)+"\t}\n}\n", "for {", "time.Sleep(d)")
	var numbers []string
	run := &Run{Report: &Report{findings: []finding{f}, lines: loaded(t, f)}}
	for _, line := range run.code(f) {
		if line.Mark != "" && (line.Before != "\t" || line.Mark != "time.Sleep(d)" || line.After != " // wait") {
			t.Errorf("the marked line is %+v", line)
		}
		numbers = append(numbers, strconv.Itoa(line.Number))
	}
	const want = "4 5 6 7 8 9 10 11 12 13 14 15 16 17 0 30 31 32 33 34 35 36 37 38 39 40 0 65 66"
	if got := strings.Join(numbers, " "); got != want {
		t.Errorf("got lines %s\nwant %s", got, want)
	}
}
