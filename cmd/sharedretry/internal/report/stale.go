package report

import (
	"bytes"
	"fmt"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// PointOut prints the lines of a file that its fixes have made untrue, where they
// are now, and returns their number.
func (r *Report) PointOut(t *apply.Target, after []byte) (lines int) {
	for _, f := range r.findings {
		if !f.fixedIn(t) {
			continue
		}
		for _, pos := range f.site.Stale {
			line := f.pkg.Fset.PositionFor(pos, false).Line
			if at, text := movedLine(t.Before, after, line); at > 0 {
				lines++
				out.Note(fmt.Sprintf("%s:%d: change this line, which states the old delay: %s", words.Short(t.Name), at, text))
			}
		}
	}
	return lines
}

// movedLine returns where the n-th line of before is in after, the nearest of those
// that are written the same, and its text; 0 if it is gone.
func movedLine(before, after []byte, n int) (at int, text []byte) {
	lines := bytes.Split(before, []byte("\n"))
	if n > len(lines) {
		return 0, nil
	}
	text = bytes.TrimSpace(lines[n-1])
	for i, line := range bytes.Split(after, []byte("\n")) {
		if bytes.Equal(bytes.TrimSpace(line), text) && (at == 0 || distance(i+1, n) < distance(at, n)) {
			at = i + 1
		}
	}
	return at, text
}

func distance(a, b int) int { return max(a-b, b-a) }
