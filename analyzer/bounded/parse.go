package bounded

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// ParseFile parses the named file as [parser.ParseFile] does, without objects. What the
// go command does not load may be anything that is called a Go file.
func ParseFile(fset *token.FileSet, name string, mode parser.Mode) (*ast.File, error) {
	data, err := Read(name, Other)
	if err != nil {
		return nil, err
	}
	return parser.ParseFile(fset, name, data, mode|parser.SkipObjectResolution)
}
