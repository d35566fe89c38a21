package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// Doc returns the comment of a function, a method, a type or a field of a package that
// was read: above it, or behind it in its line. Without one it is "".
func (s *Set) Doc(obj types.Object) string {
	if obj == nil || !obj.Pos().IsValid() {
		return ""
	}
	at := s.fset.PositionFor(obj.Pos(), false)
	return s.comments.in(at.Filename)[named{obj.Name(), at.Line, at.Column}]
}

// comments are those of files, each of which is read once: a package may have thousands
// of functions. They are safe for concurrent use.
type comments struct {
	mu   sync.Mutex
	read map[string]map[named]string // by file
}

// named is a name at its place in a file.
type named struct {
	name         string
	line, column int
}

// in returns the comments of the named file.
func (c *comments) in(name string) map[named]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	of, ok := c.read[name]
	if !ok {
		if c.read == nil {
			c.read = make(map[string]map[named]string)
		}
		of = commentsOf(name)
		c.read[name] = of
	}
	return of
}

func commentsOf(name string) map[named]string {
	fset := token.NewFileSet()
	file, _ := bounded.ParseFile(fset, name, parser.ParseComments)
	if file == nil {
		return nil
	}
	of := make(map[named]string)
	note := func(id *ast.Ident, texts ...*ast.CommentGroup) {
		p := fset.PositionFor(id.Pos(), false)
		for _, t := range texts {
			of[named{id.Name, p.Line, p.Column}] += t.Text()
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			note(n.Name, n.Doc)
		case *ast.GenDecl:
			for _, spec := range n.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					note(t.Name, n.Doc, t.Doc)
				}
			}
		case *ast.Field:
			for _, id := range n.Names {
				note(id, n.Doc, n.Comment)
			}
		}
		return true
	})
	return of
}
