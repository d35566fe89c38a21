package growth

import (
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A run executes a site's cycle on constants, on the path where each attempt
// fails and the delay is reached. A condition that constants do not decide is
// taken the way that leads to the delay; what is assigned on a way not known
// to be taken is no longer known.
type run struct {
	ev    *evaluator
	delay *site.Delay

	known  *memory
	waits  []time.Duration
	passes int64
	ended  bool // the cycle came to its end by itself
	early  bool // in a pass that has not begun an attempt
	failed bool // something is not known that would have to be
	budget *effort.Budget

	decided bool                    // the pass was left by a condition that is known
	skipped bool                    // a way that was not taken assigns something and goes to the next pass
	cases   int                     // how many cases of switches and selects are being run
	rounds  map[ast.Stmt]goingRound // of lists of statements, by the first
	around  *around                 // where an unknown condition could have gone to the next pass, nil if none could

	wrapped map[int64]bool // what has overflowed comes to, as in a program; nil if that is not known
	spins   int            // which wait is the first that is not more than 0 for it; 0 for none

	count int64 // of waits
	blind bool  // waits are counted only, since one was not known

	assumptions []assumption

	share float64 // of its limit that a random number is; 0 if random numbers are not known

	called   bool           // a function is run, not the cycle: it has to be known all the way
	returned constant.Value // by that function
}

// Limits of a run: enough for any schedule that is worth showing.
const (
	maxPasses = 100
	maxBudget = 100_000

	packageBudget = 1_000_000 // of all sites of a package, and for each byte of it
	byteBudget    = 8
)

// An outcome is how a list of statements ends.
type outcome int

const (
	falls  outcome = iota // runs into what follows
	breaks                // an unlabelled break
	rounds                // to the next pass
	leaves                // out of the cycle
)

// set notes the value of the variable that lhs names.
func (r *run) set(lhs ast.Expr, v constant.Value) {
	if obj := r.ev.object(lhs); obj != nil {
		r.known.set(obj, v)
	}
}

// spend notes that n statements were looked at, which may be too many.
func (r *run) spend(n int) { r.failed = !r.budget.Spend(n) || r.failed }

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
	r.spend(1)
	if r.failed {
		return leaves
	}
	if r.called && !plain(s) || r.passesAnother(s) {
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
	case *ast.ForStmt:
		if r.called {
			return r.innerFor(s)
		}
		return r.skip(s)
	case *ast.TypeSwitchStmt, *ast.RangeStmt:
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
	case *ast.BlockStmt, *ast.IfStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.ReturnStmt, *ast.EmptyStmt, *ast.ForStmt:
		return true
	}
	return false
}

// innerFor runs a loop of a function, whose condition must be known each time:
//
//	for d < limit && n > 0 {
//		d *= 2
//		n--
//	}
func (r *run) innerFor(s *ast.ForStmt) outcome {
	if s.Init != nil {
		r.stmt(s.Init)
	}
	for !r.failed {
		cond := r.expr(s.Cond)
		switch {
		case code.IsFalse(cond):
			return falls
		case !code.IsTrue(cond):
			r.failed = true
			return leaves
		}
		if out := r.list(s.Body.List); out != falls {
			return out // only a return does that in a plain function
		}
		if s.Post != nil {
			r.stmt(s.Post)
		}
	}
	return leaves
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
		if call, ok := s.X.(*ast.CallExpr); ok && !r.ev.pkg.MayReturn(call) {
			return leaves
		} else if ok {
			r.reset(call)
		}
	}
	return falls
}

// holds reports whether the delay is in n.
func (r *run) holds(n ast.Node) bool {
	return n != nil && code.Within(n, r.delay.Node)
}

