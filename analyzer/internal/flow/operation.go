package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

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
	failing []world
	success []world // one of them is enough: the polarity of a bool beside an error is not known
}

// A world fixes the outcome of an operation.
type world struct {
	results []value
	target  value // of the operation's targets
	looks   bool  // holds only if the code looks at an error or a status inside a result
}

func (w world) result(i int) value { return nth(w.results, i) }

// operations returns the operations in a cycle, in source order.
func (j *Judge) operations(g *graph.Graph, c *graph.Cycle, depth int) []*operation {
	var ops []*operation
	for _, b := range g.Blocks {
		if !c.Holds(b) {
			continue
		}
		for i, n := range b.Nodes {
			at := graph.Point{Block: b, Index: i}
			if send, ok := n.(*ast.SendStmt); ok && depth > 0 {
				if op := j.attempt(g, send); op != nil {
					op.at, op.top = at, n
					ops = append(ops, op)
				}
			}
			ast.Inspect(n, func(x ast.Node) bool {
				switch x := x.(type) {
				case *ast.FuncLit:
					return false
				case *ast.CallExpr:
					if op := j.call(x, n, c, depth); op != nil {
						op.at, op.top = at, n
						ops = append(ops, op)
					}
				case *ast.UnaryExpr:
					if op := j.receive(x); op != nil {
						op.at, op.top = at, n
						if stmt, ok := n.(ast.Stmt); ok && g.Comms[stmt] != nil {
							op.at, _ = g.Find(x)
						}
						ops = append(ops, op)
					}
				}
				return true
			})
		}
	}
	return ops
}

// call returns the operation that call is, or nil.
func (j *Judge) call(call *ast.CallExpr, top ast.Node, c *graph.Cycle, depth int) *operation {
	tv := j.pkg.Info.Types[call.Fun]
	if tv.IsType() || tv.IsBuiltin() || j.waits[call] {
		return nil
	}
	if p, ok := pathOf(j.pkg.Info, call); j.onlyTells(call) && !(ok && isContextErr(j.pkg.Info, call) && c.Made(p.root)) {
		return nil
	}
	switch top.(type) {
	case *ast.DeferStmt, *ast.GoStmt:
		return nil
	}
	op := &operation{node: call, results: resultTypes(j.pkg.Info, call), targets: j.errorTargets(call)}
	if j.discarded(call, top) {
		op.results = nil
	}
	j.worlds(op)
	if depth < maxDepth {
		j.readWorlds(op, call, depth)
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
	j.worlds(op)
	if len(op.failing) == 0 {
		return nil
	}
	return op
}

// worlds fills in the outcomes that the results' types tell of.
func (j *Judge) worlds(op *operation) {
	good := world{results: make([]value, len(op.results)), target: isZero}
	bad := world{results: make([]value, len(op.results)), target: isNonZero}
	hidden := world{target: isZero, looks: true} // no error, but a bad result
	fails, hides, told := len(op.targets) > 0, false, -1
	for i, t := range op.results {
		hidden.results = append(hidden.results, isUnknown)
		switch {
		case isErrorLike(t):
			good.results[i], bad.results[i], hidden.results[i] = isZero, isNonZero, isZero
			fails = true
		case isBool(t):
			told = i
		case isErrorChan(t):
			good.results[i] = isZero // no failure comes later either
		case holdsOutcome(t):
			good.results[i], hidden.results[i] = isClean, isDirty
			hides = true
		case isNilable(t):
			good.results[i] = isNonZero
		}
	}
	if fails {
		op.failing = append(op.failing, bad)
	}
	if hides {
		op.failing = append(op.failing, hidden)
	}
	op.success = []world{good}
	if fails && told >= 0 {
		op.success = []world{with(good, told, isTrue), with(good, told, isZero)}
	}
}

// with returns w with another i-th result.
func with(w world, i int, v value) world {
	w.results = append([]value(nil), w.results...)
	w.results[i] = v
	return w
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// isErrorChan reports whether t is a channel on which an operation that has
// begun tells of its failure.
func isErrorChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && isErrorLike(ch.Elem())
}

func isNilable(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// holdsOutcome reports whether a result of type t can hold an error or an HTTP
// status: an *http.Response, a response of a client with an Err field.
func holdsOutcome(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if isErrorLike(f.Type()) || f.Name() == "StatusCode" {
			return true
		}
	}
	return false
}

// onlyTells reports whether call makes or examines an error and attempts
// nothing: errors.New, errors.Is, ctx.Err, a function that is given an error.
func (j *Judge) onlyTells(call *ast.CallExpr) bool {
	info := j.pkg.Info
	if makesError(info, call) || isInert(info, call) {
		return true
	}
	for _, arg := range call.Args {
		if isErrorLike(info.TypeOf(arg)) && !isSentinel(info, arg) {
			return true
		}
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "errors", "context", "fmt", "log", "log/slog":
		return true
	}
	return false
}

// inert are the packages whose calls do nothing in an ordinary build: they mark
// where a build for tests injects failures.
var inert = map[string]bool{
	"github.com/pingcap/failpoint": true,
	"go.etcd.io/gofail/runtime":    true,
}

func isInert(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.Pkg() != nil && inert[fn.Pkg().Path()]
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

// errorTargets returns the error variables that call assigns through its
// arguments: &err, or a function literal that assigns err.
func (j *Judge) errorTargets(call *ast.CallExpr) []path {
	var list []path
	for _, arg := range call.Args {
		for _, p := range j.touched(arg) {
			if p.rest == "" && p.root != nil && isErrorLike(p.root.Type()) && !within(p.root, arg) {
				list = append(list, p)
			}
		}
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		for _, p := range j.touched(lit) {
			if p.rest == "" && p.root != nil && isErrorLike(p.root.Type()) && !within(p.root, lit) {
				list = append(list, p)
			}
		}
	}
	return list
}

func within(obj types.Object, n ast.Node) bool { return n.Pos() <= obj.Pos() && obj.Pos() < n.End() }
