package rewrite

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
)

// A comment stays where what it stands at goes, unless it is about a wait.

// drop returns the edit that leaves n out, with its line. The comments in it
// stay.
func (s *Source) drop(n ast.Node) edit {
	e := s.line(n.Pos(), n.End())
	whole := e.pos < n.Pos() || s.offset(e.pos) == 0 || s.Src[s.offset(e.pos)-1] == '\n'
	above, behind := s.attached(n)
	if s.aboutWait(behind) {
		e.text = ""
	}
	if whole && s.aboutWait(above) {
		e.pos = s.line(above.Pos(), above.End()).pos
	}
	e.text = s.commentsIn(n) + e.text
	return e
}

// dropComments returns the edits that leave out what is said of the wait at n,
// which something else takes the place of.
func (s *Source) dropComments(n ast.Node) (edits []edit) {
	above, behind := s.attached(n)
	if s.aboutWait(above) {
		edits = append(edits, s.line(above.Pos(), above.End()))
	}
	if s.aboutWait(behind) {
		edits = append(edits, edit{n.End(), behind.End(), ""})
	}
	return edits
}

// aboutWait reports whether g says of a wait that it is there: in a line or two. A
// longer comment has a reason to tell, and stays.
func (s *Source) aboutWait(g *ast.CommentGroup) bool {
	return g != nil && len(g.List) <= 2 && !strings.Contains(s.text(g), "TODO") && delays.AboutWait(s.text(g))
}

// attached returns the comments that stand right above n, on lines of their own,
// and behind it on its last line.
func (s *Source) attached(n ast.Node) (above, behind *ast.CommentGroup) {
	for _, g := range s.File.Comments {
		switch {
		case g.End() <= n.Pos() && s.rightAbove(g, n.Pos()):
			above = g
		case g.Pos() >= n.End() && len(bytes.Trim(s.Src[s.offset(n.End()):s.offset(g.Pos())], " \t;")) == 0:
			behind = g
		}
	}
	return above, behind
}

// rightAbove reports whether g stands on lines of its own above the line that pos
// is the begin of.
func (s *Source) rightAbove(g *ast.CommentGroup, pos token.Pos) bool {
	between := s.between(g.End(), pos)
	from := s.offset(g.Pos())
	start := bytes.LastIndexByte(s.Src[:from], '\n') + 1
	return strings.TrimSpace(between) == "" && strings.Count(between, "\n") == 1 && len(bytes.TrimSpace(s.Src[start:from])) == 0
}

// commentsIn returns the comments in n that are not about a wait, each with its
// line end.
func (s *Source) commentsIn(n ast.Node) string {
	var text strings.Builder
	for _, group := range s.File.Comments {
		if n.Pos() < group.Pos() && group.End() < n.End() && !s.aboutWait(group) {
			for _, c := range group.List {
				text.WriteString(c.Text + "\n")
			}
		}
	}
	return text.String()
}
