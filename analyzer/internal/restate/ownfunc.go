package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// An ownFunc is a function literal that a variable has.
type ownFunc struct {
	*restater
	lit    *ast.FuncLit
	obj    types.Object
	steps  []ast.Stmt // what it does
	result ast.Expr   // what it returns then, or nil
}

// read reads what the function does; false if that is more than to compute and to sleep, if
// it leaves in the middle of it, or if written out it would come to something else, or
// without what its comments say.
func (f *ownFunc) read() bool {
	f.steps = f.lit.Body.List
	ret, returns := code.Last(f.steps).(*ast.ReturnStmt)
	if returns {
		f.steps = f.steps[:len(f.steps)-1]
	}
	results := f.lit.Type.Results
	switch {
	case len(f.lit.Body.List) == 0, returns != (results.NumFields() == 1), results.NumFields() > 1:
		return false
	case returns && (len(ret.Results) != 1 || len(results.List[0].Names) > 0):
		return false
	case returns:
		f.result = ret.Results[0]
		t := f.info.TypeOf(results.List[0].Type)
		if f.info.Types[f.result].Value != nil || !types.Identical(f.info.TypeOf(f.result), t) || !code.OnlyCalls(f.info, f.result, f.Pkg.Computes) {
			return false
		}
	}
	sleeps := func(s ast.Stmt) bool {
		call := code.CallOf(s)
		return call != nil && !returns && code.Callee(f.info, call) == "time.Sleep"
	}
	return !slices.ContainsFunc(f.steps, func(s ast.Stmt) bool { return !f.loop.OnlyComputes(s) && !sleeps(s) }) && f.namesNew() &&
		(!returns || !f.commented(f.end(), f.lit.End()))
}

// end returns where the steps end, with the comments behind them.
func (f *ownFunc) end() token.Pos {
	switch {
	case f.result == nil:
		return f.lit.Body.Rbrace
	case len(f.steps) == 0:
		return f.lit.Body.Lbrace + 1
	}
	return f.EndOf(code.Last(f.steps))
}

// namesNew reports whether nothing else in the function around has a name that f declares
// in its body.
func (f *ownFunc) namesNew() bool {
	own := make(map[string]bool)
	for n := range ast.Preorder(f.lit.Body) {
		if id, ok := n.(*ast.Ident); ok && f.info.Defs[id] != nil {
			own[id.Name] = true
		}
	}
	return !code.AnyName(f.loop.Decl, func(id *ast.Ident) bool { return own[id.Name] && !code.Within(f.lit, id) })
}

// callIn returns the call of f that s begins with: alone, or as all that is waited, or given
// to variables. Nothing that has an effect comes before it.
func (f *ownFunc) callIn(s ast.Stmt) *ast.CallExpr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = f.argOf(s.X)
	case *ast.AssignStmt:
		if len(s.Rhs) == 1 {
			e = s.Rhs[0]
		}
	case *ast.SelectStmt:
		for _, c := range s.Body.List {
			ch := code.Received(c.(*ast.CommClause).Comm)
			if call := f.argOf(ch); call != nil && f.isCall(call) {
				e = call
			} else if ch == nil || !code.Pure(f.info, ch) && code.ContextOf(f.info, ch, "Done") == nil {
				return nil
			}
		}
	}
	if e == nil || !f.isCall(e) {
		return nil
	}
	return e.(*ast.CallExpr)
}

// argOf returns the one argument that e, a call of a function of a package, is given; e
// itself if f returns nothing.
func (f *ownFunc) argOf(e ast.Expr) ast.Expr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || f.result == nil {
		return e
	}
	if len(call.Args) != 1 || code.Callee(f.info, call) == "" {
		return nil
	}
	return call.Args[0]
}

// isCall reports whether e is a call of f.
func (f *ownFunc) isCall(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && code.Local(f.info, call.Fun) == f.obj
}

// writtenOut returns the edits that write f out where s calls it; not ok if its names, or
// what it is given, mean something else there.
func (f *ownFunc) writtenOut(s ast.Stmt, call *ast.CallExpr) (edits []edit.Edit, ok bool) {
	given, ok := f.given(call)
	if !ok || !f.meansTheSame(s.Pos()) {
		return nil, false
	}
	by := f.Indent(s.Pos())
	steps, ok := edit.Layout(strings.TrimSpace(f.Apply(f.lit.Body.Lbrace+1, f.end(), given)), by)
	switch {
	case !ok:
		return nil, false
	case f.result == nil:
		return []edit.Edit{edit.Replace(s, steps)}, true
	case steps != "":
		edits = append(edits, edit.Insert(s.Pos(), steps+"\n"+by))
	}
	return append(edits, edit.Replace(call, f.Apply(f.result.Pos(), f.result.End(), given))), true
}

// given returns the edits that put what call gives f in the place of its parameters: variables
// that f does not change, as it does not change the parameters.
func (f *ownFunc) given(call *ast.CallExpr) (edits []edit.Edit, ok bool) {
	args := make(map[types.Object]string)
	var params []*ast.Ident
	for _, field := range f.lit.Type.Params.List {
		params = append(params, field.Names...)
	}
	if len(params) != len(call.Args) || f.lit.Type.Params.NumFields() != len(params) {
		return nil, false
	}
	for i, id := range params {
		v, arg := f.info.Defs[id], code.Local(f.info, call.Args[i])
		if v == nil || arg == nil || f.loop.Observed(arg) || code.Writes(f.info, f.lit.Body, v) || code.Writes(f.info, f.lit.Body, arg) || !types.Identical(v.Type(), arg.Type()) {
			return nil, false
		}
		args[v] = arg.Name()
	}
	for n := range ast.Preorder(f.lit.Body) {
		if id, isID := n.(*ast.Ident); isID && args[f.info.Uses[id]] != "" {
			edits = append(edits, edit.Replace(id, args[f.info.Uses[id]]))
		}
	}
	return edits, true
}

// meansTheSame reports whether the names in f, other than its own and those of fields and
// of other packages, mean at pos what they mean in f.
func (f *ownFunc) meansTheSame(pos token.Pos) bool {
	selected := make(map[*ast.Ident]bool)
	return !code.Any(f.lit.Body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok {
			selected[sel.Sel] = true
		}
		id, ok := n.(*ast.Ident)
		if !ok || selected[id] || f.info.Uses[id] == nil {
			return false
		}
		obj := f.info.Uses[id]
		own := f.lit.Pos() <= obj.Pos() && obj.Pos() < f.lit.End()
		return !own && f.Pkg.LookupAt(id.Name, pos) != obj
	})
}
