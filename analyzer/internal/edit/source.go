package edit

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// An Edit replaces the text from pos to end.
type Edit struct {
	Pos, End token.Pos
	Text     string
}

// Replace returns the edit that replaces n by text.
func Replace(n ast.Node, text string) Edit { return Edit{n.Pos(), n.End(), text} }

// Insert returns the edit that inserts text at pos.
func Insert(pos token.Pos, text string) Edit { return Edit{pos, pos, text} }

// Span returns the edit that replaces what lies between pos and end by text.
func Span(pos, end token.Pos, text string) Edit { return Edit{pos, end, text} }

// A Source is the text of a file, and its syntax tree.
type Source struct {
	File *ast.File
	Src  []byte // of File
	Cuts []Edit // of parts that are left out of all text, in source order
}

// Text returns the source of n.
func (s *Source) Text(n ast.Node) string { return s.Between(n.Pos(), n.End()) }

// Between returns the source from pos to end, but for what is cut.
func (s *Source) Between(pos, end token.Pos) string {
	text := ""
	for _, c := range s.Cuts {
		if pos <= c.Pos && c.End <= end {
			text += string(s.Src[s.Offset(pos):s.Offset(c.Pos)])
			pos = c.End
		}
	}
	return text + string(s.Src[s.Offset(pos):s.Offset(end)])
}

// Statements returns the source of statements that follow each other.
func (s *Source) Statements(list []ast.Stmt) string {
	if len(list) == 0 {
		return ""
	}
	return s.Between(list[0].Pos(), list[len(list)-1].End())
}

// Offset returns where in the source pos is.
func (s *Source) Offset(pos token.Pos) int { return int(pos - s.File.FileStart) }

// Apply returns the source between pos and end with edits, which lie in there
// and do not overlap; one that lies inside another, or inside what is cut, is dropped.
func (s *Source) Apply(pos, end token.Pos, edits []Edit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(b.End, a.End))
	})
	var out strings.Builder
	at := pos
	for _, e := range edits {
		cut := slices.ContainsFunc(s.Cuts, func(c Edit) bool { return c.Pos <= e.Pos && e.End <= c.End && c.Pos < e.End && e.Pos < c.End })
		if cut || e.Pos < at || e.End > end {
			continue
		}
		out.WriteString(s.Between(at, e.Pos))
		out.WriteString(e.Text)
		at = e.End
	}
	out.WriteString(s.Between(at, end))
	return out.String()
}

// Line returns the range of the whole lines that n alone is on, with its line
// end; n itself if something else is there but a comment. A comment behind n
// is kept: it is returned as text on a line of its own.
func (s *Source) Line(pos, end token.Pos) Edit {
	from, to := s.Offset(pos), s.Offset(end)
	start := bytes.LastIndexByte(s.Src[:from], '\n') + 1
	if len(bytes.TrimSpace(s.Src[start:from])) > 0 {
		return Edit{pos, end, ""}
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
		return Edit{pos, end, ""}
	}
	// Comments inside what is left out are kept as well.
	return Edit{s.File.FileStart + token.Pos(start), s.File.FileStart + token.Pos(stop), text}
}

// CloseGaps returns edits in source order. Those that drop lines drop the empty line behind them, too,
// where another one, the begin of a block, or a comment on what follows stands before them.
func (s *Source) CloseGaps(edits []Edit) []Edit {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Pos, b.Pos) })
	start, kept := 0, false // of the lines that go together
	for i := range edits {
		e := &edits[i]
		if i == 0 || edits[i-1].End != e.Pos {
			start, kept = i, false
		}
		kept = kept || e.Text != ""
		before := bytes.TrimRight(s.Src[:s.Offset(edits[start].Pos)], " \t")
		last := string(bytes.TrimSpace(before[bytes.LastIndexByte(bytes.TrimSuffix(before, []byte("\n")), '\n')+1:]))
		opens := strings.HasSuffix(last, "{") || last == "" || strings.HasPrefix(last, "//")
		after := s.Src[s.Offset(e.End):]
		if rest := bytes.TrimLeft(after, " \t"); opens && !kept && bytes.HasPrefix(rest, []byte("\n")) {
			e.End += token.Pos(len(after) - len(rest) + 1)
		}
	}
	return edits
}

// Indent returns the white space before the line of pos.
func (s *Source) Indent(pos token.Pos) string {
	at := s.Offset(pos)
	line := s.Src[bytes.LastIndexByte(s.Src[:at], '\n')+1:]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}
