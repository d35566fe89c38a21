package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// uses returns where the loop reads the count of x before it is stepped, and what
// writes those that read it behind it for one that is stepped later; not ok where
// that is not known of one.
func (r *restater) uses(x step) (before []*ast.Ident, behind []func(by int64) edit.Edit, ok bool) {
	ok = true
	ast.PreorderStack(r.loop.Cycle, nil, func(n ast.Node, stack []ast.Node) bool {
		id, isID := n.(*ast.Ident)
		if !isID || r.info.Uses[id] != types.Object(x.v) || code.Within(x.stmt, id) {
			return true
		}
		switch r.behind(x, id.Pos()) {
		case never:
			before = append(before, id)
		case always:
			parent := stack[len(stack)-1]
			behind = append(behind, func(by int64) edit.Edit { return r.more(id, parent, by) })
		default:
			ok = false
		}
		return true
	})
	return before, behind, ok
}

// A passed says whether a pass that comes to a place has been at another before.
type passed int

const (
	sometimes passed = iota
	never
	always
)

// behind returns whether what stands at pos in the loop runs behind x.
func (r *restater) behind(x step, pos token.Pos) passed {
	last := code.Last(x.list)
	switch {
	case pos < x.stmt.Pos():
		return never
	case pos < last.End():
		return always
	case code.Terminating(x.list) || isJump(last) && !code.Breaks(x.list):
		return never // no pass falls off the list
	}
	return sometimes
}

func isJump(s ast.Stmt) bool { b, ok := s.(*ast.BranchStmt); return ok && b.Tok != token.FALLTHROUGH }

// more writes a use of a count, in parent, for one that is stepped by more only later.
func (r *restater) more(id *ast.Ident, parent ast.Node, by int64) edit.Edit {
	text := id.Name + map[int64]string{1: "+1", -1: "-1"}[by]
	switch p := parent.(type) {
	case *ast.CallExpr, *ast.ParenExpr, *ast.ReturnStmt, *ast.AssignStmt:
		return edit.Replace(id, text)
	case *ast.BinaryExpr:
		if code.IsComparison(p.Op) {
			return edit.Replace(id, text)
		}
	}
	return edit.Replace(id, "("+text+")")
}

// ownCount returns the declaration of v before the loop, and the number it begins
// with, by its name if it is a constant with one, if v serves the loop alone.
func (r *restater) ownCount(s *ast.ForStmt, v *types.Var) (decl ast.Stmt, name string, start int64) {
	if s.Init != nil || v.Type() != types.Typ[types.Int] {
		return nil, "", 0
	}
	decl, value := r.ownDecl(v)
	if value == nil {
		return decl, "", 0
	}
	start, known := code.Int(r.info, value)
	if !known {
		return nil, "", 0
	}
	if id, ok := value.(*ast.Ident); ok {
		return decl, id.Name, 0
	}
	return decl, "", start
}

// ownDecl returns the statement before the loop that declares v and nothing else, with
// its value, nil for none, if v serves the loop alone.
func (r *restater) ownDecl(v *types.Var) (decl ast.Stmt, value ast.Expr) {
	if r.loop.ReadsAfter(v, nil) {
		return nil, nil
	}
	for _, x := range slices.Backward(r.loop.List[:r.loop.Index]) {
		if v.Pos() < x.Pos() || x.End() <= v.Pos() {
			if !r.loop.OnlyComputes(x) || code.Mentions(r.info, x, v) {
				return nil, nil
			}
			continue
		}
		value, alone := declaresOne(x)
		if used := slices.ContainsFunc(r.loop.After, func(s ast.Stmt) bool { return code.Mentions(r.info, s, v) }); !alone || used {
			return nil, nil
		}
		return x, value
	}
	return nil, nil
}

// declaresOne reports whether s declares a single variable, and with what; nil for
// nothing.
func declaresOne(s ast.Stmt) (value ast.Expr, ok bool) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return s.Rhs[0], s.Tok == token.DEFINE && len(s.Lhs) == 1 && len(s.Rhs) == 1
	case *ast.DeclStmt:
		specs := s.Decl.(*ast.GenDecl).Specs
		spec, isVar := specs[0].(*ast.ValueSpec)
		if !isVar || len(specs) != 1 || len(spec.Names) != 1 {
			return nil, false
		}
		if len(spec.Values) > 0 {
			value = spec.Values[0]
		}
		return value, true
	}
	return nil, false
}
