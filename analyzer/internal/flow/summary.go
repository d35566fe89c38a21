package flow

import (
	"fmt"
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// maxDepth is how many calls deep functions of the package are read.
const maxDepth = 2

// returns tells what fn returns when it is given args.
func (j *Judge) returns(fn *source.Func, args []value, depth int) []value {
	if depth >= maxDepth {
		return nil
	}
	key := fmt.Sprint(fn.Node.Pos(), args)
	if vals, ok := j.calls[key]; ok {
		return vals
	}
	if j.calls == nil {
		j.calls = make(map[string][]value)
	}
	j.calls[key] = nil // for recursion
	w := j.reader(fn, depth)
	var f facts
	for i, param := range params(fn) {
		if v := nth(args, i); v != isUnknown {
			f = w.put(param, v, f)
		}
	}
	r := w.walk(f)
	if !r.out {
		j.calls[key] = r.returns
	}
	return j.calls[key]
}

// reader returns a walker through the whole of fn.
func (j *Judge) reader(fn *source.Func, depth int) *walker {
	g := j.graphs.Of(fn)
	return &walker{
		judge: j, pkg: j.pkg, info: j.pkg.Info, graph: g, cycle: g.Cycle(fn.Node),
		spots: &spots{}, depth: depth + 1,
	}
}

func params(fn *source.Func) []ast.Expr {
	var list []ast.Expr
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			list = append(list, name)
		}
		if len(field.Names) == 0 {
			list = append(list, ast.NewIdent("_"))
		}
	}
	return list
}

// neverSucceeds reports whether op is a function of the package that returns
// only errors: it blocks for as long as all is well.
func (j *Judge) neverSucceeds(op *operation) bool {
	call, ok := op.node.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := j.pkg.Callee(call)
	if fn == nil {
		return false
	}
	vals := j.returns(fn, nil, 0)
	return len(vals) > 0 && len(vals) == len(op.results) && isErrorLike(op.results[len(vals)-1]) && vals[len(vals)-1] == isNonZero
}

// readWorlds fills in the outcomes of a call whose only result is a bool or a
// pointer, if the function attempts something and tells of its failure by it.
func (j *Judge) readWorlds(op *operation, call *ast.CallExpr, depth int) {
	if len(op.results) != 1 || !isBool(op.results[0]) && !isNilable(op.results[0]) {
		return
	}
	fn := j.pkg.Callee(call)
	if fn == nil {
		return
	}
	worlds, ok := j.reads[fn.Node]
	if !ok {
		if j.reads == nil {
			j.reads = make(map[ast.Node][]world)
		}
		j.reads[fn.Node] = nil // for recursion
		worlds = j.read(fn, depth)
		j.reads[fn.Node] = worlds
	}
	if len(worlds) == 2 {
		op.failing, op.success = worlds[:1], worlds[1:]
	}
}

// read returns the failing and the succeeding world of fn's only result, or nil:
// what it returns when one of its operations fails, where that is always the
// same and success can return the other.
func (j *Judge) read(fn *source.Func, depth int) []world {
	w := j.reader(fn, depth)
	if w.cycle == nil {
		return nil
	}
	for _, op := range j.operations(w.graph, w.cycle, depth+1) {
		bad, ok1 := j.told(w, op, op.failing[0])
		good, ok2 := j.told(w, op, op.success[0])
		if ok1 && ok2 && bad != isUnknown && (bad == isZero) != (good == isZero) {
			fails, succeeds := isZero, isTrue
			if bad != isZero {
				fails, succeeds = isTrue, isZero
			}
			return []world{{results: []value{fails}}, {results: []value{succeeds}}}
		}
	}
	return nil
}

// told returns what w's function returns in a world of op.
func (j *Judge) told(w *walker, op *operation, world world) (value, bool) {
	w = w.fork()
	w.op, w.world = op, world
	r := w.walk(nil)
	return nth(r.returns, 0), !r.out && len(r.returns) == 1
}
