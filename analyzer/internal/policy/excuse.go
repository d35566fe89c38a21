package policy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// Why delays that do not grow are as they should be, in words for the user.
const (
	Combined   = "it is combined with one that grows"
	Said       = "it is part of what is reported"
	Replaced   = "another one takes its place"
	Conflicts  = "a conflict is tried again soon on purpose"
	State      = "it waits for a state"
	OneDelay   = "there is one delay at most"
	SetByChain = "the same policy sets delays that grow"
)

// attempts are the options and fields that say how often, with the highest
// number at which there is one delay.
var attempts = map[string]int64{
	"Attempts": 2, "Steps": 2, "WithMaxTries": 2, "WithMaxAttempts": 2, "WithMax": 2, "WithMaxRetries": 1, "RetryMax": 1,
}

// excuse returns why the value at, which a row is about, is not reported, or "".
func (f *finder) excuse(row *Row, at inspector.Cursor) string {
	if why := f.chained(row, at); why != "" {
		return why
	}
	if _, ok := called(at); ok {
		at = at.Parent()
	}
	places := f.places(at, 3)
	reasons := []func(*Row, inspector.Cursor) string{f.oneDelay, f.combined, f.state, f.said}
	why := ""
	for _, place := range places {
		why = ""
		for _, reason := range reasons {
			if why = reason(row, place); why != "" {
				break
			}
		}
		if why == "" {
			break // one place without an excuse is enough
		}
	}
	if why == "" {
		why = f.oneDelay(row, at)
	}
	return why
}

// oneDelay: the number of attempts beside it leaves no room for growth.
func (f *finder) oneDelay(_ *Row, at inspector.Cursor) string {
	for _, o := range f.options(at) {
		most, ok := attempts[o.name]
		if !ok || o.value == nil {
			continue
		}
		if v := f.constant(o.value, at, 3); v != nil && v.Kind() == constant.Int {
			if n, ok := constant.Int64Val(v); ok && n > 0 && n <= most {
				return OneDelay
			}
		}
	}
	return ""
}

// combined: of github.com/avast/retry-go, CombineDelay adds delays up, and the
// last DelayType counts.
func (f *finder) combined(row *Row, at inspector.Cursor) string {
	if row.Library != avast {
		return ""
	}
	list, i := f.list(at)
	if call, fn := f.argument(at); fn != nil && fn.Name() == "CombineDelay" || call == nil && len(list) > 0 {
		for j, other := range list {
			if i == j {
				continue
			}
			obj := f.source(other, at)
			fixed := isOf(obj, avast) && obj.Name() == "FixedDelay"
			random := isOf(obj, avast) && obj.Name() == "RandomDelay"
			switch {
			case !fixed && !random:
				return Combined
			case fixed && row.Name != "FixedDelay", j < i && obj.Name() == row.Name:
				return Said
			}
		}
		if call != nil {
			at = at.Parent()
		}
	}
	if _, fn := f.argument(at); fn != nil && fn.Name() == "DelayType" && f.isReplaced(at.Parent()) {
		return Replaced
	}
	return ""
}

// list returns the arguments or elements that at is one of.
func (f *finder) list(at inspector.Cursor) ([]ast.Expr, int) {
	switch n := at.Parent().Node().(type) {
	case *ast.CallExpr:
		if at.ParentEdgeKind() == edge.CallExpr_Args {
			return n.Args, at.ParentEdgeIndex()
		}
	case *ast.CompositeLit:
		if f.structType(n) == nil && at.ParentEdgeKind() == edge.CompositeLit_Elts {
			return n.Elts, at.ParentEdgeIndex()
		}
	}
	return nil, 0
}

// source returns what e names, behind a variable of the function.
func (f *finder) source(e ast.Expr, at inspector.Cursor) types.Object {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if def := f.definition(id, at); def != nil {
			return f.object(def)
		}
	}
	return f.object(e)
}

// isReplaced reports whether behind the option at, a call, stands another one
// by the same function.
func (f *finder) isReplaced(at inspector.Cursor) bool {
	fn := f.callee(at.Node().(*ast.CallExpr))
	same := func(e ast.Expr) bool {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		return ok && f.callee(call) == fn
	}
	list, i := f.list(at)
	if i+1 <= len(list) && slices.ContainsFunc(list[i+1:], same) {
		return true
	}
	if at.ParentEdgeKind() != edge.CompositeLit_Elts {
		return false
	}
	options := f.holder(at.Parent())
	for cur := range f.function(at).Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		if options != nil && call.Pos() > at.Node().End() && len(call.Args) > 1 && f.is(call.Args[0], options) &&
			f.callee(call) == types.Universe.Lookup("append") && slices.ContainsFunc(call.Args[1:], same) {
			return true
		}
	}
	return false
}

