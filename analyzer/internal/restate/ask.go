package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// asked writes a loop whose condition asks for more than the number of attempts, or
// whether a context has ended, so that the body asks first:
//
//	for time.Now().Before(deadline) && n < 10 { ... }
//
// becomes `for n < 10 { if !time.Now().Before(deadline) { break } ... }`; nil if the
// condition asks for nothing else.
func (r *restater) asked(s *ast.ForStmt) *Form {
	var stays, moves []ast.Expr
	for _, e := range code.Operands(s.Cond, token.LAND) {
		if r.counts(e) || r.Pkg.NotEnded(e) != nil {
			if slices.ContainsFunc(moves, func(first ast.Expr) bool { return !code.Pure(r.info, first) || r.share(first, e) }) {
				return nil // which is asked first matters
			}
			stays = append(stays, e)
		} else {
			moves = append(moves, e)
		}
	}
	if len(moves) == 0 || slices.ContainsFunc(moves, r.mayCount) {
		return nil
	}
	before, init := "", r.optional(s.Init)
	if s.Init != nil && r.standsBefore(s.Init) {
		before, init = init+"\n", ""
	}
	head := "for {"
	if cond := joined(stays, func(e ast.Expr) string { return r.Text(e) }, " && "); init != "" || s.Post != nil {
		head = "for " + init + "; " + cond + "; " + r.optional(s.Post) + " {"
	} else if cond != "" {
		head = "for " + cond + " {"
	}
	ask := "if " + joined(moves, r.negation, " || ") + " {\nbreak\n}\n"
	body := strings.TrimLeft(r.Between(s.Body.Lbrace+1, s.Body.Rbrace), " \t\n")
	form := newForm(r.Site, s.Pos(), s.End(), before+head+"\n"+ask+body+"}", r.Indent(s.Pos()))
	if form != nil {
		form.More = 1 // what is asked and the way out, less a delay
		form.Fits = counts
	}
	return form
}

// standsBefore reports whether init, of the loop's header, may stand before the loop: it
// declares what no pass changes, such as a point in time.
func (r *restater) standsBefore(init ast.Stmt) bool {
	return !code.DeclaresUsed([]ast.Stmt{init}, r.loop.After) && !slices.ContainsFunc(code.Assigned(init), func(id *ast.Ident) bool {
		v := code.Local(r.info, id)
		return v == nil || r.writes(v) > 0
	})
}

// share reports whether x and y name the same variable: x may be what lets y be asked.
func (r *restater) share(x, y ast.Expr) bool {
	others := code.Named(r.info, y)
	return slices.ContainsFunc(code.Named(r.info, x), func(obj types.Object) bool {
		_, ok := obj.(*types.Var)
		return ok && slices.Contains(others, obj)
	})
}

// counts reports whether e compares the number of the attempt.
func (r *restater) counts(e ast.Expr) bool {
	c := r.loop.Counter()
	return c != nil && code.Mentions(r.info, e, c.Obj)
}

// mayCount reports whether e may ask for the number of attempts, in a way of its own: what
// waits for an attempt that it lets go would do so for nothing.
func (r *restater) mayCount(e ast.Expr) bool {
	return r.loop.CountsList(e) || r.loop.Any(func(n ast.Node) bool {
		x, by := code.Step(r.info, n)
		return by != 0 && code.AnyLocal(r.info, e, func(v *types.Var) bool { return code.Local(r.info, x) == v })
	})
}

// joined writes all of list.
func joined(list []ast.Expr, write func(ast.Expr) string, by string) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = write(e)
	}
	return strings.Join(texts, by)
}

// optional writes a part of a header, which may be nil.
func (r *restater) optional(n ast.Node) string {
	if n == nil {
		return ""
	}
	return r.Text(n)
}
