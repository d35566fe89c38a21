package graph

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// A Cycle is a part of a graph that goes round.
type Cycle struct {
	Head *cfg.Block // where each pass begins

	graph    *Graph
	loop     ast.Stmt       // a for or range statement; nil for other cycles
	body     *ast.BlockStmt // of loop
	from, to token.Pos      // where its statements begin; all are part of it if to is not valid

	returns map[*cfg.Block]bool // the blocks that lead to the head; nil if nobody has asked
}

// Holds reports whether b is part of the cycle. A block that holds no node belongs
// where the statement that gave rise to it does.
func (c *Cycle) Holds(b *cfg.Block) bool {
	switch {
	case !b.Live:
		return false
	case !c.to.IsValid():
		return true
	case b.Stmt == nil:
		return false
	case b.Stmt == c.loop:
		return ofLoop[b.Kind]
	}
	return c.from <= b.Stmt.Pos() && b.Stmt.Pos() < c.to
}

// ofLoop are the blocks of a loop's own statement that its cycle holds.
var ofLoop = map[cfg.BlockKind]bool{
	cfg.KindForLoop: true, cfg.KindForBody: true, cfg.KindForPost: true, cfg.KindRangeLoop: true, cfg.KindRangeBody: true,
}

// Blocks returns the blocks of the cycle in the order of the graph. It looks at no
// others.
func (c *Cycle) Blocks() []*cfg.Block {
	all := c.graph.Blocks
	if c.to.IsValid() {
		from := c.from
		if c.loop != nil {
			from = c.loop.Pos()
		}
		all = c.graph.between(from, c.to)
	}
	return slices.DeleteFunc(slices.Clone(all), func(b *cfg.Block) bool { return !c.Holds(b) })
}

// between returns the blocks whose statements begin at from or behind it and
// before to.
func (g *Graph) between(from, to token.Pos) []*cfg.Block {
	if g.byPos == nil {
		g.byPos = slices.DeleteFunc(slices.Clone(g.Blocks), func(b *cfg.Block) bool { return b.Stmt == nil })
		slices.SortStableFunc(g.byPos, func(a, b *cfg.Block) int { return cmp.Compare(a.Stmt.Pos(), b.Stmt.Pos()) })
	}
	at := func(pos token.Pos) int {
		i, _ := slices.BinarySearchFunc(g.byPos, pos, func(b *cfg.Block, pos token.Pos) int { return cmp.Compare(b.Stmt.Pos(), pos) })
		return i
	}
	list := slices.Clone(g.byPos[at(from):at(to)])
	slices.SortFunc(list, func(a, b *cfg.Block) int { return cmp.Compare(a.Index, b.Index) })
	return list
}

// Made reports whether the variable obj is made anew in each pass of a loop.
func (c *Cycle) Made(obj types.Object) bool {
	return c.body != nil && c.body.Pos() <= obj.Pos() && obj.Pos() < c.body.End()
}

// Cycle returns the blocks of a for or range statement, of the cycle that the
// gotos to a label make, or of the whole function for recursion. It returns nil
// if the statement is never reached.
func (g *Graph) Cycle(node ast.Node) *Cycle {
	if c, ok := g.cycles[node]; ok {
		return c
	}
	c := &Cycle{graph: g}
	switch node := node.(type) {
	case *ast.ForStmt:
		c.of(node, node.Body)
	case *ast.RangeStmt:
		c.of(node, node.Body)
	case *ast.LabeledStmt:
		c.ofLabel(node)
	default:
		c.Head = g.Blocks[0]
	}
	if c.Head == nil || !c.Head.Live {
		c = nil
	}
	g.cycles[node] = c
	return c
}

// of makes c the cycle of a loop.
func (c *Cycle) of(loop ast.Stmt, body *ast.BlockStmt) {
	c.loop, c.body, c.from, c.to = loop, body, body.Pos(), body.End()
	for _, b := range c.graph.between(loop.Pos(), loop.Pos()+1) {
		if b.Stmt != loop {
			continue
		}
		switch b.Kind {
		case cfg.KindForLoop, cfg.KindRangeLoop:
			c.Head = b
		case cfg.KindForBody:
			if c.Head == nil {
				c.Head = b
			}
		}
	}
}

// ofLabel makes c the cycle from a label to the last goto that returns to it.
func (c *Cycle) ofLabel(label *ast.LabeledStmt) {
	if c.graph.labels == nil {
		c.graph.labels = Labels(c.graph.Func.Body)
	}
	c.from, c.to = label.Pos(), label.Pos()
	for _, l := range c.graph.labels {
		if l.Stmt == label {
			c.to = l.End
		}
	}
	for _, b := range c.graph.between(label.Pos(), label.Pos()+1) {
		if b.Kind == cfg.KindLabel && b.Stmt == label {
			c.Head = b
		}
	}
}

// A Label is a label that a goto behind it returns to.
type Label struct {
	Stmt *ast.LabeledStmt
	End  token.Pos // of the last such goto
}

// Labels returns the labels of a function that gotos return to, in source order.
func Labels(body *ast.BlockStmt) (labels []Label) {
	at := make(map[string]int)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.LabeledStmt:
			at[n.Label.Name] = len(labels)
			labels = append(labels, Label{Stmt: n})
		case *ast.BranchStmt:
			if n.Tok == token.GOTO && n.Label != nil {
				if i, ok := at[n.Label.Name]; ok {
					labels[i].End = n.End()
				}
			}
		}
		return true
	})
	return slices.DeleteFunc(labels, func(l Label) bool { return !l.End.IsValid() })
}

// Returns reports whether the cycle's next pass can begin after p, without
// leaving the cycle in between.
func (c *Cycle) Returns(p Point) bool {
	if c.returns == nil {
		c.findReturns()
	}
	return c.returns[p.Block] || c.graph.left < 0 && c.Holds(p.Block)
}

// findReturns finds the blocks that lead to the head. Loops in loops make that a
// lot: where it is too much, all of them may do so.
func (c *Cycle) findReturns() {
	c.returns = make(map[*cfg.Block]bool)
	blocks := c.Blocks()
	if c.graph.left -= len(blocks); c.graph.left < 0 {
		return
	}
	before := make(map[*cfg.Block][]*cfg.Block)
	for _, b := range blocks {
		for _, next := range b.Succs {
			before[next] = append(before[next], b)
		}
	}
	todo := []*cfg.Block{c.Head}
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, from := range before[b] {
			if !c.returns[from] {
				c.returns[from] = true
				if from != c.Head {
					todo = append(todo, from)
				}
			}
		}
	}
}