// chained: another method of the same builder decides.
func (f *finder) chained(row *Row, at inspector.Cursor) string {
	if row.Library != failsafe || !strings.Contains(row.Name, "Builder.") || row.Arg > 0 {
		return ""
	}
	sel, ok := at.Node().(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	grows := func(name string) bool {
		return slices.Contains([]string{"WithBackoff", "WithBackoffFactor", "WithDelayFunc"}, name)
	}
	for x := ast.Expr(sel); ; { // inwards
		s, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			if id, ok := ast.Unparen(x).(*ast.Ident); ok && f.calls(at, f.pkg.Info.Uses[id], grows) {
				return SetByChain
			}
			break
		}
		if grows(s.Sel.Name) {
			return SetByChain
		}
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			x = s.X
			continue
		}
		x = call.Fun
	}
	for cur := at; cur.ParentEdgeKind() == edge.CallExpr_Fun || cur.ParentEdgeKind() == edge.SelectorExpr_X; cur = cur.Parent() { // outwards
		if s, ok := cur.Node().(*ast.SelectorExpr); ok && grows(s.Sel.Name) {
			return SetByChain
		}
		if obj := f.holder(cur.Parent()); obj != nil && f.calls(at, obj, grows) {
			return SetByChain
		}
	}
	return ""
}

// calls reports whether the function around at calls one of the methods on a
// variable.
func (f *finder) calls(at inspector.Cursor, obj types.Object, method func(string) bool) bool {
	if _, ok := obj.(*types.Var); !ok {
		return false
	}
	for cur := range f.function(at).Preorder((*ast.SelectorExpr)(nil)) {
		sel := cur.Node().(*ast.SelectorExpr)
		root := sel.X
		for {
			call, ok := ast.Unparen(root).(*ast.CallExpr)
			if !ok {
				break
			}
			s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			if !ok {
				break
			}
			root = s.X
		}
		if method(sel.Sel.Name) && f.is(root, obj) {
			return true
		}
	}
	return false
}

// said: the call that is given the value has a row of its own.
func (f *finder) said(_ *Row, at inspector.Cursor) string {
	if _, fn := f.argument(at); fn != nil && fn.Pkg() != nil {
		if row := f.rowOf(fn.Pkg(), fn.Name()); row != nil && row.Arg == 0 {
			return Said
		}
	}
	return ""
}

// state: of k8s.io/apimachinery/pkg/util/wait, some functions wait for a state,
// and what retries conflicts does so soon.
func (f *finder) state(row *Row, at inspector.Cursor) string {
	if row.Library != k8sWait {
		return ""
	}
	call, fn := f.argument(at)
	switch {
	case fn == nil:
	case isOf(fn, k8sRetry) && fn.Name() == "RetryOnConflict":
		return Conflicts
	case !isOf(fn, k8sWait):
	case strings.HasPrefix(fn.Name(), "Poll"), strings.Contains(fn.Name(), "Until"):
		return State
	case strings.HasPrefix(fn.Name(), "ExponentialBackoff"):
		if lit, ok := ast.Unparen(call.Args[len(call.Args)-1]).(*ast.FuncLit); ok && f.asks(lit) {
			return State
		}
	}
	return ""
}

// asks reports whether a condition says "not yet" without a failure: no return
// of false follows from an error.
func (f *finder) asks(cond *ast.FuncLit) bool {
	notYet, failed := false, false
	var visit func(n ast.Node, onError bool)
	visit = func(n ast.Node, onError bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return m == cond
			case *ast.IfStmt:
				test := onError || f.testsError(m.Cond)
				visit(m.Body, test)
				if m.Else != nil {
					visit(m.Else, test)
				}
				return false
			case *ast.ReturnStmt:
				if len(m.Results) == 2 && !f.isTrue(m.Results[0]) && isNil(f.pkg.Info, m.Results[1]) {
					notYet = true
					failed = failed || onError || f.testsError(m.Results[0])
				}
			}
			return true
		})
	}
	visit(cond, false)
	return notYet && !failed
}

func (f *finder) isTrue(e ast.Expr) bool {
	v := f.pkg.Info.Types[e].Value
	return v != nil && v.Kind() == constant.Bool && constant.BoolVal(v)
}

// testsError reports whether e compares an error.
func (f *finder) testsError(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			found = found || types.Identical(f.pkg.Info.TypeOf(b.X), types.Universe.Lookup("error").Type())
		}
		return !found
	})
	return found
}
