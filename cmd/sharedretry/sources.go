package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"sync"
)

// sources keeps the text of each file as it was analysed: a fix may only be
// applied to that. It is safe for concurrent use.
type sources struct {
	mu   sync.Mutex
	text map[string][]byte
}

// parse parses a file, as the loader of packages does by default.
func (s *sources) parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	s.mu.Lock()
	if s.text == nil {
		s.text = make(map[string][]byte)
	}
	s.text[name] = src
	s.mu.Unlock()
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments)
}
