package restate

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// inverted writes a loop that goes round where attempts are left so that it
// leaves where none are:
//
//	if n > 0 {
//		time.Sleep(d)
//		continue
//	}
//	return err
//
// becomes `if n <= 0 { return err }`, with the delay behind it; nil if the loop
// has no such statement.
func (r *restater) inverted(s *ast.ForStmt) *Form {
	c := r.loop.Counter()
	if c == nil {
		return nil
	}
	var edits []edit.Edit
	code.EachList(s.Body, func(list []ast.Stmt) {
		for i, s := range list[:max(len(list)-1, 0)] {
			if x, ok := s.(*ast.IfStmt); ok && len(edits) == 0 && r.goesRound(x, c) && leaves(list[i+1:]) {
				rest := list[i+1:]
				until := rest[len(rest)-1].End()
				body := strings.TrimRight(r.Between(x.Body.Lbrace+1, x.Body.Rbrace), " \t\n")
				text := "if " + r.negation(x.Cond) + " {\n" + r.Between(rest[0].Pos(), until) + "\n}" + body
				edits = append(edits, edit.Span(x.Pos(), until, text))
			}
		}
	})
	if len(edits) == 0 {
		return nil
	}
	return newForm(r.Site, s.Pos(), s.End(), r.Apply(s.Pos(), s.End(), edits), r.Indent(s.Pos()))
}

// leaves reports whether a list of statements ends by leaving the loop.
func leaves(list []ast.Stmt) bool {
	return code.Terminating(list) || code.EndsIn(list, token.BREAK)
}

// goesRound reports whether x tests the counter c, and goes on to the next pass.
func (r *restater) goesRound(x *ast.IfStmt, c *loop.Counter) bool {
	return x.Init == nil && x.Else == nil && code.Mentions(r.info, x.Cond, c.Obj) && isContinue(code.Last(x.Body.List))
}

// isContinue reports whether s is a continue without a label.
func isContinue(s ast.Stmt) bool {
	b, ok := s.(*ast.BranchStmt)
	return ok && b.Tok == token.CONTINUE && b.Label == nil
}

// negation writes the opposite of cond.
func (r *restater) negation(cond ast.Expr) string {
	return r.Apply(cond.Pos(), cond.End(), edit.Negate(r.info, cond))
}
