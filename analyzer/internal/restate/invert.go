package restate

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
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
// becomes `if n <= 0 { return err }`, with the delay behind it, and so does what leaves
// in an else; nil if the loop has no such statement.
func (r *restater) inverted() *Form {
	c := r.loop.Counter()
	if c == nil {
		return nil
	}
	var edits []edit.Edit
	var fits func(*helper.Helper) bool
	code.EachList(&ast.BlockStmt{List: r.loop.Body}, func(list []ast.Stmt) {
		for i, s := range list {
			x, ok := s.(*ast.IfStmt)
			if !ok || len(edits) > 0 || x.Init != nil || !code.Mentions(r.info, x.Cond, c.Obj) {
				continue
			}
			rest, until := r.otherwise(x, list[i+1:])
			if len(rest) == 0 || !leaves(rest) {
				continue
			}
			body := strings.TrimRight(r.Between(x.Body.Lbrace+1, x.Body.Rbrace), " \t\n")
			text := "if " + r.negation(x.Cond) + " {\n" + r.Statements(rest) + "\n}" + body
			edits = append(edits, edit.Span(x.Pos(), until, text))
			if len(rest) > 1 {
				fits = calls // a loop that stays may as well go round where it does
			}
		}
	})
	if len(edits) == 0 {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), r.loop.End()
	form := newForm(r.Site, pos, end, r.Apply(pos, end, edits), r.Indent(pos))
	if form != nil {
		form.Fits = fits
	}
	return form
}

// otherwise returns what a pass does that does not come into x, which goes on to the
// next pass, and where that ends; behind is what follows x in its list.
func (r *restater) otherwise(x *ast.IfStmt, behind []ast.Stmt) (rest []ast.Stmt, until token.Pos) {
	goesRound := isContinue(code.Last(x.Body.List)) || x == code.Last(r.loop.Body) && !leaves(x.Body.List)
	switch other := x.Else.(type) {
	case nil:
		if goesRound && len(behind) > 0 {
			return behind, code.Last(behind).End()
		}
	case *ast.BlockStmt:
		if goesRound && len(behind) == 0 {
			return other.List, x.End()
		}
	}
	return nil, token.NoPos
}

// leaves reports whether a list of statements ends by leaving the loop.
func leaves(list []ast.Stmt) bool {
	return code.Terminating(list) || code.EndsIn(list, token.BREAK)
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
