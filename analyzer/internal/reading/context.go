package reading

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// InScope returns the context that is in scope, though the loop does not ask it,
// or "". It is not one that the loop changes, or may end itself. A goroutine may
// go on when the context of the function around it has ended, but not where it
// uses that itself.
func (b *Reading) InScope(s *edit.Scope) string {
	name := s.ContextIn(b.Loop.Func.Node, b.loopUses)
	if name == "" || b.Loop.Assigns(s.Lookup(name)) || b.cancels() {
		return ""
	}
	return name
}

// loopUses reports whether v is used in the loop.
func (b *Reading) loopUses(v *types.Var) bool {
	found := false
	b.Loop.Inspect(func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && b.Info.Uses[id] == v
		return !found
	})
	return found
}

// cancels reports whether the loop calls what ends a context.
func (b *Reading) cancels() bool {
	found := false
	b.Loop.Inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			named, ok := types.Unalias(b.Info.TypeOf(call.Fun)).(*types.Named)
			v := code.Local(b.Info, call.Fun)
			found = found || ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && (v == nil || !b.Loop.Has(v.Pos()))
		}
		return !found
	})
	return found
}

// Asks reports whether n asks ctx whether it has ended.
func (b *Reading) Asks(n ast.Node, ctx string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Done" || sel.Sel.Name == "Err") && b.Text(sel.X) == ctx {
			found = true
		}
		return !found
	})
	return found
}

// LoopAsks reports whether anything in the loop does.
func (b *Reading) LoopAsks(ctx string) bool {
	found := false
	b.Loop.Inspect(func(n ast.Node) bool {
		found = found || n != nil && b.Asks(n, ctx)
		return false
	})
	return found
}
