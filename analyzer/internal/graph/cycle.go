package graph

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// A Cycle is a part of a graph that goes round.
type Cycle struct {
	Head *cfg.Block // where each pass begins
	body ast.Node   // the statements of a loop; nil for other cycles
	in   map[*cfg.Block]bool
}

// Holds reports whether b is part of the cycle.
func (c *Cycle) Holds(b *cfg.Block) bool { return c.in[b] }

// Made reports whether the variable obj is made anew in each pass of a loop.
func (c *Cycle) Made(obj types.Object) bool {
	return c.body != nil && c.body.Pos() <= obj.Pos() && obj.Pos() < c.body.End()
}

// Cycle returns the blocks of a for or range statement, of the cycle that the
// gotos to a label make, or of the whole function for recursion. It returns nil
// if the statement is never reached.
func (g *Graph) Cycle(node ast.Node) *Cycle {
	c := &Cycle{in: make(map[*cfg.Block]bool)}
	switch node := node.(type) {
	case *ast.ForStmt:
		g.loop(c, node, node.Body)
	case *ast.RangeStmt:
		g.loop(c, node, node.Body)
	case *ast.LabeledStmt:
		g.label(c, node)
	default:
		c.Head = g.Blocks[0]
		for _, b := range g.Blocks {
			c.in[b] = b.Live
		}
	}
	if c.Head == nil || !c.Head.Live {
		return nil
	}
	return c
}

// loop gathers the blocks of a loop. A block that holds no node belongs where
// the statement that gave rise to it does.
func (g *Graph) loop(c *Cycle, loop ast.Stmt, body *ast.BlockStmt) {
	c.body = body
	for _, b := range g.Blocks {
		if b.Stmt != loop {
			c.in[b] = b.Live && b.Stmt != nil && body.Pos() <= b.Stmt.Pos() && b.Stmt.End() <= body.End()
			continue
		}
		switch b.Kind {
		case cfg.KindForLoop, cfg.KindRangeLoop:
			c.Head = b
		case cfg.KindForBody:
			if c.Head == nil {
				c.Head = b
			}
		case cfg.KindForPost, cfg.KindRangeBody:
		default:
			continue
		}
		c.in[b] = b.Live
	}
}

// label gathers the blocks from a label to the last goto that returns to it.
func (g *Graph) label(c *Cycle, label *ast.LabeledStmt) {
	end := LastGoto(g.Func.Body, label)
	for _, b := range g.Blocks {
		if b.Kind == cfg.KindLabel && b.Stmt == label {
			c.Head = b
		}
		c.in[b] = b.Live && b.Stmt != nil && label.Pos() <= b.Stmt.Pos() && b.Stmt.Pos() < end
	}
}

// LastGoto returns the end of the last goto that returns to label from behind
// it, or NoPos if there is none.
func LastGoto(body *ast.BlockStmt, label *ast.LabeledStmt) token.Pos {
	end := token.NoPos
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			if n.Tok == token.GOTO && n.Label != nil && n.Label.Name == label.Label.Name && n.Pos() > label.Pos() {
				end = n.End()
			}
		}
		return true
	})
	return end
}

// Returns reports whether the cycle's next pass can begin after p, without
// leaving the cycle in between.
func (c *Cycle) Returns(p Point) bool {
	seen := make(map[*cfg.Block]bool)
	var visit func(b *cfg.Block) bool
	visit = func(b *cfg.Block) bool {
		for _, s := range b.Succs {
			if s == c.Head {
				return true
			}
			if c.in[s] && !seen[s] {
				seen[s] = true
				if visit(s) {
					return true
				}
			}
		}
		return false
	}
	return c.in[p.Block] && visit(p.Block)
}
