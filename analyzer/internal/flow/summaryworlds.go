package flow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

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
	tellsError := last != told && j.isErrorLike(results[last])
	w := j.reader(fn, depth)
	if w.cycle == nil {
		return nil, false
	}
	ops := j.operations(w.graph, w.cycle, depth+1)
	if len(ops) == 0 {
		return nil, false
	}
	before := w.approach(ops, w.begin())
	var alone []world
	for _, op := range ops {
		if op.blind {
			continue // to look at what there is without its error asks for a state
		}
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
