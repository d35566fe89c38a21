package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A loop whose first attempt stands before it is turned, so that each pass
// begins with an attempt:
//
//	err := op()
//	for i := 0; err != nil && i < n; i++ {
//		time.Sleep(d)
//		err = op()
//	}

// carried returns the error variable that the loop's condition reads from the
// pass before, or nil.
func (b *binder) carried() types.Object { return b.carriedIn(b.keepCond) }

func (b *binder) carriedIn(cond ast.Expr) types.Object {
	if cond == nil {
		return nil
	}
	w := b.walker()
	var found types.Object
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := w.errorVar(id); obj != nil && b.loop.assigns(b.pkg, obj) {
				found = obj
			}
		}
		return found == nil
	})
	return found
}

// turn turns the loop, whose condition is that err is not nil.
func (b *binder) turn(err types.Object) Refusal {
	cmp, ok := ast.Unparen(b.keepCond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || code.Local(b.info, cmp.X) != err || !code.IsNil(b.info, cmp.Y) {
		return firstBefore.At(b.keepCond.Pos())
	}
	attempt := b.onlyAttempt(err)
	first := b.attemptBefore(err)
	if first == nil {
		return firstBefore.At(b.keepCond.Pos())
	}
	if attempt == nil || !b.sameAttempt(first, attempt) || !b.countFirst(first) {
		return firstBefore.At(first.Pos())
	}
	b.first, b.keepCond, b.lead = first, nil, nil
	b.opErr = err
	f := newFacts()
	f.order[err], f.wrote[err] = 1, true
	b.exits = []exit{{again, nil, f, once}}
	return nil
}

// countFirst makes the number of attempts that of the passes, and one more.
func (b *binder) countFirst(first *ast.AssignStmt) bool {
	switch {
	case !b.bounded:
		return true
	case b.limit.expr != nil:
		// The bounds count the first attempt where it stands just before the loop.
		return b.loop.post != nil && b.loop.index > 0 && b.loop.list[b.loop.index-1] == ast.Stmt(first)
	}
	var test *ast.BinaryExpr
	ast.Inspect(b.loop.cond, func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && code.IsComparison(cmp.Op) && b.counter != nil && code.Mentions(b.info, cmp, b.counter.obj) {
			test = cmp
		}
		return test == nil
	})
	if test == nil {
		return false
	}
	for k := int64(1); k <= maxSimulated; k++ {
		more, ok := b.atPass(test, b.counter, k)
		if !ok {
			return false
		}
		if !more {
			b.limit.offset = k // k-1 passes
			return k > 1
		}
	}
	return false
}

// onlyAttempt returns the statement of the body that gives err a value, if all
// others are delays or left out.
func (b *binder) onlyAttempt(err types.Object) *ast.AssignStmt {
	var found *ast.AssignStmt
	for _, s := range b.loop.body {
		if b.gone[s] || b.pauses[s] != nil {
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		if !ok || found != nil || !code.Writes(b.info, &ast.AssignStmt{Lhs: a.Lhs}, err) {
			return nil
		}
		found = a
	}
	return found
}

// attemptBefore returns the last statement before the loop that gives err a
// value. What stands between them must not name err, and must go.
func (b *binder) attemptBefore(err types.Object) *ast.AssignStmt {
	for i := b.loop.index - 1; i >= 0; i-- {
		s := b.loop.list[i]
		if a, ok := s.(*ast.AssignStmt); ok && code.Writes(b.info, &ast.AssignStmt{Lhs: a.Lhs}, err) {
			return a
		}
		if code.Mentions(b.info, s, err) || !code.OnlyComputes(b.info, s) {
			return nil
		}
	}
	return nil
}

// sameAttempt reports whether two assignments make the same call and give its
// results to the same variables.
func (b *binder) sameAttempt(x, y *ast.AssignStmt) bool {
	if len(x.Lhs) != len(y.Lhs) || len(x.Rhs) != 1 || len(y.Rhs) != 1 || types.ExprString(x.Rhs[0]) != types.ExprString(y.Rhs[0]) {
		return false
	}
	if _, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr); !ok || b.Text(x.Rhs[0]) != b.Text(y.Rhs[0]) {
		return false
	}
	for i := range x.Lhs {
		v, w := code.Local(b.info, x.Lhs[i]), code.Local(b.info, y.Lhs[i])
		if b.Text(x.Lhs[i]) != b.Text(y.Lhs[i]) || v != w {
			return false
		}
	}
	return true
}

// firstDecls declares the variables that the attempt before the loop declared,
// but for the error.
func (w *caller) firstDecls() {
	if w.first == nil || w.first.Tok != token.DEFINE {
		return
	}
	for _, lhs := range w.first.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok || w.info.Defs[id] == nil || w.info.Defs[id] == w.result {
			continue
		}
		t, ok := w.scope.TypeString(w.info.Defs[id].Type())
		if !ok {
			w.refusal = typeNotNamed.At(id.Pos())
		}
		w.add("var " + id.Name + " " + t)
	}
}

// declaresResult reports whether the attempt before the loop declared the error.
func (p *plan) declaresResult() bool {
	if p.first == nil || p.first.Tok != token.DEFINE {
		return false
	}
	for _, lhs := range p.first.Lhs {
		if id, ok := lhs.(*ast.Ident); ok && p.info.Defs[id] != nil && p.info.Defs[id] == p.result {
			return true
		}
	}
	return false
}
