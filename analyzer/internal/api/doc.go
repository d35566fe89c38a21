package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// Doc returns the comment of a function, a method, a type or a field of a package that
// was read: above it, or behind it in its line. Without one it is "".
func (s *Set) Doc(obj types.Object) string {
	if obj == nil || !obj.Pos().IsValid() {
		return ""
	}
	at := s.fset.PositionFor(obj.Pos(), false)
	fset := token.NewFileSet()
	file, _ := bounded.ParseFile(fset, at.Filename, parser.ParseComments)
	if file == nil {
		return ""
	}
	var text strings.Builder
	here := func(id *ast.Ident) bool {
		p := fset.PositionFor(id.Pos(), false)
		return id.Name == obj.Name() && p.Line == at.Line && p.Column == at.Column
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if here(n.Name) {
				text.WriteString(n.Doc.Text())
			}
		case *ast.GenDecl:
			for _, spec := range n.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok && here(t.Name) {
					text.WriteString(n.Doc.Text() + t.Doc.Text())
				}
			}
		case *ast.Field:
			for _, id := range n.Names {
				if here(id) {
					text.WriteString(n.Doc.Text() + n.Comment.Text())
				}
			}
		}
		return true
	})
	return text.String()
}
