package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// findGiveUp finds the statement that the body runs in the last pass only.
//
//	if i == attempts-1 { return err }
//	if err == nil || i == attempts-1 { return err }
func (p *writer) findGiveUp() reason.Refusal {
	if !p.Bounded {
		return nil
	}
	var last *pass.Exit
	var rest ast.Expr
	for i := range p.exits {
		e := &p.exits[i]
		s := p.Loop.IfAround(e.Node)
		if e.Kind != pass.Leaves && e.Kind != pass.Returns || s == nil || s.Init != nil || s.Else != nil {
			continue
		}
		others, found := p.splitLast(s.Cond)
		if !found || last != nil && p.Loop.IfAround(last.Node) == s {
			continue
		}
		if last != nil {
			return reason.SeveralExits.At(e.Node.Pos())
		}
		last, rest = e, others
	}
	if last == nil {
		return nil
	}
	if rest == nil && p.afterSuccess(last.Node) {
		return nil // it does not mean failure
	}
	s := p.Loop.IfAround(last.Node)
	fail, moves := p.movable(s.Body.List)
	if !moves {
		return nil // it stays where it is
	}
	p.giveUp, p.giveUpCond, p.fail = s, rest, fail
	if rest != nil { // the last attempt apart, rest holds there
		last.Facts = p.Pass().Refine(rest, true, last.Facts)
	}
	return nil
}

// afterSuccess reports whether a pass may end at s although the operation has
// succeeded.
func (p *writer) afterSuccess(s ast.Stmt) bool {
	_, exits := p.Pass().Suppose(pass.IsNil)
	return slices.ContainsFunc(exits, func(e pass.Exit) bool { return e.Node == s })
}

// movable reports whether statements that end the last pass mean the same
// behind the loop: of what the loop declares they name one error at most. A
// lone break is what follows the loop: nil.
func (p *writer) movable(list []ast.Stmt) (fail []ast.Stmt, ok bool) {
	if b, isBranch := list[len(list)-1].(*ast.BranchStmt); isBranch {
		return nil, b.Tok == token.BREAK && len(list) == 1
	}
	var err types.Object
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, isID := n.(*ast.Ident); isID && err == nil {
				if obj := p.Loop.ErrorVar(id); obj != nil && p.Loop.Has(obj.Pos()) {
					err = obj
				}
			}
			return err == nil
		})
	}
	for _, s := range list {
		if !p.outside(s, err) {
			return nil, false
		}
	}
	return list, true
}

// splitLast reports whether cond holds in the last pass, whatever else, and
// returns the other reasons why it holds.
func (p *writer) splitLast(cond ast.Expr) (rest ast.Expr, found bool) {
	if p.When(cond) == loop.LastOnly {
		return nil, true
	}
	if b, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && b.Op == token.LOR {
		switch {
		case p.When(b.X) == loop.LastOnly:
			return b.Y, true
		case p.When(b.Y) == loop.LastOnly:
			return b.X, true
		}
	}
	return nil, false
}
