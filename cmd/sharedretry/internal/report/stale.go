package report

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// PointOut prints the lines that the fixes in a file have made untrue, where they are
// now in that file, and returns their number.
func (r *Report) PointOut(t *apply.Target, after []byte) (lines int) {
	var moved *moves
	seen := make(map[token.Position]bool) // what one loop says may hold for several
	for _, f := range r.findings {
		if !f.fixedIn(t) {
			continue
		}
		for _, pos := range f.site.Stale {
			at := f.pkg.Fset.PositionFor(pos, false)
			text := ""
			if at.Filename == t.Name {
				if moved == nil {
					moved = newMoves(t.Before, after)
				}
				at.Line, text = moved.find(at)
			} else if other := r.lines.lines(at.Filename); at.Line <= len(other) {
				text = strings.TrimSpace(other[at.Line-1])
			}
			line := token.Position{Filename: at.Filename, Line: at.Line}
			if text != "" && !seen[line] {
				seen[line] = true
				lines++
				text, _, _ = clip(text, 0, 0)
				out.Note(fmt.Sprintf("%s:%d: change this line, which states the old delay: %s", words.Short(at.Filename), at.Line, text))
			}
		}
	}
	return lines
}

// moves tells where the lines of a file are after its fixes.
type moves struct {
	before      []string
	whole, ends map[string][]int // the numbers of lines by what they hold, and by what they end in
}

// maxComments is how many ends of a line may be its comment.
const maxComments = 16

func newMoves(before, after []byte) *moves {
	m := &moves{strings.Split(string(before), "\n"), make(map[string][]int), make(map[string][]int)}
	number := 0
	for line := range strings.Lines(string(after)) {
		number++
		text := strings.TrimSpace(line)
		m.whole[text] = append(m.whole[text], number)
		end := len(text)
		for range maxComments {
			if end = strings.LastIndexByte(text[:end], '/'); end < 0 {
				break
			}
			m.ends[text[end:]] = append(m.ends[text[end:]], number)
		}
	}
	return m
}

// find returns where the line that at is in is afterwards, the nearest of those that
// are written the same, and its text; 0 if it is gone. A comment behind code may stand
// behind other code, or on a line of its own.
func (m *moves) find(at token.Position) (line int, text string) {
	if at.Line > len(m.before) {
		return 0, ""
	}
	text = m.before[at.Line-1]
	comment := strings.TrimSpace(text[min(max(at.Column-1, 0), len(text)):])
	text = strings.TrimSpace(text)
	if line := nearest(m.whole[text], at.Line); line > 0 {
		return line, text
	}
	if line := nearest(m.ends[comment], at.Line); line > 0 {
		return line, comment
	}
	return 0, ""
}

// nearest returns the number in list, which is sorted, that is nearest to n; 0 if
// there is none.
func nearest(list []int, n int) int {
	i, _ := slices.BinarySearch(list, n)
	switch {
	case len(list) == 0:
		return 0
	case i == len(list), i > 0 && n-list[i-1] <= list[i]-n:
		return list[i-1]
	}
	return list[i]
}
