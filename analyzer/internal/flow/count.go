package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// countsPasses reports whether each pass is counted, whether op fails in it or not, and
// a condition that each pass comes to ends the cycle when there have been enough.
func (t *trial) countsPasses(op *operation) bool {
	if t.isCounted() {
		return true
	}
	for _, v := range t.givings() {
		if !t.judge.work.Spend(len(v.by)) {
			return false
		}
		steps := t.steps(v)
		if len(steps) == 0 {
			continue
		}
		if ends := t.limits(v.obj); len(ends) > 0 && t.always(op, steps) && t.always(op, ends) {
			return true
		}
	}
	return false
}

// isCounted reports whether the site is a range over a number, which is a loop that counts.
func (t *trial) isCounted() bool {
	loop, ok := t.site.Cycle.(*ast.RangeStmt)
	return ok && code.IsInteger(t.w.info.TypeOf(loop.X))
}

// always reports whether each way from op to the next pass comes to one of the nodes.
func (t *trial) always(op *operation, nodes []ast.Node) bool {
	return t.crosses(op, op.failing, nodes) && t.crosses(op, op.success, nodes)
}

// steps returns the nodes that count v, or none if it is counted back as well, or is given
// another value. The header of a loop may go on in another way: n = n.next.
func (t *trial) steps(v *given) (nodes []ast.Node) {
	loop, _ := t.site.Cycle.(*ast.ForStmt)
	header, first := false, token.ILLEGAL
	for i, g := range v.by {
		step := t.step(g.node, v.obj)
		if i == 0 {
			first = step
		}
		if step == token.ILLEGAL || step != first {
			return nil
		}
		header = header || loop != nil && g.node == loop.Post
		nodes = append(nodes, g.node)
	}
	if t.w.cycle.Made(v.obj) || !header && first != token.INC && first != token.DEC {
		return nil
	}
	return nodes
}

// step returns in which direction n counts v. To add what only the pass tells, or to make
// a new value of v in another way, is a step of its own kind.
func (t *trial) step(n ast.Node, v types.Object) token.Token {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		return n.Tok
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 {
			return token.ILLEGAL
		}
		tok, by := n.Tok, n.Rhs[0]
		if sum, ok := ast.Unparen(by).(*ast.BinaryExpr); ok && tok == token.ASSIGN && objectOf(t.w.info, sum.X) == v {
			tok, by = sum.Op, sum.Y
		}
		_, constant := code.Int(t.w.info, by)
		switch {
		case constant && (tok == token.ADD_ASSIGN || tok == token.ADD):
			return token.INC
		case constant && (tok == token.SUB_ASSIGN || tok == token.SUB):
			return token.DEC
		}
		return n.Tok
	}
	return token.ILLEGAL
}

// limits returns the conditions that compare v and may end the cycle.
func (t *trial) limits(v types.Object) (ends []ast.Node) {
	blocks := t.w.cycle.Blocks()
	if !t.judge.work.Spend(len(blocks)) {
		return nil
	}
	for _, b := range blocks {
		if isCondition(b) && t.mayEnd(b) && t.compares(b.Nodes[len(b.Nodes)-1], v) {
			ends = append(ends, b.Nodes[len(b.Nodes)-1])
		}
	}
	return ends
}

// compares reports whether n compares v, or what is computed of it, with something else.
func (t *trial) compares(n ast.Node, v types.Object) bool {
	return code.Any(n, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		return ok && code.IsComparison(cmp.Op) && t.judge.uses(cmp, map[types.Object]bool{v: true})
	})
}
