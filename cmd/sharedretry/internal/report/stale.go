package report

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// PointOut prints the lines that the fixes in a file have made untrue, where they are
// now in that file, and returns their number.
func (r *Report) PointOut(t *apply.Target, after []byte) (lines int) {
	seen := make(map[token.Position]bool) // what one loop says may hold for several
	for _, f := range r.findings {
		if !f.fixedIn(t) {
			continue
		}
		for _, pos := range f.site.Stale {
			at := f.pkg.Fset.PositionFor(pos, false)
			if seen[at] {
				continue
			}
			seen[at] = true
			text := ""
			if at.Filename == t.Name {
				at.Line, text = movedLine(t.Before, after, at)
			} else if other := r.lines.lines(at.Filename); at.Line <= len(other) {
				text = strings.TrimSpace(other[at.Line-1])
			}
			if text != "" {
				lines++
				out.Note(fmt.Sprintf("%s:%d: change this line, which states the old delay: %s", words.Short(at.Filename), at.Line, text))
			}
		}
	}
	return lines
}

// movedLine returns where the line of before that at is in is in after, the nearest of
// those that are written the same, and its text; "" if it is gone. A comment behind
// code may stand behind other code, or on a line of its own.
func movedLine(before, after []byte, at token.Position) (line int, text string) {
	lines := strings.Split(string(before), "\n")
	if at.Line > len(lines) {
		return 0, ""
	}
	whole := lines[at.Line-1]
	comment := strings.TrimSpace(whole[min(max(at.Column-1, 0), len(whole)):])
	for _, same := range []func(string) bool{
		func(s string) bool { return s == strings.TrimSpace(whole) },
		func(s string) bool { return strings.HasPrefix(comment, "/") && strings.HasSuffix(s, comment) },
	} {
		for i, other := range strings.Split(string(after), "\n") {
			other = strings.TrimSpace(other)
			if same(other) && (line == 0 || distance(i+1, at.Line) < distance(line, at.Line)) {
				line, text = i+1, other
			}
		}
		if line > 0 {
			return line, text
		}
	}
	return 0, ""
}

func distance(a, b int) int { return max(a-b, b-a) }
