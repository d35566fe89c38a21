package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// notFirst writes a body that begins by asking for the failure of the pass before, or for a
// flag, so that it asks whether it is the first pass:
//
//	for i := 0; i < n; i++ {
//		if err != nil {
//			time.Sleep(d)
//		}
//		if err = op(); err == nil {
//			break
//		}
//	}
//
// asks for `i > 0`; nil if it asks for something else, or nothing counts the passes.
func (r *restater) notFirst() *Form {
	c := r.loop.Counter()
	if len(r.loop.Body) == 0 {
		return nil
	}
	x, ok := r.loop.Body[0].(*ast.IfStmt)
	if !ok || c == nil || x.Init != nil || x.Else != nil || c.StepAt != nil && c.StepAt != r.loop.Post {
		return nil
	}
	first := c.First(r.info)
	if !first.Constant() {
		return nil
	}
	flag, gone := r.isFlag(x.Cond)
	if !flag && !r.asksFailure(x.Cond) {
		return nil
	}
	op := " > "
	if c.Step < 0 {
		op = " < "
	}
	edits := []edit.Edit{edit.Replace(x.Cond, c.Obj.Name()+op+strconv.FormatInt(first.Offset, 10))}
	pos, end := r.loop.Outer.Pos(), r.loop.Outer.End()
	before := 0
	for _, s := range gone {
		e := r.CloseGaps([]edit.Edit{r.Drop(s)})[0]
		if edits = append(edits, e); e.Pos < pos {
			pos, before = e.Pos, int(e.End-e.Pos)-len(e.Text)
		}
	}
	return r.with(pos, end, r.Apply(pos, end, edits), r.Offset(r.loop.Cycle.Pos())-before)
}

// asksFailure reports whether cond is `err != nil`, of an error that is none before the loop,
// and that each pass gives which another one follows.
func (r *restater) asksFailure(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || !code.IsNil(r.info, cmp.Y) {
		return false
	}
	v := code.Local(r.info, cmp.X)
	if v == nil || !code.IsError(v.Type()) || r.loop.Has(v.Pos()) || r.loop.Observed(v) || !r.startsNil(v) {
		return false
	}
	walked := (&pass.Pass{Loop: r.loop}).Walk(pass.Watch{})
	again := func(e pass.Exit) bool { return e.Kind == pass.Again }
	return walked.Refusal == nil && slices.ContainsFunc(walked.Exits, again) &&
		!slices.ContainsFunc(walked.Exits, func(e pass.Exit) bool { return again(e) && e.Facts.Of(v) != pass.NotNil })
}

// startsNil reports whether v is declared without a value in the loop's list of statements,
// and given none before the loop.
func (r *restater) startsNil(v *types.Var) bool {
	declared := false
	for _, s := range r.loop.List[:r.loop.Index] {
		d, ok := s.(*ast.DeclStmt)
		declares := ok && s.Pos() <= v.Pos() && v.Pos() < s.End()
		if declares && code.Declared(r.info, d, v) != nil || !declares && code.Writes(r.info, s, v) {
			return false
		}
		declared = declared || declares
	}
	return declared
}

// isFlag reports whether cond asks for a variable that is for that alone: it has one value
// before the loop, and the other one behind the question. Gone are the statements that
// give it these.
//
//	first := true
//	for i := 0; i < n; i++ {
//		if !first {
//			time.Sleep(d)
//		}
//		first = false
func (r *restater) isFlag(cond ast.Expr) (is bool, gone []ast.Stmt) {
	e, later := ast.Unparen(cond), true
	if not, ok := e.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		e, later = ast.Unparen(not.X), false
	}
	v := code.Local(r.info, e)
	if v == nil || code.Count(r.info, r.loop.Decl, v) != 3 {
		return false, nil
	}
	for _, list := range [][]ast.Stmt{r.loop.List[:r.loop.Index], r.loop.Body} {
		for _, s := range list {
			if value := code.ValueGiven(r.info, s, v); value != nil {
				if c := r.info.Types[value].Value; c == nil || len(s.(*ast.AssignStmt).Lhs) > 1 || code.IsTrue(c) != (later == (len(gone) > 0)) {
					return false, nil
				}
				gone = append(gone, s)
			}
		}
	}
	return len(gone) == 2 && !r.loop.Any(func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && b.Tok == token.CONTINUE && b.Pos() < gone[1].Pos()
	}), gone
}
