package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// visibleBefore reports whether e means the same before the loop: none of its
// variables is declared or assigned in the loop, and it calls nothing that
// might tell something else.
func (l *loop) visibleBefore(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.CallExpr:
			ok = ok && (l.info.Types[n.Fun].IsType() || code.PureCall(l.info, n) || len(n.Args) == 0)
		case *ast.Ident:
			if v, isVar := l.info.ObjectOf(n).(*types.Var); isVar && !v.IsField() {
				ok = ok && !l.has(v.Pos()) && (v.Parent() == l.pkg.Types.Scope() || !l.assigns(v))
			}
		}
		return ok
	})
	return ok
}

// assigns reports whether the loop gives v a new value.
func (l *loop) assigns(v types.Object) bool {
	found := false
	l.inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if l.info.ObjectOf(id) == v {
				found = true
			}
		}
		return !found
	})
	return found
}

// inspect walks all of the loop.
func (l *loop) inspect(f func(ast.Node) bool) {
	if !l.isGoto() {
		ast.Inspect(l.cycle, f)
		return
	}
	for _, s := range l.body {
		ast.Inspect(s, f)
	}
}

// around returns the innermost statement of the body that holds n, or nil if n
// is in an inner loop or outside.
func (l *loop) around(n ast.Node) ast.Stmt {
	var found ast.Stmt
	look := func(list []ast.Stmt) {
		for _, s := range list {
			if code.Within(s, n) {
				found = s
			}
		}
	}
	look(l.body)
	if found == nil {
		return nil
	}
	for _, s := range l.body {
		if !code.Within(s, n) {
			continue
		}
		inner := false
		ast.Inspect(s, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
				inner = inner || code.Within(x, n)
			}
			return true
		})
		if inner {
			return nil
		}
		code.EachList(s, look)
	}
	return found
}

// uses reports whether the loop uses obj.
func (l *loop) uses(obj types.Object) bool {
	found := false
	l.inspect(func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && l.info.Uses[id] == obj {
			found = true
		}
		return !found
	})
	return found
}
