package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A run executes a site's cycle on constants, on the path where each attempt
// fails and the delay is reached. A condition that constants do not decide is
// taken the way that leads to the delay; what is assigned on a way not known
// to be taken is no longer known.
type run struct {
	ev    *evaluator
	delay *site.Delay

	known  map[types.Object]constant.Value // nil values are not known
	waits  []time.Duration
	passes int64
	ended  bool // the cycle came to its end by itself
	failed bool // something is not known that would have to be
	budget int

	called   bool           // a function is run, not the cycle: it has to be known all the way
	returned constant.Value // by that function
}

// Limits of a run: enough for any schedule that is worth showing.
const (
	maxPasses = 100
	maxBudget = 100_000
)

// An outcome is how a list of statements ends.
type outcome int

const (
	falls  outcome = iota // runs into what follows
	breaks                // an unlabelled break
	rounds                // to the next pass
	leaves                // out of the cycle
)

// simulate runs the cycle of s. It is not ok if s has several delays or one
// whose duration is not written there.
func (a *Analysis) simulate(s *site.Site) (*run, bool) {
	if len(s.Delays) != 1 || s.Delays[0] == nil || s.Delays[0].Node == nil || s.Func == nil || s.Func.Body == nil {
		return nil, false
	}
	r := &run{ev: a.evaluator(s), delay: s.Delays[0], known: map[types.Object]constant.Value{}, budget: maxBudget}
	switch c := s.Cycle.(type) {
	case *ast.ForStmt:
		r.forLoop(c)
	case *ast.RangeStmt:
		r.rangeLoop(c)
	case *ast.LabeledStmt:
		list := following(s.Func.Body, c)
		for r.goesOn() && r.pass(list) {
		}
	default:
		return nil, false
	}
	if r.failed || r.passes < 2 && len(r.waits) > 0 && !r.ended {
		return nil, false
	}
	return r, true
}

// goesOn reports whether another pass is to be run.
func (r *run) goesOn() bool {
	return !r.failed && !r.ended && r.passes < maxPasses && r.budget > 0
}

// pass runs the body once and reports whether another pass follows.
func (r *run) pass(body []ast.Stmt) bool {
	r.passes++
	before := len(r.waits)
	switch r.list(body) {
	case leaves, breaks:
		r.ended = true
		// A pass that waits and then leaves is not one that is tried again.
		if len(r.waits) > before && r.passes == 1 {
			r.failed = true
		}
	}
	return r.goesOn()
}

func (r *run) forLoop(c *ast.ForStmt) {
	if c.Init != nil {
		r.stmt(c.Init)
	}
	for r.goesOn() {
		if c.Cond != nil {
			if v := r.expr(c.Cond); v != nil && v.Kind() == constant.Bool && !constant.BoolVal(v) {
				r.ended = true
				return
			}
		}
		if r.pass(c.Body.List) && c.Post != nil {
			r.stmt(c.Post)
		}
	}
}

func (r *run) rangeLoop(c *ast.RangeStmt) {
	t := r.ev.info.TypeOf(c.X)
	if t == nil {
		r.failed = true
		return
	}
	if items := r.items(c.X); items != nil {
		for i, item := range items {
			r.set(c.Key, constant.MakeInt64(int64(i)))
			r.set(c.Value, r.expr(item))
			if !r.pass(c.Body.List) {
				return
			}
		}
		r.ended = true
		return
	}
	n := r.expr(c.X)
	if _, ok := t.Underlying().(*types.Basic); !ok || n != nil && n.Kind() != constant.Int {
		r.failed = true // a list that is not written here, or a channel
		return
	}
	for i := int64(0); ; i++ {
		if n != nil && constant.Compare(constant.MakeInt64(i), token.GEQ, n) {
			r.ended = true
			return
		}
		r.set(c.Key, constant.MakeInt64(i))
		if !r.pass(c.Body.List) {
			return
		}
	}
}

