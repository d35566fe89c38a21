// Package graph adds to the control-flow graph of a function what judging a
// cycle needs: where a node stands, which blocks a cycle holds, and the parts
// of switch and select statements that go/cfg leaves out.
package graph

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Graph is the control-flow graph of one function.
type Graph struct {
	Func   *source.Func
	Blocks []*cfg.Block

	// Switches maps a case clause to its switch: go/cfg keeps a case's
	// expressions but not the tag that they are compared with.
	Switches map[*ast.CaseClause]ast.Stmt

	// Comms maps the communication of a select's case to the clause: go/cfg
	// places all of them before the choice.
	Comms map[ast.Stmt]*ast.CommClause

	// Selects maps a case to its select.
	Selects map[*ast.CommClause]*ast.SelectStmt

	clauses map[*ast.CommClause]*cfg.Block // the block of a case's body
	ranges  map[*ast.RangeStmt]*cfg.Block  // the block of a range's body

	// What is asked for, once it is.
	byPos  []*cfg.Block // those with a statement, by its place
	nodes  []placed     // by their place
	labels []Label
	cycles map[ast.Node]*Cycle
	left   int // how many more blocks cycles may look at
}

// A placed is a node with its point, and how far the nodes up to it reach.
type placed struct {
	node ast.Node
	at   Point
	end  token.Pos
}

// Of cycles inside each other each looks at what the inner ones have looked at:
// so often for each block, and so many times more in a small graph.
const (
	maxLooks = 64
	minLeft  = 1 << 16
)

// A Point is a place in a graph: the Index-th node of Block.
type Point struct {
	Block *cfg.Block
	Index int
}

// A Set builds the graphs of a package's functions, each once unless there are many.
type Set struct {
	Package *source.Package
	graphs  map[ast.Node]*Graph
}

// maxGraphs is how many graphs are kept from one site to the next.
const maxGraphs = 1024

// Trim forgets the graphs if there are many: in code of nothing but loops they take more
// memory than the rest. What it builds again has other blocks, so that nobody may hold
// one of before.
func (s *Set) Trim() {
	if len(s.graphs) > maxGraphs {
		s.graphs = nil
	}
}

// Of returns the graph of fn.
func (s *Set) Of(fn *source.Func) *Graph {
	g := s.graphs[fn.Node]
	if g == nil {
		if s.graphs == nil {
			s.graphs = make(map[ast.Node]*Graph)
		}
		g = New(s.Package, fn)
		s.graphs[fn.Node] = g
	}
	return g
}

// New builds the graph of fn.
func New(pkg *source.Package, fn *source.Func) *Graph {
	g := &Graph{
		Func:     fn,
		Blocks:   cfg.New(fn.Body, pkg.MayReturn).Blocks,
		Switches: make(map[*ast.CaseClause]ast.Stmt),
		Comms:    make(map[ast.Stmt]*ast.CommClause),
		Selects:  make(map[*ast.CommClause]*ast.SelectStmt),
		clauses:  make(map[*ast.CommClause]*cfg.Block),
		ranges:   make(map[*ast.RangeStmt]*cfg.Block),
		cycles:   make(map[ast.Node]*Cycle),
	}
	g.left = minLeft + maxLooks*len(g.Blocks)
	for _, b := range g.Blocks {
		switch stmt := b.Stmt.(type) {
		case *ast.CommClause:
			if b.Kind == cfg.KindSelectCaseBody {
				g.clauses[stmt] = b
				g.Comms[stmt.Comm] = stmt
			}
		case *ast.RangeStmt:
			if b.Kind == cfg.KindRangeBody {
				g.ranges[stmt] = b
			}
		case *ast.SelectStmt:
			for _, clause := range stmt.Body.List {
				if clause, ok := clause.(*ast.CommClause); ok {
					g.Selects[clause] = stmt
				}
			}
		case *ast.SwitchStmt:
			g.addSwitch(stmt, stmt.Body)
		case *ast.TypeSwitchStmt:
			g.addSwitch(stmt, stmt.Body)
		}
	}
	return g
}

func (g *Graph) addSwitch(stmt ast.Stmt, body *ast.BlockStmt) {
	for _, clause := range body.List {
		if clause, ok := clause.(*ast.CaseClause); ok {
			g.Switches[clause] = stmt
		}
	}
}

// Find returns the point whose node holds n. What a select receives is found
// at the start of its case, what a range receives at the start of its body.
func (g *Graph) Find(n ast.Node) (Point, bool) {
	if stmt, ok := n.(*ast.RangeStmt); ok {
		b := g.ranges[stmt]
		return Point{b, -1}, b != nil
	}
	best, size := g.smallest(n)
	if size < 0 {
		return best, false
	}
	if stmt, ok := best.Block.Nodes[best.Index].(ast.Stmt); ok {
		if clause := g.Comms[stmt]; clause != nil {
			return Point{g.clauses[clause], -1}, true
		}
	}
	return best, true
}

// smallest returns the smallest node of the graph that n is in or is, and its size;
// that is negative if there is none.
func (g *Graph) smallest(n ast.Node) (best Point, size token.Pos) {
	if g.nodes == nil {
		g.place()
	}
	size = -1
	i, _ := slices.BinarySearchFunc(g.nodes, n.Pos()+1, func(p placed, pos token.Pos) int { return cmp.Compare(p.node.Pos(), pos) })
	for i--; i >= 0 && g.nodes[i].end >= n.End(); i-- {
		p := g.nodes[i]
		if p.node.End() >= n.End() && (size < 0 || p.node.End()-p.node.Pos() <= size) {
			best, size = p.at, p.node.End()-p.node.Pos()
		}
	}
	return best, size
}

// place sorts the nodes that are reached by their places.
func (g *Graph) place() {
	for _, b := range g.Blocks {
		for i, n := range b.Nodes {
			if b.Live {
				g.nodes = append(g.nodes, placed{node: n, at: Point{b, i}})
			}
		}
	}
	slices.SortStableFunc(g.nodes, func(a, b placed) int { return cmp.Compare(a.node.Pos(), b.node.Pos()) })
	end := token.NoPos
	for i := range g.nodes {
		end = max(end, g.nodes[i].node.End())
		g.nodes[i].end = end
	}
}
