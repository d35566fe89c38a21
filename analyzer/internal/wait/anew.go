package wait

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A place is where every success goes by that goes round without the delay.
type place struct {
	behind *ast.IfStmt    // the branch of failure, behind which success goes on, or
	beside *ast.IfStmt    // that, which failure goes on behind as well, or
	block  *ast.BlockStmt // the branch of success
	rest   []ast.Stmt     // what stands behind the branches
}

// findAnew finds the place of success. Where several branches wait, the last of them is
// the last that success goes by.
//
//	if err != nil {
//		if err := w.Wait(ctx); err != nil { ... }
//		continue
//	}
//	w.Reset()
func (w *waiting) findAnew() (anew *place, refusal reason.Refusal) {
	for _, s := range code.InOrder(w.Pauses) {
		p := w.besides(s)
		if p == nil || anew != nil && p.branch() != anew.branch() && (anew.behind == nil || !slices.Contains(w.listOf(s), ast.Stmt(anew.behind))) {
			return nil, reason.ResetNotKnown.At(s.Pos())
		}
		anew = p
	}
	return anew, nil
}

// branch returns the statement that tells p by where it is.
func (p *place) branch() ast.Node {
	switch {
	case p.behind != nil:
		return p.behind
	case p.beside != nil:
		return p.beside
	}
	return p.block
}

// besides returns the place of success beside the delay s, or nil if it cannot be told.
func (w *waiting) besides(s ast.Stmt) *place {
	list := w.listOf(s)
	i := slices.IndexFunc(list, func(x ast.Stmt) bool { return code.Within(x, s) })
	if i < 0 {
		return nil
	}
	x, ok := list[i].(*ast.IfStmt)
	if !ok || list[i] == s {
		return w.before(list[:i])
	}
	for !code.Within(x.Body, s) {
		if w.succeeds(x.Cond) && !w.leavesAtEnd(x.Body.List) {
			return &place{block: x.Body, rest: list[i+1:]}
		}
		other, ok := x.Else.(*ast.IfStmt)
		if !ok || !code.Jumps(x.Body.List) {
			return nil
		}
		x = other
	}
	switch other := x.Else.(type) {
	case *ast.BlockStmt:
		return w.toldBy(x, s, &place{block: other, rest: list[i+1:]})
	case *ast.IfStmt:
		return nil
	}
	if code.Jumps(x.Body.List) || w.jumpsBehind(x.Body) {
		return w.toldBy(x, s, &place{behind: x, rest: list[i+1:]})
	}
	return w.toldBy(x, s, &place{beside: x, rest: list[i+1:]})
}

// jumpsBehind reports whether no delay in body is followed by what stands behind body: a
// failure that comes there has not waited.
func (w *waiting) jumpsBehind(body *ast.BlockStmt) bool {
	for s := range w.Pauses {
		if code.Within(body, s) && !slices.ContainsFunc(w.Loop.Lists(), func(list []ast.Stmt) bool {
			return code.Holding(list, s) != nil && code.Within(body, list[0]) && code.EndsPass(list)
		}) {
			return false
		}
	}
	return true
}

// before returns the branch of success in list, which goes round before the delay behind,
// or stands beside that of failure.
//
//	if err == nil {
//		w.Reset()
//		continue
//	}
//	w.Wait(ctx)
func (w *waiting) before(list []ast.Stmt) *place {
	for _, s := range list {
		x, ok := s.(*ast.IfStmt)
		if !ok {
			continue
		}
		if w.succeeds(x.Cond) && code.EndsPass(x.Body.List) {
			return &place{block: x.Body}
		}
		if other, ok := x.Else.(*ast.BlockStmt); ok && w.comparesOutcome(x.Cond, token.NEQ) {
			return &place{block: other}
		}
	}
	return nil
}

