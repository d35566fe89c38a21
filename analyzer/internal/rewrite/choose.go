package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// findContext finds the context that the helper can be given.
func (p *plan) findContext() Refusal {
	switch {
	case p.ctx != nil && !p.Helper.Supports(helper.Context):
		return helperLacks
	case p.ctx != nil:
		p.useCtx = p.text(p.ctx)
	case p.Helper.Supports(helper.Context):
		p.useCtx = p.scope.contextIn(p.loop.fn.Node)
	}
	if ctx := p.contextOfCond(); ctx != "" && p.Helper.ChecksContext && (p.ctx == nil || p.useCtx == ctx) && len(p.ok) > 0 && !p.bounded {
		p.useCtx, p.headCtx, p.keepCond = ctx, true, nil
	}
	if p.Helper.CancelsSuccess && p.useCtx != "" && !p.returnsError() {
		if p.ctx != nil {
			return helperLacks
		}
		p.useCtx = ""
	}
	if p.deadline != "" {
		p.parent = p.useCtx
		p.useCtx = p.scope.fresh(p.loop.decl, "ctx", "deadlineCtx")
		p.cancelName = p.scope.fresh(p.loop.decl, "cancel", "cancelRetry")
	}
	return ""
}

// contextOfCond returns ctx of the loop's condition `ctx.Err() == nil`, or "".
func (p *plan) contextOfCond() string {
	cmp, ok := ast.Unparen(p.keepCond).(*ast.BinaryExpr)
	if p.keepCond == nil || !ok || cmp.Op != token.EQL || !p.info.Types[cmp.Y].IsNil() {
		return ""
	}
	call, ok := ast.Unparen(cmp.X).(*ast.CallExpr)
	if !ok {
		return ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Err" || !isContext(p.info.TypeOf(sel.X)) || !p.loop.visibleBefore(p.pkg, sel.X) {
		return ""
	}
	return p.text(sel.X)
}

// lastErrors returns the variables that hold the error of the last attempt
// where the attempts have run out.
func (p *plan) lastErrors() []types.Object {
	objs := []types.Object{p.result, p.opErr}
	if p.giveUp != nil {
		for _, e := range p.exits {
			if p.ifAround(e.node) == p.giveUp {
				for obj, n := range e.facts.errs {
					if n == notNil {
						objs = append(objs, obj)
					}
				}
			}
		}
	}
	return objs
}

// choose decides what is done with what the helper returns.
func (p *plan) choose() Refusal {
	if len(p.ok) > 0 && len(p.leave) > 0 {
		if p.value != nil || p.hoisted != nil || p.splits() || !p.outside(p.okReturn) {
			return severalExits
		}
		p.flag = "-"
	}
	if p.counter != nil && p.bounded && p.counter.obj.Pos() < p.loop.outer.Pos() && p.readsAfter(p.counter.obj, nil) {
		return counterEscapes
	}
	if p.first != nil {
		return p.chooseTurned()
	}
	if len(p.ok) == 0 && len(p.leave) == 0 && len(p.final) == 0 && !p.bounded && p.keepCond == nil && !p.exitsInside() {
		return severalExits // it is never left but by a panic or the like
	}
	p.permanent = p.Helper.PermanentFor(p.valueForm(), p.bounded)
	if len(p.ok) > 0 && p.flag == "" {
		return p.chooseReturn()
	}
	refusal := p.chooseAfter()
	if refusal == "" && len(p.cancel) > 0 && p.form == assign && p.bounded && p.skipsLastDelay() {
		return cancelBranch
	}
	return refusal
}

// chooseTurned decides for a loop whose first attempt stood before it.
func (p *plan) chooseTurned() Refusal {
	if p.result == nil || p.mayBeNone || len(p.cancel) > 0 && !p.cancelLeaves() {
		return firstBefore
	}
	p.form, p.assigns, p.cancel = assign, true, nil
	if p.ctx == nil && !p.readsNext() {
		p.useCtx = ""
	}
	return ""
}

// exitsInside reports whether the loop may be left although no exit is known.
func (p *plan) exitsInside() bool { return false }

// valueForm reports whether the helper hands on the value.
func (p *plan) valueForm() bool {
	return p.value != nil && p.capture == "" && p.Helper.ValueCall != nil
}

