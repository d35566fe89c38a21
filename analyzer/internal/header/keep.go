package header

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// keepError keeps the error of the last attempt where what stands behind the
// loop needs it.
func (h *heading) keepError() reason.Refusal {
	if h.inner == nil {
		return nil
	}
	name := h.inner.Name()
	switch def := h.definition(h.inner); {
	case def == nil:
		return reason.ErrorNotKnown.At(h.inner.Pos())
	case h.hoists(h.inner, def):
		h.errVar = name
		h.Inside = append(h.Inside, edit.Span(def.TokPos, def.TokPos+2, "="))
	case h.copies(h.inner, def):
		h.errVar = h.Scope.Fresh(h.Loop.Decl, "lastErr")
		h.Inside = append(h.Inside, edit.Insert(def.End(), "\n"+h.errVar+" = "+name))
	default:
		return reason.ErrorNotKnown.At(h.inner.Pos())
	}
	h.Before = append(h.Before, "var "+h.errVar+" error")
	h.Declared = append(h.Declared, h.errVar)
	for i, text := range h.Behind {
		h.Behind[i] = strings.ReplaceAll(text, innerName, h.errVar)
	}
	return nil
}

// lost returns the error of the body that list names and that cannot be had behind the
// loop, or nil.
func (h *heading) lost(list []ast.Stmt) (lost types.Object) {
	for _, s := range list {
		code.AnyName(s, func(id *ast.Ident) bool {
			v := h.Loop.ErrorVar(id)
			if v == nil || !h.Loop.Has(v.Pos()) || h.OfWait(v) {
				return false
			}
			if def := h.definition(v); def == nil || !h.hoists(v, def) && !h.copies(v, def) {
				lost = v
			}
			return lost != nil
		})
	}
	return lost
}

// hoists reports whether v can be declared before the loop in place of def.
func (h *heading) hoists(v types.Object, def *ast.AssignStmt) bool {
	return h.alone(def, v) && h.Scope.Lookup(v.Name()) == nil && !hides(def, v) && !h.Scope.Used[v.Name()] && !h.Loop.Kept(v)
}

// copies reports whether what def gives v can be copied behind it: nothing else gives it a
// value.
func (h *heading) copies(v types.Object, def *ast.AssignStmt) bool {
	return h.standsAlone(def) && !h.Loop.Any(func(n ast.Node) bool { return n != ast.Node(def) && code.Gives(h.Info, n, v) })
}

// hides reports whether another variable has the name of v where def declares it.
func hides(def *ast.AssignStmt, v types.Object) bool {
	_, other := v.Parent().Parent().LookupParent(v.Name(), def.Pos())
	return other != nil
}

// definition returns the assignment that declares v.
func (h *heading) definition(v types.Object) (found *ast.AssignStmt) {
	h.Loop.Inspect(func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, lhs := range a.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && h.Info.Defs[id] == v {
					found = a
				}
			}
		}
		return true
	})
	return found
}

// alone reports whether a declares nothing but v.
func (h *heading) alone(a *ast.AssignStmt, v types.Object) bool {
	for _, lhs := range a.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok || id.Name != "_" && h.Info.Defs[id] != nil && h.Info.Defs[id] != v {
			return false
		}
	}
	return true
}

// standsAlone reports whether a is a statement of its own, not the first part
// of an if or the like.
func (h *heading) standsAlone(a *ast.AssignStmt) bool {
	return slices.ContainsFunc(h.Loop.Lists(), func(list []ast.Stmt) bool { return slices.Contains(list, ast.Stmt(a)) })
}

// keepCount keeps the attempt's number where what stays uses it.
func (h *heading) keepCount() reason.Refusal {
	c := h.Counter
	if c == nil || h.byHand == c.StepAt && h.byHand != nil || !h.CountStays() {
		return nil
	}
	if r, ok := h.Loop.Cycle.(*ast.RangeStmt); ok && code.Writes(h.Info, r.Body, c.Obj) { // a variable of the pass
		return reason.CounterEscapes.At(h.CounterPos())
	}
	if c.StepAt != nil && c.StepAt != h.Loop.Post { // the body counts
		if h.Loop.Init == nil || !h.Loop.Has(c.Obj.Pos()) {
			return nil
		}
		return h.declareCount(c, h.Text(h.Loop.Init))
	}
	if h.rangesOver(c) {
		return nil
	}
	if h.Helper.YieldsNumber { // it counts itself
		return reason.CountedApart.At(h.CounterPos())
	}
	basic, ok := c.Obj.Type().(*types.Basic)
	if !ok || !h.Loop.Has(c.Obj.Pos()) || h.Loop.Redeclared(c.Obj) || h.Loop.Kept(c.Obj) {
		return reason.CounterEscapes.At(h.CounterPos())
	}
	start, refusal := h.step(c, basic)
	if refusal != nil {
		return refusal
	}
	if basic.Kind() != types.Int && basic.Info()&types.IsUntyped == 0 && !strings.HasPrefix(start, basic.Name()+"(") {
		start = basic.Name() + "(" + start + ")"
	}
	return h.declareCount(c, c.Obj.Name()+" := "+start)
}

// step decides where a pass counts: at its begin, or where another one follows.
// It returns what the counter is before the first.
func (h *heading) step(c *loop.Counter, basic *types.Basic) (string, reason.Refusal) {
	step, start := c.Obj.Name()+"++", "0"
	if c.Step < 0 {
		step = c.Obj.Name() + "--"
	}
	if c.Start != nil {
		start = h.Text(c.Start)
	}
	before, known := h.Writer.NumberBefore(c)
	ways := 0
	for _, e := range h.Ends {
		if e.Kind == pass.Again {
			ways++
		}
	}
	switch {
	case known && (start == "1" || ways > 1) && (basic.Info()&types.IsUnsigned == 0 || !strings.HasPrefix(before, "-")):
		h.head = append(h.head, step)
		return before, nil
	case ways == 1:
		h.again = step
		return start, nil
	}
	return "", reason.CounterEscapes.At(h.CounterPos())
}

// declareCount declares the counter before the loop, unless its name means
// something else there.
func (h *heading) declareCount(c *loop.Counter, decl string) reason.Refusal {
	name := c.Obj.Name()
	if h.Scope.Block().Lookup(name) != nil || h.Taken[h.Scope.Block()][name] {
		return reason.CounterEscapes.At(h.CounterPos())
	}
	h.CounterDecl = decl
	h.Before = append(h.Before, decl)
	h.Declared = append(h.Declared, name)
	return nil
}
