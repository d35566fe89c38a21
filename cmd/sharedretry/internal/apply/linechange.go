package apply

import (
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// A LineChange replaces whole lines of a file.
type LineChange struct {
	Line  int    // the first of them, or, if count is 0, the one before which text comes
	Count int    // how many
	Text  string // what takes their place, with line ends
}

// LineChanges returns what changes a part of a file, as few lines as a diff shows.
func LineChanges(part Part) []LineChange {
	var list []LineChange
	line, open := 0, false
	for text := range strings.Lines(string(diff.Diff("a", part.Before, "b", part.After))) {
		switch {
		case strings.HasPrefix(text, "@@ "):
			from, _, _ := strings.Cut(strings.TrimPrefix(text, "@@ -"), ",")
			line, _ = strconv.Atoi(from) // as the line above was written
			open = false
		case line == 0 || text[0] == '\\': // above the first hunk, or "no newline at end of file"
		case text[0] == ' ':
			line, open = line+1, false
		default:
			if !open {
				list = append(list, LineChange{Line: line})
				open = true
			}
			h := &list[len(list)-1]
			if text[0] == '+' {
				h.Text += text[1:]
				continue
			}
			h.Count++
			line++
		}
	}
	for i := range list {
		list[i].Line += part.Line - 1
	}
	return list
}
