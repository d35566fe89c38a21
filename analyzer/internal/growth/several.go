package growth

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A site may have several delays, each on a way of its own. Where all of them are written
// alike, and a run by the ways to any one waits as those to the others do, so does a run
// that comes to now one and now the other:
//
//	if busy(err) {
//		time.Sleep(delay)
//		continue
//	}
//	log.Print(err)
//	time.Sleep(delay)

// maxDelays is how many delays of a site are run: each statement asks about all of them.
const maxDelays = 8

// drawEach runs the cycle of s by the ways to each of its delays.
func (a *Analysis) drawEach(s *site.Site, share float64) (all *run, ok bool) {
	if len(s.Delays) > maxDelays {
		return nil, false
	}
	for _, d := range s.Delays {
		if len(s.Delays) > 1 && !a.standsAlike(s, d) {
			return nil, false
		}
	}
	for i, d := range s.Delays {
		r, ok := a.drawAssuming(s, d, share)
		if !ok || len(s.Delays) > 1 && r.skipped || i > 0 && (r.ended != all.ended || r.passes != all.passes || !slices.Equal(r.waits, all.waits)) {
			return nil, false
		}
		all = r
	}
	return all, true
}

// standsAlike reports whether d is one of a statement in the body of the loop s, and is
// written as the first of its delays is.
func (a *Analysis) standsAlike(s *site.Site, d *site.Delay) bool {
	var body *ast.BlockStmt
	switch c := s.Cycle.(type) {
	case *ast.ForStmt:
		body = c.Body
	case *ast.RangeStmt:
		body = c.Body
	}
	first := s.Delays[0]
	return body != nil && code.Within(body, d.Node) && d.Duration != nil && first.Duration != nil && a.evaluator(s).sameExpr(d.Duration, first.Duration)
}

// passesAnother reports whether s itself, other than a statement in it, holds a delay of
// the cycle that is not the one that is run.
func (r *run) passesAnother(s ast.Stmt) bool {
	return slices.ContainsFunc(r.ev.site.Delays, func(d *site.Delay) bool {
		if d == r.delay || !code.Within(s, d.Node) {
			return false
		}
		switch s := s.(type) {
		case *ast.BlockStmt, *ast.LabeledStmt:
			return false
		case *ast.IfStmt:
			return !code.Within(s.Body, d.Node) && (s.Else == nil || !code.Within(s.Else, d.Node))
		case *ast.SwitchStmt:
			return !code.Within(s.Body, d.Node)
		case *ast.SelectStmt:
			return !slices.ContainsFunc(s.Body.List, func(c ast.Stmt) bool {
				comm := c.(*ast.CommClause).Comm
				return code.Within(c, d.Node) && (comm == nil || !code.Within(comm, d.Node))
			})
		}
		return true
	})
}
