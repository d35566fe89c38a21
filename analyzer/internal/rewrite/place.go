package rewrite

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

// lastOf returns where the last of exits stands.
func lastOf(l *loop.Loop, exits ...[]*pass.Exit) (pos token.Pos) {
	for _, list := range exits {
		for _, e := range list {
			pos = max(pos, e.Pos(l))
		}
	}
	return pos
}

// countPos returns where the attempts are counted, or where an attempt changes
// their number.
func (b *Reading) countPos() token.Pos {
	if pos := b.changePos(); pos.IsValid() {
		return pos
	}
	if r, ok := b.loop.Cycle.(*ast.RangeStmt); ok {
		return r.X.Pos()
	}
	if c := b.counter; c != nil && c.StepAt != nil {
		return b.firstTest(c.Obj, c.StepAt.Pos())
	}
	return b.condPos()
}

// countRefused is the refusal where the attempts are not counted as a helper does,
// whether or not their number is known.
func (b *Reading) countRefused(pos token.Pos) reason.Refusal {
	if b.Bounds.N > 0 || b.Bounds.Limit != nil {
		return reason.CountedApart.At(pos)
	}
	return reason.CountNotKnown.At(pos)
}

// changePos returns where the body changes what the header counts and compares.
func (b *Reading) changePos() (pos token.Pos) {
	if b.loop.Cond == nil || b.loop.Post == nil {
		return token.NoPos
	}
	b.loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			v := b.info.ObjectOf(id)
			if !pos.IsValid() && v != nil && b.loop.InBody(id.Pos()) && code.Mentions(b.info, b.loop.Cond, v) {
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
	b.loop.Inspect(func(n ast.Node) bool {
		if c, ok := n.(*ast.BinaryExpr); ok && !found && code.IsComparison(c.Op) && code.Mentions(b.info, c, counter) {
			pos, found = c.Pos(), true
		}
		return !found
	})
	return pos
}

// counterPos returns where the body uses the attempt's number, or else where it
// is counted.
func (b *Reading) counterPos() (pos token.Pos) {
	c := b.counter
	if c == nil {
		return b.headerPos()
	}
	b.loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (b.gone[s] || b.pauses[s] != nil) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && !pos.IsValid() && b.loop.InBody(id.Pos()) && b.info.Uses[id] == c.Obj {
			pos = id.Pos()
		}
		return true
	})
	return cmp.Or(pos, b.countPos())
}

// condPos returns where the loop's condition stands, if it has one.
func (b *Reading) condPos() token.Pos {
	if b.loop.Cond == nil {
		return token.NoPos
	}
	return b.loop.Cond.Pos()
}

// headerPos returns where the header does more than ask.
func (b *Reading) headerPos() token.Pos {
	for _, s := range []ast.Stmt{b.loop.Post, b.loop.Init} {
		if s != nil {
			return s.Pos()
		}
	}
	return b.condPos()
}

// delayPos returns where the first delay stands.
func (b *Reading) delayPos() (pos token.Pos) {
	for _, d := range b.Site.Delays {
		if at := d.Node.Pos(); b.loop.Has(at) && (!pos.IsValid() || at < pos) {
			pos = at
		}
	}
	return pos
}

// cancelPos returns where stands what is done on cancellation, or else what is
// asked for it.
func (b *Reading) cancelPos() token.Pos {
	switch {
	case len(b.cancel) > 0:
		return b.cancel[0].Pos()
	case b.ctx != nil:
		return b.ctx.Pos()
	}
	return b.delayPos()
}

// placeOf returns where obj is declared, if that is in the package.
func placeOf(obj types.Object) token.Pos {
	if obj == nil {
		return token.NoPos
	}
	return obj.Pos()
}
