package rewrite

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// inScope returns the context that is in scope, though the loop does not ask it,
// or "". It is not one that the loop changes, or may end itself. A goroutine may
// go on when the context of the function around it has ended, but not where it
// uses that itself.
func (b *binder) inScope(s *edit.Scope) string {
	name := s.ContextIn(b.loop.Func.Node, b.loopUses)
	if name == "" || b.loop.Assigns(s.Lookup(name)) || b.cancels() {
		return ""
	}
	return name
}

// ignoresContext reports whether a context is in scope that the helper is not given.
func (w *writer) ignoresContext() bool { return w.useCtx == "" && w.inScope(w.scope) != "" }

// loopUses reports whether v is used in the loop.
func (b *binder) loopUses(v *types.Var) bool {
	found := false
	b.loop.Inspect(func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && b.info.Uses[id] == v
		return !found
	})
	return found
}

// cancels reports whether the loop calls what ends a context.
func (b *binder) cancels() bool {
	found := false
	b.loop.Inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			named, ok := types.Unalias(b.info.TypeOf(call.Fun)).(*types.Named)
			v := code.Local(b.info, call.Fun)
			found = found || ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && (v == nil || !b.loop.Has(v.Pos()))
		}
		return !found
	})
	return found
}

// answersItself reports whether the body asks the context that is in scope, and
// returns something else than its error then: the helper would be faster.
func (w *writer) answersItself() bool {
	answers := false
	w.loop.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			answers = answers || (w.asks(n.Cond, w.useCtx) || n.Init != nil && w.asks(n.Init, w.useCtx)) && w.hasAnswer(n.Body.List, n.Init)
		case *ast.CommClause:
			answers = answers || n.Comm != nil && w.asks(n.Comm, w.useCtx) && w.hasAnswer(n.Body, nil)
		}
		return !answers
	})
	return answers
}

// hasAnswer reports whether statements do something else than to return the error
// of the context, which init may have given a name.
func (w *writer) hasAnswer(list []ast.Stmt, init ast.Stmt) bool {
	if len(list) == 0 || !w.returnsError() {
		return false
	}
	r, ok := list[len(list)-1].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return false
	}
	err := r.Results[len(r.Results)-1]
	if v := code.Local(w.info, err); v != nil && init != nil {
		err = code.ValueGiven(w.info, init, v)
	}
	return len(list) > 1 || err == nil || w.Text(err) != w.useCtx+".Err()"
}

// asks reports whether n asks ctx whether it has ended.
func (b *binder) asks(n ast.Node, ctx string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Done" || sel.Sel.Name == "Err") && b.Text(sel.X) == ctx {
			found = true
		}
		return !found
	})
	return found
}

// loopAsks reports whether anything in the loop does.
func (b *binder) loopAsks(ctx string) bool {
	found := false
	b.loop.Inspect(func(n ast.Node) bool {
		found = found || n != nil && b.asks(n, ctx)
		return false
	})
	return found
}

// zeros returns the zero values of the results before the error; not ok if there
// is none.
func (w *writer) zeros() (string, bool) {
	if !w.returnsError() {
		return "", false
	}
	var parts []string
	res := w.loop.Sig.Results()
	for i := range res.Len() - 1 {
		z, ok := w.scope.Zero(res.At(i).Type())
		if !ok {
			return "", false
		}
		parts = append(parts, z)
	}
	return strings.Join(parts, ", "), true
}
