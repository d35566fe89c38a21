package rewrite

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// bindWait reads the loop, as far as it matters where the body stays.
func bindWait(req Request) (*Reading, reason.Refusal) {
	b := &Reading{Request: req, info: req.Pkg.Info, gone: make(map[ast.Stmt]bool), pauses: make(map[ast.Stmt]*pass.Pause)}
	var refusal reason.Refusal
	if b.loop, refusal = loop.New(b.Pkg, req.Site.Func, req.Site.Cycle); refusal != nil {
		return nil, refusal
	}
	for _, d := range req.Site.Delays {
		if slices.Contains(req.Verdict.OnSuccess, d) {
			continue // it stays
		}
		stmt := b.loop.Around(d.Node)
		if d.Node == ast.Node(b.loop.Cycle) {
			stmt = b.loop.Cycle // for range ticker
		}
		switch pos := pass.DoesMore(b.Pkg, d); {
		case pos.IsValid():
			return nil, reason.DelayDoesMore.At(pos)
		case stmt == nil || b.pauses[stmt] != nil:
			return nil, reason.DelayIsInside.At(d.Node.Pos())
		}
		if b.pauses[stmt], refusal = pass.NewPause(b.Pkg, d, stmt); refusal != nil {
			return nil, refusal
		}
	}
	if len(b.pauses) == 0 {
		return nil, reason.SeveralDelays.At(req.Verdict.Delay.Node.Pos()) // success takes each of them
	}
	b.counter = b.loop.Counter()
	if b.counter != nil && b.loop.Redeclared(b.counter.Obj) {
		return nil, reason.CounterEscapes.At(b.counterPos())
	}
	if limit, ok := limitOf(b.Bounds); ok && limit.Expr == nil {
		b.limit, b.bounded = limit, true // so few that no limit of the delay is needed
	}
	return b, nil
}
