package rewrite

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// chooseAfter decides where success goes on behind the loop.
func (p *plan) chooseAfter() Refusal {
	runsOut := p.bounded && (p.giveUp != nil || p.countedByHeader()) || p.deadline != "" || p.headCtx
	leaveFinal, mixed := false, false
	for _, e := range p.leave {
		if p.result == nil {
			break
		}
		switch e.facts.errs[p.result] {
		case notNil:
			leaveFinal = true
		case unknown:
			mixed = true
		}
	}
	moved := p.fail != nil // of giveUp: a return
	plainText, plain := "", false
	if moved {
		plainText, plain = p.returnsFailure(p.fail, p.lastErrors()...)
	}
	if len(p.final) > 0 {
		text, agree := p.finalText()
		if !agree {
			return severalExits.At(p.loop.lastOf(p.final))
		}
		switch {
		case p.permanent != nil && !p.unsure && !runsOut:
			plain, plainText = true, text
		case p.permanent != nil && !p.unsure && moved && plain && text == plainText:
		case p.permanent != nil && !p.unsure && !moved && runsOut && p.result != nil && p.afterReturns(text):
		default:
			return p.finalApart()
		}
	}
	cancelReturns, cancelPlain := "", false
	if p.ctx != nil && len(p.cancel) > 0 && !p.cancelLeaves() {
		cancelReturns, cancelPlain = p.returnsCancel()
		if !cancelPlain && !p.cancelMoves() {
			return cancelBranch.At(p.cancelPos())
		}
	} else {
		p.cancel = nil
	}
	if p.mayBeNone {
		if moved {
			return mayBeZero.At(p.countPos())
		}
		if refusal := p.setGuard(); refusal != nil {
			return refusal
		}
	}
	handled := p.result != nil && !mixed && (!leaveFinal || p.permanent != nil)
	switch {
	case moved: // if err := helper(); err != nil { give up }
		p.form = ifFailed
		if leaveFinal || mixed {
			return severalExits.At(p.loop.lastOf(p.leave))
		}
		if p.ctx != nil && len(p.cancel) > 0 && plain && cancelPlain && cancelReturns == plainText {
			p.cancel = nil
		}
	case !runsOut && plain: // only final errors come back
		p.form = ifFailed
		if p.ctx == nil && p.useCtx != "" && !p.returnsError() {
			p.useCtx = ""
		}
		if len(p.cancel) > 0 && cancelPlain && cancelReturns == plainText {
			p.cancel = nil
		}
		p.setFail(plainText)
		if leaveFinal || mixed {
			return severalExits.At(p.loop.lastOf(p.leave))
		}
	case handled && (runsOut || leaveFinal || p.afterLooks()):
		p.form, p.assigns = assign, true
		if p.ctx == nil && (p.useCtx != "" && p.loopAsks(p.useCtx) && !p.afterReturnsError() || !p.readsNext() || p.asksForKinds() || !p.afterFails(leaveFinal)) {
			p.useCtx = "" // on cancellation, what follows would take it for success, or for what it never sees
		}
		if len(p.cancel) > 0 && cancelPlain && p.afterReturns(cancelReturns) {
			p.cancel = nil
		}
	case !runsOut && p.useCtx != "" && !leaveFinal && !mixed && (len(p.cancel) > 0 || p.ctx == nil && p.returnsError()):
		p.form = ifFailed
		if len(p.cancel) > 0 && !cancelPlain {
			p.fail, p.cancel = p.cancel, nil
			break
		}
		zeros, ok := p.zeros()
		if cancelPlain {
			zeros = cancelReturns
		}
		if !ok && !cancelPlain {
			return errorDropped
		}
		p.cancel = nil
		p.setFail(zeros)
	case p.ctx != nil && len(p.cancel) > 0:
		return cancelBranch.At(p.cancelPos())
	default:
		zeros, ok := p.zeros()
		if runsOut || leaveFinal || mixed || !ok {
			return errorDropped
		}
		p.form = ifFailed
		p.setFail(zeros)
		if p.ctx == nil {
			p.useCtx = ""
		}
	}
	return nil
}

