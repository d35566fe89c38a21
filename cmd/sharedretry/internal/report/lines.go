package report

import (
	"go/token"
	"os"
	"strings"
	"unicode/utf16"
)

// A lineCache keeps the lines of source files.
type lineCache map[string][]string

// lines returns the lines of a file, without their ends; none of a file that
// cannot be read, such as one that a line directive made up.
func (c *lineCache) lines(name string) []string {
	if lines, ok := (*c)[name]; ok {
		return lines
	}
	if *c == nil {
		*c = make(lineCache)
	}
	data, err := os.ReadFile(name)
	if err == nil {
		(*c)[name] = strings.Split(string(data), "\n")
	} else {
		(*c)[name] = nil
	}
	return (*c)[name]
}

// column returns the column of posn in UTF-16 code units, in which editors and
// GitHub count, where Go counts bytes.
func (c *lineCache) column(posn token.Position) int {
	lines := c.lines(posn.Filename)
	if posn.Line < 1 || posn.Line > len(lines) || posn.Column-1 > len(lines[posn.Line-1]) {
		return posn.Column
	}
	before := lines[posn.Line-1][:max(posn.Column-1, 0)]
	return len(utf16.Encode([]rune(before))) + 1
}
