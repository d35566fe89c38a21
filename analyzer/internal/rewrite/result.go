package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// readsAfter reports whether something behind the loop, or around it, may read
// what the loop has given obj, but for statements in but.
func (w *writer) readsAfter(obj types.Object, but []ast.Stmt) bool {
	v, ok := obj.(*types.Var)
	if !ok {
		return true
	}
	if res := w.loop.Sig.Results(); res != nil {
		for i := range res.Len() {
			if res.At(i) == v {
				return true // a named result
			}
		}
	}
	read := false
	seen := make(map[*ast.Ident]bool)
	ast.Inspect(w.loop.Decl, func(n ast.Node) bool {
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
		if id, ok := n.(*ast.Ident); ok && !seen[id] && w.info.Uses[id] == obj && !w.loop.Has(id.Pos()) {
			read = read || id.Pos() > w.loop.End() || w.insideCycle(obj)
		}
		return true
	})
	return read
}

// insideCycle reports whether a loop or a function literal around the loop
// lies inside obj's scope: what is before the loop may run after it.
func (w *writer) insideCycle(obj types.Object) bool {
	found := false
	ast.Inspect(w.loop.Decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			if n != w.loop.Cycle && code.Within(n, w.loop.Outer) && obj.Pos() < n.Pos() {
				found = true
			}
		}
		return true
	})
	return found
}

// findResult finds the variable that holds the last error behind the loop.
func (w *writer) findResult() reason.Refusal {
	found := make(map[types.Object]bool)
	pass := w.walker()
	w.loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if obj := pass.errorVar(id); obj != nil && !w.loop.Has(obj.Pos()) && w.readsAfter(obj, nil) {
				found[obj] = true
			}
		}
		return true
	})
	if len(found) == 1 {
		for _, obj := range code.ObjectsInOrder(found) {
			if w.isResult(obj) {
				w.result = obj
			}
		}
	}
	return nil
}

// isResult reports whether obj is the error of the failed attempt whenever the
// loop goes round.
func (w *writer) isResult(obj types.Object) bool {
	rounds := 0
	for _, e := range w.exits {
		if e.kind != again {
			continue
		}
		rounds++
		if e.facts.errs[obj] != notNil && obj != w.opErr && !(e.facts.same[obj] != nil && e.facts.same[obj] == w.opErr) {
			return false
		}
		if !e.facts.wrote[obj] {
			return false // it is that of an earlier attempt
		}
	}
	return rounds > 0 && !w.madeOfItself(obj)
}

// madeOfItself reports whether an attempt makes obj of what an earlier one has
// left in it.
func (w *writer) madeOfItself(obj types.Object) bool {
	found := false
	pass := w.walker()
	pass.before = func(s ast.Stmt, f facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || f.wrote[obj] || !code.Writes(w.info, &ast.AssignStmt{Lhs: a.Lhs}, obj) {
			return
		}
		for _, x := range a.Rhs {
			found = found || code.Mentions(w.info, x, obj)
		}
	}
	pass.run(newFacts())
	return found
}
