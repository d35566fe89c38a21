package wait

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// findElsewhere finds a context, or a channel that says stop, that a pass asks anywhere, to
// return at once, or whose end it tells from a failed attempt: where that ends a delay, the
// loop may return as well.
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
	if w.Verdict.Either || w.Helper.TellsNothing || w.Releases(w.Passes()) || w.restoresAny() {
		return
	}
	answers := make(map[string]string) // "" where a pass has several
	var asked []ending
	note := func(e ending, body []ast.Stmt) {
		if e.done == "" || !w.isSteady(e) || e.ctx == "" && (!w.Helper.Wait.Uses("done") || w.sentTo(e.asks)) {
			return
		}
		e.then = w.returnsAtOnce(body)
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
			note(w.endingOf(code.Received(n.Comm)), n.Body)
		case *ast.IfStmt:
			note(w.askedIf(n), n.Body.List)
		}
		return true
	})
	w.EachEndedError(func(_ ast.Node, _ ast.Stmt, body []ast.Stmt) {
		if call, ok := w.Verdict.Operation.(*ast.CallExpr); ok {
			for _, e := range call.Args {
				if code.IsContext(w.Info.TypeOf(e)) && w.Loop.VisibleBefore(e) {
					note(ending{ctx: w.Text(e), done: w.Text(e) + ".Done()", asks: e}, body)
				}
			}
		}
	})
	if i := slices.IndexFunc(asked, func(e ending) bool { return answers[e.done] != "" }); i >= 0 {
		w.elsewhere = asked[i]
	}
}

// isSteady reports whether what e asks is the same in each pass: it may have been over, or not
// be there, where a delay comes before it is made.
func (w *waiting) isSteady(e ending) bool {
	x := e.asks
	if ctx := code.ContextOf(w.Info, x, "Err", "Done"); ctx != nil {
		x = ctx
	}
	return code.Repeatable(w.Info, x) && w.Loop.Steady(x)
}

// returnsAtOnce returns the text of list if that is a return, and nothing else, that means the
// same wherever it stands in the loop; or "".
func (w *waiting) returnsAtOnce(list []ast.Stmt) string {
	if len(list) != 1 {
		return ""
	}
	ret, ok := list[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != w.Loop.Sig.Results().Len() {
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
