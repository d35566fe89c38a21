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

// text returns the source of n.
func (r *Request) text(n ast.Node) string { return r.between(n.Pos(), n.End()) }

func (r *Request) between(pos, end token.Pos) string {
	return string(r.Src[r.offset(pos):r.offset(end)])
}

func (r *Request) offset(pos token.Pos) int { return int(pos - r.File.FileStart) }

// apply returns the source between pos and end with edits, which lie in there
// and do not overlap; one that lies inside another is dropped.
func (r *Request) apply(pos, end token.Pos, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(b.end, a.end))
	})
	var out strings.Builder
	at := pos
	for _, e := range edits {
		if e.pos < at || e.end > end {
			continue
		}
		out.WriteString(r.between(at, e.pos))
		out.WriteString(e.text)
		at = e.end
	}
	out.WriteString(r.between(at, end))
	return out.String()
}

// line returns the range of the whole lines that n alone is on, with its line
// end; n itself if something else is there but a comment. A comment behind n
// is kept: it is returned as text on a line of its own.
func (r *Request) line(pos, end token.Pos) edit {
	from, to := r.offset(pos), r.offset(end)
	start := bytes.LastIndexByte(r.Src[:from], '\n') + 1
	if len(bytes.TrimSpace(r.Src[start:from])) > 0 {
		return edit{pos, end, ""}
	}
	stop := len(r.Src)
	if i := bytes.IndexByte(r.Src[to:], '\n'); i >= 0 {
		stop = to + i + 1
	}
	rest := bytes.TrimSpace(r.Src[to:stop])
	text := ""
	switch {
	case len(rest) == 0 || bytes.Equal(rest, []byte(";")):
	case bytes.HasPrefix(rest, []byte("//")) || bytes.HasPrefix(rest, []byte("/*")) && bytes.HasSuffix(rest, []byte("*/")):
		text = string(r.Src[start:from]) + string(rest) + "\n"
	default:
		return edit{pos, end, ""}
	}
	// Comments inside what is left out are kept as well.
	return edit{r.File.FileStart + token.Pos(start), r.File.FileStart + token.Pos(stop), text}
}

// closeGaps makes edits that drop lines drop the empty line behind them, too,
// where another one, or the begin of a block, stands before them.
func (r *Request) closeGaps(edits []edit) []edit {
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.pos, b.pos) })
	start, kept := 0, false // of the lines that go together
	for i := range edits {
		e := &edits[i]
		if i == 0 || edits[i-1].end != e.pos {
			start, kept = i, false
		}
		kept = kept || e.text != ""
		before := strings.TrimRight(r.between(r.File.FileStart, edits[start].pos), " \t")
		opens := strings.HasSuffix(before, "{\n") || strings.HasSuffix(before, "\n\n")
		after := r.between(e.end, r.File.FileEnd)
		if rest := strings.TrimLeft(after, " \t"); opens && !kept && strings.HasPrefix(rest, "\n") {
			e.end += token.Pos(len(after) - len(rest) + 1)
		}
	}
	return edits
}
