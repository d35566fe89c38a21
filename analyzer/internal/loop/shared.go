package loop

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Observed reports whether something else than the loop and the code around it
// may look at a variable meanwhile: a function literal, or who has its address.
func (l *Loop) Observed(obj types.Object) bool {
	if fn := l.Func; fn.Body != nil && obj.Pos() < fn.Node.Pos() {
		return true // it is that of a function around
	}
	found := false
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if !code.Within(n, l.Outer) {
				found = found || code.Mentions(l.Info, n, obj)
				return false
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && code.Local(l.Info, n.X) == obj {
				found = true
			}
		}
		return !found
	})
	return found
}

// Kept reports whether a pass may keep the variable obj: a function literal in
// the loop uses it, or its address is taken there.
func (l *Loop) Kept(obj types.Object) bool {
	found := false
	l.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			found = found || code.Mentions(l.Info, n, obj)
			return false
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && code.Local(l.Info, n.X) == obj
		}
		return true
	})
	return found
}

// Redeclared reports whether the loop declares another variable of obj's name.
func (l *Loop) Redeclared(obj types.Object) bool {
	found := false
	l.Inspect(func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == obj.Name() {
			other := l.Info.Defs[id]
			found = found || other != nil && other != obj
		}
		return !found
	})
	return found
}

// Liftable reports whether obj is declared by the loop's header, which does not
// change it.
func (l *Loop) Liftable(obj types.Object) bool {
	init := l.Init
	if init == nil || obj.Pos() < init.Pos() || obj.Pos() >= init.End() {
		return false
	}
	changed := false
	for _, s := range l.Body {
		changed = changed || code.Writes(l.Info, s, obj)
	}
	return !changed && (l.Post == nil || !code.Writes(l.Info, l.Post, obj))
}

// ReadsAfter reports whether something behind the loop, or around it, may read
// what the loop has given obj, but for statements in but.
func (l *Loop) ReadsAfter(obj types.Object, but []ast.Stmt) bool {
	v, ok := obj.(*types.Var)
	if !ok {
		return true
	}
	if res := l.Sig.Results(); res != nil {
		for i := range res.Len() {
			if res.At(i) == v {
				return true // a named result
			}
		}
	}
	read := false
	seen := make(map[*ast.Ident]bool)
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok {
			for _, b := range but {
				if s == b {
					return false
				}
			}
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

// insideCycle reports whether a loop or a function literal around the loop
// lies inside obj's scope: what is before the loop may run after it.
func (l *Loop) insideCycle(obj types.Object) bool {
	found := false
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			if n != l.Cycle && code.Within(n, l.Outer) && obj.Pos() < n.Pos() {
				found = true
			}
		}
		return true
	})
	return found
}

// AsksFrame returns where the loop, or a function of the package that it calls,
// asks for the function that it is in: by recover, or by runtime.Caller.
func (l *Loop) AsksFrame() (pos token.Pos) {
	l.Inspect(func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok || pos.IsValid() {
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if fn, ok := typeutil.Callee(l.Info, call).(*types.Builtin); ok && fn.Name() == "recover" || l.asksCaller(call) {
			pos = call.Pos()
		}
		if fn := l.Pkg.Callee(call); fn != nil && fn.Body != nil {
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if inner, ok := n.(*ast.CallExpr); ok && l.asksCaller(inner) {
					pos = call.Pos()
				}
				return true
			})
		}
		return true
	})
	return pos
}

func (l *Loop) asksCaller(call *ast.CallExpr) bool {
	return strings.HasPrefix(code.Callee(l.Info, call), "runtime.Caller")
}
