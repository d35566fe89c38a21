package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// dropDecl finds the declaration of the result that the fix makes its own.
func (p *plan) dropDecl() {
	if p.result == nil || p.loop.index == 0 {
		return
	}
	if p.first != nil {
		p.drops = p.declaresResult()
		return
	}
	for _, s := range p.loop.list[:p.loop.index] {
		d, ok := s.(*ast.DeclStmt)
		if !ok {
			continue
		}
		g := d.Decl.(*ast.GenDecl)
		if g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			spec := spec.(*ast.ValueSpec)
			if len(spec.Names) != 1 || len(spec.Values) > 0 || p.info.Defs[spec.Names[0]] != p.result || p.usedBetween(d) || p.guard != "" {
				continue
			}
			p.declOf = d
			if len(g.Specs) > 1 {
				p.declOf = spec
			}
			p.drops = p.assigns
		}
	}
}

// usedBetween reports whether the result is used between its declaration and
// the loop.
func (p *plan) usedBetween(d *ast.DeclStmt) bool {
	used := false
	for _, s := range p.loop.list[:p.loop.index] {
		used = used || s != ast.Stmt(d) && code.Mentions(p.info, s, p.result)
	}
	return used
}

// dropOutside drops what before the loop only served it.
func (w *caller) dropOutside() (edits []edit.Edit) {
	removed := w.removed()
	var needed []ast.Expr
	for _, e := range append(w.limitExprs(), w.delay, w.limit) {
		if e != nil {
			needed = append(needed, e)
		}
	}
	if w.counterDecl != "" && w.counter != nil {
		if c := w.counter.start; c != nil {
			needed = append(needed, c)
		}
	}
	gone := code.Dead(w.info, w.loop.decl, removed, needed)
	edits = append(edits, w.dropSpecs(removed, gone, needed)...)
	for _, s := range code.InOrder(gone) {
		if !w.loop.has(s.Pos()) && s.Pos() < w.loop.outer.Pos() && (w.first == nil || s.End() <= w.first.Pos()) {
			edits = append(edits, w.Drop(s))
		}
	}
	for _, s := range code.InOrder(w.timers) {
		if !w.loop.has(s.Pos()) {
			edits = append(edits, w.Drop(s))
		}
	}
	if w.declOf != nil && (w.drops || !w.assigns && w.localized && !w.stillUsed()) {
		edits = append(edits, w.Drop(w.declOf))
	}
	for _, n := range w.scratch {
		edits = append(edits, w.Drop(n))
	}
	return w.CloseGaps(edits)
}

// dropLabels drops the labels that only what lies between pos and end names.
func (w *caller) dropLabels(pos, end token.Pos) (edits []edit.Edit) {
	ast.Inspect(w.loop.fn.Body, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		if !ok || pos <= l.Pos() && l.Pos() < end {
			return true
		}
		inside, outside := 0, 0
		obj := w.info.Defs[l.Label]
		ast.Inspect(w.loop.fn.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && obj != nil && w.info.Uses[id] == obj {
				if pos <= id.Pos() && id.Pos() < end {
					inside++
				} else {
					outside++
				}
			}
			return true
		})
		if inside > 0 && outside == 0 {
			edits = append(edits, w.Line(l.Pos(), l.Colon+1))
		}
		return true
	})
	return edits
}

// dropSpecs drops the variables of a group of declarations before the loop that
// nothing uses any more.
func (w *caller) dropSpecs(removed map[ast.Node]bool, gone map[ast.Stmt]bool, needed []ast.Expr) (edits []edit.Edit) {
	for _, s := range w.loop.list[:w.loop.index] {
		d, ok := s.(*ast.DeclStmt)
		if !ok || len(d.Decl.(*ast.GenDecl).Specs) < 2 {
			continue
		}
		for _, spec := range d.Decl.(*ast.GenDecl).Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 || len(v.Values) != 1 || !code.Pure(w.info, v.Values[0]) {
				continue
			}
			if obj := w.info.Defs[v.Names[0]]; obj != nil && w.onlyIn(obj, v, removed, gone, needed) {
				edits = append(edits, w.Drop(v))
			}
		}
	}
	return edits
}

// onlyIn reports whether obj is used, but only in what is removed or dead.
func (w *caller) onlyIn(obj types.Object, decl ast.Node, removed map[ast.Node]bool, gone map[ast.Stmt]bool, needed []ast.Expr) bool {
	for _, e := range needed {
		if code.Mentions(w.info, e, obj) {
			return false
		}
	}
	used, left := false, false
	ast.Inspect(w.loop.decl, func(n ast.Node) bool {
		if n == nil || n == decl {
			return false
		}
		s, isStmt := n.(ast.Stmt)
		if removed[n] || isStmt && (gone[s] || w.gone[s]) {
			used = used || code.Mentions(w.info, n, obj)
			return false
		}
		if id, ok := n.(*ast.Ident); ok && w.info.ObjectOf(id) == obj {
			left = true
		}
		return true
	})
	return used && !left
}

// removed returns what the fix removes of the function.
func (w *writer) removed() map[ast.Node]bool {
	removed := map[ast.Node]bool{}
	for _, s := range code.InOrder(w.timers) {
		removed[s] = true
	}
	for _, s := range code.InOrder(w.pauses) {
		removed[s] = true
	}
	for _, s := range code.InOrder(w.gone) {
		removed[s] = true
	}
	for _, n := range []ast.Node{w.loop.post, w.loop.init} {
		if n != nil {
			removed[n] = true
		}
	}
	if w.bounded && w.countedByHeader() {
		if r, ok := w.loop.cycle.(*ast.RangeStmt); ok && r.Key != nil {
			removed[r.Key] = true
		}
		if w.loop.cond != nil {
			w.markCount(w.loop.cond, removed)
		}
	}
	if w.giveUp != nil && w.onlyWaitsAfter(w.giveUp) {
		removed[w.giveUp.Cond] = true
	}
	if r, ok := w.loop.cycle.(*ast.RangeStmt); ok {
		removed[r.X] = true
	}
	return removed
}

// stillUsed reports whether the result is used outside what the fix replaces.
func (w *caller) stillUsed() bool {
	end := w.loop.end()
	if list := w.consumed(); len(list) > 0 {
		end = list[len(list)-1].End()
	}
	used := false
	ast.Inspect(w.loop.decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && w.info.Uses[id] == w.result && (id.Pos() < w.loop.outer.Pos() || id.Pos() >= end) {
			used = true
		}
		return !used
	})
	return used
}
