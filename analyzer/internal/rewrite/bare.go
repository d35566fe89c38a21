package rewrite

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// shortLiteral is how long a function literal is at most that stands in one line.
const shortLiteral = 64

// literal writes a function literal, in one line if it is short.
func (w *caller) literal(head, body string) string {
	if text := head + " { " + strings.TrimSpace(body) + " }"; len(text) <= shortLiteral && !strings.Contains(text, "\n") {
		if s := edit.ParseSnippet(body); s != nil && len(s.List) == 1 && !s.Commented(s.List[0], s.List[0]) {
			return text
		}
	}
	return head + " {\n" + body + "\n}"
}

// bareCall returns f if the operation does nothing but `return f()`, and f, a
// function or a method, can be handed to the helper itself.
func (w *caller) bareCall(body string) string {
	s := edit.ParseSnippet(body)
	if s == nil || len(s.List) != 1 || w.Helper.OpParams != "" || !w.valueForm() && w.Helper.OpResults != "error" || len(s.File.Comments) > 0 {
		return ""
	}
	ret, ok := s.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return ""
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return ""
	}
	name := s.Of(call.Fun)
	if !w.handedOver(name) {
		return ""
	}
	return name
}

// handedOver reports whether the function that the operation calls by the given
// name can be handed to the helper: it has the operation's type, and each attempt
// would call the same.
func (w *caller) handedOver(name string) bool {
	call, ok := w.Verdict.Operation.(*ast.CallExpr)
	if !ok || w.Text(call.Fun) != name {
		return false
	}
	sig, ok := types.Unalias(w.info.TypeOf(call.Fun)).(*types.Signature)
	if !ok || sig.Params().Len() > 0 || sig.TypeParams() != nil || !w.returnsAsHelper(sig.Results()) {
		return false
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		v, isVar := w.info.Uses[fun].(*types.Var)
		return w.scope.Lookup(name) != nil && !(isVar && w.loop.assigns(w.pkg, v))
	case *ast.SelectorExpr:
		return w.sameReceiver(fun)
	}
	return false
}

// returnsAsHelper reports whether results are those of the helper's operation.
func (w *caller) returnsAsHelper(results *types.Tuple) bool {
	if n := results.Len(); n == 0 || !code.IsError(results.At(n-1).Type()) {
		return false
	}
	if !w.valueForm() {
		return results.Len() == 1
	}
	return results.Len() == 2 && types.Identical(results.At(0).Type(), w.loop.sig.Results().At(w.valueAt).Type())
}

// sameReceiver reports whether a method or function is that of the same value in
// each pass: of a package, a variable that the loop does not assign, or a field
// that no pass changes. A method with a value for its receiver would keep what
// that is before the first attempt.
func (w *caller) sameReceiver(sel *ast.SelectorExpr) bool {
	selection := w.info.Selections[sel]
	if selection == nil { // a function of a package
		_, ok := w.info.Uses[sel.Sel].(*types.Func)
		return ok
	}
	fn, ok := selection.Obj().(*types.Func)
	if !ok || !w.loop.visibleBefore(w.pkg, sel.X) || !w.steady(sel.X) {
		return false
	}
	recv := fn.Signature().Recv().Type()
	_, pointer := types.Unalias(recv).(*types.Pointer)
	return pointer || types.IsInterface(recv)
}
