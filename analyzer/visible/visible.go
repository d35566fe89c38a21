// Package visible makes text that others wrote safe to print: what comes from code,
// configuration or names of files commands neither a terminal nor the log of a CI
// job. Everything that is printed passes it.
package visible

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Text returns s as part of one line. What is not to be seen, such as control
// characters, line breaks and marks that turn the direction of text, is written as
// Go escapes it, but for tabs. So is what GitHub Actions takes for a command: :: at
// the begin of a line, and ##[ anywhere.
func Text(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i])|0x100, 16)[1:])
		case hidden(r):
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
	}
	text := strings.ReplaceAll(b.String(), "##[", `#\x23[`)
	if trimmed := strings.TrimLeftFunc(text, unicode.IsSpace); strings.HasPrefix(trimmed, "::") {
		text = text[:len(text)-len(trimmed)] + `\x3a` + trimmed[1:]
	}
	return text
}

// Lines is [Text] for each line of s.
func Lines(s string) string {
	if plain(strings.ReplaceAll(s, "\n", "")) && !strings.Contains(s, "\n") {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = Text(strings.TrimSuffix(line, "\r"))
	}
	return strings.Join(lines, "\n")
}

// positions are those of a finding as go/analysis prints it in JSON.
var positions = regexp.MustCompile(`("(?:posn|end)": ?)("(?:[^"\\]|\\.)*")`)

// Positions is [Text] for the positions in what a driver of go/analysis prints with
// -json, which a line directive can name at will. Of files that are not own, which may be
// nil for all, they have no columns: the go command opens a file at a position that has
// one, to print the lines of it.
func Positions(data []byte, own func(file string) bool) []byte {
	return positions.ReplaceAllFunc(JSON(data), func(member []byte) []byte {
		parts := positions.FindSubmatch(member)
		var posn string
		if json.Unmarshal(parts[2], &posn) != nil {
			return member
		}
		shown := posn
		if file, line, _ := cutPosition(posn); own != nil && !own(file) {
			shown = strings.ReplaceAll(file, ":", `\x3a`) + line
		}
		if !plain(shown) || strings.Contains(shown, "/::") {
			shown = strings.ReplaceAll(Text(shown), "/::", `/\x3a:`) // the go command shortens paths
		}
		if shown == posn {
			return member
		}
		text, err := json.Marshal(shown)
		if err != nil {
			return member
		}
		return slices.Concat(parts[1], text)
	})
}

// JSON returns data, which is JSON, with what is not to be seen in its strings, and with
// ##[, escaped. It says the same.
func JSON(data []byte) []byte {
	var b bytes.Buffer
	done := 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r != '\n' && hidden(r) || r == '#' && bytes.HasPrefix(data[i:], []byte("##[")) {
			b.Write(data[done:i])
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return data
	}
	b.Write(data[done:])
	return b.Bytes()
}

// cutPosition returns the file of a position such as x.go:3:5, and its line and column
// with the colons before them.
func cutPosition(posn string) (file, line, column string) {
	parts := numbers.FindStringSubmatch(posn)
	return parts[1], parts[2], parts[3]
}

// numbers are those at the end of a position.
var numbers = regexp.MustCompile(`(?s)^(.*?)(:\d+)?(:\d+)?$`)

// Error returns err with a text of visible lines; nil for nil.
func Error(err error) error {
	if err == nil {
		return nil
	}
	if text := Lines(err.Error()); text != err.Error() {
		return shown{errors.New(text), err}
	}
	return err
}

// A shown error has another text.
type shown struct {
	error
	of error
}

func (s shown) Unwrap() error { return s.of }

// plain reports whether s is as it is to be printed, quickly.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' || c >= 0x7f || c == '#' || c == ':' && (i == 0 || s[i-1] <= ' ') {
			return false
		}
	}
	return true
}

// hidden reports whether r is not to be seen, or breaks the line.
func hidden(r rune) bool {
	return r != '\t' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs))
}
