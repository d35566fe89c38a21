package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
)

// errorAt returns the error of a failed attempt where a pass ends at pos.
func (o *operation) errorAt(e *exit, pos token.Pos) string {
	var objs []types.Object
	if o.result != nil && (o.assigns || len(o.copies) > 0 || o.localized) {
		if len(o.copies) > 0 {
			objs = append(objs, e.facts.same[o.result])
		} else {
			objs = append(objs, o.result)
		}
	}
	objs = append(objs, o.opErr)
	var known []types.Object
	for _, obj := range code.ObjectsInOrder(e.facts.errs) {
		if e.facts.errs[obj] == notNil {
			known = append(known, obj)
		}
	}
	slices.SortStableFunc(known, func(a, b types.Object) int { return e.facts.order[b] - e.facts.order[a] })
	for _, obj := range append(objs, known...) {
		if obj == nil || e.facts.errs[obj] == isNil || e.facts.errs[obj] != notNil && obj != o.opErr && obj != o.result {
			continue
		}
		if o.visible(obj, pos) {
			return obj.Name()
		}
	}
	if o.condErr != "" {
		return o.condErr
	}
	if o.assigns || !o.saysNo() {
		o.refusal = errorNotKnown.At(pos)
		return "nil"
	}
	return o.errorsName() + `.New("` + o.operationName() + ` failed")`
}

// saysNo reports whether a bool of the operation alone tells that an attempt has
// failed: there is no error but one that says so.
func (o *operation) saysNo() bool {
	call, ok := o.Verdict.Operation.(*ast.CallExpr)
	return ok && o.Verdict.Reason == flow.OnlyFailure && code.IsBool(o.info.TypeOf(call))
}

// errorsName returns the name of a package with the function New of package
// errors.
func (o *operation) errorsName() string {
	if name, ok := o.scope.Imported("errors"); ok {
		return name
	}
	if pkg, ok := o.scope.Lookup("errors").(*types.PkgName); ok {
		if fn, ok := pkg.Imported().Scope().Lookup("New").(*types.Func); ok && fn.Signature().Params().Len() == 1 && code.IsError(fn.Signature().Results().At(0).Type()) {
			return "errors"
		}
	}
	o.imports["errors"] = "errors"
	return "errors"
}

func (o *operation) operationName() string {
	if call, ok := o.Verdict.Operation.(*ast.CallExpr); ok {
		if _, lit := ast.Unparen(call.Fun).(*ast.FuncLit); !lit {
			return strings.ReplaceAll(types.ExprString(call.Fun), `"`, "")
		}
	}
	return "attempt"
}

// visible reports whether obj can be named at pos, perhaps after the statement
// that declares it has been moved out of an if.
func (o *operation) visible(obj types.Object, pos token.Pos) bool {
	inner := o.pkg.Types.Scope().Innermost(pos)
	if inner == nil {
		return false
	}
	if _, found := inner.LookupParent(obj.Name(), pos); found == obj {
		return true
	}
	for _, s := range o.loop.body {
		x, ok := s.(*ast.IfStmt)
		if !ok || x.Init == nil || pos < x.End() || x.Init.Pos() > obj.Pos() || obj.Pos() >= x.Init.End() {
			continue
		}
		if _, found := inner.LookupParent(obj.Name(), pos); found != nil && o.namedIn(found) {
			return false
		}
		o.hoists[x] = true
		return true
	}
	return false
}

// namedIn reports whether the loop's body uses obj.
func (o *operation) namedIn(obj types.Object) bool {
	found := false
	o.loop.inspect(func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && o.info.Uses[id] == obj {
			found = true
		}
		return !found
	})
	return found
}

// hoistAll moves the initial statement of an if before it.
func (o *operation) hoistAll() {
	for _, s := range code.InOrder(o.hoists) {
		init := o.Text(s.Init)
		for _, e := range o.edits {
			if e.Pos == s.Init.Pos() && e.End == s.Init.End() {
				init = e.Text
			}
		}
		o.edits = slices.DeleteFunc(o.edits, func(e edit.Edit) bool { return e.Pos >= s.Init.Pos() && e.End <= s.Init.End() })
		o.edits = append(o.edits, edit.Span(s.If, s.Cond.Pos(), init+"\nif "))
	}
}
