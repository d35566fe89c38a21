package call

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// shortLiteral is how long a function literal is at most that stands in one line.
const shortLiteral = 64

// literal writes a function literal, in one line if it is short.
func (s *shape) literal(head, body string) string {
	if text := head + " { " + strings.TrimSpace(body) + " }"; len(text) <= shortLiteral && !strings.Contains(text, "\n") {
		if x := edit.ParseSnippet(body); x != nil && len(x.List) == 1 && !x.Commented(x.List[0], x.List[0]) {
			return text
		}
	}
	return head + " {\n" + body + "\n}"
}

// bareCall returns f if the operation does nothing but `return f()`, or `return f(ctx)`
// with the context that it is given, and f, a function or a method, can be handed to the
// helper itself.
func (s *shape) bareCall(body string) string {
	x := edit.ParseSnippet(body)
	if x == nil || len(x.List) != 1 || s.value == nil && s.Helper.OpResults != "error" || len(x.File.Comments) > 0 {
		return ""
	}
	ret, ok := x.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return ""
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok {
		return ""
	}
	given, takes := "", ""
	for _, arg := range call.Args {
		given += x.Of(arg)
	}
	if s.Helper.OpParams != "" {
		takes = "ctx"
	}
	if given != takes || takes != "" && s.UseCtx != takes {
		return ""
	}
	name := x.Of(call.Fun)
	if !s.handedOver(name) {
		return ""
	}
	return name
}

// handedOver reports whether the function that the operation calls by the given
// name can be handed to the helper: it has the operation's type, and each attempt
// would call the same.
func (s *shape) handedOver(name string) bool {
	call, ok := s.Verdict.Operation.(*ast.CallExpr)
	if !ok || s.Text(call.Fun) != name {
		return false
	}
	sig, ok := types.Unalias(s.Info.TypeOf(call.Fun)).(*types.Signature)
	if !ok || !s.takesAsHelper(sig.Params()) || sig.TypeParams() != nil || !s.returnsAsHelper(sig.Results()) {
		return false
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		v, isVar := s.Info.Uses[fun].(*types.Var)
		return s.Scope.Lookup(name) != nil && (!isVar || s.holdsOne(v))
	case *ast.SelectorExpr:
		return s.sameReceiver(fun)
	}
	return false
}

// holdsOne reports whether v holds one function from the loop's begin on: a variable that is
// set meanwhile, by an attempt or at the same time, is read anew by each attempt.
func (s *shape) holdsOne(v *types.Var) bool {
	if s.Pkg.IsSetElsewhere(v) {
		return false
	}
	return !slices.ContainsFunc(s.Pkg.Writes(v), func(w source.Write) bool {
		if _, declares := w.At.Node().(*ast.ValueSpec); declares {
			return false
		}
		for lit := range w.At.Enclosing((*ast.FuncLit)(nil)) {
			if !code.Within(lit.Node(), s.Loop.Outer) {
				return true
			}
		}
		_, address := w.At.Node().(*ast.UnaryExpr)
		return address || !code.IsLocal(v) || w.At.Node().Pos() >= s.Loop.Outer.Pos()
	})
}

// takesAsHelper reports whether params are those of the helper's operation.
func (s *shape) takesAsHelper(params *types.Tuple) bool {
	if s.Helper.OpParams == "" {
		return params.Len() == 0
	}
	return params.Len() == 1 && code.IsContext(params.At(0).Type())
}

// returnsAsHelper reports whether results are those of the helper's operation.
func (s *shape) returnsAsHelper(results *types.Tuple) bool {
	if n := results.Len(); n == 0 || !code.IsError(results.At(n-1).Type()) {
		return false
	}
	if s.value == nil {
		return results.Len() == 1
	}
	return results.Len() == 2 && types.Identical(results.At(0).Type(), s.value.typ)
}

// sameReceiver reports whether a method or function is that of the same value in
// each pass: of a package, a variable that the loop does not assign, or a field
// that no pass changes. A method with a value for its receiver would keep what
// that is before the first attempt.
func (s *shape) sameReceiver(sel *ast.SelectorExpr) bool {
	selection := s.Info.Selections[sel]
	if selection == nil { // a function of a package
		_, ok := s.Info.Uses[sel.Sel].(*types.Func)
		return ok
	}
	fn, ok := selection.Obj().(*types.Func)
	if !ok || !s.Loop.VisibleBefore(sel.X) || !s.Loop.Steady(sel.X) {
		return false
	}
	recv := fn.Signature().Recv().Type()
	_, pointer := types.Unalias(recv).(*types.Pointer)
	return pointer || types.IsInterface(recv)
}
