package rewrite

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
)

// A comment stays where what it stands at goes, unless it is about a wait.

// drop returns the edit that leaves n out, with its line. The comments in it
// stay.
func (r *Request) drop(n ast.Node) edit {
	e := r.line(n.Pos(), n.End())
	whole := e.pos < n.Pos() || r.offset(e.pos) == 0 || r.Src[r.offset(e.pos)-1] == '\n'
	above, behind := r.attached(n)
	if r.aboutWait(behind) {
		e.text = ""
	}
	if whole && r.aboutWait(above) {
		e.pos = r.line(above.Pos(), above.End()).pos
	}
	e.text = r.commentsIn(n) + e.text
	return e
}

// dropComments returns the edits that leave out what is said of the wait at n,
// which something else takes the place of.
func (r *Request) dropComments(n ast.Node) (edits []edit) {
	above, behind := r.attached(n)
	if r.aboutWait(above) {
		edits = append(edits, r.line(above.Pos(), above.End()))
	}
	if r.aboutWait(behind) {
		edits = append(edits, edit{n.End(), behind.End(), ""})
	}
	return edits
}

// aboutWait reports whether g says of a wait that it is there: in a line or two. A
// longer comment has a reason to tell, and stays.
func (r *Request) aboutWait(g *ast.CommentGroup) bool {
	return g != nil && len(g.List) <= 2 && !strings.Contains(r.text(g), "TODO") && delays.AboutWait(r.text(g))
}

// attached returns the comments that stand right above n, on lines of their own,
// and behind it on its last line.
func (r *Request) attached(n ast.Node) (above, behind *ast.CommentGroup) {
	for _, g := range r.File.Comments {
		switch {
		case g.End() <= n.Pos() && r.rightAbove(g, n.Pos()):
			above = g
		case g.Pos() >= n.End() && len(bytes.Trim(r.Src[r.offset(n.End()):r.offset(g.Pos())], " \t;")) == 0:
			behind = g
		}
	}
	return above, behind
}

// rightAbove reports whether g stands on lines of its own above the line that pos
// is the begin of.
func (r *Request) rightAbove(g *ast.CommentGroup, pos token.Pos) bool {
	between := r.between(g.End(), pos)
	from := r.offset(g.Pos())
	start := bytes.LastIndexByte(r.Src[:from], '\n') + 1
	return strings.TrimSpace(between) == "" && strings.Count(between, "\n") == 1 && len(bytes.TrimSpace(r.Src[start:from])) == 0
}

// commentsIn returns the comments in n that are not about a wait, each with its
// line end.
func (r *Request) commentsIn(n ast.Node) string {
	var text strings.Builder
	for _, group := range r.File.Comments {
		if n.Pos() < group.Pos() && group.End() < n.End() && !r.aboutWait(group) {
			for _, c := range group.List {
				text.WriteString(c.Text + "\n")
			}
		}
	}
	return text.String()
}

// goes reports whether a comment goes with one of the statements that are left
// out.
func (w *writer) goes(g *ast.CommentGroup) bool {
	if !w.aboutWait(g) {
		return false
	}
	at := func(s ast.Stmt) bool {
		above, behind := w.attached(s)
		return above == g || behind == g || within(s, g)
	}
	return slices.ContainsFunc(inOrder(w.pauses), at) || slices.ContainsFunc(inOrder(w.binder.gone), at)
}
