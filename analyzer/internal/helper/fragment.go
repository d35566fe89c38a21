package helper

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
)

// A fragment is a piece of Go that does not stand alone, parsed within the
// text that it needs around it.
type fragment struct {
	prefix, suffix string
	text           string // with prefix and suffix
	fset           *token.FileSet
	body           *ast.BlockStmt
}

// What a fragment may be: expressions, the header of a for statement, which
// may look like several statements, or statements.
var frames = []struct{ prefix, suffix string }{
	{"package p\n\nfunc _() {\n\treturn ", "\n}\n"},
	{"package p\n\nfunc _() {\n\tfor ", " {\n\t}\n}\n"},
	{"package p\n\nfunc _() {\n\t", "\n}\n"},
}

// parseFragment parses text as the first of frames that it is.
func parseFragment(text string) (*fragment, error) {
	var first error
	for _, f := range frames {
		frag := &fragment{prefix: f.prefix, suffix: f.suffix, text: f.prefix + text + f.suffix, fset: token.NewFileSet()}
		file, err := parser.ParseFile(frag.fset, "", frag.text, parser.SkipObjectResolution)
		if err == nil && len(file.Decls) == 1 {
			frag.body = file.Decls[0].(*ast.FuncDecl).Body
			return frag, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// inner returns text, which has f's prefix and suffix, without them and with
// the indentation of its first line.
func (f *fragment) inner(text string) string {
	text = strings.TrimSuffix(strings.TrimPrefix(text, f.prefix), f.suffix)
	return strings.ReplaceAll(text, "\n\t", "\n")
}

// rename returns the formatted text of f with names changed as local says.
func (f *fragment) rename(local map[string]string) string {
	var edits []edit
	fields := f.fieldNames()
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok {
				if to, known := local[id.Name]; known && to == "" {
					edits = append(edits, edit{f.offset(n.Pos()), f.offset(n.Sel.Pos()), ""})
				}
			}
		case *ast.Ident:
			if to := local[n.Name]; to != "" && to != n.Name && !fields[n] {
				edits = append(edits, edit{f.offset(n.Pos()), f.offset(n.End()), to})
			}
		}
		return true
	})
	text := apply(f.text, edits)
	if formatted, err := format.Source([]byte(text)); err == nil {
		text = string(formatted)
	}
	return f.inner(text)
}

// fieldNames returns the identifiers of f that name a field or method.
func (f *fragment) fieldNames() map[*ast.Ident]bool {
	names := make(map[*ast.Ident]bool)
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			names[n.Sel] = true
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok {
				names[id] = true
			}
		}
		return true
	})
	return names
}

// qualifiers returns the identifiers of f that something is selected from.
func (f *fragment) qualifiers() []string {
	var names []string
	ast.Inspect(f.body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				names = append(names, id.Name)
			}
		}
		return true
	})
	return names
}

// called returns the identifiers of f that a function or method is called of.
func (f *fragment) called() []string {
	var names []string
	ast.Inspect(f.body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		fun := call.Fun
		switch index := fun.(type) { // an instance of a generic function
		case *ast.IndexExpr:
			fun = index.X
		case *ast.IndexListExpr:
			fun = index.X
		}
		if sel, ok := fun.(*ast.SelectorExpr); ok {
			names = append(names, packageOf(sel.X)...)
		}
		return true
	})
	return names
}

// packageOf returns the identifier that x, of which something is selected, is or
// begins with: that of its type, for a literal.
func packageOf(x ast.Expr) []string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return []string{x.Name}
	case *ast.UnaryExpr:
		return packageOf(x.X)
	case *ast.CompositeLit:
		if sel, ok := x.Type.(*ast.SelectorExpr); ok {
			return packageOf(sel.X)
		}
	}
	return nil
}

// declared returns the variables that the statements of f declare, but for
// those of inner blocks.
func (f *fragment) declared() []string {
	var names []string
	add := func(exprs ...ast.Expr) {
		for _, x := range exprs {
			if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
				names = append(names, id.Name)
			}
		}
	}
	for _, s := range f.body.List {
		switch s := s.(type) {
		case *ast.ForStmt:
			if init, ok := s.Init.(*ast.AssignStmt); ok && init.Tok == token.DEFINE {
				add(init.Lhs...)
			}
		case *ast.RangeStmt:
			if s.Tok == token.DEFINE {
				add(s.Key, s.Value)
			}
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				add(s.Lhs...)
			}
		case *ast.DeclStmt:
			for _, spec := range s.Decl.(*ast.GenDecl).Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, id := range v.Names {
						add(id)
					}
				}
			}
		}
	}
	return names
}

func (f *fragment) offset(pos token.Pos) int { return f.fset.Position(pos).Offset }
