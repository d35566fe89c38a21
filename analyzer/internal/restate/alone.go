package restate

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// waitsAlone writes a delay that is an operand of a condition as a condition of its own:
//
//	if i > 0 && !pause(ctx) {
//		return ctx.Err()
//	}
//
// becomes `if i > 0 { if !pause(ctx) { return ctx.Err() } }`, and of
//
//	if i == last || !pause(ctx) {
//		return err
//	}
//
// each operand answers for itself; nil if no delay stands so.
func (r *restater) waitsAlone() *Form {
	var edits []edit.Edit
	for _, list := range r.loop.Lists() { // an else if would fall out of its chain
		for _, s := range list {
			if s, ok := s.(*ast.IfStmt); ok && s.Else == nil {
				edits = append(edits, r.asksAlone(s)...)
			}
		}
	}
	if len(edits) == 0 {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), r.loop.End()
	form := newForm(r.Site, pos, end, r.Apply(pos, end, edits), r.Indent(pos))
	if form != nil {
		form.More = 2 * len(edits)
	}
	return form
}

// asksAlone returns the edit by which s asks for the delay that is an operand of its
// condition alone, if there is one.
func (r *restater) asksAlone(s *ast.IfStmt) []edit.Edit {
	cond, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || cond.Op != token.LAND && cond.Op != token.LOR || r.commented(s.Pos(), s.Body.Lbrace) {
		return nil
	}
	ops := operands(cond, cond.Op)
	i := slices.IndexFunc(ops, r.waitsIn)
	init, ok := s.Init.(*ast.AssignStmt)
	if i < 0 || i == 0 && s.Init != nil {
		return nil
	}
	heads := []string{"if " + r.Text(ops[i]) + " "}
	if i > 0 {
		heads = slices.Insert(heads, 0, r.Between(s.Pos(), ops[i-1].End())+" ")
	}
	if i+1 < len(ops) {
		heads = append(heads, "if "+r.Between(ops[i+1].Pos(), cond.End())+" ")
	}
	body, declares := r.Text(s.Body), ok && init.Tok == token.DEFINE
	switch {
	case cond.Op == token.LAND:
		text := strings.Join(heads, "{\n") + body + strings.Repeat("\n}", len(heads)-1)
		return []edit.Edit{edit.Replace(s, text)}
	case !declares && leaves(s.Body.List) && len(s.Body.List) == 1 && !r.commented(s.Pos(), s.End()):
		way := "{ " + r.Text(s.Body.List[0]) + " }\n"
		return []edit.Edit{edit.Replace(s, strings.Join(heads, way)+body)}
	}
	return nil
}

// operands lists what op connects in cond, where no parentheses stand around it.
func operands(cond ast.Expr, op token.Token) []ast.Expr {
	if b, ok := cond.(*ast.BinaryExpr); ok && b.Op == op {
		return append(operands(b.X, op), b.Y)
	}
	return []ast.Expr{cond}
}

// waitsIn reports whether a delay is in e.
func (r *restater) waitsIn(e ast.Expr) bool {
	return slices.ContainsFunc(r.Waits, func(n ast.Node) bool { return code.Within(e, n) })
}
