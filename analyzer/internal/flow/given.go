package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
)

// A given is a variable that the cycle gives other values, and where it does so.
type given struct {
	obj types.Object
	by  []giving
}

// A giving is a node that gives a variable another value: value, or what is made from it
// (an element, one of several results). It is nil where that is not known.
type giving struct {
	node  ast.Node
	value ast.Expr
}

// givings returns the local variables that the cycle gives other values, in the order of
// the graph, but for those to which a function literal that stands elsewhere gives some.
func (t *trial) givings() []*given {
	if t.given != nil {
		return t.given
	}
	g := &giver{trial: t, at: make(map[types.Object]*given)}
	for _, b := range t.w.cycle.Blocks() {
		if loop, ok := b.Stmt.(*ast.RangeStmt); ok && b.Kind == cfg.KindRangeBody && loop != t.site.Cycle {
			g.give(loop, loop.Key, loop.X)
			g.give(loop, loop.Value, loop.X)
		}
		for _, n := range b.Nodes {
			ast.Inspect(n, g.visit)
		}
	}
	t.given = slices.DeleteFunc(g.list, t.isGivenAside)
	return t.given
}

// isGivenAside reports whether a literal that is neither in the cycle nor around it gives v
// a value.
func (t *trial) isGivenAside(v *given) bool {
	return slices.ContainsFunc(t.judge.literalsGiving(v.obj), func(lit *ast.FuncLit) bool {
		return !code.Within(lit, t.site.Cycle) && !code.Within(t.site.Cycle, lit)
	})
}

// literalsGiving returns the innermost literals around the places that give v a value.
func (j *Judge) literalsGiving(v types.Object) []*ast.FuncLit {
	decl := j.pkg.DeclAt(v.Pos())
	if decl == nil || j.literals[decl] != nil {
		return j.literals[decl][v]
	}
	giving := make(map[types.Object][]*ast.FuncLit)
	if j.literals == nil {
		j.literals = make(map[ast.Node]map[types.Object][]*ast.FuncLit)
	}
	j.literals[decl] = giving
	for lit := range ast.Preorder(decl) {
		lit, ok := lit.(*ast.FuncLit)
		if !ok {
			continue
		}
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			for _, id := range code.Assigned(n) {
				v := j.pkg.Info.ObjectOf(id)
				giving[v] = append(giving[v], lit)
			}
			_, inner := n.(*ast.FuncLit)
			return !inner
		})
	}
	return giving[v]
}

// A giver lists what [trial.givings] returns.
type giver struct {
	*trial
	list []*given
	at   map[types.Object]*given
}

func (g *giver) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			value := n.Rhs[min(i, len(n.Rhs)-1)]
			if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
				value = nil
			}
			g.give(n, lhs, value)
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) > 0 {
				g.give(n, name, n.Values[min(i, len(n.Values)-1)])
			}
		}
	case *ast.IncDecStmt:
		g.give(n, n.X, nil)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			g.give(n, n.X, nil)
		}
	case *ast.CallExpr:
		if v := g.iterator(n); v != nil {
			g.add(n, v, n)
		}
	}
	return true
}

// give notes that n gives e another value, if that is a local variable.
func (g *giver) give(n ast.Node, e, value ast.Expr) {
	if v := code.Local(g.w.info, e); v != nil {
		g.add(n, v, value)
	}
}

func (g *giver) add(n ast.Node, v types.Object, value ast.Expr) {
	if g.at[v] == nil {
		g.at[v] = &given{obj: v}
		g.list = append(g.list, g.at[v])
	}
	g.at[v].by = append(g.at[v].by, giving{n, value})
}

// crosses reports whether each way from op to the next pass, in any of some worlds, comes
// to one of the nodes.
func (t *trial) crosses(op *operation, worlds []world, nodes []ast.Node) bool {
	marked := &spots{delays: make(map[graph.Point]delaySet), returns: t.w.spots.returns}
	for _, n := range nodes {
		if at, ok := t.w.graph.Find(n); ok && at != op.at {
			marked.delays[at] = delayBit(0)
		}
	}
	for _, world := range worlds {
		w := t.w.fork()
		w.op, w.world, w.spots = op, world, marked
		r := w.walk(nil)
		if r.out || r.comes && r.every == 0 && (!world.looks || r.looked) {
			return false
		}
	}
	return true
}
