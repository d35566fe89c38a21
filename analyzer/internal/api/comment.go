package api

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// FieldComment returns what the comments beside and above a field of a struct
// type say, or "".
func (s *Set) FieldComment(path, typ, field string) (text string) {
	u := s.units[path]
	if u == nil || u.decls[typ] == nil {
		return ""
	}
	name := s.fset.PositionFor(u.decls[typ].node.Pos(), false).Filename
	file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if file == nil {
		return ""
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || spec.Name.Name != typ {
			return true
		}
		t, ok := spec.Type.(*ast.StructType)
		if !ok {
			return false
		}
		for _, f := range t.Fields.List {
			for _, id := range f.Names {
				if id.Name == field {
					text = f.Doc.Text() + f.Comment.Text()
				}
			}
		}
		return false
	})
	return text
}
