package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// leavesFirst writes a loop whose body asks first whether attempts are left so that its
// header does:
//
//	for i := 0; ; i++ {
//		if i >= n {
//			return err
//		}
//		...
//	}
//
// becomes `for i := 0; i < n; i++ { ... }` with the return behind it; nil if the body begins
// with something else, or what it returns is not known there.
func (r *restater) leavesFirst(s *ast.ForStmt) *Form {
	if s.Cond != nil && !code.IsTrue(r.info.Types[s.Cond].Value) || len(s.Body.List) < 2 {
		return nil
	}
	x, ok := s.Body.List[0].(*ast.IfStmt)
	if !ok || x.Init != nil || x.Else != nil || !r.counts(x.Cond) || !code.Pure(r.info, x.Cond) || r.commented(s.Body.Lbrace, x.Pos()) {
		return nil
	}
	behind := ""
	if list := x.Body.List; len(list) != 1 || !r.breaks(list[0]) {
		if !code.Terminating(list) || len(r.loop.After) > 0 || r.loop.Any(r.breaks) || r.namesInside(x) {
			return nil
		}
		behind = "\n" + r.Statements(list)
	}
	head := "for " + r.negation(x.Cond) + " {\n"
	if s.Init != nil || s.Post != nil {
		head = "for " + r.optional(s.Init) + "; " + r.negation(x.Cond) + "; " + r.optional(s.Post) + " {\n"
	}
	body := strings.TrimLeft(r.Between(x.End(), s.Body.Rbrace), " \t\n")
	return newForm(r.Site, s.Pos(), s.End(), head+body+"}"+behind, r.Indent(s.Pos()))
}

// breaks reports whether n is a break out of the loop, or may be one.
func (r *restater) breaks(n ast.Node) bool {
	b, ok := n.(*ast.BranchStmt)
	return ok && b.Tok == token.BREAK && (b.Label == nil || b.Label.Name == r.loop.Label)
}

// namesInside reports whether what x does, in the loop, names a variable of the loop that is
// not its own.
func (r *restater) namesInside(x *ast.IfStmt) bool {
	return code.AnyLocal(r.info, x.Body, func(v *types.Var) bool {
		own := x.Pos() <= v.Pos() && v.Pos() < x.End()
		return r.loop.Has(v.Pos()) && !own
	})
}