// set notes the value of the variable that lhs names.
func (r *run) set(lhs ast.Expr, v constant.Value) {
	if lhs == nil {
		return
	}
	if obj := r.ev.object(lhs); obj != nil {
		r.known[obj] = v
	}
}

// list runs statements.
func (r *run) list(stmts []ast.Stmt) outcome {
	for _, s := range stmts {
		if out := r.stmt(s); out != falls || r.failed {
			return out
		}
	}
	return falls
}

func (r *run) stmt(s ast.Stmt) outcome {
	if r.budget--; r.budget < 0 {
		r.failed = true
	}
	if r.failed {
		return leaves
	}
	if r.called && !plain(s) {
		r.failed = true
		return leaves
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		return r.list(s.List)
	case *ast.LabeledStmt:
		return r.stmt(s.Stmt)
	case *ast.IfStmt:
		return r.ifStmt(s)
	case *ast.SwitchStmt:
		return r.switchStmt(s)
	case *ast.SelectStmt:
		return r.selectStmt(s)
	case *ast.TypeSwitchStmt, *ast.ForStmt, *ast.RangeStmt:
		return r.skip(s)
	case *ast.BranchStmt:
		return r.branch(s)
	case *ast.ReturnStmt:
		return r.ret(s)
	}
	return r.simple(s)
}

// plain reports whether a run of a function can tell what s does.
func plain(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.BlockStmt, *ast.IfStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.ReturnStmt, *ast.EmptyStmt:
		return true
	}
	return false
}

// simple runs a statement without statements in it.
func (r *run) simple(s ast.Stmt) outcome {
	r.waitIn(s)
	switch s := s.(type) {
	case *ast.AssignStmt:
		r.assign(s)
	case *ast.IncDecStmt:
		r.set(s.X, r.binary(incDec[s.Tok], r.expr(s.X), constant.MakeInt64(1), r.ev.info.TypeOf(s.X)))
	case *ast.DeclStmt:
		r.declare(s)
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok && r.ev.ends(call) {
			return leaves
		}
	}
	return falls
}

// holds reports whether the delay is in n.
func (r *run) holds(n ast.Node) bool {
	return n != nil && n.Pos() <= r.delay.Node.Pos() && r.delay.Node.End() <= n.End()
}

// waitIn notes the wait if the delay is in the statement s.
func (r *run) waitIn(s ast.Node) {
	if !r.holds(s) {
		return
	}
	v := r.duration(r.delay)
	switch {
	case v == nil && len(r.waits) > shown: // overflows, after more than is shown
		r.passes = maxPasses
	case v == nil || v.Kind() != constant.Int || r.inLiteral(s):
		r.failed = true
	default:
		if n, ok := constant.Int64Val(v); ok && n > 0 {
			r.waits = append(r.waits, time.Duration(n))
		}
	}
}

// inLiteral reports whether the delay is in a function literal in s: it may
// run once, many times or not at all.
func (r *run) inLiteral(s ast.Node) (found bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && r.holds(lit) {
			found = true
		}
		return !found
	})
	return found
}

// duration returns how long d waits.
func (r *run) duration(d *site.Delay) constant.Value {
	if d.Inner == nil || d.Waiter == nil {
		return r.expr(d.Duration)
	}
	call, ok := d.Node.(*ast.CallExpr)
	if !ok || d.Inner.Waiter != nil || d.Inner.Duration == nil {
		return nil
	}
	// Only what the waiter is given is followed: not what it makes of it.
	for i, id := range paramNames(d.Waiter.Type) {
		if id == nil || i >= len(call.Args) || call.Ellipsis.IsValid() {
			continue
		}
		obj := r.ev.info.Defs[id]
		if obj == nil || len(r.ev.defs[obj]) > 0 {
			return nil
		}
		r.known[obj] = r.expr(call.Args[i])
	}
	return r.expr(d.Inner.Duration)
}
