package reading

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// What follows are the places that refusals name. None of them decides anything.

// LastOf returns where the last of exits stands.
func LastOf(l *loop.Loop, exits ...[]*pass.Exit) (pos token.Pos) {
	for _, list := range exits {
		for _, e := range list {
			pos = max(pos, e.Pos(l))
		}
	}
	return pos
}

// CountPos returns where the attempts are counted, or where an attempt changes
// their number.
func (b *Reading) CountPos() token.Pos {
	if pos := b.changePos(); pos.IsValid() {
		return pos
	}
	if r, ok := b.Loop.Cycle.(*ast.RangeStmt); ok {
		return r.X.Pos()
	}
	if c := b.Counter; c != nil && c.StepAt != nil {
		return b.firstTest(c.Obj, c.StepAt.Pos())
	}
	return b.condPos()
}

// CountRefused is the refusal where the attempts are not counted as a helper does,
// whether or not their number is known.
func (b *Reading) CountRefused(pos token.Pos) reason.Refusal {
	if b.Bounds.N > 0 || b.Bounds.Limit != nil {
		return reason.CountedApart.At(pos)
	}
	return reason.CountNotKnown.At(pos)
}

// changePos returns where the body changes what the header counts and compares.
func (b *Reading) changePos() (pos token.Pos) {
	if b.Loop.Cond == nil || b.Loop.Post == nil {
		return token.NoPos
	}
	b.Loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			v := b.Info.ObjectOf(id)
			if !pos.IsValid() && v != nil && b.Loop.InBody(id.Pos()) && code.Mentions(b.Info, b.Loop.Cond, v) {
				pos = id.Pos()
			}
		}
		return true
	})
	return pos
}

// firstTest returns where the loop compares the counter, or else pos.
func (b *Reading) firstTest(counter types.Object, pos token.Pos) token.Pos {
	found := false
	b.Loop.Inspect(func(n ast.Node) bool {
		if c, ok := n.(*ast.BinaryExpr); ok && !found && code.IsComparison(c.Op) && code.Mentions(b.Info, c, counter) {
			pos, found = c.Pos(), true
		}
		return !found
	})
	return pos
}

// CounterPos returns where the body uses the attempt's number, or else where it
// is counted.
func (b *Reading) CounterPos() (pos token.Pos) {
	c := b.Counter
	if c == nil {
		return b.HeaderPos()
	}
	b.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (b.Gone[s] || b.Pauses[s] != nil) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && !pos.IsValid() && b.Loop.InBody(id.Pos()) && b.Info.Uses[id] == c.Obj {
			pos = id.Pos()
		}
		return true
	})
	return cmp.Or(pos, b.CountPos())
}

// condPos returns where the loop's condition stands, if it has one.
func (b *Reading) condPos() token.Pos {
	if b.Loop.Cond == nil {
		return token.NoPos
	}
	return b.Loop.Cond.Pos()
}

// HeaderPos returns where the header does more than ask.
func (b *Reading) HeaderPos() token.Pos {
	for _, s := range []ast.Stmt{b.Loop.Post, b.Loop.Init} {
		if s != nil {
			return s.Pos()
		}
	}
	return b.condPos()
}

// DelayPos returns where the first delay stands.
func (b *Reading) DelayPos() (pos token.Pos) {
	for _, d := range b.Site.Delays {
		if at := d.Node.Pos(); b.Loop.Has(at) && (!pos.IsValid() || at < pos) {
			pos = at
		}
	}
	return pos
}

// CancelPos returns where stands what is done on cancellation, or else what is
// asked for it.
func (b *Reading) CancelPos() token.Pos {
	switch {
	case len(b.Cancel) > 0:
		return b.Cancel[0].Pos()
	case b.Ctx != nil:
		return b.Ctx.Pos()
	}
	return b.DelayPos()
}

// placeOf returns where obj is declared, if that is in the package.
func placeOf(obj types.Object) token.Pos {
	if obj == nil {
		return token.NoPos
	}
	return obj.Pos()
}
