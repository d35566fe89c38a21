package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Of reads the loop of a site, or says why it cannot.
func Of(req Request) (*Reading, reason.Refusal) {
	b := &Reading{Request: req, Info: req.Pkg.Info, Gone: make(map[ast.Stmt]bool)}
	var refusal reason.Refusal
	if b.Loop, refusal = loop.New(b.Pkg, req.Site.Func, req.Site.Cycle); refusal != nil {
		return nil, refusal
	}
	if b.Loop.Leaks {
		return nil, reason.ShapeOfCycle
	}
	for _, step := range []func() reason.Refusal{b.bindNames, b.bindHeader, b.bindPauses, b.bindTimers, b.bindCount, b.bindGone, b.bindExits, b.bindCancel} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	return b, nil
}

// Without returns b with more of the body left out: those of list that stand there.
func (b *Reading) Without(list []ast.Stmt) *Reading {
	less := *b
	less.Gone = maps.Clone(b.Gone)
	for _, s := range list {
		if b.Loop.InBody(s.Pos()) {
			less.Gone[s] = true
		}
	}
	return &less
}

// bindNames asks whether what fixes name means there what it does everywhere.
func (b *Reading) bindNames() reason.Refusal {
	inner := b.Pkg.Types.Scope().Innermost(b.Loop.Outer.Pos())
	for _, name := range []string{"error", "nil", "bool", "true", "int", "uint", "uint64"} {
		if _, obj := inner.LookupParent(name, b.Loop.Outer.Pos()); obj == nil || obj.Parent() != types.Universe {
			return reason.TypeNotNamed.At(placeOf(obj))
		}
	}
	return nil
}

func (b *Reading) bindHeader() reason.Refusal {
	if r, ok := b.Loop.Cycle.(*ast.RangeStmt); ok {
		if len(b.Site.Delays) == 1 && b.Site.Delays[0].Node == ast.Node(r) && r.Key == nil && b.Loop.VisibleBefore(r.X) {
			b.Ticks, b.Lead = true, r
			return nil
		}
		if len(b.Site.Delays) == 1 && b.Site.Delays[0].Node == ast.Node(r) {
			return reason.DelayNotKnown.At(r.X.Pos())
		}
		basic, ok := b.Info.TypeOf(r.X).Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 {
			return reason.OverItems.At(r.X.Pos())
		}
	}
	return nil
}

func (b *Reading) bindPauses() (refusal reason.Refusal) {
	if b.Ticks {
		b.Pauses = make(map[ast.Stmt]*pass.Pause)
		return nil
	}
	if b.Pauses, refusal = pass.Pauses(b.Pkg, b.Loop, b.Site); refusal != nil {
		return refusal
	}
	if !b.computesOnly() {
		return reason.DelayDoesMore.At(b.DelayPos())
	}
	return b.SameDelays(func(*ast.AssignStmt) bool { return false })
}

func (b *Reading) bindTimers() (refusal reason.Refusal) {
	b.Timers, refusal = b.FindTimers()
	return refusal
}

// bindGone finds what is left out: the delays, and what only counts attempts
// and computes delays.
func (b *Reading) bindGone() reason.Refusal {
	removed := map[ast.Node]bool{}
	for _, s := range code.InOrder(b.Pauses) {
		p := b.Pauses[s]
		removed[s] = true
		if p.Test != nil {
			removed[p.Test], b.Gone[p.Test] = true, true
		}
		for _, then := range p.Then {
			removed[then] = true
		}
	}
	if refusal := b.removeHeader(removed); refusal != nil {
		return refusal
	}
	for _, s := range code.InOrder(b.Timers) {
		removed[s] = true
		if b.Loop.InBody(s.Pos()) {
			b.Gone[s] = true
		}
	}
	for _, s := range code.InOrder(code.Dead(b.Info, b.Loop.Decl, removed, nil)) {
		if b.Loop.InBody(s.Pos()) {
			b.Gone[s] = true
		} else if s == b.Loop.Post || s == b.Loop.Init {
			removed[s] = true
		}
	}
	if b.Loop.Post != nil && !removed[b.Loop.Post] || b.Loop.Init != nil && !removed[b.Loop.Init] {
		return reason.CounterEscapes.At(b.HeaderPos())
	}
	for _, s := range code.InOrder(b.Pauses) {
		p := b.Pauses[s]
		for _, s := range p.Then {
			if branch, ok := s.(*ast.BranchStmt); !b.Gone[s] && !(ok && branch.Tok == token.CONTINUE) && !b.deadThen(s) {
				return reason.CodeAfterDelay.At(s.Pos())
			}
		}
	}
	b.wrapDead()
	b.wrapPauses()
	return nil
}

// counted returns the passes of the loop, as far as they are counted.
func (b *Reading) counted() loop.Passes {
	return b.Loop.Passes(b.Counter, b.Attempts, b.Bounded && !b.limitMoves)
}

// When returns when a condition on the counter holds.
func (b *Reading) When(cond ast.Expr) loop.When { return b.counted().When(cond) }

// Pass returns what a pass goes through.
func (b *Reading) Pass() *pass.Pass {
	return &pass.Pass{Loop: b.Loop, Pauses: b.Pauses, Gone: b.Gone, Count: b.When, Ticks: b.Ticks, Operation: b.Verdict.Operation}
}

func (b *Reading) bindExits() reason.Refusal {
	walked := b.Pass().Walk(pass.Watch{})
	if walked.Refusal != nil {
		return walked.Refusal
	}
	b.Exits = walked.Exits
	for i := range b.Exits {
		e := &b.Exits[i]
		if e.Kind != pass.Again {
			continue
		}
		switch {
		case e.DelayedTwice():
			return reason.SeveralDelays.At(e.Pos(b.Loop))
		case e.Undelayed():
			return reason.PassNotDelayed.At(e.Pos(b.Loop))
		case b.Counter != nil && b.Bounded && !b.CountedByHeader() && !e.Facts.NotLast():
			return b.CountRefused(b.CountPos()) // another attempt may follow the last one
		}
	}
	b.bindLead(walked.Leads)
	if b.leadUnclear {
		return reason.CodeAfterDelay.At(b.DelayPos())
	}
	if b.Lead != nil && b.leavesBefore(b.Lead) {
		return reason.FirstBefore.At(b.Lead.Pos())
	}
	b.OpErr = b.provenError()
	return nil
}

// provenError returns the error variable that the operation gives, if the loop
// goes round only where it is not nil.
func (b *Reading) provenError() types.Object {
	obj, exits := b.Pass().Suppose(pass.IsNil)
	if obj == nil {
		return nil
	}
	// The success of some operations is nothing but a nil error, and does not go round.
	plain := b.Verdict.Reason == flow.OnlyFailure && code.IsError(b.Info.TypeOf(b.Verdict.Operation.(ast.Expr)))
	if !plain && !AlwaysError(exits, obj) {
		return nil
	}
	// Something else may be given to it, or the operation may be left out.
	if _, exits := b.Pass().Suppose(pass.NotNil); !AlwaysError(exits, obj) {
		return nil
	}
	return obj
}

// AlwaysError reports whether obj is not nil wherever another pass follows.
func AlwaysError(exits []pass.Exit, obj types.Object) bool {
	for _, e := range exits {
		if e.Kind == pass.Again && e.Facts.Of(obj) != pass.NotNil {
			return false
		}
	}
	return true
}
