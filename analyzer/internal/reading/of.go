package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// Known are readings of one site, by what they depend on beside it.
type Known map[manner]known

// A manner is what the reading of a site depends on beside it.
type manner struct {
	stateless, retriesUnlimited, tells, alike bool

	goVersion string
}

// A known is a reading, or why there is none.
type known struct {
	reading *Reading
	refusal reason.Refusal
}

// Of reads the loop of a site, or says why it cannot. Forms of a helper that read it alike
// share what has been read.
func Of(req Request) (*Reading, reason.Refusal) {
	how := manner{req.Helper.Stateless(), req.Helper.RetriesUnlimited, req.Tells, req.Alike, req.GoVersion}
	k, ok := req.Known[how]
	if !ok {
		k.reading, k.refusal = of(req)
		if req.Known != nil {
			req.Known[how] = k
		}
	}
	if k.refusal != nil {
		return nil, k.refusal
	}
	again := *k.reading
	again.Request = req
	again.Cuts = k.reading.Cuts // which reading has added to the request
	return &again, nil
}

func of(req Request) (*Reading, reason.Refusal) {
	b := &Reading{Request: req, Info: req.Pkg.Info, Gone: make(map[ast.Stmt]bool)}
	var refusal reason.Refusal
	if b.Loop, refusal = loop.New(b.Pkg, req.Site.Func, req.Site.Cycle); refusal != nil {
		return nil, refusal
	}
	if b.Loop.Leaks {
		return nil, reason.ShapeOfCycle.At(req.Site.Cycle.Pos())
	}
	for _, step := range []func() reason.Refusal{b.bindNames, b.bindHeader, b.bindPauses, b.bindTimers, b.bindCount, b.bindGone, b.bindExits, b.bindCancel} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	return b, nil
}

// Without returns r with more of the body left out: those of list that stand there.
func (r *Reading) Without(list []ast.Stmt) *Reading {
	less := *r
	less.Gone = maps.Clone(r.Gone)
	for _, s := range list {
		if r.Loop.InBody(s.Pos()) {
			less.Gone[s] = true
		}
	}
	return &less
}

// bindNames asks whether what fixes name means there what it does everywhere.
func (r *Reading) bindNames() reason.Refusal {
	for _, name := range []string{"error", "nil", "bool", "true", "int", "uint", "uint64"} {
		if obj := r.Pkg.LookupAt(name, r.Loop.Outer.Pos()); obj.Parent() != types.Universe {
			return reason.TypeNotNamed.At(obj.Pos())
		}
	}
	return nil
}

func (r *Reading) bindHeader() reason.Refusal {
	if ranges, ok := r.Loop.Cycle.(*ast.RangeStmt); ok {
		if len(r.Site.Delays) == 1 && r.Site.Delays[0].Node == ranges {
			if ranges.Key != nil || !r.Loop.VisibleBefore(ranges.X) {
				return reason.DelayNotKnown.At(ranges.X.Pos())
			}
			r.Ticks, r.Lead = true, ranges
			return nil
		}
		if !code.IsInteger(r.Info.TypeOf(ranges.X)) {
			return reason.OverItems.At(ranges.X.Pos())
		}
	}
	return nil
}

func (r *Reading) bindPauses() (refusal reason.Refusal) {
	if r.Ticks {
		r.Pauses = make(map[ast.Stmt]*pass.Pause)
		return nil
	}
	if r.Pauses, refusal = pass.Pauses(r.Pkg, r.Loop, r.Site); refusal != nil {
		return refusal
	}
	return r.SameDelays(func(*ast.AssignStmt) bool { return false })
}

func (r *Reading) bindTimers() (refusal reason.Refusal) {
	if r.Timers, refusal = r.FindTimers(); refusal == nil {
		r.bindTold()
	}
	return refusal
}

// keyEscapes reports whether something reads behind the loop what its range assigns:
//
//	for n = range 3 {
func (r *Reading) keyEscapes() bool {
	s, ok := r.Loop.Cycle.(*ast.RangeStmt)
	if !ok || s.Tok != token.ASSIGN || code.AllBlank([]ast.Expr{s.Key}) {
		return false
	}
	v := code.Local(r.Info, s.Key)
	return v == nil || r.Loop.ReadsAfter(v, nil)
}

