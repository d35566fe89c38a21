package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Request is a judged site, and the helper that a fix is to call.
type Request struct {
	edit.Source
	Pkg     *source.Package
	Site    *site.Site
	Verdict flow.Verdict
	Growth  growth.Growth
	Bounds  growth.Bounds
	Waits   growth.Schedule // the delays, as far as constants tell them; the means of random ones
	Longest growth.Schedule // the same with random ones at their longest

	Multiples []float64 // the delays as multiples of the first, as far as that is all that the code does not tell
	Helper    *helper.Helper

	// Elsewhere reports whether a file of the package declares a name that is no
	// part of this build: a test, or one for another system.
	Elsewhere func(name string) bool

	GoVersion string // of the file, such as "go1.22"

	// Taken are the names that fixes declare in a scope. A fix adds its own, so
	// that all of a function can be applied.
	Taken map[*types.Scope]map[string]bool
}

// A Reading reads off a site what a call of the helper needs.
type Reading struct {
	Request
	info *types.Info
	loop *loop.Loop

	pauses      map[ast.Stmt]*pass.Pause
	timers      map[ast.Stmt]bool // statements that only serve a timer
	gone        map[ast.Stmt]bool // statements of the body that are left out
	counter     *loop.Counter
	limit       loop.Number // of attempts
	ticks       bool        // the loop ranges over a time channel
	leadUnclear bool        // whether a delay comes before the first attempt cannot be told
	mayBeNone   bool        // the limit may be zero
	bounded     bool        // limit is known and is given to the helper
	limitMoves  bool        // what tells the limit may tell another number in a pass
	floor       bool        // limit stands for one attempt if it is less than that
	keepCond    ast.Expr
	exits       []pass.Exit
	opErr       types.Object          // the error of the operation, if it is proven to be there whenever the loop goes round
	ctx         ast.Expr              // what ends a pause early
	cancel      []ast.Stmt            // what is done then
	outcomes    map[types.Object]bool // what calls give the variables of the loop; nil if nobody has asked
	lead        ast.Stmt              // a pause that comes before the first attempt too
}

// bind reads the loop of a site, or says why it cannot.
func bind(req Request) (*Reading, reason.Refusal) {
	b := &Reading{Request: req, info: req.Pkg.Info, gone: make(map[ast.Stmt]bool)}
	var refusal reason.Refusal
	if b.loop, refusal = loop.New(b.Pkg, req.Site.Func, req.Site.Cycle); refusal != nil {
		return nil, refusal
	}
	if b.loop.Leaks {
		return nil, reason.ShapeOfCycle
	}
	for _, step := range []func() reason.Refusal{b.bindNames, b.bindHeader, b.bindPauses, b.bindTimers, b.bindCount, b.bindGone, b.bindExits, b.bindCancel} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	return b, nil
}

// bindNames asks whether what fixes name means there what it does everywhere.
func (b *Reading) bindNames() reason.Refusal {
	inner := b.Pkg.Types.Scope().Innermost(b.loop.Outer.Pos())
	for _, name := range []string{"error", "nil", "bool", "true", "int", "uint", "uint64"} {
		if _, obj := inner.LookupParent(name, b.loop.Outer.Pos()); obj == nil || obj.Parent() != types.Universe {
			return reason.TypeNotNamed.At(placeOf(obj))
		}
	}
	return nil
}

func (b *Reading) bindHeader() reason.Refusal {
	if r, ok := b.loop.Cycle.(*ast.RangeStmt); ok {
		if len(b.Site.Delays) == 1 && b.Site.Delays[0].Node == ast.Node(r) && r.Key == nil && b.loop.VisibleBefore(r.X) {
			b.ticks, b.lead = true, r
			return nil
		}
		if len(b.Site.Delays) == 1 && b.Site.Delays[0].Node == ast.Node(r) {
			return reason.DelayNotKnown.At(r.X.Pos())
		}
		basic, ok := b.info.TypeOf(r.X).Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 {
			return reason.OverItems.At(r.X.Pos())
		}
	}
	return nil
}

func (b *Reading) bindPauses() (refusal reason.Refusal) {
	if b.ticks {
		b.pauses = make(map[ast.Stmt]*pass.Pause)
		return nil
	}
	if b.pauses, refusal = pass.Pauses(b.Pkg, b.loop, b.Site); refusal != nil {
		return refusal
	}
	if !b.computesOnly() {
		return reason.DelayDoesMore.At(b.delayPos())
	}
	return b.sameDelays(func(*ast.AssignStmt) bool { return false })
}