// waitIn notes the wait if the delay is in the statement s.
func (r *run) waitIn(s ast.Node) {
	if !r.holds(s) {
		return
	}
	v := r.duration(r.delay)
	r.count++
	switch {
	case r.wraps() && (r.blind || v == nil) && !r.inLiteral(s):
		r.blind = true
	case v == nil && (len(r.waits) > shown || len(r.assumptions) > 0 && len(r.waits) > 0):
		r.passes = maxPasses // overflows, after more than is shown, or grows as nothing tells
	case v == nil || v.Kind() != constant.Int || r.inLiteral(s):
		r.failed = true
	default:
		if n, ok := constant.Int64Val(v); ok {
			r.waits = append(r.waits, time.Duration(max(n, 0)))
			if r.spins == 0 && r.overflowed(n) {
				r.spins = len(r.waits)
			}
		}
	}
}

// inLiteral reports whether the delay is in a function literal in s: it may
// run once, many times or not at all.
func (r *run) inLiteral(s ast.Node) bool {
	return code.Any(s, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && r.holds(lit)
	})
}

// duration returns how long d waits.
func (r *run) duration(d *site.Delay) constant.Value {
	if d.Inner == nil || d.Waiter == nil {
		return r.primitive(d)
	}
	call, ok := d.Node.(*ast.CallExpr)
	if !ok || d.Inner.Waiter != nil || d.Skips(r.ev.pkg).IsValid() {
		return nil
	}
	for i, id := range paramNames(d.Waiter.Type) {
		if id == nil || i >= len(call.Args) || call.Ellipsis.IsValid() {
			continue
		}
		obj := r.ev.info.Defs[id]
		if obj == nil || len(r.ev.defsOf(obj)) > 0 {
			return nil
		}
		r.known.set(obj, r.expr(call.Args[i]))
	}
	if id := timerOf(received(d.Inner.Node)); id != nil {
		r.known.drop(r.ev.object(id)) // it is made anew
	}
	if !r.leadsTo(d.Inner, d.Waiter) {
		return nil
	}
	return r.primitive(d.Inner)
}

// leadsTo runs what stands before the delay d in the function fn, which may make a duration
// of what it is given:
//
//	d := base << n
//	if d > limit {
//		d = limit
//	}
//	time.Sleep(d)
func (r *run) leadsTo(d *site.Delay, fn *source.Func) bool {
	here := r.ev.index
	r.ev.index = here.at(fn)
	defer func() { r.ev.index = here }()
	inner := &run{ev: r.ev, delay: d, known: r.known, budget: r.budget, called: true, share: r.share, assumptions: r.assumptions}
	for _, s := range fn.Body.List {
		switch {
		case code.Within(s, d.Node):
			return !r.ev.computesIn(s, d)
		case plain(s) && inner.stmt(s) == falls:
		case plain(s) && !inner.failed:
			return false
		default:
			inner.failed = false
			inner.forget(s)
		}
	}
	return true
}

// computesIn reports whether the statement s, which holds the delay d, gives something in its
// duration a value before.
func (ev *evaluator) computesIn(s ast.Stmt, d *site.Delay) bool {
	return d.Duration != nil && code.Any(s, func(n ast.Node) bool {
		return n.Pos() < d.Node.Pos() && slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool {
			return code.Mentions(ev.info, d.Duration, ev.info.ObjectOf(id))
		})
	})
}

// assign runs an assignment.
func (r *run) assign(s *ast.AssignStmt) {
	op := assignOps[s.Tok]
	values := make([]constant.Value, len(s.Lhs))
	if len(s.Lhs) == len(s.Rhs) {
		for i := range s.Lhs {
			values[i] = r.expr(s.Rhs[i])
			if t := r.ev.info.TypeOf(s.Lhs[i]); op != token.ASSIGN {
				values[i] = r.binary(op, r.expr(s.Lhs[i]), values[i], t)
			} else {
				values[i] = typed(values[i], t)
			}
		}
	}
	for i, lhs := range s.Lhs {
		r.set(lhs, values[i])
	}
}

// declare runs a declaration of variables.
func (r *run) declare(s *ast.DeclStmt) {
	decl, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, id := range spec.Names {
			t := r.ev.info.TypeOf(id)
			switch {
			case len(spec.Values) == 0:
				r.set(id, zero(t))
			case len(spec.Values) == len(spec.Names):
				r.set(id, typed(r.expr(spec.Values[i]), t))
			default:
				r.set(id, nil)
			}
		}
	}
}
