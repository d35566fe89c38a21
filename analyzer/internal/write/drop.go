package write

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// Drop returns the edit that leaves out n. What stands above it and tells more of how
// long the waits are than a line holds is kept for where the policy is.
func (w *Writer) Drop(n ast.Node) edit.Edit {
	s, isStmt := n.(ast.Stmt)
	above, _ := w.Attached(n)
	if isStmt && w.Pauses[s] == nil && w.AboutWait(above) && len(above.List) > 1 {
		if text := w.Text(above); !slices.Contains(w.Reasons, text) {
			w.Reasons = append(w.Reasons, text)
		}
	}
	return w.Source.Drop(n)
}

// Body returns the text of the body with edits. A comment behind the header is about the
// loop, and is kept for above what takes its place.
func (w *Writer) Body(edits []edit.Edit) string {
	for _, g := range code.Comments(w.File, w.Loop.From, w.Loop.To) {
		c := g.List[0]
		if strings.TrimLeft(w.Between(w.Loop.From, c.Pos()), " \t") == "" && strings.HasPrefix(c.Text, "// ") {
			w.Reasons = append(w.Reasons, c.Text)
			edits = append(edits, edit.Span(c.Pos(), c.End(), ""))
		}
	}
	return w.Apply(w.Loop.From, w.Loop.To, edits)
}

// DropBefore returns the edits that leave out the statements before the loop that only
// served it, what else is declared there for nothing but what is removed, and more
// declarations.
func (w *Writer) DropBefore(dead map[ast.Stmt]bool, removed map[ast.Node]bool, needed []ast.Expr, more ...ast.Node) (edits []edit.Edit) {
	list := slices.Clone(more)
	for _, s := range code.InOrder(dead) {
		list = append(list, s)
		removed[s] = true
	}
	for _, spec := range code.DeadSpecs(w.Info, w.Loop.Decl, removed, needed) {
		list = append(list, spec)
	}
	for _, n := range w.wholeGroups(list) {
		if !w.Loop.Has(n.Pos()) && n.Pos() < w.Loop.Outer.Pos() {
			edits = append(edits, w.Drop(n))
		}
	}
	return edits
}

// wholeGroups returns list with a group of declarations in the place of its parts, where
// all of these are in it.
func (w *Writer) wholeGroups(list []ast.Node) []ast.Node {
	for _, x := range w.Loop.List[:w.Loop.Index] {
		d, ok := x.(*ast.DeclStmt)
		if ok && !slices.ContainsFunc(d.Decl.(*ast.GenDecl).Specs, func(s ast.Spec) bool { return !slices.Contains(list, ast.Node(s)) }) {
			list = slices.DeleteFunc(list, func(n ast.Node) bool { return code.Within(d, n) })
			list = append(list, d)
		}
	}
	return list
}
