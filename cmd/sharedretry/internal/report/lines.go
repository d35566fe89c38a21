package report

import (
	"go/token"
	"strings"
	"unicode/utf16"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
)

// A lineCache keeps the lines of source files as they were loaded. No other file is
// ever read, whatever a line directive names.
type lineCache struct {
	sources *load.Sources
	known   map[string][]string
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

// column returns the column of posn, which really is at, in UTF-16 code units, in
// which editors and GitHub count, where Go counts bytes.
func (c *lineCache) column(posn, at token.Position) int {
	lines := c.lines(at.Filename)
	if at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.Column-1 > len(lines[at.Line-1]) {
		return posn.Column
	}
	before := lines[at.Line-1][:at.Column-1]
	return max(posn.Column-len(before)+len(utf16.Encode([]rune(before))), 1)
}
