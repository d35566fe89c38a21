package rewrite

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// lastErrors returns the variables that hold the error of the last attempt
// where the attempts have run out.
func (p *plan) lastErrors() []types.Object {
	objs := []types.Object{p.result, p.opErr}
	if p.giveUp != nil {
		for _, e := range p.exits {
			if p.ifAround(e.node) == p.giveUp {
				for _, obj := range code.ObjectsInOrder(e.facts.errs) {
					if e.facts.errs[obj] == notNil {
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
		return severalExits.At(p.loop.lastOf(p.ok, p.leave))
	}
	if p.counter != nil && p.bounded && p.counter.obj.Pos() < p.loop.outer.Pos() && p.readsAfter(p.counter.obj, nil) {
		return counterEscapes.At(p.counterPos())
	}
	if p.first != nil {
		return p.chooseTurned()
	}
	if len(p.ok) == 0 && len(p.leave) == 0 && len(p.final) == 0 && !p.bounded && p.keepCond == nil {
		return severalExits // it is never left but by a panic or the like
	}
	if p.cancelsWithNil() {
		return cancelBranch.At(p.cancelPos())
	}
	p.permanent = p.Helper.PermanentFor(p.valueForm(), p.bounded)
	if len(p.ok) > 0 {
		return p.chooseReturn()
	}
	refusal := p.chooseAfter()
	if refusal == nil && len(p.cancel) > 0 && p.form == assign && p.bounded && p.skipsLastDelay() {
		return cancelBranch.At(p.cancelPos())
	}
	return refusal
}

// chooseTurned decides for a loop whose first attempt stood before it.
func (p *plan) chooseTurned() Refusal {
	if p.result == nil || p.mayBeNone || len(p.cancel) > 0 && !p.cancelLeaves() {
		return firstBefore.At(p.first.Pos())
	}
	p.form, p.assigns, p.cancel = assign, true, nil
	if p.ctx == nil && !p.readsNext() {
		p.useCtx = ""
	}
	return nil
}

// returnAtOnce makes `return helper(...)` of
//
//	err := helper(...)
//	return err
func (p *plan) returnAtOnce() {
	if p.form != assign || !p.drops || len(p.cancel) > 0 || p.deadline != "" || p.guard != "" ||
		p.dropsValue() || len(p.loop.after) != 1 || p.loop.sig.Results().Len() != 1 {
		return
	}
	ret, ok := p.loop.after[0].(*ast.ReturnStmt)
	if ok && len(ret.Results) == 1 && code.Local(p.info, ret.Results[0]) == p.result {
		p.form, p.fail, p.failMoves = tailReturn, p.loop.after, true
	}
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

// finalApart says why a final error cannot be what the operation returns: the helper
// has no mark for it, or it is handled in a way of its own.
func (p *plan) finalApart() Refusal {
	if p.permanent == nil {
		return lacksPermanent.At(p.loop.lastOf(p.final, p.ok))
	}
	return severalExits.At(p.loop.lastOf(p.final, p.ok))
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

// valueForm reports whether the helper hands on the value.
func (p *plan) valueForm() bool {
	return p.value != nil && p.Helper.ValueCall != nil
}
