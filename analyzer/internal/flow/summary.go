package flow

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// maxDepth is how many calls deep functions of the package are read.
const maxDepth = 2

// returns tells what fn returns when it is given args.
func (j *Judge) returns(fn *source.Func, args []value, depth int) []value {
	if depth >= maxDepth || j.work.Out() {
		return nil
	}
	key := fmt.Sprint(fn.Node.Pos(), depth, args)
	if vals, ok := j.calls[key]; ok {
		return vals
	}
	if j.calls == nil {
		j.calls = make(map[string][]value)
	}
	j.calls[key] = nil // for recursion
	w := j.reader(fn, depth)
	f := w.begin()
	for i, param := range params(fn) {
		if v := nth(args, i); v != isUnknown {
			f = w.put(param, v, f)
		}
	}
	r := w.walk(f)
	switch {
	case !r.out:
		j.calls[key] = values(r.returns)
	case j.work.Out():
		delete(j.calls, key) // another site may have more left
		return nil
	}
	return j.calls[key]
}

// reader returns a walker through the whole of fn.
func (j *Judge) reader(fn *source.Func, depth int) *walker {
	g := j.graphs.Of(fn)
	w := j.walker(g, g.Cycle(fn.Node))
	w.depth = depth + 1
	return w
}

// begin returns what is known where a function begins: its named results are
// zero.
func (w *walker) begin() facts {
	var f facts
	for _, id := range namedResults(w.graph.Func.Type) {
		f = w.put(id, isZero, f)
	}
	return f
}

// isStub reports whether fn only returns constants, as what stands in for the
// function of another system does: such a body tells nothing.
func isStub(info *types.Info, fn *source.Func) bool {
	if len(fn.Body.List) != 1 {
		return false
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	for _, e := range ret.Results {
		if tv := info.Types[e]; tv.Value == nil && !tv.IsNil() {
			return false
		}
	}
	return true
}

func params(fn *source.Func) []ast.Expr {
	var list []ast.Expr
	for _, field := range fn.Type.Params.List {
		_, variadic := field.Type.(*ast.Ellipsis)
		for _, name := range field.Names {
			if variadic {
				name = ast.NewIdent("_") // it holds a list of what is given
			}
			list = append(list, name)
		}
		if len(field.Names) == 0 {
			list = append(list, ast.NewIdent("_"))
		}
	}
	return list
}

// neverSucceeds reports whether op is a function of the package that returns
// only errors, or a service loop that is never seen to return without one: it
// blocks for as long as all is well.
func (j *Judge) neverSucceeds(op *operation) bool {
	call, ok := op.node.(*ast.CallExpr)
	if !ok || len(op.results) == 0 || !isErrorLike(op.results[len(op.results)-1]) {
		return false
	}
	fn := j.pkg.Callee(call)
	if fn == nil {
		return false
	}
	never, ok := j.never[fn.Node]
	if !ok {
		if j.never == nil {
			j.never = make(map[ast.Node]bool)
		}
		j.never[fn.Node] = false // for recursion
		never = j.onlyErrors(fn)
		j.never[fn.Node] = never
		if j.work.Out() {
			delete(j.never, fn.Node)
		}
	}
	return never
}

func (j *Judge) onlyErrors(fn *source.Func) bool {
	if onlyRefuses(j.pkg.Info, fn) {
		return false
	}
	w := j.reader(fn, 0)
	if w.cycle == nil {
		return false
	}
	r := w.walk(w.begin())
	if r.out || len(r.returns) == 0 {
		return false
	}
	last := r.returns[len(r.returns)-1]
	return last.value == isNonZero || !last.zero && serves(fn.Body)
}

// onlyRefuses reports whether fn does nothing but return an error that it makes:
// it stands in for the function of another system.
func onlyRefuses(info *types.Info, fn *source.Func) bool {
	if len(fn.Body.List) != 1 {
		return false
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	last := ast.Unparen(ret.Results[len(ret.Results)-1])
	call, ok := last.(*ast.CallExpr)
	return ok && makesError(info, call) || code.IsSentinel(info, last)
}

// serves reports whether body holds an endless loop that waits for events.
func serves(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt:
			for _, stmt := range n.Body.List {
				_, selects := stmt.(*ast.SelectStmt)
				found = found || n.Cond == nil && selects
			}
		}
		return !found
	})
	return found
}

