package rewrite

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// An edit replaces the text from pos to end.
type edit struct {
	pos, end token.Pos
	text     string
}

// A Source is the text of a file, and its syntax tree.
type Source struct {
	File *ast.File
	Src  []byte // of File
}

// text returns the source of n.
func (s *Source) text(n ast.Node) string { return s.between(n.Pos(), n.End()) }

func (s *Source) between(pos, end token.Pos) string {
	return string(s.Src[s.offset(pos):s.offset(end)])
}

func (s *Source) offset(pos token.Pos) int { return int(pos - s.File.FileStart) }

// apply returns the source between pos and end with edits, which lie in there
// and do not overlap; one that lies inside another is dropped.
func (s *Source) apply(pos, end token.Pos, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(b.end, a.end))
	})
	var out strings.Builder
	at := pos
	for _, e := range edits {
		if e.pos < at || e.end > end {
			continue
		}
		out.WriteString(s.between(at, e.pos))
		out.WriteString(e.text)
		at = e.end
	}
	out.WriteString(s.between(at, end))
	return out.String()
}

// line returns the range of the whole lines that n alone is on, with its line
// end; n itself if something else is there but a comment. A comment behind n
// is kept: it is returned as text on a line of its own.
func (s *Source) line(pos, end token.Pos) edit {
	from, to := s.offset(pos), s.offset(end)
	start := bytes.LastIndexByte(s.Src[:from], '\n') + 1
	if len(bytes.TrimSpace(s.Src[start:from])) > 0 {
		return edit{pos, end, ""}
	}
	stop := len(s.Src)
	if i := bytes.IndexByte(s.Src[to:], '\n'); i >= 0 {
		stop = to + i + 1
	}
	rest := bytes.TrimSpace(s.Src[to:stop])
	text := ""
	switch {
	case len(rest) == 0 || bytes.Equal(rest, []byte(";")):
	case bytes.HasPrefix(rest, []byte("//")) || bytes.HasPrefix(rest, []byte("/*")) && bytes.HasSuffix(rest, []byte("*/")):
		text = string(s.Src[start:from]) + string(rest) + "\n"
	default:
		return edit{pos, end, ""}
	}
	// Comments inside what is left out are kept as well.
	return edit{s.File.FileStart + token.Pos(start), s.File.FileStart + token.Pos(stop), text}
}

// closeGaps makes edits that drop lines drop the empty line behind them, too,
// where another one, or the begin of a block, stands before them.
func (s *Source) closeGaps(edits []edit) []edit {
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.pos, b.pos) })
	start, kept := 0, false // of the lines that go together
	for i := range edits {
		e := &edits[i]
		if i == 0 || edits[i-1].end != e.pos {
			start, kept = i, false
		}
		kept = kept || e.text != ""
		before := strings.TrimRight(s.between(s.File.FileStart, edits[start].pos), " \t")
		opens := strings.HasSuffix(before, "{\n") || strings.HasSuffix(before, "\n\n")
		after := s.between(e.end, s.File.FileEnd)
		if rest := strings.TrimLeft(after, " \t"); opens && !kept && strings.HasPrefix(rest, "\n") {
			e.end += token.Pos(len(after) - len(rest) + 1)
		}
	}
	return edits
}

// indent returns the white space before the line of pos.
func (s *Source) indent(pos token.Pos) string {
	at := s.offset(pos)
	line := s.Src[bytes.LastIndexByte(s.Src[:at], '\n')+1:]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}
