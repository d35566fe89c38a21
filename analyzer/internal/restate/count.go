package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// counted writes a loop whose body counts each pass that goes round so that its
// header does:
//
//	for {
//		if err := op(); err == nil || left == 0 {
//			return err
//		}
//		left--
//		time.Sleep(d)
//	}
//
// becomes `for ; ; left-- { ... }`; nil if no pass is counted so, or if what is behind
// the step could tell.
func (r *restater) counted(s *ast.ForStmt) *Form {
	if s.Post != nil {
		return nil
	}
	for i, x := range s.Body.List {
		v, step := r.step(x)
		if v == nil || v.Pos() > s.Body.Pos() || r.goesRoundIn(s.Body.List[:i]) || r.tells(v, s.Body.List[i+1:]) {
			continue
		}
		head := "for " + r.optional(s.Init) + "; "
		if s.Cond != nil {
			head += r.Text(s.Cond)
		}
		head += "; " + step + " {"
		body := r.Apply(s.Body.Lbrace+1, s.Body.Rbrace, []edit.Edit{r.Drop(x)})
		form := newForm(r.Site, s.Pos(), s.End(), head+strings.TrimRight(body, " \t\n")+"\n}", r.Indent(s.Pos()))
		if form != nil {
			form.Shapes = counting
		}
		return form
	}
	return nil
}

// step returns the variable that s counts up or down by one, and how; nil if it
// does not.
func (r *restater) step(s ast.Stmt) (v *types.Var, text string) {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		return code.Local(r.info, s.X), r.Text(s)
	case *ast.AssignStmt:
		op := map[token.Token]string{token.ADD_ASSIGN: "++", token.SUB_ASSIGN: "--"}[s.Tok]
		if op != "" && r.Text(s.Rhs[0]) == "1" {
			return code.Local(r.info, s.Lhs[0]), r.Text(s.Lhs[0]) + op
		}
	}
	return nil, ""
}

// goesRoundIn reports whether a pass may go round in list, or elsewhere but on.
func (r *restater) goesRoundIn(list []ast.Stmt) bool {
	return r.jumps(list, func(b *ast.BranchStmt, inner bool) bool {
		return b.Tok == token.GOTO || b.Tok == token.CONTINUE && (!inner || b.Label != nil)
	})
}

// goesTo reports whether list has a goto, which may lead back to before it.
func (r *restater) goesTo(list []ast.Stmt) bool {
	return r.jumps(list, func(b *ast.BranchStmt, _ bool) bool { return b.Tok == token.GOTO })
}

// jumps reports whether list has a jump for which is holds; inner is whether it
// stands in a loop in list.
func (r *restater) jumps(list []ast.Stmt, is func(b *ast.BranchStmt, inner bool) bool) (found bool) {
	for _, s := range list {
		ast.PreorderStack(s, nil, func(n ast.Node, stack []ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok {
				inner := slices.ContainsFunc(stack, func(n ast.Node) bool {
					switch n.(type) {
					case *ast.ForStmt, *ast.RangeStmt:
						return true
					}
					return false
				})
				found = found || is(b, inner)
			}
			_, lit := n.(*ast.FuncLit)
			return !lit
		})
	}
	return found
}

// tells reports whether something could tell that v is counted at the end of the
// pass and not before rest: what stands there, or, where the loop is left there, what
// runs behind it.
func (r *restater) tells(v *types.Var, rest []ast.Stmt) bool {
	if r.goesTo(rest) || slices.ContainsFunc(rest, func(s ast.Stmt) bool { return code.Mentions(r.info, s, v) }) {
		return true
	}
	if v.Pos() < r.Func.Node.Pos() || v.Kind() == types.ResultVar || code.Shared(r.info, r.Func.Body, v) {
		return true // who else has it may look at any time
	}
	leaves := r.jumps(rest, func(b *ast.BranchStmt, inner bool) bool { return b.Tok != token.CONTINUE || b.Label != nil })
	if !leaves {
		return false
	}
	if slices.ContainsFunc(r.loop.After, func(s ast.Stmt) bool { return code.Mentions(r.info, s, v) }) {
		return true
	}
	return !r.loop.Last && !slices.ContainsFunc(r.loop.List[:r.loop.Index], func(s ast.Stmt) bool { return s.Pos() <= v.Pos() && v.Pos() < s.End() })
}
