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
func (r *Reading) CountPos() token.Pos {
	if pos := r.changePos(); pos.IsValid() {
		return pos
	}
	if ranges, ok := r.Loop.Cycle.(*ast.RangeStmt); ok {
		return ranges.X.Pos()
	}
	if c := r.Counter; c != nil && c.StepAt != nil {
		return r.firstTest(c.Obj, c.StepAt.Pos())
	}
	return r.condPos()
}

// CountRefused is the refusal where the attempts are not counted as a helper does,
// whether or not their number is known.
func (r *Reading) CountRefused(pos token.Pos) reason.Refusal {
	if r.Bounds.N > 0 || r.Bounds.Limit != nil {
		return reason.CountedApart.At(pos)
	}
	return reason.CountNotKnown.At(pos)
}

// changePos returns where the body changes what the header counts and compares.
func (r *Reading) changePos() (pos token.Pos) {
	if r.Loop.Cond == nil || r.Loop.Post == nil {
		return token.NoPos
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			v := r.Info.ObjectOf(id)
			if !pos.IsValid() && v != nil && r.Loop.InBody(id.Pos()) && code.Mentions(r.Info, r.Loop.Cond, v) {
				pos = id.Pos()
			}
		}
		return true
	})
	return pos
}

// firstTest returns where the loop compares the counter, or else pos.
func (r *Reading) firstTest(counter types.Object, pos token.Pos) token.Pos {
	r.Loop.Any(func(n ast.Node) bool {
		c, ok := n.(*ast.BinaryExpr)
		if ok && code.IsComparison(c.Op) && code.Mentions(r.Info, c, counter) {
			pos = c.Pos()
			return true
		}
		return false
	})
	return pos
}

// CounterPos returns where the body uses the attempt's number, or else where it
// is counted.
func (r *Reading) CounterPos() (pos token.Pos) {
	c := r.Counter
	if c == nil {
		return r.HeaderPos()
	}
	r.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (r.Gone[s] || r.Pauses[s] != nil) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && !pos.IsValid() && r.Loop.InBody(id.Pos()) && r.Info.Uses[id] == c.Obj {
			pos = id.Pos()
		}
		return true
	})
	return cmp.Or(pos, r.CountPos())
}

// condPos returns where the loop's condition stands, if it has one.
func (r *Reading) condPos() token.Pos {
	if r.Loop.Cond == nil {
		return token.NoPos
	}
	return r.Loop.Cond.Pos()
}

// HeaderPos returns where the header does more than ask.
func (r *Reading) HeaderPos() token.Pos {
	for _, s := range []ast.Stmt{r.Loop.Post, r.Loop.Init} {
		if s != nil {
			return s.Pos()
		}
	}
	return r.condPos()
}

// DelayPos returns where the first delay stands.
func (r *Reading) DelayPos() (pos token.Pos) {
	for _, d := range r.Site.Delays {
		if at := d.Node.Pos(); r.Loop.Has(at) && (!pos.IsValid() || at < pos) {
			pos = at
		}
	}
	return pos
}

// CancelPos returns where stands what is done on cancellation, or else what is
// asked for it.
func (r *Reading) CancelPos() token.Pos {
	switch {
	case len(r.Cancel) > 0:
		return r.Cancel[0].Pos()
	case r.Ctx != nil:
		return r.Ctx.Pos()
	}
	return r.DelayPos()
}
