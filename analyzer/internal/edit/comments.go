package edit

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A comment stays where what it stands at goes, unless it is about a wait.

// Drop returns the edit that leaves n out, with its line and what is said of it. The comments
// in it stay, and one behind it that gives a reason.
func (s *Source) Drop(n ast.Node) Edit {
	e := s.Line(n.Pos(), n.End())
	whole := e.Pos < n.Pos() || s.Offset(e.Pos) == 0 || s.Src[s.Offset(e.Pos)-1] == '\n'
	above, behind := s.Attached(n)
	if _, part := n.(ast.Spec); part || s.goesWith(behind) {
		e.Text = ""
	}
	if whole && (s.AboutWait(above) || s.AboutGone(above, n) || s.aboutLast(above, n)) {
		e.Pos = s.Line(above.Pos(), above.End()).Pos
	}
	if below := s.Below(n); whole && s.AboutWait(below) && (behind == nil || s.AboutWait(behind)) {
		e.End = s.Line(below.Pos(), below.End()).End
	}
	e.Text = s.CommentsIn(n) + e.Text
	return e
}

// AboutGone reports whether g, right above n, says what a variable is that n declares, by its
// name as the first word, or in a line what n makes of one, and gives no reason.
//
//	// But cap the delay at c.limit.
//	if delay > c.limit {
func (s *Source) AboutGone(g *ast.CommentGroup, n ast.Node) bool {
	if g == nil || reasons().MatchString(s.Text(g)) {
		return false
	}
	words := strings.FieldsFunc(g.Text(), func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	oneLine := len(g.List) == 1 && !declares(n)
	names := func(id *ast.Ident) bool {
		at := slices.Index(words, id.Name)
		return len(id.Name) > 1 && id.Name != "err" && (at == 0 || at > 0 && oneLine)
	}
	return code.Any(n, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			return slices.ContainsFunc(spec.Names, names)
		}
		return slices.ContainsFunc(code.Assigned(n), names)
	})
}

// goesWith reports whether g, behind a statement in its line, goes where that goes: it is one
// clause, about that line, and gives no reason. A second one may be about something else.
//
//	time.Sleep(delay) // give the server time
//	tries := 0        // counts from zero, shown on the dashboard
func (s *Source) goesWith(g *ast.CommentGroup) bool {
	return s.AboutWait(g) || g != nil && !clauses().MatchString(s.Text(g)) && !reasons().MatchString(s.Text(g))
}

// clauses matches where a comment goes on behind its first clause.
var clauses = pattern.New(`[,.!?]\s+\S|\s[-–—]+\s`)

// aboutLast reports whether g, a line right above n, says that n asks for the last attempt.
//
//	// The last one: give up.
//	if i == attempts-1 {
func (s *Source) aboutLast(g *ast.CommentGroup, n ast.Node) bool {
	_, asks := n.(*ast.IfStmt)
	return asks && g != nil && len(g.List) == 1 && lastAttempt().MatchString(s.Text(g)) && !tasks().MatchString(s.Text(g))
}

var (
	lastAttempt = pattern.New(`(?i)\b(last|final) (one|attempt|try|time|round|iteration|retry)\b|^\W*giv(e|ing) up\W*$`)
	tasks       = pattern.New(`(?i)\b(because|fixme|issue|nolint|todo|xxx)\b|https?`)
)

// declares reports whether n is a declaration.
func declares(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Tok == token.DEFINE
	case *ast.DeclStmt, ast.Spec:
		return true
	}
	return false
}

// reasons matches what a comment says that tells why, or what is to be done.
var reasons = pattern.New(`(?i)\b(as|because|callers?|due|else|fixme|issue|keep|must|never|nolint|not|only|otherwise|quota|rel(y|ies)|requires?|see|since|so|todo|which|wants?|xxx)\b|[(:;]|https?`)

// DropComments returns the edits that leave out what is said of the wait at n,
// which something else takes the place of.
func (s *Source) DropComments(n ast.Node) []Edit { return s.dropComments(n, s.AboutWait, s.goesWith) }

// DropLengths is DropComments for a wait that stays, and becomes longer or shorter.
func (s *Source) DropLengths(n ast.Node) []Edit {
	return s.dropComments(n, s.OnlyLength, s.OnlyLength)
}

func (s *Source) dropComments(n ast.Node, drop, dropBehind func(*ast.CommentGroup) bool) (edits []Edit) {
	above, behind := s.Attached(n)
	if drop(above) {
		edits = append(edits, s.Line(above.Pos(), above.End()))
	}
	if dropBehind(behind) {
		edits = append(edits, Edit{n.End(), behind.End(), ""})
	}
	if below := s.Below(n); drop(below) {
		edits = append(edits, s.Line(below.Pos(), below.End()))
	}
	return edits
}

