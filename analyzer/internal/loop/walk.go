package loop

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// VisibleBefore reports whether e means the same before the loop: none of its
// variables is declared or assigned in the loop, and it calls nothing that
// might tell something else.
func (l *Loop) VisibleBefore(e ast.Expr) bool {
	changes := func(id *ast.Ident) bool {
		v, ok := l.Info.ObjectOf(id).(*types.Var)
		return ok && !v.IsField() && (l.Has(v.Pos()) || v.Parent() != l.Pkg.Types.Scope() && l.Assigns(v))
	}
	return code.OnlyCalls(l.Info, e, func(call *ast.CallExpr) bool { return len(call.Args) == 0 }) && !code.AnyName(e, changes)
}

// Assigns reports whether the loop gives v a new value.
func (l *Loop) Assigns(v types.Object) bool {
	if l.assigned == nil {
		l.assigned = make(map[types.Object]bool)
		l.Inspect(func(n ast.Node) bool {
			for _, id := range code.Assigned(n) {
				l.assigned[l.Info.ObjectOf(id)] = true
			}
			return true
		})
	}
	return l.assigned[v]
}

// parts are the statements that are all of the loop.
func (l *Loop) parts() []ast.Stmt {
	if l.IsGoto() {
		return l.Body
	}
	return []ast.Stmt{l.Cycle}
}

// Inspect walks all of the loop.
func (l *Loop) Inspect(f func(ast.Node) bool) {
	for _, s := range l.parts() {
		ast.Inspect(s, f)
	}
}

// Any reports whether is holds of anything in the loop.
func (l *Loop) Any(is func(ast.Node) bool) bool {
	return slices.ContainsFunc(l.parts(), func(s ast.Stmt) bool { return code.Any(s, is) })
}

// Enclosing returns the innermost loop of the function that is around it, or nil.
func (l *Loop) Enclosing() (outer ast.Node) {
	ast.Inspect(l.Func.Body, func(n ast.Node) bool {
		if code.IsLoop(n) && n != ast.Node(l.Cycle) && code.Within(n, l.Outer) {
			outer = n
		}
		return true
	})
	return outer
}

// Around returns the innermost statement of the body that holds n, or nil if n
// is in an inner loop or outside.
func (l *Loop) Around(n ast.Node) ast.Stmt {
	var found ast.Stmt
	look := func(list []ast.Stmt) {
		for _, s := range list {
			if code.Within(s, n) {
				found = s
			}
		}
	}
	look(l.Body)
	if found == nil {
		return nil
	}
	for _, s := range l.Body {
		if !code.Within(s, n) {
			continue
		}
		if code.Any(s, func(x ast.Node) bool { return runsApart(x) && code.Within(x, n) }) {
			return nil
		}
		code.EachList(s, look)
	}
	return found
}

// runsApart reports whether what is in n runs more than once, or at another time.
func runsApart(n ast.Node) bool {
	_, lit := n.(*ast.FuncLit)
	return lit || code.IsLoop(n)
}

// Holding returns the statement of the body that holds n, or nil.
func (l *Loop) Holding(n ast.Node) ast.Stmt { return code.Holding(l.Body, n) }

// Lists returns the lists of statements in the body, the body itself first, but for those
// of function literals.
func (l *Loop) Lists() [][]ast.Stmt {
	lists := [][]ast.Stmt{l.Body}
	for _, s := range l.Body {
		code.EachList(s, func(list []ast.Stmt) { lists = append(lists, list) })
	}
	return lists
}

// Uses reports whether the loop uses obj.
func (l *Loop) Uses(obj types.Object) bool {
	return l.Any(func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && l.Info.Uses[id] == obj
	})
}

// AttemptBefore returns the attempt before the loop, and what stands between them,
// which only computes; nil if there is none.
func (l *Loop) AttemptBefore() (first *ast.AssignStmt, between []ast.Stmt) {
	for i, s := range slices.Backward(l.List[:l.Index]) {
		if l.OnlyComputes(s) {
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		between = l.List[i+1 : l.Index]
		if !ok || slices.ContainsFunc(between, func(s ast.Stmt) bool { return code.NamesAssigned(l.Info, a, s) }) {
			return nil, nil
		}
		return a, between
	}
	return nil, nil
}

// IfAround returns the if whose body ends with s, or nil.
func (l *Loop) IfAround(s ast.Stmt) *ast.IfStmt {
	var found *ast.IfStmt
	l.Inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.IfStmt); ok && s != nil && code.Last(x.Body.List) == s {
			found = x
		}
		return true
	})
	return found
}

// Conds returns the conditions under which n runs, as far as they stand in the
// loop.
func (l *Loop) Conds(n ast.Node) (list []ast.Expr) {
	l.Inspect(func(x ast.Node) bool {
		if x == nil || !code.Within(x, n) {
			return false
		}
		switch x := x.(type) {
		case *ast.IfStmt:
			if !code.Within(x.Cond, n) && (x.Init == nil || !code.Within(x.Init, n)) {
				list = append(list, x.Cond)
			}
		case *ast.SwitchStmt:
			if x.Tag != nil {
				list = append(list, x.Tag)
			}
		case *ast.CaseClause:
			list = append(list, x.List...)
		}
		return true
	})
	return list
}

// Dead returns the statements of the loop's function that only serve what is removed;
// needed is what something else uses.
func (l *Loop) Dead(removed map[ast.Node]bool, needed []ast.Expr) map[ast.Stmt]bool {
	return code.Dead(l.Info, l.Decl, removed, needed, l.computes)
}

// OnlyComputes reports whether s does nothing but give variables of the function values
// that are computed without effects.
func (l *Loop) OnlyComputes(s ast.Stmt) bool { return code.OnlyComputes(l.Info, s, l.computes) }

// computes reports whether call only computes, or asks a context for its channel.
func (l *Loop) computes(call *ast.CallExpr) bool {
	return l.Pkg.Computes(call) || code.ContextOf(l.Info, call, "Done") != nil
}
