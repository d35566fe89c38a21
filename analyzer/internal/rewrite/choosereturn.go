package rewrite

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// chooseReturn decides where success returns from the function.
func (p *plan) chooseReturn() Refusal {
	if p.value != nil {
		t := p.loop.sig.Results().At(p.valueAt).Type()
		if _, ok := p.scope.TypeString(t); !ok {
			return typeNotNamed.At(p.okReturn.Pos())
		}
		if p.Helper.ValueCall == nil {
			return lacksValue.At(p.okReturn.Pos())
		}
	}
	runsOut := p.bounded && (p.giveUp != nil || p.countedByHeader()) || p.deadline != "" || p.headCtx
	if runsOut && p.fail == nil {
		p.fail, p.failMoves = p.loop.after, true
	}
	failText, plain := "", false
	if runsOut {
		failText, plain = p.returnsFailure(p.fail, p.lastErrors()...)
	}
	// A final error.
	if len(p.final) > 0 || p.splits() {
		text, agree := p.finalText()
		switch {
		case !agree:
			return severalExits.At(p.loop.lastOf(p.final, p.ok))
		case p.permanent != nil && !p.unsure && (!runsOut || plain && text == failText):
			failText, plain = text, true
		default:
			return p.finalApart()
		}
	}
	// Cancellation.
	if p.ctx == nil && p.failMoves && p.bounded && !p.afterFails(false) {
		p.useCtx = "" // what follows the loop is never reached
	}
	if p.ctx == nil && runsOut && !plain && p.useCtx != "" && p.deadline == "" && !p.headCtx && p.loopAsks(p.useCtx) {
		p.useCtx = "" // the error of the context is what the loop returns then
	}
	if p.deadline == "" && !p.headCtx && p.failMoves && p.hidesFailure() {
		if p.ctx != nil {
			return cancelBranch.At(p.cancelPos())
		}
		p.useCtx = "" // what follows the loop would make a success of it
	}
	if p.useCtx != "" && p.ctx == nil && !runsOut {
		zeros, ok := p.zeros()
		switch {
		case p.stopsOnContext():
		case !p.returnsError() || !ok || p.hoisted != nil:
			p.useCtx = ""
		case failText == "" && !plain:
			failText, plain = zeros, true
		}
	}
	check := false
	if p.ctx != nil {
		text, ok := p.returnsCancel()
		switch {
		case ok && plain && text == failText:
		case ok && !runsOut && failText == "" && !plain:
			failText, plain = text, true
		case !ok && !runsOut && len(p.final) == 0 && !p.splits() && p.cancelMoves():
			p.fail = p.cancel
		case p.failMoves && len(p.cancel) == 1 && len(p.fail) == 1 && p.Text(p.cancel[0]) == p.Text(p.fail[0]):
		case p.cancelMoves() && !(runsOut && p.skipsLastDelay()):
			check = true
		default:
			return cancelBranch.At(p.cancelPos())
		}
	}
	if p.hoisted != nil && (runsOut || p.useCtx != "") {
		return severalExits.At(p.okReturn.Pos())
	}
	if !check {
		p.cancel = nil
	} else if len(p.final) > 0 {
		return cancelBranch.At(p.cancelPos()) // a final error comes first
	}
	return p.formOfReturn(runsOut, plain, failText)
}

// stopsOnContext reports whether the function returns nothing, and the loop
// returns where the context that is in scope is cancelled.
func (p *plan) stopsOnContext() bool {
	if p.loop.sig.Results().Len() > 0 || p.ctx != nil || p.useCtx == "" || p.deadline != "" {
		return false
	}
	return p.loopAsks(p.useCtx)
}

func (p *plan) formOfReturn(runsOut, plain bool, failText string) Refusal {
	if p.mayBeNone {
		return p.guardedReturn()
	}
	if canFail := runsOut || plain || p.useCtx != "" && !p.stopsOnContext() || p.fail != nil; !canFail {
		// Nothing ends the attempts, but the helper returns an error.
		zeros, ok := p.zeros()
		if !ok || p.hoisted != nil {
			return errorDropped
		}
		plain, failText = true, zeros
	}
	switch {
	case plain && len(p.cancel) == 0 && p.tails(failText):
		p.form = tailReturn
	case plain && (!runsOut || p.failIsReturn()):
		p.form = ifFailed
		p.setFail(failText)
	case p.failMoves && !p.failIsReturn():
		p.form = ifWorked
	default:
		p.form = ifFailed
	}
	if p.failMoves && p.form != ifWorked && len(p.loop.after) == 0 {
		p.form = ifWorked
	}
	return nil
}