// OnlyLength reports whether g says how long a wait is, and nothing else.
func (s *Source) OnlyLength(g *ast.CommentGroup) bool {
	return g != nil && len(g.List) == 1 && delays.OnlyLength(s.Text(g))
}

// AboutWait reports whether g says of a wait that it is there: in a line or two. A
// longer comment has a reason to tell, and stays.
func (s *Source) AboutWait(g *ast.CommentGroup) bool {
	return g != nil && len(g.List) <= 2 && !strings.Contains(s.Text(g), "TODO") && delays.AboutWait(s.Text(g))
}

// Attached returns the comments that stand right above n, on lines of their own,
// and behind it on its last line.
func (s *Source) Attached(n ast.Node) (above, behind *ast.CommentGroup) {
	before := code.Comments(s.File, s.File.FileStart, n.Pos())
	if i := len(before) - 1; i >= 0 && s.rightAbove(before[i], n.Pos()) {
		above = before[i]
	}
	after := code.Comments(s.File, n.End(), s.File.FileEnd)
	if len(after) > 0 && len(bytes.Trim(s.Src[s.Offset(n.End()):s.Offset(after[0].Pos())], " \t;")) == 0 {
		behind = after[0]
	}
	return above, behind
}

// EndOf returns where n ends, with the comment behind it.
func (s *Source) EndOf(n ast.Node) token.Pos {
	if _, behind := s.Attached(n); behind != nil {
		return behind.End()
	}
	return n.End()
}

// Below returns the comment on lines of its own right below n, if a block ends behind it;
// or nil.
//
//	time.Sleep(time.Second)
//	// and then the next round
//	}
func (s *Source) Below(n ast.Node) *ast.CommentGroup {
	for _, g := range s.File.Comments {
		if g.Pos() < n.End() {
			continue
		}
		from := s.EndOf(n)
		if g.Pos() < from {
			continue
		}
		between := s.Between(from, g.Pos())
		if strings.TrimSpace(between) == "" && strings.Count(between, "\n") == 1 && bytes.HasPrefix(bytes.TrimLeft(s.Src[s.Offset(g.End()):], " \t\n"), []byte("}")) {
			return g
		}
		return nil
	}
	return nil
}

// rightAbove reports whether g stands on lines of its own above the line that pos
// is the begin of.
func (s *Source) rightAbove(g *ast.CommentGroup, pos token.Pos) bool {
	between := s.Src[s.Offset(g.End()):s.Offset(pos)]
	from := s.Offset(g.Pos())
	start := bytes.LastIndexByte(s.Src[:from], '\n') + 1
	return len(bytes.TrimSpace(between)) == 0 && bytes.Count(between, []byte("\n")) == 1 && len(bytes.TrimSpace(s.Src[start:from])) == 0
}

// aboutExit reports whether g, of a line or two, stands right above where n returns, or
// goes round, or behind that in its line, or in the place of that in a case that does nothing.
func (s *Source) aboutExit(g *ast.CommentGroup, n ast.Node) bool {
	return len(g.List) <= 2 && !strings.Contains(s.Text(g), "TODO") && code.Any(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			_, behind := s.Attached(n)
			return g == behind && s.goesWith(g) || g.End() <= n.Pos() && s.rightAbove(g, n.Pos())
		case *ast.SelectStmt:
			return inEmptyCase(g, n.Body)
		}
		return false
	})
}

// inEmptyCase reports whether g is all that a case of a select holds.
func inEmptyCase(g *ast.CommentGroup, body *ast.BlockStmt) bool {
	end := body.Rbrace
	for _, s := range slices.Backward(body.List) {
		if c := s.(*ast.CommClause); len(c.Body) == 0 && c.Colon < g.Pos() && g.End() <= end {
			return true
		}
		end = s.Pos()
	}
	return false
}

// CommentsIn returns the comments in n that are not about a wait, nor about a way out
// that goes with it, each with its line end.
func (s *Source) CommentsIn(n ast.Node) string {
	var text strings.Builder
	for _, group := range code.Comments(s.File, n.Pos()+1, n.End()) {
		if group.End() < n.End() && !s.AboutWait(group) && !s.aboutExit(group, n) {
			for _, c := range group.List {
				text.WriteString(c.Text + "\n")
			}
		}
	}
	return text.String()
}
