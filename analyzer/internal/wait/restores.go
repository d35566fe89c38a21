package wait

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// An act is what a simple statement does to a variable or a field: it gives it a value,
// counts in it, sends to it or receives from it, or calls a method of it, or a function
// with it.
type act struct {
	at     ast.Stmt
	on     types.Object
	counts string // the method, if it is given a constant text: count.Inc("failed")
	asks   bool   // the outcome of the method is looked at
	tries  bool   // it is done by the attempt
}

// isBeside reports whether a, which stands behind b, only counts something more.
func (a act) isBeside(b act) bool { return a.counts != "" && (a.counts == b.counts || b.asks) }

// restoresAny reports whether what comes behind one of the delays must not be left out.
func (w *waiting) restoresAny() bool {
	return slices.ContainsFunc(code.InOrder(w.Pauses), w.restores)
}

// restores reports whether something is done behind the delay s, in the same pass, to what
// the pass has made, or has done something to, before: to leave at s would leave that out.
//
//	mu.Unlock()
//	time.Sleep(delay)
//	mu.Lock()
func (w *waiting) restores(s ast.Stmt) bool {
	var before []act
	note := func(a act) {
		if a.at.Pos() < s.Pos() && !a.tries {
			before = append(before, a)
		}
	}
	if w.Loop.Init != nil {
		w.eachAct(w.Loop.Init, note)
	}
	for _, x := range w.Loop.Body {
		w.eachAct(x, note)
	}
	found := false
	for _, x := range w.behind(s) {
		w.eachAct(x, func(a act) {
			made := w.Loop.InBody(a.on.Pos()) && a.on.Pos() < s.Pos()
			found = found || !a.tries && (made || slices.ContainsFunc(before, func(b act) bool { return b.on == a.on && !a.isBeside(b) }))
		})
	}
	return found
}

// behind returns what a pass goes through behind the delay s.
func (w *waiting) behind(s ast.Stmt) (list []ast.Stmt) {
	for _, in := range slices.Backward(w.Loop.Lists()) { // the inner ones first
		i := slices.IndexFunc(in, func(x ast.Stmt) bool { return code.Within(x, s) })
		if i < 0 {
			continue
		}
		list = append(list, in[i+1:]...)
		if code.Jumps(in) {
			break
		}
	}
	if w.Loop.Post != nil {
		list = append(list, w.Loop.Post)
	}
	return list
}

// eachAct calls do for what s does, but for what it only computes or logs.
func (w *waiting) eachAct(s ast.Stmt, do func(act)) {
	ast.Inspect(s, func(n ast.Node) bool {
		at, ok := n.(ast.Stmt)
		if !ok || w.Gone[at] || w.Pauses[at] != nil || w.Loop.OnlyLogs(at) {
			_, isExpr := n.(ast.Expr)
			return !ok && !isExpr
		}
		computes := w.Loop.OnlyComputes(at)
		for _, a := range w.actsOf(at) {
			v, isVar := a.on.(*types.Var)
			if isVar && !(computes && w.isOwn(v)) && !code.IsError(v.Type()) && !code.IsContext(v.Type()) {
				do(a)
			}
		}
		return true
	})
}

// isOwn reports whether v is a variable of the function that nothing else looks at, or a
// count of the loop's header.
func (w *waiting) isOwn(v *types.Var) bool {
	return !v.IsField() && (!w.Loop.Observed(v) || w.Loop.Has(v.Pos()) && !w.Loop.InBody(v.Pos()))
}

// actsOf returns what the simple statement s does, also to what has no name.
func (w *waiting) actsOf(s ast.Stmt) (list []act) {
	tries := w.Verdict.Operation != nil && code.Within(s, w.Verdict.Operation)
	add := func(counts string, on ...ast.Expr) {
		for _, e := range on {
			list = append(list, act{at: s, on: w.Pkg.Variable(whole(e)), counts: counts, tries: tries})
		}
	}
	switch s := s.(type) {
	case *ast.IncDecStmt:
		add("", s.X)
	case *ast.SendStmt:
		add("", s.Chan)
	case *ast.AssignStmt:
		add("", s.Lhs...)
		if of := receiver(s.Rhs[0]); of != nil {
			add("", of)
			list[len(list)-1].asks = true
		}
	case *ast.ExprStmt:
		call := code.CallOf(s)
		if call == nil {
			add("", code.Received(s))
			break
		}
		counts := ""
		for _, e := range call.Args {
			if v := w.Info.Types[e].Value; v != nil && v.Kind() == constant.String {
				counts = types.ExprString(call.Fun)
			}
			if _, value := w.Info.TypeOf(e).Underlying().(*types.Basic); !value {
				add("", e)
			}
		}
		if of := receiver(call); of != nil {
			add(counts, of)
		}
		add("", call.Fun)
		add("", w.made(call)...)
	}
	return list
}

// made returns what n names of what the pass has made.
func (w *waiting) made(n ast.Node) (list []ast.Expr) {
	for n := range ast.Preorder(n) {
		if id, ok := n.(*ast.Ident); ok && code.Local(w.Info, id) != nil && w.Loop.InBody(code.Local(w.Info, id).Pos()) {
			list = append(list, id)
		}
	}
	return list
}

// receiver returns x of the call x.f(), or nil.
func receiver(e ast.Expr) ast.Expr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return sel.X
}

// whole returns what e is an element or the address of, or e.
func whole(e ast.Expr) ast.Expr {
	switch x := e.(type) {
	case *ast.IndexExpr:
		return x.X
	case *ast.UnaryExpr:
		return x.X
	}
	return e
}
