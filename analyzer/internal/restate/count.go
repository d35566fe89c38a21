package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// A step is a statement by which a pass counts.
type step struct {
	stmt ast.Stmt
	list []ast.Stmt // that it stands in
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
	pos, edits := s.Pos(), []edit.Edit{r.Drop(x.stmt)}
	init := r.optional(s.Init)
	if decl, start := r.ownCount(s, x.v); decl != nil {
		pos = decl.Pos()
		edits = append(edits, edit.Span(pos, decl.End(), ""))
		if len(before) == 0 {
			start, behind = start+x.by, nil
		}
		init = x.v.Name() + " := " + strconv.FormatInt(start, 10)
	}
	for _, use := range behind {
		edits = append(edits, use(x.by))
	}
	op := map[int64]string{1: "++", -1: "--"}[x.by]
	edits = append(edits, edit.Span(s.For, s.Body.Lbrace+1, "for "+init+"; "+r.optional(s.Cond)+"; "+x.v.Name()+op+" {"))
	form := newForm(r.Site, pos, s.End(), strings.TrimLeft(r.Apply(pos, s.End(), edits), " \t\n"), r.Indent(pos))
	if form != nil {
		form.Shapes = counting
	}
	return form
}

// steps returns the statements of a pass that count up or down by one.
func (r *restater) steps(body *ast.BlockStmt) (found []step) {
	code.EachList(body, func(list []ast.Stmt) {
		for _, s := range list {
			x := step{stmt: s, list: list}
			switch s := s.(type) {
			case *ast.IncDecStmt:
				x.v, x.by = code.Local(r.info, s.X), map[token.Token]int64{token.INC: 1, token.DEC: -1}[s.Tok]
			case *ast.AssignStmt:
				x.by = map[token.Token]int64{token.ADD_ASSIGN: 1, token.SUB_ASSIGN: -1}[s.Tok]
				if x.by != 0 && r.Text(s.Rhs[0]) == "1" {
					x.v = code.Local(r.info, s.Lhs[0])
				}
			}
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

// uses returns where the loop reads the count of x before it is stepped, and what
// writes those that read it behind it for one that is stepped later; not ok where
// that is not known of one.
func (r *restater) uses(x step) (before []*ast.Ident, behind []func(by int64) edit.Edit, ok bool) {
	ok = true
	ast.PreorderStack(r.loop.Cycle, nil, func(n ast.Node, stack []ast.Node) bool {
		id, isID := n.(*ast.Ident)
		if !isID || r.info.Uses[id] != types.Object(x.v) || code.Within(x.stmt, id) {
			return true
		}
		switch r.behind(x, id.Pos()) {
		case never:
			before = append(before, id)
		case always:
			parent := stack[len(stack)-1]
			behind = append(behind, func(by int64) edit.Edit { return r.more(id, parent, by) })
		default:
			ok = false
		}
		return true
	})
	return before, behind, ok
}

// A passed says whether a pass that comes to a place has been at another before.
type passed int

const (
	sometimes passed = iota
	never
	always
)

// behind returns whether what stands at pos in the loop runs behind x.
func (r *restater) behind(x step, pos token.Pos) passed {
	last := code.Last(x.list)
	switch {
	case pos < x.stmt.Pos():
		return never
	case pos < last.End():
		return always
	case code.Terminating(x.list) || isJump(last):
		return never // no pass falls off the list
	}
	return sometimes
}

func isJump(s ast.Stmt) bool { b, ok := s.(*ast.BranchStmt); return ok && b.Tok != token.FALLTHROUGH }

// more writes a use of a count, in parent, for one that is stepped by more only later.
func (r *restater) more(id *ast.Ident, parent ast.Node, by int64) edit.Edit {
	text := id.Name + map[int64]string{1: "+1", -1: "-1"}[by]
	switch p := parent.(type) {
	case *ast.CallExpr, *ast.ParenExpr, *ast.ReturnStmt, *ast.AssignStmt:
		return edit.Replace(id, text)
	case *ast.BinaryExpr:
		if code.IsComparison(p.Op) {
			return edit.Replace(id, text)
		}
	}
	return edit.Replace(id, "("+text+")")
}

// leavesBehind reports whether a pass may leave the loop, for what follows it, behind x.
func (r *restater) leavesBehind(x step) bool {
	return slices.ContainsFunc((&pass.Pass{Loop: r.loop}).Walk(pass.Watch{}).Exits, func(e pass.Exit) bool {
		return e.Kind == pass.Leaves && r.behind(x, e.Pos(r.loop)) != never
	})
}

// ownCount returns the declaration of v before the loop, and the number it begins
// with, if v serves the loop alone.
func (r *restater) ownCount(s *ast.ForStmt, v *types.Var) (decl ast.Stmt, start int64) {
	if s.Init != nil || v.Type() != types.Typ[types.Int] || r.loop.ReadsAfter(v, nil) {
		return nil, 0
	}
	for _, x := range slices.Backward(r.loop.List[:r.loop.Index]) {
		if v.Pos() < x.Pos() || x.End() <= v.Pos() {
			if !r.loop.OnlyComputes(x) || code.Mentions(r.info, x, v) {
				return nil, 0
			}
			continue
		}
		start, alone := r.startsWith(x)
		if used := slices.ContainsFunc(r.loop.After, func(s ast.Stmt) bool { return code.Mentions(r.info, s, v) }); !alone || used {
			return nil, 0
		}
		return x, start
	}
	return nil, 0
}

// startsWith returns the constant that s declares a single variable with.
func (r *restater) startsWith(s ast.Stmt) (start int64, ok bool) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE || len(s.Lhs) != 1 || len(s.Rhs) != 1 {
			return 0, false
		}
		return r.constant(s.Rhs[0])
	case *ast.DeclStmt:
		specs := s.Decl.(*ast.GenDecl).Specs
		spec, isVar := specs[0].(*ast.ValueSpec)
		if !isVar || len(specs) != 1 || len(spec.Names) != 1 {
			return 0, false
		}
		if len(spec.Values) == 0 {
			return 0, true
		}
		return r.constant(spec.Values[0])
	}
	return 0, false
}

func (r *restater) constant(e ast.Expr) (int64, bool) {
	n := loop.NumberOf(r.info, e)
	return n.Offset, n.Constant()
}

// hasGoto reports whether body has a goto, which may lead back.
func hasGoto(body *ast.BlockStmt) bool {
	return code.Any(body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && b.Tok == token.GOTO
	})
}
