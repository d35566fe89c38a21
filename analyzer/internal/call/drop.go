package call

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// dropLabels drops the labels that only what lies between pos and end names.
func (s *shape) dropLabels(pos, end token.Pos) (edits []edit.Edit) {
	ast.Inspect(s.Loop.Func.Body, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		if !ok || pos <= l.Pos() && l.Pos() < end {
			return true
		}
		inside, outside := 0, 0
		obj := s.Info.Defs[l.Label]
		ast.Inspect(s.Loop.Func.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && obj != nil && s.Info.Uses[id] == obj {
				if pos <= id.Pos() && id.Pos() < end {
					inside++
				} else {
					outside++
				}
			}
			return true
		})
		if inside > 0 && outside == 0 {
			edits = append(edits, s.Line(l.Pos(), l.Colon+1))
		}
		return true
	})
	return edits
}

// dropSpecs drops the variables of a group of declarations before the loop that
// nothing uses any more.
func (s *shape) dropSpecs(removed map[ast.Node]bool, gone map[ast.Stmt]bool, needed []ast.Expr) (edits []edit.Edit) {
	for _, x := range s.Loop.List[:s.Loop.Index] {
		d, ok := x.(*ast.DeclStmt)
		if !ok || len(d.Decl.(*ast.GenDecl).Specs) < 2 {
			continue
		}
		for _, spec := range d.Decl.(*ast.GenDecl).Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 || len(v.Values) != 1 || !code.Pure(s.Info, v.Values[0]) {
				continue
			}
			if obj := s.Info.Defs[v.Names[0]]; obj != nil && s.onlyIn(obj, v, removed, gone, needed) {
				edits = append(edits, s.Drop(v))
			}
		}
	}
	return edits
}

// onlyIn reports whether obj is used, but only in what is removed or dead.
func (s *shape) onlyIn(obj types.Object, decl ast.Node, removed map[ast.Node]bool, gone map[ast.Stmt]bool, needed []ast.Expr) bool {
	for _, e := range needed {
		if code.Mentions(s.Info, e, obj) {
			return false
		}
	}
	used, left := false, false
	ast.Inspect(s.Loop.Decl, func(n ast.Node) bool {
		if n == nil || n == decl {
			return false
		}
		x, isStmt := n.(ast.Stmt)
		if removed[n] || isStmt && (gone[x] || s.Gone[x]) {
			used = used || code.Mentions(s.Info, n, obj)
			return false
		}
		if id, ok := n.(*ast.Ident); ok && s.Info.ObjectOf(id) == obj {
			left = true
		}
		return true
	})
	return used && !left
}
