package wait

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// findElsewhere finds a context, or a channel that says stop, that the passes ask somewhere, to
// return at once, or whose end they tell from a failed attempt: where that ends a delay, the loop
// returns as well.
//
//	if err := serve(); err != nil {
//		time.Sleep(delay)
//		continue
//	}
//	select {
//	case <-stop:
//		return
//	case <-next:
//	}
func (w *waiting) findElsewhere() {
	if w.Verdict.Either || w.Helper.TellsNothing {
		return
	}
	answers := make(map[string]string) // "" where the passes have several, or do more
	var asked []ending
	note := func(at ast.Node, e ending, body []ast.Stmt, failed bool) {
		if e.done == "" {
			return
		}
		if e.then = w.returnsAtOnce(body, failed); e.then != "" && !w.asksAnyway(at) {
			e.then = ""
		}
		if then, ok := answers[e.done]; ok && then != e.then {
			e.then = ""
		}
		answers[e.done] = e.then
		asked = append(asked, e)
	}
	w.Loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CommClause:
			note(n, w.endingOf(code.Received(n.Comm)), n.Body, false)
		case *ast.IfStmt:
			note(n, w.askedIf(n), n.Body.List, false)
		}
		return true
	})
	w.EachEndedError(func(at ast.Node, _ ast.Stmt, body []ast.Stmt) {
		if call, ok := w.Verdict.Operation.(*ast.CallExpr); ok {
			for _, e := range call.Args {
				if code.IsContext(w.Info.TypeOf(e)) && w.Loop.VisibleBefore(e) {
					note(at, ending{ctx: w.Text(e), done: w.Text(e) + ".Done()", asks: e}, body, true)
				}
			}
		}
	})
	w.eachTold(func(test *ast.IfStmt, asks ast.Expr) { note(test, w.endingOf(asks), test.Body.List, false) })
	i := slices.IndexFunc(asked, func(e ending) bool { return answers[e.done] != "" && w.endsWaits(e) })
	if i >= 0 && !w.Releases(w.Passes()) && !w.restoresAny() {
		w.elsewhere = asked[i]
	}
}

// eachTold calls f with each test of the loop for what the operation, a function literal at
// hand, tells where something has ended, and does nothing else then; and with what it asks.
//
//	once := func() (stopped bool, err error) { ... case <-stop: return true, nil ... }
//	for {
//		stopped, err := once()
//		if stopped {
//			return
//		}
func (w *waiting) eachTold(f func(test *ast.IfStmt, asks ast.Expr)) {
	call, ok := w.Verdict.Operation.(*ast.CallExpr)
	if !ok || w.outcome() == nil || w.Pkg.LitOf(call) == nil {
		return
	}
	given := w.outcome().Lhs
	ast.Inspect(w.Pkg.LitOf(call).Body, func(n ast.Node) bool {
		c, ok := n.(*ast.CommClause)
		if !ok {
			_, apart := n.(*ast.FuncLit)
			return !apart
		}
		ret, ok := code.Last(c.Body).(*ast.ReturnStmt)
		if !ok || len(ret.Results) != len(given) || w.Acts(c.Body) {
			return true
		}
		for i := range given {
			if !code.IsTrue(w.Info.Types[ret.Results[i]].Value) {
				continue
			}
			w.Loop.Inspect(func(n ast.Node) bool {
				if test, ok := n.(*ast.IfStmt); ok && code.SameName(test.Cond, given[i]) {
					f(test, code.Received(c.Comm))
				}
				return true
			})
		}
		return true
	})
}

// endsWaits reports whether the helper can be given what e asks, and that is the same in each
// pass: one that a pass makes may be that of the last pass, or nil, where a delay comes before.
func (w *waiting) endsWaits(e ending) bool {
	if e.ctx == "" && (!w.Helper.Wait.Uses("done") || w.sentTo(e.asks)) {
		return false
	}
	x := e.asks
	if ctx := code.ContextOf(w.Info, x, "Err", "Done"); ctx != nil {
		x = ctx
	}
	return code.Repeatable(w.Info, x) && w.Loop.Steady(x)
}

// asksAnyway reports whether the passes ask what stands at n whatever they have found, but for
// whether something has failed: they would ask that behind the delay, too.
func (w *waiting) asksAnyway(n ast.Node) (anyway bool) {
	ast.PreorderStack(w.Loop.Decl, nil, func(x ast.Node, stack []ast.Node) bool {
		if x == n {
			anyway = !slices.ContainsFunc(stack, func(around ast.Node) bool { return w.Loop.Has(around.Pos()) && w.chooses(around, n) })
		}
		return !anyway
	})
	return anyway
}

// chooses reports whether n stands where around comes to for some passes only.
func (w *waiting) chooses(around, n ast.Node) bool {
	switch x := around.(type) {
	case *ast.IfStmt:
		cmp, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
		failed := ok && code.IsNil(w.Info, cmp.Y) && code.IsError(w.Info.TypeOf(cmp.X))
		return !failed && !code.Within(x.Cond, n)
	case *ast.CaseClause:
		return !slices.ContainsFunc(x.List, func(e ast.Expr) bool { return code.Within(e, n) })
	case *ast.CommClause:
		return !code.Within(x.Comm, n)
	case *ast.ForStmt:
		return x != w.Loop.Cycle && x.Cond != nil
	case *ast.RangeStmt:
		return x != w.Loop.Cycle
	}
	return false
}

// returnsAtOnce returns the text of list if that is a return, and nothing else, that means the
// same wherever it stands in the loop; or "". Unless it is what an attempt is answered by that
// has failed, it is one of an error, or of nothing: others would take what is over for success,
// and a channel may say that something is ready.
func (w *waiting) returnsAtOnce(list []ast.Stmt, failed bool) string {
	if len(list) != 1 {
		return ""
	}
	ret, ok := list[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != w.Loop.Sig.Results().Len() {
		return ""
	}
	if err := code.LastResult(ret); !failed && err != nil && (!w.ReturnsError() || code.IsNil(w.Info, err)) {
		return ""
	}
	for _, e := range ret.Results {
		steady := code.Repeatable(w.Info, e) && w.Loop.Steady(e) || code.ContextOf(w.Info, e, "Err") != nil
		if !steady || !w.Loop.VisibleBefore(e) {
			return ""
		}
	}
	return w.Text(ret)
}
