package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// findGiveUp finds the statement that the body runs in the last pass only.
//
//	if i == attempts-1 { return err }
//	if err == nil || i == attempts-1 { return err }
func (p *plan) findGiveUp() Refusal {
	if !p.bounded {
		return ""
	}
	for _, e := range p.leave {
		s := p.ifAround(e.node)
		if s == nil || s.Init != nil || s.Else != nil {
			continue
		}
		rest, found := p.splitLast(s.Cond)
		if !found || p.giveUp == s {
			continue
		}
		if p.giveUp != nil {
			return severalExits
		}
		p.giveUp, p.giveUpCond = s, rest
		if rest != nil { // the last attempt apart, rest holds there
			e.facts = p.walker().refine(rest, true, e.facts)
		}
	}
	if p.giveUp == nil {
		return ""
	}
	p.fail = p.giveUp.Body.List
	if b, ok := p.fail[len(p.fail)-1].(*ast.BranchStmt); ok {
		if b.Tok != token.BREAK || len(p.fail) > 1 {
			p.giveUp, p.fail = nil, nil
			return ""
		}
		p.fail = nil // what follows the loop
		return ""
	}
	var names []types.Object
	for _, s := range p.fail {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if obj := p.walker().errorVar(id); obj != nil && p.loop.has(obj.Pos()) {
					names = append(names, obj)
				}
			}
			return true
		})
	}
	for _, obj := range names {
		if obj != names[0] {
			p.giveUp, p.fail = nil, nil
			return ""
		}
	}
	names = append(names, nil)
	for _, s := range p.fail {
		if !p.outside(s, names[0]) {
			p.giveUp, p.fail = nil, nil // stays where it is
			return ""
		}
	}
	return ""
}

// ifAround returns the if whose body ends with s, or nil.
func (p *plan) ifAround(s ast.Stmt) *ast.IfStmt {
	var found *ast.IfStmt
	p.loop.inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.IfStmt); ok && s != nil && len(x.Body.List) > 0 && x.Body.List[len(x.Body.List)-1] == s {
			found = x
		}
		return true
	})
	return found
}

// splitLast reports whether cond holds in the last pass, whatever else, and
// returns the other reasons why it holds.
func (p *plan) splitLast(cond ast.Expr) (rest ast.Expr, found bool) {
	if p.when(cond) == lastOnly {
		return nil, true
	}
	if b, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && b.Op == token.LOR {
		switch {
		case p.when(b.X) == lastOnly:
			return b.Y, true
		case p.when(b.Y) == lastOnly:
			return b.X, true
		}
	}
	return nil, false
}
