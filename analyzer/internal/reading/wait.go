package reading

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// OfWait reads the loop, as far as it matters where the body stays.
func OfWait(req Request) (*Reading, reason.Refusal) {
	b := &Reading{Request: req, Info: req.Pkg.Info, Gone: make(map[ast.Stmt]bool), Pauses: make(map[ast.Stmt]*pass.Pause)}
	var refusal reason.Refusal
	if b.Loop, refusal = loop.New(b.Pkg, req.Site.Func, req.Site.Cycle); refusal != nil {
		return nil, refusal
	}
	for _, d := range req.Site.Delays {
		if slices.Contains(req.Verdict.OnSuccess, d) {
			if call, ok := d.Node.(*ast.CallExpr); ok && code.Callee(req.Pkg.Info, call) == "time.Sleep" {
				return nil, reason.SuccessWaits.At(d.Node.Pos())
			}
			continue // it stays
		}
		stmt := b.Loop.Around(d.Node)
		if d.Node == ast.Node(b.Loop.Cycle) {
			stmt = b.Loop.Cycle // for range ticker
		}
		switch refusal := pass.OnlyWaits(b.Pkg, d); {
		case refusal != nil:
			return nil, refusal
		case stmt == nil || b.Pauses[stmt] != nil:
			return nil, reason.DelayIsInside.At(d.Node.Pos())
		}
		if b.Pauses[stmt], refusal = pass.NewPause(b.Pkg, d, stmt); refusal != nil {
			return nil, refusal
		}
	}
	if len(b.Pauses) == 0 {
		return nil, reason.SeveralDelays.At(req.Verdict.Delay.Node.Pos()) // success takes each of them
	}
	b.Counter = b.Loop.Counter()
	if b.Counter != nil && b.Loop.Redeclared(b.Counter.Obj) {
		return nil, reason.CounterEscapes.At(b.CounterPos())
	}
	if limit, ok := LimitOf(b.Bounds); ok && limit.Expr == nil {
		b.Attempts, b.Bounded = limit, true // so few that no limit of the delay is needed
	}
	b.bindTold()
	return b, nil
}