// toldBy returns p, the place beside the branch x that holds the delay s, or nil if another
// branch in x tells failure from success.
func (w *waiting) toldBy(x *ast.IfStmt, s ast.Stmt, p *place) *place {
	if w.asksOutcome(x) {
		return p
	}
	if code.Any(x.Body, func(n ast.Node) bool {
		inner, ok := n.(*ast.IfStmt)
		return ok && inner != s && code.Within(inner, s) && w.asksOutcome(inner)
	}) {
		return nil
	}
	return p
}

// listOf returns the innermost list that holds both the operation and the delay s.
func (w *waiting) listOf(s ast.Stmt) []ast.Stmt {
	found := w.Loop.Body
	for _, list := range w.Loop.Lists() {
		if code.Holding(list, s) != nil && code.Holding(list, w.Verdict.Operation) != nil {
			found = list // what stands in another follows it
		}
	}
	return found
}

// outcome returns the statement that the operation gives its results to, or nil.
func (w *waiting) outcome() (found *ast.AssignStmt) {
	w.Loop.Inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == w.Verdict.Operation {
			found = a
		}
		return true
	})
	return found
}

// asksOutcome reports whether x asks what the operation gives.
func (w *waiting) asksOutcome(x *ast.IfStmt) bool {
	a := w.outcome()
	return code.Within(x.Cond, w.Verdict.Operation) || a != nil && code.NamesAssigned(w.Info, a, x.Cond)
}

// succeeds reports whether cond holds where the operation has succeeded.
func (w *waiting) succeeds(cond ast.Expr) bool {
	a := w.outcome()
	if a == nil {
		return ast.Unparen(cond) == w.Verdict.Operation
	}
	return w.comparesOutcome(cond, token.EQL) || code.IsIdent(cond) && code.NamesAssigned(w.Info, a, cond)
}

// comparesOutcome reports whether cond compares an error that the operation gives with nil, by op.
func (w *waiting) comparesOutcome(cond ast.Expr, op token.Token) bool {
	a := w.outcome()
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return a != nil && ok && cmp.Op == op && code.IsNil(w.Info, cmp.Y) && code.IsError(w.Info.TypeOf(cmp.X)) && code.NamesAssigned(w.Info, a, cmp)
}

// isIdle reports whether nothing is done at p, or behind, and the operation is not seen to
// succeed: it may return only when it has failed, as a server does.
func (w *waiting) isIdle(p *place) bool {
	if w.seenToSucceed() {
		return false
	}
	does := func(s ast.Stmt) bool {
		b, jumps := s.(*ast.BranchStmt)
		return !w.Loop.OnlyLogs(s) && !(jumps && b.Tok == token.CONTINUE)
	}
	return !slices.ContainsFunc(p.rest, does) && (p.block == nil || !slices.ContainsFunc(p.block.List, does))
}

// putAnew lets the helper start anew where success goes on, if its delays grow.
func (w *waiting) putAnew() {
	switch p := w.anew; {
	case p == nil || w.args.MaxDelay == w.args.Delay:
	case p.behind != nil:
		if s := w.countsAnew(p.rest, p.behind.Body); s != nil {
			w.putBehind(s, w.resetText())
		} else {
			w.putBehind(p.behind, w.resetText())
		}
	case p.beside != nil:
		w.Inside = append(w.Inside, edit.Insert(p.beside.End(), " else {\n"+w.resetText()+"\n}"))
	default:
		w.Inside = append(w.Inside, edit.Insert(p.block.Lbrace+1, "\n"+w.resetText()))
	}
}

// countsAnew returns the first of list if it begins to count the failures anew that the
// branch of failure counts; or else nil.
func (w *waiting) countsAnew(list []ast.Stmt, failure ast.Node) ast.Stmt {
	if len(list) == 0 {
		return nil
	}
	a, ok := list[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || w.Info.Types[a.Rhs[0]].Value == nil {
		return nil
	}
	if v := code.Local(w.Info, a.Lhs[0]); v == nil || !code.Writes(w.Info, failure, v) {
		return nil
	}
	return a
}
