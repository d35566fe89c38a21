package report

import (
	"go/token"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
)

// A lineCache keeps the lines of source files as they were loaded. No other file is
// ever read, whatever a line directive names.
type lineCache struct {
	sources *load.Sources
	known   map[string][]string
	last    counted
}

// lines returns the lines of a file, without their ends; none of one that was not
// loaded.
func (c *lineCache) lines(name string) []string {
	if lines, ok := c.known[name]; ok || c.sources == nil {
		return lines
	}
	if c.known == nil {
		c.known = make(map[string][]string)
	}
	var lines []string
	if text, ok := c.sources.Text[name]; ok {
		lines = strings.Split(string(text), "\n")
	}
	c.known[name] = lines
	return lines
}

// maxLine is how many bytes of a line are shown. Code may be in one line.
const maxLine = 1000

// clip returns the part of a line that is shown, which holds its bytes from start on,
// and where it has those from start to end.
func clip(text string, start, end int) (string, int, int) {
	if len(text) <= maxLine {
		return text, start, end
	}
	from := max(start-maxLine/4, 0)
	to := min(from+maxLine, len(text))
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(text) {
		after = "…"
	}
	shift := len(before) - from
	return before + text[from:to] + after, start + shift, min(end, to) + shift
}

// column returns the column of posn, which really is at, in UTF-16 code units, in
// which editors and GitHub count, where Go counts bytes.
func (c *lineCache) column(posn, at token.Position) int {
	lines := c.lines(at.Filename)
	if at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.Column-1 > len(lines[at.Line-1]) {
		return posn.Column
	}
	bytes := at.Column - 1
	if last := &c.last; last.file != at.Filename || last.line != at.Line || last.bytes > bytes {
		*last = counted{file: at.Filename, line: at.Line}
	}
	c.last.units += units(lines[at.Line-1][c.last.bytes:bytes])
	c.last.bytes = bytes
	return max(posn.Column-bytes+c.last.units, 1)
}

// counted is how many UTF-16 code units the first bytes of a line come to.
type counted struct {
	file               string
	line, bytes, units int
}

// units returns the number of UTF-16 code units of text.
func units(text string) (n int) {
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
