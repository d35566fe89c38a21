package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A Draft is another text of a declaration, which has been type-checked as if it stood
// in the place of that.
type Draft struct {
	File     *ast.File // the head of the file that the declaration is in, and New alone
	Old, New ast.Decl

	Types *types.Package   // which is like the package, and what New declares within itself is of
	Info  *types.Info      // of File; what New declares for the package stands there as what Old declares
	Sig   *types.Signature // New's, with the variables that it declares; nil if it is no function
}

// With returns the package with the draft d in the place of what that is another text
// of. It shares with p what is known of the other declarations; only those in the
// file of d, and of those with functions that it calls, are judged.
func (p *Package) With(d *Draft) *Package {
	if p.draft != nil {
		again := *d
		d, again.Old = &again, p.draft.Old
		p = p.base
	}
	q := &Package{
		Fset: p.Fset, Types: p.Types, Info: p.withInfo(d.Info), Files: []*ast.File{d.File},
		Abroad: p.Abroad, Declared: p.Declared, Elsewhere: p.Elsewhere,
		insp: inspector.New([]*ast.File{d.File}), base: p, draft: d,
	}
	for _, file := range p.Files {
		if holds(file, d.Old.Pos()) {
			rest := *file
			rest.Decls = slices.DeleteFunc(slices.Clone(file.Decls), func(other ast.Decl) bool { return other == d.Old })
			q.rest, file = file, &rest
		}
		q.Files = append(q.Files, file)
	}
	return q
}

// withInfo returns what is known of the package and of drafts of its declarations, one
// more among these, but for scopes and instances, which nobody asks it for.
func (p *Package) withInfo(more *types.Info) *types.Info {
	if p.drafts == nil {
		p.drafts = &types.Info{}
	}
	all, own := p.drafts, p.Info
	join(&all.Types, own.Types, more.Types)
	join(&all.Defs, own.Defs, more.Defs)
	join(&all.Uses, own.Uses, more.Uses)
	join(&all.Implicits, own.Implicits, more.Implicits)
	join(&all.Selections, own.Selections, more.Selections)
	join(&all.FileVersions, own.FileVersions, more.FileVersions)
	return all
}

// join adds more to all, which is a copy of own if nobody has added anything yet.
func join[K comparable, V any](all *map[K]V, own, more map[K]V) {
	if *all == nil {
		*all = maps.Clone(own)
	}
	if *all == nil {
		*all = make(map[K]V)
	}
	maps.Copy(*all, more)
}

func holds(file *ast.File, pos token.Pos) bool { return file.FileStart <= pos && pos < file.FileEnd }

// isOwn reports whether what stands at pos is read by p itself, not by the package
// that p is a draft of.
func (p *Package) isOwn(pos token.Pos) bool { return p.draft == nil || holds(p.draft.File, pos) }

// replaced reports whether pos is in a declaration that has another text.
func (p *Package) replaced(pos token.Pos) bool {
	return p.draft != nil && p.draft.Old.Pos() <= pos && pos < p.draft.Old.End()
}

// Parts returns the parts that the package is made of: its files, and in place of one
// with a declaration that has another text its declarations, and that text.
func (p *Package) Parts() []inspector.Cursor {
	list := slices.Collect(p.Inspector().Root().Children())
	if p.draft == nil {
		return list
	}
	for _, part := range p.base.Parts() {
		if part.Node() == ast.Node(p.rest) {
			list = append(list, p.others(part)...)
		} else {
			list = append(list, part)
		}
	}
	return list
}

// Judged returns the parts whose sites are judged: of a draft those of its file, and of the
// files with functions that it calls, which may wait.
func (p *Package) Judged() (list []inspector.Cursor) {
	for _, part := range p.Parts() {
		file, _ := part.Node().(*ast.File)
		switch {
		case p.draft == nil && p.skipped[file]:
		case p.draft == nil, file == nil, file == p.draft.File, !p.base.skipped[file] && p.draft.calls(file):
			list = append(list, part)
		}
	}
	return list
}

// calls reports whether the draft names a function that file declares.
func (d *Draft) calls(file *ast.File) bool {
	for _, obj := range d.Info.Uses {
		if fn, ok := obj.(*types.Func); ok && holds(file, fn.Pos()) {
			return true
		}
	}
	return false
}

// others returns the declarations of a file that have no other text.
func (p *Package) others(file inspector.Cursor) (list []inspector.Cursor) {
	for c := range file.Children() {
		if d, ok := c.Node().(ast.Decl); ok && d != p.draft.Old {
			list = append(list, c)
		}
	}
	return list
}

// Order orders places of the package as [Package.Parts] does.
func (p *Package) Order(a, b inspector.Cursor) int {
	x, y := a.Inspector() == p.insp, b.Inspector() == p.insp
	switch {
	case x == y:
		return int(a.Index() - b.Index())
	case x:
		return -1
	}
	return 1
}
