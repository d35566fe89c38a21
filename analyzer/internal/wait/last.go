package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A loop whose header counts its attempts waits behind the last one as well, for nothing,
// and with delays that grow for longer than ever. Such a wait asks first whether another
// attempt follows:
//
//	if i < n-1 && !b.Wait(ctx.Done()) {

// findLast finds the delays that come behind the last attempt, too.
func (w *waiting) findLast() {
	w.last = make(map[ast.Stmt]bool)
	if w.Pauses[w.Loop.Cycle] != nil || !w.overItems() && !w.headerEnds() && !w.asksFirst() && !w.asksBehind() || w.AgainBehind() != nil {
		return
	}
	walked := w.Pass().Walk(pass.Watch{At: func(s ast.Stmt, f pass.Facts) {
		if w.Pauses[s] != nil && !f.NotLast() && !w.goesRound(s) {
			w.last[s] = true
		}
	}})
	for s := range walked.Leads {
		delete(w.last, s)
	}
}

// overItems reports whether the loop ranges over a number, or over what has one of items,
// such as a function that gives them.
func (w *waiting) overItems() bool {
	r, ok := w.Loop.Cycle.(*ast.RangeStmt)
	if !ok {
		return false
	}
	_, over := w.Info.TypeOf(r.X).Underlying().(*types.Chan)
	return !over
}

// headerEnds reports whether the header asks, before another attempt, a number that ends
// the attempts.
func (w *waiting) headerEnds() bool {
	counts, op := w.counts(), w.Verdict.Operation
	if len(counts) == 0 {
		counts = w.numbers()
	}
	return len(counts) > 0 && (op == nil || !w.headerTries(op, counts[0]))
}

// asksFirst reports whether the body begins by asking whether attempts are left, as a header
// may.
func (w *waiting) asksFirst() bool {
	return len(w.Loop.Body) > 0 && w.asksWhetherLast(w.Loop.Body[0], token.GOTO)
}

// asksBehind reports whether the body asks behind a delay whether attempts are left.
//
//	time.Sleep(delay)
//	if n++; n > retries {
//		return err
//	}
func (w *waiting) asksBehind() bool {
	return slices.ContainsFunc(code.InOrder(w.Pauses), func(s ast.Stmt) bool {
		return slices.ContainsFunc(w.behind(s), func(x ast.Stmt) bool { return w.asksWhetherLast(x, token.BREAK) })
	})
}

// asksWhetherLast reports whether s asks what counts the attempts, to leave the loop or to jump
// by op.
func (w *waiting) asksWhetherLast(s ast.Stmt, op token.Token) bool {
	x, ok := s.(*ast.IfStmt)
	return ok && w.Counter != nil && (w.leavesAtEnd(x.Body.List) || code.EndsIn(x.Body.List, op)) && code.Mentions(w.Info, x.Cond, w.Counter.Obj)
}

// numbers returns the comparisons in the loop's condition of numbers that the passes
// compute, in a way that is not that of a counter: by two steps, in a function, in a
// field, or by the length of a list.
func (w *waiting) numbers() (list []ast.Expr) {
	for _, cmp := range code.Comparisons(w.Loop.Cond) {
		computed := code.AnyLocal(w.Info, cmp, func(v *types.Var) bool {
			return w.ComputesNumber(v, cmp) && !w.leavesBy(func(e ast.Expr) bool { return code.Local(w.Info, e) == v })
		})
		if computed || w.stepsField(cmp) || w.Loop.CountsList(cmp) || w.asksNumber(cmp) {
			list = append(list, cmp)
		}
	}
	return list
}

// stepsField reports whether the loop counts in what cmp compares, which is no variable of
// the function:
//
//	for c.tries = 0; c.tries < 3; c.tries++ {
func (w *waiting) stepsField(cmp *ast.BinaryExpr) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		s, ok := n.(*ast.IncDecStmt)
		if !ok || code.Local(w.Info, s.X) != nil {
			return false
		}
		counted := func(e ast.Expr) bool { return types.ExprString(e) == types.ExprString(s.X) }
		return (counted(cmp.X) || counted(cmp.Y)) && !w.leavesBy(counted)
	})
}

// asksNumber reports whether cmp compares a number that the header itself counts, by calls:
//
//	for c.tries.Store(0); c.tries.Load() < 3; c.tries.Add(1) {
func (w *waiting) asksNumber(cmp *ast.BinaryExpr) bool {
	return cmp.Op != token.EQL && cmp.Op != token.NEQ && slices.ContainsFunc([]ast.Expr{cmp.X, cmp.Y}, func(e ast.Expr) bool {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if t := w.Info.TypeOf(e); !ok || !code.IsInteger(t) || site.IsDuration(t) {
			return false
		}
		of, post := write.Receiver(call), write.Receiver(code.CallOf(w.Loop.Post))
		return w.Pkg.Acts(call) || of != nil && post != nil && types.ExprString(of) == types.ExprString(post)
	})
}

