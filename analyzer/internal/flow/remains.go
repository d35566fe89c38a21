package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
)

// What fails in part is tried again with what remains:
//
//	failed := send(batch)
//	if len(failed) == 0 {
//		return
//	}
//	batch = failed
//
// The operation is the last call before the test that has to do with failed; that
// something remains is its failure.

// addRemains adds the outcomes that are told by what remains for the next pass.
func (j *Judge) addRemains(ops []*operation, g *graph.Graph, c *graph.Cycle) []*operation {
	for _, test := range j.emptyTests(g, c) {
		if !j.carriedOn(test.path.root, g, c) {
			continue
		}
		op := j.lastCall(test, g, c)
		if op == nil {
			continue
		}
		found := false
		for _, known := range ops {
			if known.node == op.node {
				op, found = known, true
			}
		}
		if !found {
			op.success = []world{{}}
			ops = append(ops, op)
		}
		rest := op.success[0]
		rest.sets = append(rest.sets[:len(rest.sets):len(rest.sets)], setting{test.path, value{kind: positive}})
		op.failing = append(op.failing, rest)
		for i := range op.success {
			op.success[i].sets = append(op.success[i].sets, setting{test.path, isZero})
		}
	}
	return ops
}

// An emptyTest is where it is asked whether something is empty.
type emptyTest struct {
	path path
	pos  token.Pos
}

// emptyTests returns where the cycle asks whether something is empty, in a condition or
// for a variable that one looks at.
func (j *Judge) emptyTests(g *graph.Graph, c *graph.Cycle) (tests []emptyTest) {
	for _, b := range g.Blocks {
		if !c.Holds(b) {
			continue
		}
		for _, n := range b.Nodes {
			ast.Inspect(n, func(n ast.Node) bool {
				if cmp, ok := n.(*ast.BinaryExpr); ok && code.IsComparison(cmp.Op) {
					p, ok := j.emptyTest(cmp.X, cmp.Op, cmp.Y)
					if !ok {
						p, ok = j.emptyTest(cmp.Y, code.Mirror[cmp.Op], cmp.X)
					}
					if ok && c.Made(p.root) && !j.isErrorLike(p.root.Type()) {
						tests = append(tests, emptyTest{p, cmp.Pos()})
					}
				}
				return true
			})
		}
	}
	return tests
}

// emptyTest returns that whose length is compared with 0, or with the 1 that it has to be
// less than to be empty.
func (j *Judge) emptyTest(length ast.Expr, op token.Token, limit ast.Expr) (path, bool) {
	call, ok := ast.Unparen(length).(*ast.CallExpr)
	if !ok || !j.pkg.Info.Types[call.Fun].IsBuiltin() || len(call.Args) != 1 {
		return path{}, false
	}
	if n, ok := code.Int(j.pkg.Info, limit); !ok || n != 0 && !(n == 1 && (op == token.LSS || op == token.GEQ)) {
		return path{}, false
	}
	return pathOf(j.pkg.Info, call.Args[0])
}

// carriedOn reports whether the cycle gives v to a variable that the next pass reads.
func (j *Judge) carriedOn(v types.Object, g *graph.Graph, c *graph.Cycle) bool {
	for _, b := range g.Blocks {
		if !c.Holds(b) {
			continue
		}
		for _, n := range b.Nodes {
			a, ok := n.(*ast.AssignStmt)
			if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 || objectOf(j.pkg.Info, a.Rhs[0]) != v {
				continue
			}
			if to, ok := pathOf(j.pkg.Info, a.Lhs[0]); ok && !c.Made(to.root) && j.readsIn(to.root, a, g, c) {
				return true
			}
		}
	}
	return false
}

// readsIn reports whether the cycle has something to do with v but in s.
func (j *Judge) readsIn(v types.Object, s ast.Stmt, g *graph.Graph, c *graph.Cycle) bool {
	vars := map[types.Object]bool{v: true}
	for _, b := range g.Blocks {
		if c.Holds(b) && slices.ContainsFunc(b.Nodes, func(n ast.Node) bool { return n != s && j.uses(n, vars) }) {
			return true
		}
	}
	return false
}

// lastCall returns the last call before the test that has to do with what it tests,
// or nil.
func (j *Judge) lastCall(test emptyTest, g *graph.Graph, c *graph.Cycle) (last *operation) {
	vars := map[types.Object]bool{test.path.root: true}
	for _, b := range g.Blocks {
		if !c.Holds(b) {
			continue
		}
		for i, n := range b.Nodes {
			if n.Pos() >= test.pos || !j.uses(n, vars) || last != nil && n.Pos() < last.top.Pos() {
				continue
			}
			ast.Inspect(n, func(x ast.Node) bool {
				call, ok := x.(*ast.CallExpr)
				if !ok {
					return true
				}
				if tv := j.pkg.Info.Types[call.Fun]; !tv.IsType() && !tv.IsBuiltin() {
					last = &operation{node: call, at: graph.Point{Block: b, Index: i}, top: n}
				}
				return false
			})
		}
	}
	return last
}
