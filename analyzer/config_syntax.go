package analyzer

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

var readersLine = pattern.New(`^line (\d+): `)

// syntaxError says err, which came from the YAML reader for data, as a compiler
// would: with the line that it is on, and what to do about the usual ones.
func syntaxError(file string, data []byte, err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	place := ""
	if m := readersLine().FindStringSubmatch(text); m != nil {
		place, text = ":"+m[1], strings.TrimPrefix(text, m[0])
	}
	if line, n := wrongLine(data); n > 0 {
		place = fmt.Sprintf(":%d", n)
		text += remedyFor(line)
	}
	return fmt.Errorf("%s%s: %s", file, place, text)
}

// What is searched for the line of an error: larger files are not written by hand.
const (
	searchedBytes = 64 << 10
	searchedLines = 1000
)

// wrongLine returns the line behind the longest part of data, from its start, that
// can be read, and its number; 0 if that is not known. The reader itself names the
// line where what holds it began.
func wrongLine(data []byte) (line string, number int) {
	lines := bytes.SplitAfter(data, []byte("\n"))
	if len(data) > searchedBytes || len(lines) > searchedLines {
		return "", 0
	}
	for n := len(lines) - 1; n >= 0; n-- {
		var doc yaml.Node
		if yaml.Unmarshal(bytes.Join(lines[:n], nil), &doc) == nil {
			return string(lines[n]), n + 1
		}
	}
	return "", 0
}

// unquoted is a value that YAML takes for something else than a text.
var unquoted = pattern.New("^[ -]*\\w+: +(\\{\\{|[*&!%@`]|[^\"'|>#{\\[].*(: |:$))")

// remedyFor says what to do about a line that cannot be read, or "".
func remedyFor(line string) string {
	switch line = strings.TrimRight(line, "\r\n"); {
	case strings.HasPrefix(strings.TrimLeft(line, " "), "\t"):
		return ": indent by blanks, not by tabs"
	case unquoted().MatchString(line):
		return ": put a text with a brace, a star or a colon in quotes, or on the lines behind |"
	}
	return ""
}
