package restate

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// A step is a statement by which a pass counts, or what an if begins with.
type step struct {
	stmt ast.Stmt
	list []ast.Stmt // that it stands in
	drop edit.Edit  // leaves it out
	v    *types.Var
	by   int64 // 1 or -1
}

// counted writes a loop whose body counts each pass that goes round so that its
// header does. What reads the count behind the step reads one more then, or the
// header begins with one more:
//
//	tries := 0
//	for {
//		err := op()
//		if err != nil {
//			tries++
//			if tries > 5 {
//				return err
//			}
//			time.Sleep(d)
//			continue
//		}
//		return nil
//	}
//
// becomes `for tries := 1; ; tries++ { ... }`; nil if no pass is counted so, or if
// something else could tell.
func (r *restater) counted(s *ast.ForStmt) *Form {
	if s.Post != nil || hasGoto(s.Body) {
		return nil
	}
	for _, x := range r.steps(s.Body) {
		if x.v.Pos() > s.Body.Pos() || r.writes(x.v) > 1 || !r.inEachRound(x) || r.seen(x.v) {
			continue
		}
		if form := r.countedBy(s, x); form != nil {
			return form
		}
	}
	return nil
}

// countedBy returns the form whose header counts in place of x; nil if it is not known
// which of the values a use of the count means.
func (r *restater) countedBy(s *ast.ForStmt, x step) *Form {
	before, behind, ok := r.uses(x)
	if !ok || r.loop.ReadsAfter(x.v, nil) && r.leavesBehind(x) {
		return nil
	}
	pos, edits := s.Pos(), []edit.Edit{x.drop}
	init := r.optional(s.Init)
	if decl, name, start := r.ownCount(s, x.v); decl != nil {
		pos = decl.Pos()
		edits = append(edits, edit.Span(pos, decl.End(), ""))
		if len(before) == 0 {
			start, behind = start+x.by, nil
		}
		init = x.v.Name() + " := " + plus(name, start)
	}
	for _, use := range behind {
		edits = append(edits, use(x.by))
	}
	op := map[int64]string{1: "++", -1: "--"}[x.by]
	edits = append(edits, edit.Span(s.For, s.Body.Lbrace+1, "for "+init+"; "+r.optional(s.Cond)+"; "+x.v.Name()+op+" {"))
	form := newForm(r.Site, pos, s.End(), strings.TrimLeft(r.Apply(pos, s.End(), edits), " \t\n"), r.Indent(pos))
	if form != nil {
		form.Fits = counts
	}
	return form
}

// steps returns the statements of a pass that count up or down by one.
func (r *restater) steps(body *ast.BlockStmt) (found []step) {
	code.EachList(body, func(list []ast.Stmt) {
		for _, s := range list {
			x := step{stmt: s, list: list, drop: r.Drop(s)}
			if b, ok := s.(*ast.IfStmt); ok && b.Init != nil {
				x.stmt, x.drop = b.Init, edit.Span(b.Init.Pos(), b.Cond.Pos(), "")
			}
			var counts ast.Expr
			counts, x.by = code.Step(r.info, x.stmt)
			x.v = code.Local(r.info, counts)
			if x.v != nil && r.loop.Around(s) == s { // in no inner loop
				found = append(found, x)
			}
		}
	})
	return found
}

// writes returns how often the loop gives v a value, but for its header's first.
func (r *restater) writes(v *types.Var) (n int) {
	r.loop.Inspect(func(x ast.Node) bool {
		if s, ok := x.(ast.Stmt); ok && s == r.loop.Init {
			return false
		}
		for _, id := range code.Assigned(x) {
			if r.info.ObjectOf(id) == types.Object(v) {
				n++
			}
		}
		return true
	})
	return n
}

// inEachRound reports whether each pass that another one follows comes to x.
func (r *restater) inEachRound(x step) bool {
	rounds := 0
	for _, e := range (&pass.Pass{Loop: r.loop}).Walk(pass.Watch{}).Exits {
		if e.Kind == pass.Again {
			if rounds++; !e.Facts.Wrote(x.v) {
				return false
			}
		}
	}
	return rounds > 0
}

// seen reports whether others than the function's own statements may look at v.
func (r *restater) seen(v *types.Var) bool {
	return v.Pos() < r.Func.Node.Pos() || v.Kind() == types.ResultVar || code.Shared(r.info, r.Func.Body, v)
}

// leavesBehind reports whether a pass may leave the loop, for what follows it, behind x.
func (r *restater) leavesBehind(x step) bool {
	return slices.ContainsFunc((&pass.Pass{Loop: r.loop}).Walk(pass.Watch{}).Exits, func(e pass.Exit) bool {
		return e.Kind == pass.Leaves && r.behind(x, e.Pos(r.loop)) != never
	})
}

// hasGoto reports whether body has a goto, which may lead back.
func hasGoto(body *ast.BlockStmt) bool {
	return code.Any(body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && b.Tok == token.GOTO
	})
}

// plus writes a constant, by its name or "", plus n.
func plus(name string, n int64) string {
	switch {
	case name == "":
		return strconv.FormatInt(n, 10)
	case n == 0:
		return name
	}
	return fmt.Sprintf("%s%+d", name, n)
}