// guardedReturn decides on the form where there may be no attempt at all: what
// follows the loop stays, since it runs then too.
func (p *plan) guardedReturn() Refusal {
	if !p.failMoves {
		return mayBeZero.At(p.countPos())
	}
	p.form = ifWorked
	if p.result == nil && p.ctx == nil {
		p.useCtx = ""
	}
	return p.setGuard()
}

// setGuard sets the condition under which there are attempts.
func (p *plan) setGuard() Refusal {
	n := p.binder.limit
	op, bound := " > ", -n.offset
	if n.offset == 1 {
		op, bound = " >= ", 0
	}
	text := p.Text(n.expr)
	if !code.Repeatable(p.info, n.expr) {
		p.limitText = "-"
		text, op, bound = "", " > ", 0
	}
	p.guard = text + op + itoa(bound)
	return nil
}

// setFail lets `return text, err` take the place of the statements of fail.
func (p *plan) setFail(text string) {
	if !p.failMoves && p.giveUp == nil {
		if text != "" {
			text += ", "
		}
		p.plainFail = text
		p.fail = nil
	}
}

func (p *plan) failIsReturn() bool {
	return len(p.fail) == 1 && code.EndsInReturn(p.fail) || p.giveUp != nil && !p.failMoves
}

// tails reports whether the function can return what the helper returns.
func (p *plan) tails(failText string) bool {
	res := p.loop.sig.Results()
	switch {
	case p.dropsValue():
		return false
	case res.Len() == 1 && p.value == nil:
		return true
	case res.Len() == 2 && p.valueForm() && p.valueAt == 0:
		zero, ok := p.scope.Zero(res.At(0).Type())
		return ok && failText == zero
	}
	return false
}

// dropsValue reports whether the call returns a value that is of no use.
func (p *plan) dropsValue() bool {
	return p.Helper.DropsValue && !p.valueForm() || p.Helper.Exhausted != nil
}

// hidesFailure reports whether what is done where the attempts have run out does
// not tell a caller of an error for certain: it may return none, or something
// else, or it is a panic.
func (p *plan) hidesFailure() bool {
	x, returns := p.errorReturned(p.fail)
	if !returns {
		return code.Panics(p.fail) || p.loop.sig.Results().Len() > 0 && !p.returnsError()
	}
	return x == nil || !p.surelyError(x)
}

// surelyError reports whether x is an error where the attempts have run out, or
// have not begun: the helper's, or one that is made or named there.
func (p *plan) surelyError(x ast.Expr) bool {
	w := p.walker()
	switch e := ast.Unparen(x).(type) {
	case *ast.Ident:
		if obj := w.errorVar(e); obj != nil {
			return !p.mayBeNil(e)
		}
		return code.IsSentinel(w.info, e)
	case *ast.SelectorExpr:
		return code.IsSentinel(w.info, e)
	case *ast.UnaryExpr:
		return e.Op == token.AND
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		if p.info.Types[e.Fun].IsType() || code.MakesError(code.Callee(p.info, e)) {
			return true
		}
		return slices.ContainsFunc(e.Args, func(arg ast.Expr) bool {
			return code.IsError(p.info.TypeOf(arg)) && !code.IsNil(p.info, arg) && p.surelyError(arg)
		})
	}
	return false
}

// cancelsWithNil reports whether the function returns on cancellation a variable
// that may be nil.
func (p *plan) cancelsWithNil() bool {
	x, returns := p.errorReturned(p.cancel)
	return returns && x != nil && p.mayBeNil(x)
}

// errorReturned returns the error that the last of list returns: nil for the
// named result that is none of the loop's.
func (p *plan) errorReturned(list []ast.Stmt) (x ast.Expr, returns bool) {
	if !p.returnsError() || len(list) == 0 {
		return nil, false
	}
	r, ok := list[len(list)-1].(*ast.ReturnStmt)
	if !ok {
		return nil, false
	}
	if n := len(r.Results); n > 0 {
		return r.Results[n-1], true
	}
	res := p.loop.sig.Results()
	return nil, res.At(res.Len()-1) != p.result
}

// mayBeNil reports whether x is a variable for errors that the loop writes, and
// that need not hold one where it goes round.
func (p *plan) mayBeNil(x ast.Expr) bool {
	v := code.Local(p.info, x)
	for _, s := range code.InOrder(p.pauses) {
		if v != nil && s.Pos() <= v.Pos() && v.Pos() < s.End() {
			return false // it is that of the wait
		}
	}
	return v != nil && v != p.result && v != p.opErr && code.IsError(v.Type()) && p.loop.assigns(p.pkg, v) && !alwaysError(p.exits, v)
}
