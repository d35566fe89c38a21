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
// where each of them, applied alone, leaves no other use for these in its declaration.
func (x *fixer) ownNames(findings []*finding) {
	for file, fixed := range x.fixedIn(findings) {
		scope := &edit.Scope{Pkg: x.pkg, File: file, Pos: file.Name.End()}
		src := edit.Source{File: file, Src: x.source(file)}
		for _, r := range edit.NewImports(scope, x.set.helper.Imports, x.elsewhere).Renames() {
			if slices.ContainsFunc(fixed, func(f *finding) bool { return usesBeside(r, src, f.fix.Decl, f.fix.List()) }) {
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

// usesBeside reports whether the declaration that a fix stands in names what r renames, with
// edits applied, and uses the new name as well, for something other than a field or a method.
func usesBeside(r edit.Rename, src edit.Source, decl ast.Node, edits []edit.Edit) bool {
	inside := slices.DeleteFunc(slices.Clone(edits), func(e edit.Edit) bool { return e.Pos < decl.Pos() || e.End > decl.End() })
	text := "package p\n" + src.Apply(decl.Pos(), decl.End(), inside)
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		return true
	}
	used := namesIn(file)
	return used[r.From] && used[r.To]
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
