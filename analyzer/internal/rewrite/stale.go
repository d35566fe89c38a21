package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// stale returns where a call that stays in the loop, such as of a logger, is
// given the delay, which it no longer is: no position if there is none.
func (b *binder) stale() (pos token.Pos) {
	if b.Growth.Kind == growth.Exponential {
		return token.NoPos
	}
	for _, s := range inOrder(b.pauses) {
		p := b.pauses[s]
		name := b.unconverted(p.delay.Duration)
		if name == nil || !b.namesDelay(name) {
			continue
		}
		b.loop.inspect(func(n ast.Node) bool {
			s, isStmt := n.(ast.Stmt)
			if isStmt && (b.gone[s] || s == p.stmt) || pos.IsValid() {
				return false
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || within(p.stmt, call) {
				return true
			}
			for _, arg := range call.Args {
				if b.holdsText(arg, name) {
					pos = call.Pos()
				}
			}
			return true
		})
	}
	return pos
}

// namesDelay reports whether e is a name for a delay, not an amount of time.
func (b *binder) namesDelay(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		obj := b.info.ObjectOf(e.Sel)
		return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() != "time"
	}
	return false
}

// holdsText reports whether a part of e is written as name.
func (b *binder) holdsText(e, name ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		found = found || ok && types.ExprString(x) == types.ExprString(name)
		return !found
	})
	return found
}
