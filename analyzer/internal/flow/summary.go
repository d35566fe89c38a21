package flow

import (
	"encoding/binary"
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
	key := callKey(fn, args, depth)
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

// callKey returns a text that is the same for the same call alone.
func callKey(fn *source.Func, args []value, depth int) string {
	key := binary.AppendUvarint(nil, uint64(fn.Node.Pos()))
	key = append(key, byte(depth))
	for _, v := range args {
		key = binary.AppendVarint(append(key, byte(v.kind)), v.n)
	}
	return string(key)
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
	if !ok || len(op.results) == 0 || !j.isErrorLike(op.results[len(op.results)-1]) {
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
	w.enough = func(r reach) bool { return r.last().zero }
	r := w.walk(w.begin())
	if last := r.last(); !r.out && last.seen && !last.zero {
		return last.value == isNonZero || j.serves(fn.Body)
	}
	return false
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

// serves reports whether body holds a loop that goes on until a context ends, or one without
// an end that waits for events.
//
//	for {
//		select {
func (j *Judge) serves(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt:
			found = found || n.Cond == nil && j.selects(n.Body.List, true) || code.NotEnded(j.pkg.Info, n.Cond) != nil
		}
		return !found
	})
	return found
}

// selects reports whether one of some statements is a select, also in a block, or calls a
// function of the package that waits by one.
func (j *Judge) selects(list []ast.Stmt, called bool) bool {
	return slices.ContainsFunc(list, func(s ast.Stmt) bool {
		switch s := s.(type) {
		case *ast.SelectStmt:
			return true
		case *ast.BlockStmt:
			return j.selects(s.List, called)
		case *ast.LabeledStmt:
			return j.selects([]ast.Stmt{s.Stmt}, called)
		}
		return called && !code.IsLoop(s) && code.Any(s, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			return ok && j.waits[call] && j.pkg.Callee(call) != nil && j.selects(j.pkg.Callee(call).Body.List, false)
		})
	})
}
