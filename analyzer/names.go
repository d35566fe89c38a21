package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// Fixes import a package by another name where a function of the file has a variable of its
// name. Often the fixes leave that out: then they import it by its own.
//
//	for retry := 0; retry < 3; retry++ {

// ownNames lets the fixes of each file import the packages of the helper by their own names,
// where each of them, applied alone, leaves no other use for these.
func (x *fixer) ownNames(findings []*finding) {
	for file, fixed := range x.fixedIn(findings) {
		scope := &edit.Scope{Pkg: x.pkg, File: file, Pos: file.Name.End()}
		src := edit.Source{File: file, Src: x.source(file)}
		for _, r := range edit.NewImports(scope, x.set.helper.Imports, x.elsewhere).Renames() {
			if slices.ContainsFunc(fixed, func(f *finding) bool { return usesBeside(r, src, f.fix.List()) }) {
				continue
			}
			for _, f := range fixed {
				f.fix = f.fix.With(src, r.Of(f.fix.List()))
			}
		}
	}
}

// fixedIn returns the findings with a fix of each file.
func (x *fixer) fixedIn(findings []*finding) map[*ast.File][]*finding {
	fixed := make(map[*ast.File][]*finding)
	for _, f := range findings {
		if f.fix != nil {
			file := x.fileAt(f.fix.Pos)
			fixed[file] = append(fixed[file], f)
		}
	}
	return fixed
}

// usesBeside reports whether a function of the file that names what r renames with edits
// applied uses the new name as well, for something other than a field or a method.
func usesBeside(r edit.Rename, src edit.Source, edits []edit.Edit) bool {
	text := src.Apply(src.File.FileStart, src.File.FileEnd, edits)
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(file.Decls, func(decl ast.Decl) bool {
		if _, ok := decl.(*ast.FuncDecl); !ok {
			return false
		}
		used := namesIn(decl)
		return used[r.From] && used[r.To]
	})
}

// namesIn returns the names in n, but for those of fields and methods.
func namesIn(n ast.Node) map[string]bool {
	found, selected := make(map[string]bool), make(map[*ast.Ident]bool)
	for n := range ast.Preorder(n) {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selected[n.Sel] = true
		case *ast.Ident:
			found[n.Name] = found[n.Name] || !selected[n]
		}
	}
	return found
}