// chooseReturn decides where success returns from the function.
func (p *plan) chooseReturn() Refusal {
	if p.value != nil {
		t := p.loop.sig.Results().At(p.valueAt).Type()
		if _, ok := p.scope.typeString(t); !ok {
			return typeNotNamed
		}
		if p.Helper.ValueCall == nil {
			p.capture = "-"
		}
	}
	runsOut := p.bounded && (p.giveUp != nil || p.countedByHeader()) || p.deadline != "" || p.headCtx
	if runsOut && p.fail == nil && (p.giveUp == nil || true) {
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
			return severalExits
		case p.permanent != nil && !p.unsure && (!runsOut || plain && text == failText):
			failText, plain = text, true
		default:
			p.stash = "-"
		}
	}
	// Cancellation.
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
		case !ok && !runsOut && (p.stash != "" || len(p.final) == 0 && !p.splits()) && p.cancelMoves():
			p.fail = p.cancel
		case p.failMoves && len(p.cancel) == 1 && len(p.fail) == 1 && p.text(p.cancel[0]) == p.text(p.fail[0]):
		case p.cancelMoves() && !(runsOut && p.skipsLastDelay()):
			check = true
		default:
			return cancelBranch
		}
	}
	if p.hoisted != nil && (runsOut || p.useCtx != "") {
		return severalExits
	}
	p.cancelCheck(check)
	return p.formOfReturn(runsOut, plain, failText)
}

// stopsOnContext reports whether the function returns nothing, and the loop
// returns where the context that is in scope is cancelled.
func (p *plan) stopsOnContext() bool {
	if p.loop.sig.Results().Len() > 0 || p.ctx != nil || p.useCtx == "" || p.deadline != "" {
		return false
	}
	stops := false
	p.loop.inspect(func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Done" || sel.Sel.Name == "Err") && p.text(sel.X) == p.useCtx {
			stops = true
		}
		return !stops
	})
	return stops
}

func (p *plan) cancelCheck(check bool) {
	if !check {
		p.cancel = nil
	}
}

func (p *plan) formOfReturn(runsOut, plain bool, failText string) Refusal {
	if p.mayBeNone {
		return p.guardedReturn()
	}
	canFail := runsOut || plain || p.useCtx != "" && !p.stopsOnContext() || p.fail != nil
	switch {
	case !canFail:
		p.form = alone
		if p.value != nil {
			p.capture = "-"
			p.permanent = p.Helper.PermanentFor(false, p.bounded)
		}
	case plain && p.stash == "" && len(p.cancel) == 0 && p.tails(failText):
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
	return ""
}

// guardedReturn decides on the form where there may be no attempt at all: what
// follows the loop stays, since it runs then too.
func (p *plan) guardedReturn() Refusal {
	if !p.failMoves {
		return mayBeZero
	}
	p.form = ifWorked
	if p.result == nil && p.ctx == nil {
		p.useCtx = ""
	}
	return p.setGuard()
}

// setGuard sets the condition under which there are attempts.
func (p *plan) setGuard() Refusal {
	n := p.limit
	op, bound := " > ", -n.offset
	if n.offset == 1 {
		op, bound = " >= ", 0
	}
	text := p.text(n.expr)
	if !pureOrField(p.info, n.expr) {
		p.limitText = "-"
		text, op, bound = "", " > ", 0
	}
	p.guard = text + op + itoa(bound)
	return ""
}

// pureOrField reports whether e can be computed twice.
func pureOrField(info *types.Info, e ast.Expr) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			pure = pure && (info.Types[n.Fun].IsType() || isPure(info, n))
		case *ast.FuncLit:
			pure = false
		}
		return pure
	})
	return pure
}

// failText of a plain failure replaces the statements of fail.
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
	return len(p.fail) == 1 && terminates(p.fail) || p.giveUp != nil && !p.failMoves
}

// tails reports whether the function can return what the helper returns.
func (p *plan) tails(failText string) bool {
	res := p.loop.sig.Results()
	switch {
	case p.DropsValue():
		return false
	case res.Len() == 1 && p.value == nil && p.capture == "":
		return true
	case res.Len() == 2 && p.valueForm() && p.valueAt == 0:
		zero, ok := p.scope.zero(res.At(0).Type())
		return ok && failText == zero
	}
	return false
}