// afterFails reports whether what follows the loop is reached where the operation
// has failed for good: the body has not left by then in each last pass.
func (p *plan) afterFails(leaveFinal bool) bool {
	if leaveFinal || !p.bounded || p.giveUp != nil {
		return true
	}
	for _, e := range p.back {
		if !e.facts.pass[exceptLast] {
			return true
		}
	}
	return false
}

// cancelLeaves reports whether cancellation goes on behind the loop.
func (p *plan) cancelLeaves() bool {
	if len(p.cancel) != 1 {
		return false
	}
	b, ok := p.cancel[0].(*ast.BranchStmt)
	return ok && b.Tok == token.BREAK && b.Label != nil && b.Label.Name == p.loop.label
}

// afterLooks reports whether what follows the loop begins by looking at the
// error.
func (p *plan) afterLooks() bool { return p.afterIf() != nil }

// readsNext reports whether the statement behind the loop reads the result.
func (p *plan) readsNext() bool {
	return len(p.loop.after) > 0 && code.Mentions(p.info, p.loop.after[0], p.result)
}

// asksForKinds reports whether the statement behind the loop tells errors apart,
// and so may take another one for success.
func (p *writer) asksForKinds() bool {
	if len(p.loop.after) == 0 {
		return false
	}
	switch s := p.loop.after[0].(type) {
	case *ast.SwitchStmt, *ast.TypeSwitchStmt:
		return p.readsError(s)
	case *ast.IfStmt:
		return p.readsError(s.Cond) && !p.parts(s.Cond)
	}
	return false
}

// readsError reports whether n reads an error that the loop gives.
func (p *writer) readsError(n ast.Node) bool {
	found, w := false, p.walker()
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := w.errorVar(id)
			found = found || v != nil && p.loop.assigns(p.pkg, v)
		}
		return !found
	})
	return found
}

// parts reports whether cond parts success from every error.
func (p *writer) parts(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	isTest := func(e ast.Expr, op token.Token) bool {
		t, ok := ast.Unparen(e).(*ast.BinaryExpr)
		return ok && t.Op == op && p.readsError(t.X) && code.IsNil(p.info, t.Y)
	}
	switch cmp.Op {
	case token.LOR: // err != nil || s == ""
		return p.parts(cmp.X) || p.parts(cmp.Y)
	case token.LAND: // err == nil && s != ""
		return isTest(cmp.X, token.EQL) || isTest(cmp.Y, token.EQL)
	}
	return isTest(cmp, token.EQL) || isTest(cmp, token.NEQ)
}

// afterIf returns `if err != nil {` that follows the loop.
func (p *plan) afterIf() *ast.IfStmt {
	if len(p.loop.after) == 0 || p.result == nil {
		return nil
	}
	s, ok := p.loop.after[0].(*ast.IfStmt)
	if !ok || s.Init != nil {
		return nil
	}
	cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if ok && cmp.Op == token.NEQ && code.Local(p.info, cmp.X) == p.result && code.IsNil(p.info, cmp.Y) && code.EndsInReturn(s.Body.List) {
		return s
	}
	return nil
}

// afterReturnsError reports whether what follows the loop returns the error as it
// is.
func (p *plan) afterReturnsError() bool {
	zeros, ok := p.zeros()
	return ok && p.afterReturns(zeros)
}

// afterReturns reports whether what follows the loop begins by returning the
// error, with other results written as text.
func (p *plan) afterReturns(text string) bool {
	var list []ast.Stmt
	if s := p.afterIf(); s != nil {
		list = s.Body.List
	} else if len(p.loop.after) == 1 {
		list = p.loop.after
	}
	others, ok := p.returnsFailure(list, p.result)
	return ok && others == text
}
