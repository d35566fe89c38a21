package reading

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// wrapDead lets a statement that is dead with the pause in it stand for the
// pause.
//
//	if delay > 0 { time.Sleep(delay); delay *= 2 }
func (b *Reading) wrapDead() {
	for _, inner := range code.InOrder(b.Pauses) {
		p := b.Pauses[inner]
		for _, s := range code.InOrder(b.Gone) {
			if s != inner && code.Within(s, inner) {
				delete(b.Pauses, inner)
				delete(b.Gone, s)
				b.Pauses[s] = p
				break
			}
		}
	}
}

// deadThen reports whether s, which follows a delay in a select, only computes
// the next delay.
func (b *Reading) deadThen(s ast.Stmt) bool {
	return code.OnlyComputes(b.Info, s)
}

// wrapPauses lets an if that holds nothing but a pause stand for it, where the
// condition is about the count or the delay.
func (b *Reading) wrapPauses() {
	for range 3 {
		b.Loop.Inspect(func(n ast.Node) bool {
			s, ok := n.(*ast.IfStmt)
			if !ok || s.Init != nil || s.Else != nil || !code.Pure(b.Info, s.Cond) || b.Pauses[s] != nil || b.aboutOutcome(s.Cond) {
				return true
			}
			var only *pass.Pause
			var inner ast.Stmt
			for _, x := range s.Body.List {
				switch p := b.Pauses[x]; {
				case b.Gone[x]:
				case p != nil && only == nil:
					only, inner = p, x
				default:
					return true
				}
			}
			if only != nil {
				delete(b.Pauses, inner)
				b.Gone[inner] = true
				b.Pauses[s] = only
			}
			return true
		})
	}
}

// aboutOutcome reports whether cond looks at anything but numbers, durations
// and times.
func (b *Reading) aboutOutcome(cond ast.Expr) bool {
	about := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := b.Info.ObjectOf(id).(*types.Var); ok && !v.IsField() {
				basic, ok := v.Type().Underlying().(*types.Basic)
				about = about || !ok || basic.Info()&types.IsNumeric == 0 || !b.onlyComputed(v)
			}
		}
		return !about
	})
	return about
}

// onlyComputed reports whether the loop gives v only what it computes itself:
// no outcome of a call.
func (b *Reading) onlyComputed(v types.Object) bool {
	if b.outcomes == nil {
		b.outcomes = make(map[types.Object]bool)
		b.Loop.Inspect(b.addOutcomes)
	}
	return !b.outcomes[v]
}

// addOutcomes notes the variables that n gives more than what is computed.
func (b *Reading) addOutcomes(n ast.Node) bool {
	a, ok := n.(*ast.AssignStmt)
	if !ok || !slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return !code.Pure(b.Info, e) }) {
		return true
	}
	for _, id := range code.Assigned(a) {
		b.outcomes[b.Info.ObjectOf(id)] = true
	}
	return true
}