// bindGone finds what is left out: the delays, and what only counts attempts
// and computes delays.
func (r *Reading) bindGone() reason.Refusal {
	removed := map[ast.Node]bool{}
	for _, s := range code.InOrder(r.Pauses) {
		p := r.Pauses[s]
		removed[s] = true
		if p.Test != nil {
			removed[p.Test], r.Gone[p.Test] = true, true
		}
		for _, then := range p.Then {
			removed[then] = true
		}
	}
	maps.Copy(removed, r.Untold.Gone)
	if refusal := r.removeHeader(removed); refusal != nil {
		return refusal
	}
	for _, s := range code.InOrder(r.Timers) {
		removed[s] = true
		if r.Loop.InBody(s.Pos()) {
			r.Gone[s] = true
		}
	}
	for _, s := range code.InOrder(r.Loop.Dead(removed, nil)) {
		if r.Loop.InBody(s.Pos()) {
			r.Gone[s] = true
		} else if s == r.Loop.Post || s == r.Loop.Init {
			removed[s] = true
		}
	}
	if r.Loop.Post != nil && !removed[r.Loop.Post] || r.Loop.Init != nil && !removed[r.Loop.Init] || r.keyEscapes() {
		return reason.CounterEscapes.At(r.HeaderPos())
	}
	for _, p := range r.pauses() {
		for _, s := range p.Then {
			if !r.Gone[s] && !code.EndsPass([]ast.Stmt{s}) && !r.Loop.OnlyComputes(s) {
				return reason.CodeAfterDelay.At(s.Pos())
			}
		}
	}
	r.wrapDead()
	r.wrapPauses()
	return nil
}

// pauses returns the pauses of the loop in source order.
func (r *Reading) pauses() (list []*pass.Pause) {
	for _, s := range code.InOrder(r.Pauses) {
		list = append(list, r.Pauses[s])
	}
	return list
}

// counted returns the passes of the loop, as far as they are counted.
func (r *Reading) counted() loop.Passes {
	return r.Loop.Passes(r.Counter, r.Attempts, r.Bounded && !r.limitMoves)
}

// When returns when a condition on the counter holds.
func (r *Reading) When(cond ast.Expr) loop.When { return r.counted().When(cond) }

// Pass returns what a pass goes through.
func (r *Reading) Pass() *pass.Pass {
	return &pass.Pass{Loop: r.Loop, Pauses: r.Pauses, Gone: r.Gone, Count: r.When, Ticks: r.Ticks, Operation: r.Verdict.Operation}
}

// AgainBehind returns the call right behind the loop that makes one more attempt, or nil: the
// delay behind the last attempt in the loop stands between two then.
func (r *Reading) AgainBehind() *ast.CallExpr {
	op, ok := r.Verdict.Operation.(*ast.CallExpr)
	if !ok || len(r.Loop.After) == 0 {
		return nil
	}
	return code.CallsAgain(r.Info, r.Loop.After[0], op)
}

func (r *Reading) bindExits() reason.Refusal {
	walked := r.Pass().Walk(pass.Watch{})
	if walked.Refusal != nil {
		return walked.Refusal
	}
	r.Exits, r.Stops = walked.Exits, walked.Stops
	_, counted := r.NumberToday()
	again := r.AgainBehind()
	for i := range r.Exits {
		e := &r.Exits[i]
		if e.Kind != pass.Again {
			continue
		}
		switch {
		case e.DelayedTwice():
			return reason.SeveralDelays.At(e.Pos(r.Loop))
		case e.Undelayed():
			return reason.PassNotDelayed.At(e.Pos(r.Loop))
		case counted && again != nil && !e.Facts.NotLast():
			return reason.AgainBehind.At(again.Pos())
		case r.Counter != nil && r.Bounded && !r.CountedByHeader() && !e.Facts.NotLast():
			return r.CountRefused(r.CountPos()) // another attempt may follow the last one
		}
	}
	r.bindLead(walked.Leads)
	if r.leadUnclear {
		return reason.CodeAfterDelay.At(r.DelayPos())
	}
	for _, s := range code.InOrder(walked.Leads) {
		switch p := r.Pauses[s]; {
		case r.ZeroWaits() > 0 && p != nil && p.Ctx != nil && !r.notFirst(s):
			return reason.CancelBranch.At(s.Pos()) // it asks the context before the first attempt
		case !r.leavesBefore(s):
		case s == r.Lead:
			return reason.FirstBefore.At(s.Pos())
		default:
			return reason.HeaderAsksMore.At(s.Pos()) // or its body does so first
		}
	}
	r.OpErr = r.provenError()
	return nil
}

// provenError returns the error variable that the operation gives, if the loop
// goes round only where it is not nil.
func (r *Reading) provenError() types.Object {
	obj, worked := r.Pass().Suppose(pass.IsNil)
	if obj == nil {
		return nil
	}
	// The success of some operations is nothing but a nil error, and does not go round.
	plain := r.Verdict.Reason == flow.OnlyFailure && code.IsError(r.Info.TypeOf(r.Verdict.Operation.(ast.Expr)))
	if !plain && !AlwaysError(worked.Exits, obj) {
		return nil
	}
	// Something else may be given to it, or the operation may be left out.
	if _, failed := r.Pass().Suppose(pass.NotNil); !AlwaysError(failed.Exits, obj) {
		return nil
	}
	return obj
}

// AlwaysError reports whether obj is not nil wherever another pass follows.
func AlwaysError(exits []pass.Exit, obj types.Object) bool {
	return !slices.ContainsFunc(exits, func(e pass.Exit) bool { return e.Kind == pass.Again && e.Facts.Of(obj) != pass.NotNil })
}
