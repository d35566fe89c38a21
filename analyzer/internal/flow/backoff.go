package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A backoff is how a cycle changes its delay: a delay that every pass takes is
// still one that answers a failure if only a failure makes it longer.
type backoff struct {
	grows  map[ast.Node]bool // statements that make a variable of the delay from its own value
	resets map[ast.Node]bool // statements that give it a value that does not depend on it
}

// mark records in s what n does to the delay.
func (b *backoff) mark(n ast.Node, s state) state {
	if b != nil {
		s.grown = s.grown || b.grows[n]
		s.reset = s.reset || b.resets[n]
	}
	return s
}

// counts reports whether the pass that s begins has a longer delay.
func (b *backoff) counts(s state) bool {
	switch {
	case b == nil:
		return true
	case len(b.resets) > 0:
		return !s.reset
	}
	return s.grown
}

// backoff finds how the cycle changes the delays of its site, or returns nil if it
// never makes them longer.
func (t *trial) backoff() *backoff {
	j, s, c, timers := t.judge, t.site, t.w.cycle, t.timers()
	vars := make(map[path]bool)
	for i, d := range s.Delays {
		if d.Duration != nil {
			j.mentions(d.Duration, vars)
		}
		for n := range timers[i] {
			j.mentionsArgs(n, vars)
		}
		j.mentionsArgs(d.Node, vars)
		for _, made := range t.makesTimer(d) {
			j.mentionsArgs(made, vars)
		}
	}
	var nodes []ast.Node
	for _, block := range c.Blocks() {
		nodes = append(nodes, block.Nodes...)
	}
	made := j.makers(nodes, vars)
	b := &backoff{grows: make(map[ast.Node]bool), resets: make(map[ast.Node]bool)}
	for _, n := range nodes {
		if !made[n] {
			j.changes(n, vars, b)
		}
	}
	if len(b.grows) == 0 {
		return nil
	}
	return b
}

// makesTimer returns where each pass makes the timer of d anew.
//
//	timer := time.NewTimer(wait)
func (t *trial) makesTimer(d *site.Delay) (nodes []ast.Node) {
	timer, ok := t.judge.timerOf(d)
	for _, v := range t.givings() {
		if ok && v.obj == timer.root && t.w.cycle.Made(v.obj) {
			for _, g := range v.by {
				nodes = append(nodes, g.node)
			}
		}
	}
	return nodes
}

// mentionsArgs adds the variables in what calls in n are given.
func (j *Judge) mentionsArgs(n ast.Node, vars map[path]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			for _, arg := range n.Args {
				j.mentions(arg, vars)
			}
		case *ast.FuncLit:
			return false
		}
		return true
	})
}

// makers returns the nodes that make one of vars from other variables, which it
// adds: pause := base << failures.
func (j *Judge) makers(nodes []ast.Node, vars map[path]bool) map[ast.Node]bool {
	makers := make(map[ast.Node]bool)
	for again := true; again; {
		again = false
		for _, n := range nodes {
			a, ok := n.(*ast.AssignStmt)
			if !ok || makers[n] || len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Tok != token.ASSIGN && a.Tok != token.DEFINE {
				continue
			}
			from := make(map[path]bool)
			j.mentions(a.Rhs[0], from)
			if p, ok := pathOf(j.pkg.Info, a.Lhs[0]); !ok || !vars[p] || from[p] || len(from) == 0 {
				continue
			}
			makers[n], again = true, true
			maps.Copy(vars, from)
		}
	}
	return makers
}

// mentions adds the variables and fields in e.
func (j *Judge) mentions(e ast.Expr, vars map[path]bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if _, isCall := e.(*ast.CallExpr); isCall {
				return true
			}
			if p, ok := pathOf(j.pkg.Info, e); ok {
				vars[p] = true
				return false
			}
		}
		return true
	})
}

// changes records what n does to one of vars.
func (j *Judge) changes(n ast.Node, vars map[path]bool, b *backoff) {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		if p, ok := pathOf(j.pkg.Info, n.X); ok && vars[p] {
			b.grows[n] = true
		}
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			p, ok := pathOf(j.pkg.Info, lhs)
			if !ok || !vars[p] {
				continue
			}
			made := make(map[path]bool)
			if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
				made[p] = true
			} else if len(n.Rhs) == len(n.Lhs) {
				j.mentions(n.Rhs[i], made)
			} else {
				continue
			}
			if made[p] {
				b.grows[n] = true
			} else if n.Tok == token.ASSIGN {
				b.resets[n] = true
			}
		}
	}
}

// growsOnFailure reports whether a delay that comes after success too grows, or
// is not set back, after failure only.
func (t *trial) growsOnFailure(op *operation, sp *spots) bool {
	if t.madeOfFailure(op) {
		return true
	}
	b := t.backoff()
	if b == nil {
		return false
	}
	marked := *sp
	marked.backoff = b
	if t.fail(op, &marked).delayed == 0 {
		return false
	}
	good := t.succeed(op, &marked)
	return good.delayed == 0 && !good.out
}

// madeOfFailure reports whether the delay is computed by a function that is given the
// error of op: wait := next(err).
func (t *trial) madeOfFailure(op *operation) bool {
	call, ok := op.node.(*ast.CallExpr)
	if !ok || len(t.site.Delays) != 1 {
		return false
	}
	errs := make(map[types.Object]bool)
	for _, lhs := range assigned(call, op.top) {
		if id, ok := lhs.(*ast.Ident); ok && t.judge.isErrorLike(t.judge.pkg.Info.TypeOf(id)) {
			errs[t.judge.pkg.Info.ObjectOf(id)] = true
		}
	}
	vars := make(map[path]bool)
	for n := range t.timers()[0] {
		t.judge.mentionsArgs(n, vars)
	}
	t.judge.mentionsArgs(t.site.Delays[0].Node, vars)
	made := false
	ast.Inspect(t.site.Cycle, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || len(errs) == 0 {
			return !made
		}
		p, named := pathOf(t.judge.pkg.Info, a.Lhs[0])
		call, isCall := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		made = made || named && isCall && vars[p] && slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
			id, ok := ast.Unparen(e).(*ast.Ident)
			return ok && errs[t.judge.pkg.Info.ObjectOf(id)]
		})
		return true
	})
	return made
}
