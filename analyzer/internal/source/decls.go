package source

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A fileDecls is a file with its declarations, which are listed once one of them is
// asked for.
type fileDecls struct {
	file  *ast.File
	at    inspector.Cursor
	decls []inspector.Cursor // in source order
}

// Declaration returns the declaration at the top level of a file that pos is in; its
// other text, if it has one.
func (p *Package) Declaration(pos token.Pos) (decl inspector.Cursor, ok bool) {
	if p.replaced(pos) {
		pos = p.draft.New.Pos()
	}
	if !p.isOwn(pos) {
		return p.base.Declaration(pos)
	}
	f := p.fileAt(pos)
	if f == nil {
		return decl, false
	}
	if f.decls == nil {
		for decl := range f.at.Children() {
			if _, ok := decl.Node().(ast.Decl); ok {
				f.decls = append(f.decls, decl)
			}
		}
	}
	i := before(f.decls, pos, func(decl inspector.Cursor) token.Pos { return decl.Node().Pos() })
	if i < 0 || pos >= f.decls[i].Node().End() {
		return decl, false
	}
	return f.decls[i], true
}

// fileAt returns the file of the package that pos is in, or nil.
func (p *Package) fileAt(pos token.Pos) *fileDecls {
	if p.byPos == nil {
		for file := range p.Inspector().Root().Children() {
			p.byPos = append(p.byPos, &fileDecls{file: file.Node().(*ast.File), at: file})
		}
		slices.SortFunc(p.byPos, func(a, b *fileDecls) int { return cmp.Compare(a.file.FileStart, b.file.FileStart) })
	}
	i := before(p.byPos, pos, func(f *fileDecls) token.Pos { return f.file.FileStart })
	if i < 0 || pos >= p.byPos[i].file.FileEnd {
		return nil
	}
	return p.byPos[i]
}

// before returns the index of the last item of a sorted list that begins at pos or
// before it, or -1.
func before[T any](list []T, pos token.Pos, begin func(T) token.Pos) int {
	i, found := slices.BinarySearchFunc(list, pos, func(item T, pos token.Pos) int { return cmp.Compare(begin(item), pos) })
	if !found {
		i--
	}
	return i
}