// readWorlds adds the outcomes of a call that tells by a bool, or by its only
// result, if the function is one of this package that attempts something and
// tells of its failure so.
func (j *Judge) readWorlds(op *operation, call *ast.CallExpr, depth int) {
	fn := j.pkg.Callee(call)
	if len(op.results) == 0 || fn == nil || j.work.Out() {
		return
	}
	key := readKey{fn.Node, depth}
	worlds, ok := j.reads[key]
	if !ok {
		if j.reads == nil {
			j.reads = make(map[readKey][]world)
		}
		j.reads[key] = nil // for recursion
		worlds = j.readAny(fn, op.results, depth)
		j.reads[key] = worlds
		if j.work.Out() {
			delete(j.reads, key)
		}
	}
	if n := len(worlds); n > 0 {
		op.failing = append(op.failing, worlds[:n-1]...)
		op.success = worlds[n-1:]
	}
}

// readAny reads fn by the results that can tell of a failure: a bool, or any that
// can be empty if there is no error. One that success never returns as failure does
// comes first, and then the last one.
func (j *Judge) readAny(fn *source.Func, results []types.Type, depth int) []world {
	var alone []world
	for told, t := range slices.Backward(results) {
		if !code.IsBool(t) && (!canTell(t) || slices.ContainsFunc(results, isErrorLike)) {
			continue
		}
		worlds, exact := j.read(fn, told, results, depth)
		if len(worlds) > 1 && exact {
			return worlds
		}
		if len(worlds) > len(alone) {
			alone = worlds
		}
	}
	return alone
}

// A readKey is a function and how deep it is read: less is seen further down.
type readKey struct {
	fn    ast.Node
	depth int
}

// canTell reports whether a function can tell of its failure by returning the
// zero value of t: nil, "" or 0.
func canTell(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsString|types.IsInteger) != 0 || isNilable(t) && !isErrorLike(t)
}

// read returns the failing and the succeeding world of fn: what it returns when
// one of its operations fails, where its told-th result is then always the same
// and success can return the other. If no failure is told so, it returns the
// succeeding world alone, or nothing if that is not known either. It is exact if
// success never returns what failure does.
func (j *Judge) read(fn *source.Func, told int, results []types.Type, depth int) (worlds []world, exact bool) {
	t, last := results[told], len(results)-1
	tellsError := last != told && isErrorLike(results[last])
	w := j.reader(fn, depth)
	if w.cycle == nil {
		return nil, false
	}
	ops := j.operations(w.graph, w.cycle, depth+1)
	before := w.approach(ops, w.begin())
	var alone []world
	for _, op := range ops {
		bad := w.told(op, before[op], op.failing[0])
		good := w.told(op, before[op], op.success...)
		if told >= len(bad) || told >= len(good) || tellsError && !good[last].zero {
			continue
		}
		succeeds := world{results: make([]value, len(good))}
		if tellsError {
			succeeds.results[last] = isZero
		}
		if (!tellsError || bad[last].zero) && tells(bad[told], good[told], t) {
			v := bad[told].value
			exact = v == isZero && !good[told].zero || notZero(v) && !good[told].not
			return []world{with(succeeds, told, v), with(succeeds, told, opposite(v, t))}, exact
		}
		if v := good[told].value; alone == nil && tellsError && v != isUnknown {
			alone = []world{with(succeeds, told, v)}
		}
	}
	return alone, false
}

// tells reports whether a function that returns bad after a failure and good
// after a success tells one from the other. What success returns must be known
// if it is a bool: one that depends on more is a state that is asked for.
func tells(bad, good result, t types.Type) bool {
	if !code.IsBool(t) {
		return bad.value == isZero && (good.not || good.any)
	}
	return !good.any && (bad.value == isZero && good.not || notZero(bad.value) && good.zero)
}

// opposite returns what success is told by if failure is told by v.
func opposite(v value, t types.Type) value {
	switch {
	case v != isZero:
		return isZero
	case code.IsBool(t):
		return isTrue
	}
	return isNonZero
}

// told returns what the function returns in any of some worlds of op, or nil if
// that is not known.
func (w *walker) told(op *operation, before facts, worlds ...world) []result {
	var all []result
	for i, world := range worlds {
		w := w.fork()
		w.op, w.world = op, world
		r := w.walk(before)
		if r.out || i > 0 && len(r.returns) != len(all) {
			return nil
		}
		if i == 0 {
			all = r.returns
			continue
		}
		for k := range all {
			all[k].merge(r.returns[k])
		}
	}
	return all
}
