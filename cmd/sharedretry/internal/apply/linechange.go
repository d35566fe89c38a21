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
	var added []byte
	line, open := 0, false
	end := func() {
		if open {
			list[len(list)-1].Text = string(added)
		}
		added, open = nil, false
	}
	for text := range strings.Lines(string(diff.Diff("a", part.Before, "b", part.After))) {
		switch {
		case strings.HasPrefix(text, "@@ "):
			from, _, _ := strings.Cut(strings.TrimPrefix(text, "@@ -"), ",")
			line, _ = strconv.Atoi(from) // as the line above was written
			end()
		case line == 0 || text[0] == '\\': // above the first hunk, or "no newline at end of file"
		case text[0] == ' ':
			line++
			end()
		default:
			if !open {
				list = append(list, LineChange{Line: line})
				open = true
			}
			if text[0] == '+' {
				added = append(added, text[1:]...)
				continue
			}
			list[len(list)-1].Count++
			line++
		}
	}
	end()
	for i := range list {
		list[i].Line += part.Line - 1
	}
	return list
}