// bindGone finds what is left out: the delays, and what only counts attempts
// and computes delays.
func (b *Reading) bindGone() reason.Refusal {
	removed := map[ast.Node]bool{}
	for _, s := range code.InOrder(b.pauses) {
		p := b.pauses[s]
		removed[s] = true
		if p.Test != nil {
			removed[p.Test], b.gone[p.Test] = true, true
		}
		for _, then := range p.Then {
			removed[then] = true
		}
	}
	if refusal := b.removeHeader(removed); refusal != nil {
		return refusal
	}
	for _, s := range code.InOrder(b.timers) {
		removed[s] = true
		if b.loop.InBody(s.Pos()) {
			b.gone[s] = true
		}
	}
	for _, s := range code.InOrder(code.Dead(b.info, b.loop.Decl, removed, nil)) {
		if b.loop.InBody(s.Pos()) {
			b.gone[s] = true
		} else if s == b.loop.Post || s == b.loop.Init {
			removed[s] = true
		}
	}
	if b.loop.Post != nil && !removed[b.loop.Post] || b.loop.Init != nil && !removed[b.loop.Init] {
		return reason.CounterEscapes.At(b.headerPos())
	}
	for _, s := range code.InOrder(b.pauses) {
		p := b.pauses[s]
		for _, s := range p.Then {
			if branch, ok := s.(*ast.BranchStmt); !b.gone[s] && !(ok && branch.Tok == token.CONTINUE) && !b.deadThen(s) {
				return reason.CodeAfterDelay.At(s.Pos())
			}
		}
	}
	b.wrapDead()
	b.wrapPauses()
	return nil
}

// counted returns the passes of the loop, as far as they are counted.
func (b *Reading) counted() loop.Passes { return b.loop.Passes(b.counter, b.limit, b.bounded && !b.limitMoves) }

// when returns when a condition on the counter holds.
func (b *Reading) when(cond ast.Expr) loop.When { return b.counted().When(cond) }

// pass returns what a pass goes through.
func (b *Reading) pass() *pass.Pass {
	return &pass.Pass{Loop: b.loop, Pauses: b.pauses, Gone: b.gone, Count: b.when, Ticks: b.ticks, Operation: b.Verdict.Operation}
}

func (b *Reading) bindExits() reason.Refusal {
	walked := b.pass().Walk(pass.Watch{})
	if walked.Refusal != nil {
		return walked.Refusal
	}
	b.exits = walked.Exits
	for i := range b.exits {
		e := &b.exits[i]
		if e.Kind != pass.Again {
			continue
		}
		switch {
		case e.DelayedTwice():
			return reason.SeveralDelays.At(e.Pos(b.loop))
		case e.Undelayed():
			return reason.PassNotDelayed.At(e.Pos(b.loop))
		case b.counter != nil && b.bounded && !b.countedByHeader() && !e.Facts.NotLast():
			return b.countRefused(b.countPos()) // another attempt may follow the last one
		}
	}
	b.bindLead(walked.Leads)
	if b.leadUnclear {
		return reason.CodeAfterDelay.At(b.delayPos())
	}
	if b.lead != nil && b.leavesBefore(b.lead) {
		return reason.FirstBefore.At(b.lead.Pos())
	}
	b.opErr = b.provenError()
	return nil
}

// provenError returns the error variable that the operation gives, if the loop
// goes round only where it is not nil.
func (b *Reading) provenError() types.Object {
	obj, exits := b.pass().Suppose(pass.IsNil)
	if obj == nil {
		return nil
	}
	// The success of some operations is nothing but a nil error, and does not go round.
	plain := b.Verdict.Reason == flow.OnlyFailure && code.IsError(b.info.TypeOf(b.Verdict.Operation.(ast.Expr)))
	if !plain && !alwaysError(exits, obj) {
		return nil
	}
	// Something else may be given to it, or the operation may be left out.
	if _, exits := b.pass().Suppose(pass.NotNil); !alwaysError(exits, obj) {
		return nil
	}
	return obj
}

// alwaysError reports whether obj is not nil wherever another pass follows.
func alwaysError(exits []pass.Exit, obj types.Object) bool {
	for _, e := range exits {
		if e.Kind == pass.Again && e.Facts.Of(obj) != pass.NotNil {
			return false
		}
	}
	return true
}
