package report

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
)

// An item is a finding as the page shows it.
type item struct {
	ID, Place, Func string // the file and line, and the function around it
	Rule, URL       string // URL is the page of the rule
	Growth          string
	Message         string
	Faults          []string // the names of what is wrong
	Code            []codeLine
	Plot            *plot // nil if constants do not tell the delays
	Why             string

	Fix    bool
	NoFix  string
	Helper string
	Lines  string
	Diff   []diffLine
}

// A diffLine is a line of the change that a fix makes.
type diffLine struct{ Kind, Text string }

func newItem(run *Run, root string, f finding) item {
	name, _ := modules.RelativeTo(root, f.posn.Filename)
	it := item{
		Place: fmt.Sprintf("%s:%d", visible.Text(name), f.posn.Line), Func: f.function(),
		Rule: f.rule, URL: f.url, Growth: f.growth, Message: shortMessage(f.text, f.rule),
		Faults: faultNames(f, true),
		Code:   run.code(f), NoFix: f.site.NoFix, Helper: f.site.Helper,
	}
	if it.Growth == "" {
		it.Growth = "unknown"
	}
	if f.site.Explain != nil {
		it.Why = strings.TrimPrefix(f.site.Explain(), "reported: ")
	}
	if f.site.Schedules != nil {
		today, fixed := f.site.Schedules()
		it.Plot = newPlot(today, fixed, it.Helper)
	}
	it.showFix(run.fixed(f))
	if !it.Fix && it.NoFix == "" {
		it.NoFix = "no fix is known"
	}
	return it
}

func (it item) fixes() int {
	if it.Fix {
		return 1
	}
	return 0
}

// shortMessage returns a message without what the page says elsewhere.
func shortMessage(text, rule string) string {
	text, _, _ = strings.Cut(text, "; no fix: ")
	return strings.TrimSuffix(text, " ("+rule+")")
}

// showFix shows the parts of the file that the fix changes.
func (it *item) showFix(parts []apply.Part, err error) {
	saved := 0
	for _, part := range parts {
		it.Diff = append(it.Diff, diffLines(part, saved)...)
		saved += part.Saved()
	}
	it.Fix, it.Lines = len(parts) > 0, lineChangeText(saved)
	if errors.Is(err, apply.ErrLong) {
		it.Fix, it.Lines = true, "not shown"
	}
}

// diffLines returns what changes in a part of a file, without the file's name, where
// the parts before it save some lines.
func diffLines(part apply.Part, saved int) []diffLine {
	var list []diffLine
	kinds := map[byte]string{'+': "add", '-': "del", '@': "gap", ' ': "same"}
	started := false
	for text := range strings.Lines(string(diff.Diff("a", part.Before, "b", part.After))) {
		var from, to [2]int // the first line and the number of lines
		if _, err := fmt.Sscanf(text, "@@ -%d,%d +%d,%d @@", &from[0], &from[1], &to[0], &to[1]); err == nil {
			started = true
			text = fmt.Sprintf("@@ -%d,%d +%d,%d @@", from[0]+part.Line-1, from[1], to[0]+part.Line-1-saved, to[1])
		}
		if short, _, _ := clip(strings.TrimRight(text, "\r\n"), 0, 0); started {
			list = append(list, diffLine{kinds[text[0]], visible.Text(short)})
		}
	}
	return list
}