// leavesBy reports whether the body leaves the loop by a test of what is the number.
func (w *waiting) leavesBy(is func(ast.Expr) bool) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		return ok && w.leavesAtEnd(x.Body.List) && code.Any(x.Cond, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			return ok && is(e)
		})
	})
}

// headerTries reports whether the header attempts anew before it asks the counter.
func (w *waiting) headerTries(op, count ast.Node) bool {
	return w.Loop.Post != nil && code.Within(w.Loop.Post, op) || code.Within(w.Loop.Cond, op) && op.Pos() < count.Pos()
}

// goesRound reports whether no pass that comes to the delay s counts: the body counts
// something else than attempts.
func (w *waiting) goesRound(s ast.Stmt) (round bool) {
	c := w.Counter
	if c == nil || c.StepAt == nil || c.StepAt == w.Loop.Post {
		return false
	}
	first, other := s, c.StepAt
	if other.Pos() < s.Pos() {
		first, other = other, s
	}
	for _, list := range w.Loop.Lists() {
		holds := func(n ast.Node) bool { return list[0].Pos() <= n.Pos() && n.End() <= list[len(list)-1].End() }
		round = round || code.EndsPass(list) && holds(first) && !holds(other)
	}
	return round
}

// counts returns what the loop's condition asks of the counter; all of it holds where
// another attempt follows.
func (w *waiting) counts() (list []ast.Expr) {
	if c := w.Counter; c != nil && w.Loop.Cond != nil {
		for _, e := range code.Operands(w.Loop.Cond, token.LAND) {
			if code.Mentions(w.Info, e, c.Obj) {
				list = append(list, e)
			}
		}
	}
	return list
}

// unlessLast returns text, which takes the place of the delay s, for attempts that
// another one follows alone.
func (w *waiting) unlessLast(s ast.Stmt, text string) string {
	head, _, _ := strings.Cut(text, "\n")
	test, ended := strings.CutPrefix(text, "if ")
	ended = ended && !strings.Contains(head, "; ") // err := w.Wait(ctx); err != nil
	if !w.last[s] || !ended && w.SameWaits() {
		return text
	}
	another := ""
	if w.answersAlike(w.Pauses[s]) {
		another = w.another(s.Pos())
	}
	switch {
	case another == "" && w.lastNoLonger():
		return text
	case another == "":
		w.Refusal = w.untold(s)
		return text
	}
	w.SparesLast = true
	if w.asksBefore(s, another) {
		return text
	}
	if ended {
		return "if " + another + " && " + test
	}
	w.guards = w.guards || test == text && w.Growth.Kind == growth.Constant && w.aroundAlone(s) == nil
	return "if " + another + " {\n" + text + "\n}"
}

// lastNoLonger reports whether the wait behind the last attempt is no longer than today: the
// waits stay what they are, or they grow by the same amount up to the last, which the helper's
// do not exceed.
func (w *waiting) lastNoLonger() bool {
	with, today := w.Schedule(), w.Waits
	switch {
	case w.SameWaits():
		return true
	case w.GrowthToday() != delays.Linear || w.args.MaxDelay == "":
		return false
	case with == nil || with.More || today.More || len(today.Waits) == 0:
		return true
	}
	return slices.Max(with.Waits) <= today.Waits[len(today.Waits)-1]
}

// asksBefore reports whether the body asks already for another attempt where it comes to the
// delay s: the delay is in the branch of that, or what stands right before it leaves
// otherwise.
func (w *waiting) asksBefore(s ast.Stmt, another string) bool {
	same := func(e ast.Expr) bool { return w.Text(e) == another }
	return slices.ContainsFunc(w.Loop.Lists(), func(list []ast.Stmt) bool {
		i := slices.IndexFunc(list, func(x ast.Stmt) bool { return code.Within(x, s) })
		if i < 0 {
			return false
		}
		x, ok := list[i].(*ast.IfStmt)
		steps := ok && w.Counter != nil && w.Counter.StepAt != nil && code.Within(x.Body, w.Counter.StepAt)
		if ok && !steps && code.Within(x.Body, s) && slices.ContainsFunc(code.Operands(x.Cond, token.LAND), same) {
			return true
		}
		if i == 0 {
			return false
		}
		x, ok = list[i-1].(*ast.IfStmt)
		return ok && x.Else == nil && w.leavesAtEnd(x.Body.List) && w.saysLess(x.Cond, another)
	})
}

// saysLess reports whether cond is that a number has come to another one, which less, x < y,
// says it has not.
func (w *waiting) saysLess(cond ast.Expr, less string) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && (cmp.Op == token.EQL || cmp.Op == token.GEQ) && w.Text(cmp.X)+" < "+w.Text(cmp.Y) == less
}

