package flow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A setting is what an operation that is a function literal makes of a variable
// around it. No value means that it leaves the variable as it was.
type setting struct {
	path  path
	value value
}

// readLiterals adds the outcomes of a call that is given function literals, or is of
// one, which tell of their failure by a flag or a count around them.
func (j *Judge) readLiterals(op *operation, call *ast.CallExpr, depth int) {
	for _, part := range append(slices.Clone(call.Args), call.Fun) {
		lit, ok := ast.Unparen(part).(*ast.FuncLit)
		if !ok {
			continue
		}
		if bad, good := j.readLiteral(lit, depth); len(bad) > 0 {
			if len(op.failing) == 0 {
				op.failing = []world{{results: make([]value, len(op.results))}}
			}
			for i := range op.failing {
				op.failing[i].sets = append(op.failing[i].sets, bad...)
			}
			for i := range op.success {
				op.success[i].sets = append(op.success[i].sets, good...)
			}
		}
	}
}

// readLiteral returns what lit makes of the flags and counts around it if one of its
// operations fails, and if that succeeds.
func (j *Judge) readLiteral(lit *ast.FuncLit, depth int) (bad, good []setting) {
	vars := j.captured(lit)
	if len(vars) == 0 {
		return nil, nil
	}
	w := j.reader(&source.Func{Node: lit, Type: lit.Type, Body: lit.Body}, depth)
	if w.cycle == nil {
		return nil, nil
	}
	w.watch = vars
	for _, op := range j.operations(w.graph, w.cycle, depth+1) {
		failed, succeeded := w.settings(op, op.failing[:1]), w.settings(op, op.success)
		if failed == nil || succeeded == nil {
			continue
		}
		for i, p := range vars {
			if tellsApart(failed[i], succeeded[i]) {
				bad, good = append(bad, setting{p, failed[i]}), append(good, setting{p, succeeded[i]})
			}
		}
		if len(bad) > 0 {
			return bad, good
		}
	}
	return nil, nil
}

// tellsApart reports whether a variable that is bad after failure and good after
// success tells one from the other.
func tellsApart(bad, good value) bool {
	return bad != good && (bad == isUnknown || good == isUnknown || notZero(bad) != notZero(good))
}

// captured returns the flags and counts that lit assigns and that are not its own.
func (j *Judge) captured(lit *ast.FuncLit) (vars []path) {
	for _, p := range j.touched(lit) {
		b, ok := p.root.Type().Underlying().(*types.Basic)
		if ok && p.rest == "" && b.Info()&(types.IsBoolean|types.IsInteger) != 0 && !within(p.root, lit) && !slices.Contains(vars, p) {
			vars = append(vars, p)
		}
	}
	return vars
}

// settings returns what the watched variables are made in any of some worlds of op:
// a count that becomes higher can become as high as it has to. It is nil if that is
// not known.
func (w *walker) settings(op *operation, worlds []world) []value {
	all := make([]value, len(w.watch))
	for i, world := range worlds {
		w := w.fork()
		w.op, w.world, w.ends = op, world, make([]result, len(w.watch))
		var f facts
		for _, p := range w.watch {
			if code.IsInteger(p.root.Type()) {
				f = w.paths.set(f, w.paths.number(p), isZero)
			}
		}
		if r := w.walk(f); r.out {
			return nil
		}
		for k, p := range w.watch {
			v := w.ends[k].value
			switch {
			case !code.IsInteger(p.root.Type()):
			case notZero(v):
				v = value{kind: plenty}
			default:
				v = isUnknown
			}
			if i > 0 && all[k] != v {
				return nil
			}
			all[k] = v
		}
	}
	return all
}