// DropsValue reports whether the call returns a value that is of no use.
func (p *plan) DropsValue() bool {
	return p.Helper.DropsValue && !p.valueForm() || p.Helper.Exhausted != nil
}

// splits reports whether a successful exit may hand on a final error.
func (p *plan) splits() bool {
	if p.hoisted != nil || p.movesOut {
		return false
	}
	for _, e := range p.ok {
		if p.errorOf(e) == unknown {
			return true
		}
	}
	return false
}

// finalText returns what is returned beside a final error; it must be the same
// everywhere.
func (p *plan) finalText() (string, bool) {
	text, first := "", true
	for _, e := range p.final {
		r := e.node.(*ast.ReturnStmt)
		t := p.others(r)
		if !p.outsideOthers(r) || !first && t != text {
			return "", false
		}
		text, first = t, false
	}
	return text, true
}

// zeros returns the zero values of the results before the error.
func (p *plan) zeros() (string, bool) {
	var parts []string
	res := p.loop.sig.Results()
	for i := range res.Len() - 1 {
		z, ok := p.scope.zero(res.At(i).Type())
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
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Err" && p.text(sel.X) == p.text(p.ctx) {
			return p.others(r), true
		}
		if calleeOf(p.info, call) == "context.Cause" {
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
func (p *plan) skipsLastDelay() bool {
	skips := p.giveUp != nil
	for s := range p.pauses { // at the top: none follows the last attempt
		skips = skips || p.Verdict.Operation != nil && s.Pos() < p.Verdict.Operation.Pos()
	}
	p.loop.inspect(func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok && p.when(s.Cond) == exceptLast {
			for pause := range p.pauses {
				skips = skips || within(s, pause)
			}
		}
		return !skips
	})
	return skips
}

// cancelMoves reports whether what is done on cancellation can stand behind
// the loop.
func (p *plan) cancelMoves() bool {
	if !terminates(p.cancel) {
		return false
	}
	for _, s := range p.cancel {
		if !p.outside(s) {
			return false
		}
	}
	return true
}

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
	finalText := ""
	if len(p.final) > 0 {
		text, agree := p.finalText()
		if !agree {
			return severalExits
		}
		finalText = text
		switch {
		case p.permanent != nil && !p.unsure && !runsOut:
			plain, plainText = true, text
		case p.permanent != nil && !p.unsure && moved && plain && text == plainText:
		case p.permanent != nil && !p.unsure && !moved && runsOut && p.result != nil && p.afterReturns(text):
		default:
			p.stash = "-"
		}
	}
	_ = finalText
	cancelReturns, cancelPlain := "", false
	if p.ctx != nil && len(p.cancel) > 0 && !p.cancelLeaves() {
		cancelReturns, cancelPlain = p.returnsCancel()
		if !cancelPlain && !p.cancelMoves() {
			return cancelBranch
		}
	} else {
		p.cancel = nil
	}
	if p.mayBeNone {
		if moved || p.stash != "" || p.flag != "" {
			return mayBeZero
		}
		if refusal := p.setGuard(); refusal != "" {
			return refusal
		}
	}
	handled := p.result != nil && !mixed && (!leaveFinal || p.permanent != nil)
	switch {
	case moved: // if err := helper(); err != nil { give up }
		p.form = ifFailed
		if leaveFinal || mixed {
			return severalExits
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
			return severalExits
		}
	case handled && (runsOut || leaveFinal || p.afterLooks()):
		p.form, p.assigns = assign, true
		if p.ctx == nil && !p.readsNext() {
			p.useCtx = "" // on cancellation, what follows would take it for success
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
			p.form, p.useCtx = alone, ""
			break
		}
		p.cancel = nil
		p.setFail(zeros)
	case p.ctx != nil && len(p.cancel) > 0:
		return cancelBranch
	default:
		p.form = alone
		if p.ctx == nil {
			p.useCtx = ""
		}
	}
	return ""
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
	return len(p.loop.after) > 0 && mentions(p.info, p.loop.after[0], p.result)
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
	if ok && cmp.Op == token.NEQ && local(p.info, cmp.X) == p.result && p.info.Types[cmp.Y].IsNil() && terminates(s.Body.List) {
		return s
	}
	return nil
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