// another writes the condition, at pos, that another attempt follows; "" if the code does
// not tell.
func (w *waiting) another(pos token.Pos) string {
	if r, ok := w.Loop.Cycle.(*ast.RangeStmt); ok {
		return w.inRange(r, pos)
	}
	counts := w.counts()
	if len(counts) != 1 || w.countsBeside() {
		return ""
	}
	cond, c := counts[0], w.Counter
	before := c.StepAt != w.Loop.Post
	if before && (c.StepAt == nil || c.StepAt.Pos() > pos) || !w.tells(cond, pos, c.Obj) {
		return ""
	}
	var edits []edit.Edit
	for _, cmp := range code.Comparisons(cond) {
		if before || !code.Mentions(w.Info, cmp, c.Obj) {
			continue
		}
		text, ok := w.next(cmp)
		if !ok {
			return ""
		}
		edits = append(edits, edit.Replace(cmp, text))
	}
	if !before && len(edits) == 0 {
		return ""
	}
	text := w.Apply(cond.Pos(), cond.End(), edits)
	if len(code.Operands(cond, token.LOR)) > 1 && !strings.HasPrefix(text, "(") {
		text = "(" + text + ")"
	}
	return text
}

// countsBeside reports whether the loop's condition asks another number than the counter,
// which the passes change.
func (w *waiting) countsBeside() bool {
	return slices.ContainsFunc(code.Operands(w.Loop.Cond, token.LAND), func(e ast.Expr) bool {
		return !code.Mentions(w.Info, e, w.Counter.Obj) && code.AnyLocal(w.Info, e, func(v *types.Var) bool {
			return code.IsInteger(v.Type()) && w.Loop.Assigns(v)
		})
	})
}

// tells reports whether e, but for the counter, means at pos what it does in the header.
func (w *waiting) tells(e ast.Expr, pos token.Pos, counter types.Object) bool {
	ok := code.Repeatable(w.Info, e) && w.meansThere(e, pos)
	for _, cmp := range code.Comparisons(e) {
		for _, x := range []ast.Expr{cmp.X, cmp.Y} {
			ok = ok && (code.Mentions(w.Info, x, counter) || w.Loop.Steady(x))
		}
	}
	return ok
}

// next writes what a comparison of the counter is in the next pass.
//
//	i < n		->	i < n-1
//	i <= n		->	i < n
func (w *waiting) next(cmp *ast.BinaryExpr) (string, bool) {
	c := w.Counter
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if code.Local(w.Info, y) == c.Obj {
		x, y, op = y, x, code.Mirror[op]
	}
	if code.Local(w.Info, x) != c.Obj || code.Mentions(w.Info, y, c.Obj) {
		return "", false
	}
	strict := map[token.Token]token.Token{token.LEQ: token.LSS, token.GEQ: token.GTR}
	up := op == token.LSS || op == token.LEQ
	switch to := strict[op]; {
	case op == token.NEQ, op == token.EQL, up != (c.Step > 0):
		return "", false
	case to != token.ILLEGAL:
		return c.Obj.Name() + " " + to.String() + " " + w.Text(y), true
	}
	limit, _ := w.Moved(y, -c.Step)
	return c.Obj.Name() + " " + op.String() + " " + limit, true
}

// inRange writes the condition for a range over a number, or over a list.
func (w *waiting) inRange(r *ast.RangeStmt, pos token.Pos) string {
	assigned := func(v *types.Var) bool { return w.Loop.Assigns(v) } // the range has asked it once
	if !w.Loop.Steady(r.X) || code.AnyLocal(w.Info, r.X, assigned) || !code.Repeatable(w.Info, r.X) || !w.meansThere(r.X, pos) {
		return ""
	}
	var end string
	switch t := w.Info.TypeOf(r.X).Underlying().(type) {
	case *types.Basic:
		if t.Info()&types.IsInteger == 0 {
			return ""
		}
		end, _ = w.Moved(r.X, -1)
	case *types.Slice, *types.Array:
		end = "len(" + w.Text(r.X) + ")-1"
	default:
		return ""
	}
	if key := code.Local(w.Info, r.Key); key != nil && key.Name() != "_" {
		w.keepsKey = true
		if code.Writes(w.Info, r.Body, key) || !w.means(key.Name(), pos, key) {
			return ""
		}
		return key.Name() + " < " + end
	}
	if r.Tok == token.ASSIGN {
		return ""
	}
	if w.key == "" {
		w.key = w.Scope.Fresh(w.Loop.Decl, "i", "try", "attempt")
		if r.Key != nil {
			w.Put(r.Key, w.key)
		} else {
			w.Inside = append(w.Inside, edit.Insert(r.Range, w.key+" := "))
		}
	}
	return w.key + " < " + end
}
