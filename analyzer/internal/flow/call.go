package flow

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// results returns what is known of each result of a call.
func (w *walker) results(call *ast.CallExpr, f facts) []value {
	if w.op != nil && call == w.op.node {
		return w.world.results
	}
	if vals, ok := w.others[call]; ok {
		return vals
	}
	tv := w.info.Types[call.Fun]
	if tv.IsType() && len(call.Args) == 1 {
		return []value{w.eval(call.Args[0], f)}
	}
	if tv.IsBuiltin() {
		return w.builtin(call, f)
	}
	if w.judge.makesError(call) {
		return []value{isNonZero}
	}
	return w.derived(call, f)
}

func (w *walker) builtin(call *ast.CallExpr, f facts) []value {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	switch id.Name {
	case "len":
		if len(call.Args) == 0 { // it does not type-check
			return nil
		}
		switch v := w.eval(call.Args[0], f); {
		case v == isZero:
			return []value{isZero}
		case v.kind == positive, v == isNonZero && w.judge.isErrorLike(w.info.TypeOf(call.Args[0])):
			return []value{{kind: positive}}
		}
	case "append":
		if len(call.Args) > 1 && !call.Ellipsis.IsValid() {
			return []value{isNonZero}
		}
	case "new", "make":
		return []value{isNonZero}
	}
	return nil
}

// derived returns the results of a call that is given an error: a wrapper, a
// predicate, a classifier. Of no error they make no error, false or 0; of an
// error a wrapper makes an error. A function of this package is read instead.
func (w *walker) derived(call *ast.CallExpr, f facts) []value {
	given := isUnknown
	var args []value
	for _, arg := range call.Args {
		v := w.eval(arg, f)
		args = append(args, v)
		if given == isUnknown && (v.isStatus() || w.judge.isErrorLike(w.info.TypeOf(arg)) && !code.IsSentinel(w.info, arg)) {
			given = v
		}
	}
	if len(args) > 0 && (args[0].kind == positive || args[0] == isZero) {
		if equals, ok := looksAtText(w.info, call); ok {
			return []value{boolValue(equals && args[0] != isZero)} // success is as expected, and does not say what a failure would
		}
	}
	if w.readsOutput(call) {
		return []value{{kind: positive}}
	}
	if given != isUnknown || w.depth > 0 {
		if fn := w.pkg.Callee(call); fn != nil && !isStub(w.info, fn) {
			return w.judge.returns(fn, args, w.depth)
		}
	}
	if given != isZero && given != isNonZero {
		return nil
	}
	if isErrorsIs(w.info, call) {
		return []value{truthValue(equal(args[0], args[1]))}
	}
	var vals []value
	for _, t := range resultTypes(w.info, call) {
		switch {
		case given == isZero && isSmall(t):
			vals = append(vals, isZero)
		case w.judge.isErrorLike(t):
			vals = append(vals, given)
		default:
			vals = append(vals, isUnknown)
		}
	}
	return vals
}

func isErrorsIs(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.Name() == "Is" && fn.FullName() == "errors.Is" && len(call.Args) == 2
}

// looksAtText reports whether call is of a function of packages strings and bytes that
// looks for something in a text, or that compares two.
func looksAtText(info *types.Info, call *ast.CallExpr) (equals, ok bool) {
	fn, isFunc := typeutil.Callee(info, call).(*types.Func)
	if !isFunc || fn.Pkg() == nil || !code.IsBool(info.TypeOf(call)) {
		return false, false
	}
	path := fn.Pkg().Path()
	return strings.HasPrefix(fn.Name(), "Equal"), path == "strings" || path == "bytes"
}

// readsOutput reports whether call makes something that may be empty of what the
// operation has written to a variable, and which is not empty in this world.
func (w *walker) readsOutput(call *ast.CallExpr) bool {
	if !w.world.filled || w.op == nil || call == w.op.node {
		return false
	}
	if t := w.info.TypeOf(call); t == nil || !canBeEmpty(t) || w.judge.isErrorLike(t) {
		return false
	}
	vars := make(map[types.Object]bool)
	for _, p := range w.op.outputs {
		vars[p.root] = true
	}
	return len(vars) > 0 && w.judge.uses(call, vars)
}

func isSmall(t types.Type) bool {
	_, basic := t.Underlying().(*types.Basic)
	return basic || isErrorLike(t)
}

// makesError is [makesError], told once for each call.
func (j *Judge) makesError(call *ast.CallExpr) bool {
	makes, ok := j.making[call]
	if !ok {
		if j.making == nil {
			j.making = make(map[*ast.CallExpr]bool)
		}
		makes = makesError(j.pkg.Info, call)
		j.making[call] = makes
	}
	return makes
}

// makesError reports whether call makes a new error out of a text, or out of a
// sentinel by a method of it.
func makesError(info *types.Info, call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && isErrorLike(info.TypeOf(call)) {
		if isErrorLike(info.TypeOf(sel.X)) && code.IsSentinel(info, sel.X) {
			return true
		}
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	switch path := fn.Pkg().Path(); fn.Name() {
	case "New", "Errorf":
		return path == "fmt" || ofErrors(path)
	case "Error":
		return path == "google.golang.org/grpc/status"
	}
	return false
}

// ofErrors reports whether the package by that path is about errors alone.
func ofErrors(path string) bool {
	return path == "errors" || strings.HasSuffix(path, "/errors") || strings.HasSuffix(path, "/xerrors")
}

// isContextErr reports whether e is ctx.Err().
func isContextErr(info *types.Info, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.Name() == "Err" && fn.Pkg() != nil && fn.Pkg().Path() == "context"
}

// resultTypes returns the types of what call returns.
func resultTypes(info *types.Info, call ast.Expr) []types.Type {
	switch t := info.TypeOf(call).(type) {
	case nil:
		return nil
	case *types.Tuple:
		var list []types.Type
		for v := range t.Variables() {
			list = append(list, v.Type())
		}
		return list
	default:
		return []types.Type{t}
	}
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
