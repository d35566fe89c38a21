package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// FindGiveUp finds the statement that the body runs in the last pass only.
//
//	if i == attempts-1 { return err }
//	if err == nil || i == attempts-1 { return err }
func (p *Writer) FindGiveUp() reason.Refusal {
	if !p.Bounded {
		return nil
	}
	var last *pass.Exit
	var rest ast.Expr
	for _, e := range p.waysOut() {
		s := p.Loop.IfAround(e.Node)
		if s == nil || s.Init != nil || s.Else != nil {
			continue
		}
		others, found := p.SplitLast(s.Cond)
		if !found || others != nil && e.Kind == pass.Stops || last != nil && p.Loop.IfAround(last.Node) == s {
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
	p.GiveUp, p.GiveUpCond, p.Fail = s, rest, fail
	if rest != nil { // the last attempt apart, rest holds there
		last.Facts = p.Pass().Refine(rest, true, last.Facts)
	}
	return nil
}

// SaysTwice reports whether what the last attempt does would stand in the body as well,
// for another reason, and is more than to return.
func (p *Writer) SaysTwice() bool { return p.GiveUpCond != nil && len(p.Fail) > 1 }

// LastTest returns the part of the condition of GiveUp that asks for the last attempt.
func (p *Writer) LastTest() ast.Expr {
	b, ok := ast.Unparen(p.GiveUp.Cond).(*ast.BinaryExpr)
	switch {
	case p.GiveUpCond == nil || !ok:
		return p.GiveUp.Cond
	case b.X == p.GiveUpCond:
		return b.Y
	}
	return b.X
}

// StopsIn reports whether a list of statements ends the goroutine or the process, which
// the end of the context in scope would do then, too:
//
//	log.Fatal(err)
func (p *Writer) StopsIn(list []ast.Stmt) bool {
	if len(list) == 0 || p.NeverEnds(p.InScope(p.Scope)) {
		return false
	}
	x, ok := list[len(list)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(x.X).(*ast.CallExpr)
	return ok && !p.Pkg.MayReturn(call)
}

// waysOut returns the ends of passes that no other follows.
func (p *Writer) waysOut() (list []*pass.Exit) {
	for i := range p.Ends {
		if e := &p.Ends[i]; e.Kind == pass.Leaves || e.Kind == pass.Returns {
			list = append(list, e)
		}
	}
	for i := range p.Stops {
		list = append(list, &p.Stops[i])
	}
	return list
}

// afterSuccess reports whether a pass may end at s although the operation has
// succeeded.
func (p *Writer) afterSuccess(s ast.Stmt) bool {
	_, worked := p.Pass().Suppose(pass.IsNil)
	return slices.ContainsFunc(slices.Concat(worked.Exits, worked.Stops), func(e pass.Exit) bool { return e.Node == s })
}

// movable reports whether statements that end the last pass mean the same
// behind the loop: of what the loop declares they name one error at most. A
// lone break is what follows the loop: nil.
func (p *Writer) movable(list []ast.Stmt) (fail []ast.Stmt, ok bool) {
	if b, isBranch := code.Last(list).(*ast.BranchStmt); isBranch {
		return nil, b.Tok == token.BREAK && len(list) == 1
	}
	var err types.Object
	for n := range ast.Preorder(&ast.BlockStmt{List: list}) {
		if id, ok := n.(*ast.Ident); ok && err == nil {
			if obj := p.Loop.ErrorVar(id); obj != nil && p.Loop.Has(obj.Pos()) {
				err = obj
			}
		}
	}
	inside := func(s ast.Stmt) bool { return !p.Outside(s, err) }
	return list, !slices.ContainsFunc(list, inside)
}

// SplitLast reports whether cond holds in the last pass, whatever else, and
// returns the other reasons why it holds.
func (p *Writer) SplitLast(cond ast.Expr) (rest ast.Expr, found bool) {
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

// EachBranch calls f with each condition of what stays of the body, of an if or of a
// case of a switch, and with what is done where it holds.
func (p *Writer) EachBranch(f func(n ast.Node, cond ast.Expr, body []ast.Stmt)) {
	p.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (p.Gone[s] || p.Pauses[s] != nil) {
			return false
		}
		switch n := n.(type) {
		case *ast.IfStmt:
			f(n, n.Cond, n.Body.List)
		case *ast.CaseClause:
			for _, cond := range n.List {
				f(n, cond, n.Body)
			}
		}
		return true
	})
}

// OnlyWaitsAfter reports whether nothing but delays, and what is left out, may
// run after s in a pass.
func (p *Writer) OnlyWaitsAfter(s ast.Stmt) bool { return p.RunsAfter(s) == nil }

// RunsAfter returns the first statement other than these that may run after s, or
// nil.
func (p *Writer) RunsAfter(s ast.Stmt) ast.Stmt {
	var lists [][]ast.Stmt // that s stands in, the innermost last
	for _, list := range p.Loop.Lists() {
		if i := slices.IndexFunc(list, func(x ast.Stmt) bool { return code.Within(x, s) }); i >= 0 {
			lists = append(lists, list[i+1:])
		}
	}
	for _, list := range slices.Backward(lists) {
		for _, x := range list {
			if b, ok := x.(*ast.BranchStmt); ok && b.Tok == token.CONTINUE {
				return nil
			}
			if counts := p.Counter != nil && x == p.Counter.StepAt; !counts && !p.Gone[x] && p.Pauses[x] == nil {
				return x
			}
		}
	}
	return nil
}
