package main

import (
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// A lineChange replaces whole lines of a file.
type lineChange struct {
	line  int    // the first of them, or, if count is 0, the one before which text comes
	count int    // how many
	text  string // what takes their place, with line ends
}

// lineChanges returns what changes a file from before to after, as few lines as a
// diff shows.
func lineChanges(before, after []byte) []lineChange {
	var list []lineChange
	line, open := 0, false
	for text := range strings.Lines(string(diff.Diff("a", before, "b", after))) {
		switch {
		case strings.HasPrefix(text, "@@ "):
			fmt.Sscanf(text, "@@ -%d", &line)
			open = false
		case line == 0 || text[0] == '\\': // above the first hunk, or "no newline at end of file"
		case text[0] == ' ':
			line, open = line+1, false
		default:
			if !open {
				list = append(list, lineChange{line: line})
				open = true
			}
			h := &list[len(list)-1]
			if text[0] == '+' {
				h.text += text[1:]
				continue
			}
			h.count++
			line++
		}
	}
	return list
}
