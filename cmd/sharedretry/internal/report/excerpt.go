package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
)

// Styles of a terminal.
const (
	styleBold = "1"
	styleDim  = "2"
	styleMark = "1;33" // yellow
)

// A painter writes for a person at a terminal.
type painter struct {
	*out.Writer
	colour  bool
	sources *lineCache
}

// writeTerminal writes each finding with the source lines that it is about and
// a mark under the delay.
func writeTerminal(to *out.Writer, run *Run, colour bool) {
	w := painter{to, colour, &run.lines}
	for _, f := range run.findings {
		place, message, _ := strings.Cut(f.String(), ": ")
		w.Printf("%s: %s\n", w.styled(styleBold, printable(place)), printable(message))
		w.excerpt(f)
	}
}

// excerpt writes the first line of what f is about and, with a mark, the line
// of the delay:
//
//	16 |     for range 5 {
//	   …
//	28 |         time.Sleep(delay)
//	   |         ^^^^^^^^^^^^^^^^^
func (w painter) excerpt(f finding) {
	mark, end := f.delay()
	lines := w.sources.lines(mark.Filename)
	if mark.Line < 1 || len(lines) < mark.Line || lines[mark.Line-1] == "" {
		return
	}
	width := len(fmt.Sprint(f.shown(mark.Line)))
	if f.at.Line < mark.Line {
		first, _, _ := clip(lines[f.at.Line-1], f.at.Column-1, 0)
		w.line(width, fmt.Sprint(f.shown(f.at.Line)), printable(first))
		if f.at.Line < mark.Line-1 {
			w.Printf("%s\n", w.styled(styleDim, fmt.Sprintf(" %*s …", width, "")))
		}
	}
	text := lines[mark.Line-1]
	start, stop := min(mark.Column-1, len(text)), len(text)
	if end.Line == mark.Line {
		stop = min(end.Column-1, stop)
	}
	text, start, stop = clip(text, start, stop)
	w.line(width, fmt.Sprint(f.shown(mark.Line)), printable(text))
	gap := strings.Repeat(" ", utf8.RuneCountInString(printable(text[:start])))
	carets := strings.Repeat("^", max(utf8.RuneCountInString(printable(text[start:max(start, stop)])), 1))
	w.line(width, "", gap+w.styled(styleMark, carets))
}

// line writes a line behind its number.
func (w painter) line(width int, number, text string) {
	w.Printf("%s %s\n", w.styled(styleDim, fmt.Sprintf(" %*s |", width, number)), text)
}

func (w painter) styled(style, text string) string {
	if !w.colour {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// printable returns text as one line of a terminal, with spaces for tabs.
func printable(text string) string {
	return strings.ReplaceAll(visible.Text(strings.TrimRight(text, "\r")), "\t", "    ")
}
