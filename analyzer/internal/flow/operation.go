package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
)

// An operation is a call or a receive whose outcome can be a failure.
type operation struct {
	node    ast.Expr        // *ast.CallExpr, or the *ast.UnaryExpr of a receive; nil for a send
	send    *ast.CommClause // the case of a send that does not wait
	at      graph.Point     // where it stands
	top     ast.Node        // the node at that point
	results []types.Type
	targets []path // errors that it assigns through a pointer or a function literal
	outputs []path // other variables whose address it is given
	failing []world
	blind   bool    // nothing looks at its error
	success []world // one of them is enough: the polarity of a bool beside an error is not known
}

// operations returns the operations in a cycle, in source order.
func (j *Judge) operations(g *graph.Graph, c *graph.Cycle, depth int) []*operation {
	var ops []*operation
	var at graph.Point
	var top ast.Node // which stands there
	add := func(op *operation) {
		if op != nil {
			op.at, op.top = at, top
			ops = append(ops, op)
		}
	}
	visit := func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			add(j.call(x, top, g, c, depth))
		case *ast.UnaryExpr:
			op := j.receive(x)
			add(op)
			if stmt, ok := top.(ast.Stmt); ok && op != nil && g.Comms[stmt] != nil {
				op.at, _ = g.Find(x)
			}
		}
		return true
	}
	for _, b := range c.Blocks() {
		for i, n := range b.Nodes {
			at, top = graph.Point{Block: b, Index: i}, n
			if send, ok := n.(*ast.SendStmt); ok && depth > 0 {
				add(j.attempt(g, send))
			}
			ast.Inspect(n, visit)
		}
	}
	if depth == 0 {
		return j.addRemains(ops, g, c)
	}
	return ops
}

// call returns the operation that call is, or nil.
func (j *Judge) call(call *ast.CallExpr, top ast.Node, g *graph.Graph, c *graph.Cycle, depth int) *operation {
	tv := j.pkg.Info.Types[call.Fun]
	if tv.IsType() || tv.IsBuiltin() || j.waits[call] {
		return nil
	}
	if p, ok := pathOf(j.pkg.Info, call); j.onlyTells(call) && !(ok && isContextErr(j.pkg.Info, call) && c.Made(p.root)) {
		return nil
	}
	if _, ok := top.(*ast.DeferStmt); ok {
		return nil
	}
	op := &operation{node: call, results: resultTypes(j.pkg.Info, call), targets: j.errorTargets(call)}
	if _, started := top.(*ast.GoStmt); started || j.discarded(call, top) {
		op.results = nil
	}
	op.outputs = j.outputs(call)
	names := assigned(call, top)
	if depth == 0 && j.asksOnly(op.results, names) {
		return nil
	}
	op.blind = slices.ContainsFunc(op.results, j.isErrorLike) && j.ignores(op.results, names)
	j.worlds(op, func() objects { return j.statusesIn(g.Func) }, names)
	if depth < maxDepth {
		j.readWorlds(op, call, depth)
		j.readLiterals(op, call, depth)
	}
	if len(op.failing) == 0 {
		return nil
	}
	return op
}

// receive returns the operation of receiving an outcome that another goroutine
// sends, or nil.
func (j *Judge) receive(x *ast.UnaryExpr) *operation {
	if x.Op != token.ARROW || j.waits[x] {
		return nil
	}
	t := j.pkg.Info.TypeOf(x.X)
	if t == nil {
		return nil
	}
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return nil
	}
	op := &operation{node: x, results: []types.Type{ch.Elem()}}
	j.worlds(op, func() objects { return nil }, nil)
	if len(op.failing) == 0 {
		return nil
	}
	return op
}

// onlyTells reports whether call makes or examines an error and attempts
// nothing: errors.New, errors.Is, ctx.Err, a function that is given an error.
func (j *Judge) onlyTells(call *ast.CallExpr) bool {
	info := j.pkg.Info
	if j.makesError(call) || isInert(info, call) {
		return true
	}
	for _, arg := range call.Args {
		if j.isErrorLike(info.TypeOf(arg)) && !code.IsSentinel(info, arg) {
			return true
		}
	}
	if j.onlyMakes(call) {
		return true
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "context", "fmt", "log", "log/slog":
		return true
	}
	return ofErrors(fn.Pkg().Path())
}

// onlyMakes reports whether call is of a function of the package that does nothing
// but make an error.
func (j *Judge) onlyMakes(call *ast.CallExpr) bool {
	fn := j.pkg.Callee(call)
	if fn == nil || len(fn.Body.List) != 1 {
		return false
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	made, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
	return ok && j.makesError(made)
}

// failsBy reports whether n makes an error and goes on with it: the code says that
// something failed.
func (j *Judge) failsBy(n ast.Node) bool {
	if fails, ok := j.fails[n]; ok {
		return fails
	}
	fails := false
	if _, returns := n.(*ast.ReturnStmt); !returns {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.CallExpr:
				fails = fails || j.makesError(n)
			}
			return !fails
		})
	}
	if j.fails == nil {
		j.fails = make(map[ast.Node]bool)
	}
	j.fails[n] = fails
	return fails
}

// discarded reports whether no one looks at what call returns.
func (j *Judge) discarded(call *ast.CallExpr, top ast.Node) bool {
	switch top := top.(type) {
	case *ast.ExprStmt:
		return ast.Unparen(top.X) == call
	case *ast.AssignStmt:
		if len(top.Rhs) != 1 || ast.Unparen(top.Rhs[0]) != call {
			return false
		}
		for _, lhs := range top.Lhs {
			if id, ok := lhs.(*ast.Ident); !ok || id.Name != "_" {
				return false
			}
		}
		return true
	}
	return false
}
