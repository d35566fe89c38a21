package write

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// lastOfGroups returns list without what a group of declarations before the loop loses but
// for one, and the edits that make it the declaration of that one:
//
//	var (
//		err   error
//		delay = time.Second
//	)
func (w *Writer) lastOfGroups(list []ast.Node) (rest []ast.Node, edits []edit.Edit) {
	for _, x := range w.Loop.List[:w.Loop.Index] {
		d, ok := x.(*ast.DeclStmt)
		if !ok {
			continue
		}
		group := d.Decl.(*ast.GenDecl)
		stay := slices.DeleteFunc(slices.Clone(group.Specs), func(s ast.Spec) bool { return slices.Contains(list, ast.Node(s)) })
		commented := slices.ContainsFunc(w.File.Comments, func(g *ast.CommentGroup) bool { return code.Within(d, g) })
		if group.Tok == token.TYPE || !group.Lparen.IsValid() || len(stay) != 1 || len(stay) == len(group.Specs) || commented {
			continue
		}
		list = slices.DeleteFunc(list, func(n ast.Node) bool { return code.Within(d, n) })
		edits = append(edits, edit.Replace(d, group.Tok.String()+" "+w.specText(stay[0].(*ast.ValueSpec))))
	}
	return list, edits
}

// specText writes a declaration as it is outside of a group.
func (w *Writer) specText(s *ast.ValueSpec) string {
	var names, values []string
	for _, id := range s.Names {
		names = append(names, id.Name)
	}
	for _, v := range s.Values {
		values = append(values, w.Text(v))
	}
	text := strings.Join(names, ", ")
	if s.Type != nil {
		text += " " + w.Text(s.Type)
	}
	if len(values) > 0 {
		text += " = " + strings.Join(values, ", ")
	}
	return text
}

// wholeGroups returns list with a group of declarations in the place of its parts, where
// all of these are in it.
func (w *Writer) wholeGroups(list []ast.Node) []ast.Node {
	for n := range ast.Preorder(w.Loop.Decl) {
		d, ok := n.(*ast.DeclStmt)
		if ok && !slices.ContainsFunc(d.Decl.(*ast.GenDecl).Specs, func(s ast.Spec) bool { return !slices.Contains(list, ast.Node(s)) }) {
			list = slices.DeleteFunc(list, func(n ast.Node) bool { return code.Within(d, n) })
			list = append(list, d)
		}
	}
	return list
}
