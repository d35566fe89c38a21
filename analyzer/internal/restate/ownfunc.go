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

// read reads what the function does; false if that is more than to compute and to sleep, or
// if it leaves in the middle of it.
func (f *ownFunc) read() bool {
	f.steps = f.lit.Body.List
	if ret, ok := code.Last(f.steps).(*ast.ReturnStmt); ok && len(ret.Results) == 1 {
		f.steps, f.result = f.steps[:len(f.steps)-1], ret.Results[0]
	}
	if (f.result != nil) != (f.lit.Type.Results.NumFields() == 1) || f.lit.Type.Results.NumFields() > 1 || len(f.lit.Body.List) == 0 {
		return false
	}
	sleeps := func(s ast.Stmt) bool {
		call := code.CallOf(s)
		return call != nil && f.result == nil && code.Callee(f.info, call) == "time.Sleep"
	}
	return !slices.ContainsFunc(f.steps, func(s ast.Stmt) bool { return !f.loop.OnlyComputes(s) && !sleeps(s) }) &&
		(f.result == nil || code.OnlyCalls(f.info, f.result, f.Pkg.Computes)) && f.namesNew()
}

// namesNew reports whether nothing else in the function around has the names that f declares.
func (f *ownFunc) namesNew() bool {
	own := make(map[string]bool)
	for _, s := range f.steps {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, lhs := range a.Lhs {
				own[lhs.(*ast.Ident).Name] = true
			}
		} else if _, ok := s.(*ast.DeclStmt); ok {
			return false
		}
	}
	return !code.AnyName(f.loop.Decl, func(id *ast.Ident) bool { return own[id.Name] && !code.Within(f.lit, id) })
}

// callIn returns the call of f by s, or by what s begins with: alone, or as what is waited,
// or given to a variable.
func (f *ownFunc) callIn(s ast.Stmt) *ast.CallExpr {
	var in []ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		in = []ast.Expr{s.X}
		if call := code.CallOf(s); call != nil && f.result != nil {
			in = call.Args
		}
	case *ast.AssignStmt:
		in = s.Rhs
	case *ast.SelectStmt:
		for _, c := range s.Body.List {
			if call, ok := ast.Unparen(code.Received(c.(*ast.CommClause).Comm)).(*ast.CallExpr); ok {
				in = append(in, call.Args...)
			}
		}
	}
	for _, e := range in {
		if call, ok := e.(*ast.CallExpr); ok && code.Local(f.info, call.Fun) == f.obj {
			return call
		}
	}
	return nil
}

// writtenOut returns the edits that write f out where s calls it; not ok if its names, or
// what it is given, mean something else there.
func (f *ownFunc) writtenOut(s ast.Stmt, call *ast.CallExpr) (edits []edit.Edit, ok bool) {
	given, ok := f.given(call)
	if !ok || !f.meansTheSame(s.Pos()) {
		return nil, false
	}
	by := f.Indent(s.Pos())
	steps := ""
	if len(f.steps) > 0 || f.result == nil {
		end := f.lit.Body.Rbrace
		if f.result != nil {
			end = code.Last(f.steps).End()
		}
		if steps, ok = edit.Layout(strings.TrimSpace(f.Apply(f.lit.Body.Lbrace+1, end, given)), by); !ok {
			return nil, false
		}
	}
	if f.result == nil {
		return []edit.Edit{edit.Replace(s, steps)}, true
	}
	if steps != "" {
		edits = append(edits, edit.Insert(s.Pos(), steps+"\n"+by))
	}
	return append(edits, edit.Replace(call, f.Apply(f.result.Pos(), f.result.End(), given))), true
}

// given returns the edits that put what call gives f in the place of its parameters, which it
// must not change.
func (f *ownFunc) given(call *ast.CallExpr) (edits []edit.Edit, ok bool) {
	args := make(map[types.Object]ast.Expr)
	var params []*ast.Ident
	for _, field := range f.lit.Type.Params.List {
		params = append(params, field.Names...)
	}
	if len(params) != len(call.Args) || f.lit.Type.Params.NumFields() != len(params) {
		return nil, false
	}
	for i, id := range params {
		v, arg := f.info.Defs[id], call.Args[i]
		if v == nil || code.Writes(f.info, f.lit.Body, v) || !code.Repeatable(f.info, arg) || f.info.Types[arg].Value != nil || !types.Identical(v.Type(), f.info.TypeOf(arg)) {
			return nil, false
		}
		args[v] = arg
	}
	for n := range ast.Preorder(f.lit.Body) {
		if id, isID := n.(*ast.Ident); isID && args[f.info.Uses[id]] != nil {
			text := f.Text(args[f.info.Uses[id]])
			if _, plain := args[f.info.Uses[id]].(*ast.Ident); !plain {
				text = "(" + text + ")"
			}
			edits = append(edits, edit.Replace(id, text))
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
