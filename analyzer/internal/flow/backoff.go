package flow

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
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

// backoff finds how the cycle changes the delays of s, or returns nil if it
// never makes them longer.
func (j *Judge) backoff(s *site.Site, c *graph.Cycle, g *graph.Graph) *backoff {
	vars := make(map[path]bool)
	for _, d := range s.Delays {
		if d.Duration != nil {
			j.mentions(d.Duration, vars)
		}
		if call, ok := d.Node.(*ast.CallExpr); ok {
			for _, arg := range call.Args {
				j.mentions(arg, vars)
			}
		}
	}
	b := &backoff{grows: make(map[ast.Node]bool), resets: make(map[ast.Node]bool)}
	for _, block := range g.Blocks {
		if c.Holds(block) {
			for _, n := range block.Nodes {
				j.changes(n, vars, b)
			}
		}
	}
	if len(b.grows) == 0 {
		return nil
	}
	return b
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
	b := t.judge.backoff(t.site, t.w.cycle, t.w.graph)
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
