package loop

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Observed reports whether something else than the loop and the code around it
// may look at a variable meanwhile: a function literal, or who has its address.
func (l *Loop) Observed(obj types.Object) bool {
	if fn := l.Func; fn.Body != nil && obj.Pos() < fn.Node.Pos() {
		return true // it is that of a function around
	}
	return l.pointedAt(obj) || code.Any(l.Decl, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && !code.Within(lit, l.Outer) && code.Mentions(l.Info, lit, obj)
	})
}

// pointersTo returns each &obj of the declaration around the loop, obj being a local
// variable.
func (l *Loop) pointersTo(obj types.Object) []*ast.UnaryExpr {
	if l.pointers == nil {
		l.pointers = make(map[types.Object][]*ast.UnaryExpr)
		for n := range ast.Preorder(l.Decl) {
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND {
				if v := code.Local(l.Info, u.X); v != nil {
					l.pointers[v] = append(l.pointers[v], u)
				}
			}
		}
	}
	return l.pointers[obj]
}

// Kept reports whether a pass may keep the variable obj: a function literal in
// the loop uses it, or its address is taken there.
func (l *Loop) Kept(obj types.Object) bool {
	return slices.ContainsFunc(l.pointersTo(obj), func(p *ast.UnaryExpr) bool { return l.Has(p.Pos()) }) || l.Any(func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && code.Mentions(l.Info, lit, obj)
	})
}

// Redeclared reports whether the loop declares another variable of obj's name.
func (l *Loop) Redeclared(obj types.Object) bool {
	return l.Any(func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && id.Name == obj.Name() && l.Info.Defs[id] != nil && l.Info.Defs[id] != obj
	})
}

// Liftable reports whether obj is declared by the loop's header, which does not
// change it.
func (l *Loop) Liftable(obj types.Object) bool {
	init := l.Init
	if init == nil || obj.Pos() < init.Pos() || obj.Pos() >= init.End() {
		return false
	}
	changes := func(s ast.Stmt) bool { return code.Writes(l.Info, s, obj) }
	return !slices.ContainsFunc(l.Body, changes) && (l.Post == nil || !changes(l.Post))
}

// ReadsAfter reports whether something behind the loop, or around it, may read
// what the loop has given obj, but for statements in but.
func (l *Loop) ReadsAfter(obj types.Object, but []ast.Stmt) bool {
	v, ok := obj.(*types.Var)
	if !ok {
		return true
	}
	if l.isResult(v) {
		return true
	}
	read := false
	seen := make(map[*ast.Ident]bool)
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && slices.Contains(but, s) {
			return false
		}
		if a, ok := n.(*ast.AssignStmt); ok && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
			for _, id := range code.Assigned(a) {
				seen[id] = true
			}
		}
		if id, ok := n.(*ast.Ident); ok && !seen[id] && l.Info.Uses[id] == obj && !l.Has(id.Pos()) {
			read = read || id.Pos() > l.End() || l.insideCycle(obj)
		}
		return true
	})
	return read
}

// Reads reports whether n names v, or returns it as a result that has a name.
func (l *Loop) Reads(n ast.Node, v *types.Var) bool {
	return code.Any(n, func(n ast.Node) bool {
		ret, ok := n.(*ast.ReturnStmt)
		return ok && len(ret.Results) == 0 && l.isResult(v)
	}) || code.Mentions(l.Info, n, v)
}

// isResult reports whether v is a result of the function that has a name.
func (l *Loop) isResult(v *types.Var) bool {
	return slices.Contains(slices.Collect(l.Sig.Results().Variables()), v)
}

// insideCycle reports whether a loop or a function literal around the loop
// lies inside obj's scope: what is before the loop may run after it.
func (l *Loop) insideCycle(obj types.Object) bool {
	return code.Any(l.Decl, func(n ast.Node) bool {
		return runsApart(n) && n != l.Cycle && code.Within(n, l.Outer) && obj.Pos() < n.Pos()
	})
}
