package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// findContext finds the context that the helper can be given.
func (p *plan) findContext() Refusal {
	switch {
	case p.ctx != nil && !p.Helper.Supports(helper.Context):
		return lacksContext
	case p.ctx != nil:
		p.useCtx = p.Text(p.ctx)
	case p.Helper.Supports(helper.Context):
		if p.useCtx = p.inScope(p.scope); p.answersItself() {
			p.useCtx = ""
		}
	}
	if ctx := p.contextOfCond(); ctx != "" && p.Helper.ChecksContext && (p.ctx == nil || p.useCtx == ctx) && len(p.ok) > 0 && !p.bounded {
		p.useCtx, p.headCtx, p.keepCond = ctx, true, nil
	}
	if p.Helper.CancelsSuccess && p.useCtx != "" && !p.returnsError() {
		if p.ctx != nil {
			return lacksSuccess
		}
		p.useCtx = ""
	}
	if p.deadline != "" {
		p.parent = p.useCtx
		p.useCtx = p.scope.Fresh(p.loop.decl, "ctx", "deadlineCtx")
		p.cancelName = p.scope.Fresh(p.loop.decl, "cancel", "cancelRetry")
	}
	return nil
}

// inScope returns the context that is in scope, though the loop does not ask it,
// or "". It is not one that the loop changes, or may end itself. A goroutine may
// go on when the context of the function around it has ended, but not where it
// uses that itself.
func (b *binder) inScope(s *edit.Scope) string {
	name := s.ContextIn(b.loop.fn.Node, b.loopUses)
	if name == "" || b.loop.assigns(b.pkg, s.Lookup(name)) || b.cancels() {
		return ""
	}
	return name
}

// ignoresContext reports whether a context is in scope that the helper is not given.
func (p *writer) ignoresContext() bool { return p.useCtx == "" && p.inScope(p.scope) != "" }

// loopUses reports whether v is used in the loop.
func (b *binder) loopUses(v *types.Var) bool {
	found := false
	b.loop.inspect(func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && b.info.Uses[id] == v
		return !found
	})
	return found
}

// cancels reports whether the loop calls what ends a context.
func (b *binder) cancels() bool {
	found := false
	b.loop.inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			named, ok := types.Unalias(b.info.TypeOf(call.Fun)).(*types.Named)
			v := code.Local(b.info, call.Fun)
			found = found || ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && (v == nil || !b.loop.has(v.Pos()))
		}
		return !found
	})
	return found
}

// answersItself reports whether the body asks the context that is in scope, and
// returns something else than its error then: the helper would be faster.
func (p *writer) answersItself() bool {
	answers := false
	p.loop.inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			answers = answers || (p.asks(n.Cond, p.useCtx) || n.Init != nil && p.asks(n.Init, p.useCtx)) && p.hasAnswer(n.Body.List, n.Init)
		case *ast.CommClause:
			answers = answers || n.Comm != nil && p.asks(n.Comm, p.useCtx) && p.hasAnswer(n.Body, nil)
		}
		return !answers
	})
	return answers
}

// hasAnswer reports whether statements do something else than to return the error
// of the context, which init may have given a name.
func (p *writer) hasAnswer(list []ast.Stmt, init ast.Stmt) bool {
	if len(list) == 0 || !p.returnsError() {
		return false
	}
	r, ok := list[len(list)-1].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 {
		return false
	}
	err := r.Results[len(r.Results)-1]
	if v := code.Local(p.info, err); v != nil && init != nil {
		err = code.ValueGiven(p.info, init, v)
	}
	return len(list) > 1 || err == nil || p.Text(err) != p.useCtx+".Err()"
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
	b.loop.inspect(func(n ast.Node) bool {
		found = found || n != nil && b.asks(n, ctx)
		return false
	})
	return found
}

// contextOfCond returns ctx of the loop's condition `ctx.Err() == nil`, or "".
func (p *plan) contextOfCond() string {
	cmp, ok := ast.Unparen(p.keepCond).(*ast.BinaryExpr)
	if p.keepCond == nil || !ok || cmp.Op != token.EQL || !code.IsNil(p.info, cmp.Y) {
		return ""
	}
	call, ok := ast.Unparen(cmp.X).(*ast.CallExpr)
	if !ok {
		return ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Err" || !code.IsContext(p.info.TypeOf(sel.X)) || !p.loop.visibleBefore(p.pkg, sel.X) {
		return ""
	}
	return p.Text(sel.X)
}

// zeros returns the zero values of the results before the error; not ok if there
// is none.
func (p *writer) zeros() (string, bool) {
	if !p.returnsError() {
		return "", false
	}
	var parts []string
	res := p.loop.sig.Results()
	for i := range res.Len() - 1 {
		z, ok := p.scope.Zero(res.At(i).Type())
		if !ok {
			return "", false
		}
		parts = append(parts, z)
	}
	return strings.Join(parts, ", "), true
}

// returnsCancel reads `return zero, ctx.Err()` and `return zero, err` in what
// is done on cancellation.
func (p *plan) returnsCancel() (string, bool) {
	if len(p.cancel) != 1 {
		return "", false
	}
	r, ok := p.cancel[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 || !p.returnsError() || len(r.Results) != p.loop.sig.Results().Len() || !p.outsideOthers(r) {
		return "", false
	}
	x := ast.Unparen(r.Results[len(r.Results)-1])
	if call, ok := x.(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Err" && p.Text(sel.X) == p.Text(p.ctx) {
			return p.others(r), true
		}
		if code.Callee(p.info, call) == "context.Cause" {
			return p.others(r), true
		}
	}
	if obj := p.walker().errorVar(x); obj != nil {
		return p.others(r), true
	}
	return "", false
}

// skipsLastDelay reports whether the last attempt leaves the loop without its
// delay, so that cancellation is not seen then.
func (p *writer) skipsLastDelay() bool {
	skips := p.giveUp != nil
	for _, s := range code.InOrder(p.pauses) { // at the top: none follows the last attempt
		skips = skips || p.Verdict.Operation != nil && s.Pos() < p.Verdict.Operation.Pos()
	}
	p.loop.inspect(func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok && p.when(s.Cond) == exceptLast {
			for _, pause := range code.InOrder(p.pauses) {
				skips = skips || code.Within(s, pause)
			}
		}
		return !skips
	})
	return skips
}

// cancelMoves reports whether what is done on cancellation can stand behind
// the loop.
func (p *plan) cancelMoves() bool {
	if !code.EndsInReturn(p.cancel) {
		return false
	}
	for _, s := range p.cancel {
		if !p.outside(s) {
			return false
		}
	}
	return true
}
