package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A function that only told a delay has no caller where the helper tells it, and a table
// of delays nothing that reads it. A linter reports that, and so the fix leaves it out,
// with what only it used, if no file names it otherwise, also none of another build, where
// its name alone decides.

// mostUses is through how many declarations what only they used is looked for.
const mostUses = 4

// A part is a function, a method, a constant or a variable of the package, or a group of
// these.
type part struct {
	names []*ast.Ident
	node  ast.Node // its declaration, with the comment behind it
	doc   *ast.CommentGroup
	file  *ast.File
	group *ast.GenDecl // that it is one of; nil if it stands alone
}

// Pos returns where p begins, with the comment before it.
func (p part) Pos() token.Pos {
	if p.doc != nil {
		return p.doc.Pos()
	}
	return p.node.Pos()
}

// End returns where p ends, with the comment behind it.
func (p part) End() token.Pos {
	last := p.node
	if d, ok := last.(*ast.GenDecl); ok && !d.Rparen.IsValid() {
		last = d.Specs[0]
	}
	if spec, ok := last.(*ast.ValueSpec); ok && spec.Comment != nil {
		return spec.Comment.End()
	}
	return p.node.End()
}

// leaveUnused lets each fix leave out what nothing names any more. Where it takes several
// fixes, or it stands in another file, their messages say so.
func (x *fixer) leaveUnused(findings []*finding) {
	fixed := slices.DeleteFunc(slices.Clone(findings), func(f *finding) bool { return f.fix == nil })
	if len(fixed) == 0 {
		return
	}
	done := newDone(fixed)
	linked := sync.OnceValue(func() map[string]bool { return linkedNames(x.pass.Files) })
	var in []ast.Node
	for _, f := range fixed {
		if !slices.Contains(in, f.fix.Decl) {
			in = append(in, f.fix.Decl)
		}
	}
	for range mostUses {
		names := x.unused(in, done)
		if len(names) == 0 {
			return
		}
		in = nil
		parts := x.parts(names)
		uses := x.uses(parts)
		for _, p := range parts {
			if !p.isNamed(linked()) && x.mayGo(p) && done.leaveDead(p, x.usesOf(p, uses), x.source(p.file)) {
				in = append(in, p.node)
			}
		}
	}
}

// unused returns the names of what the package declares, not exported, that is used in
// what is removed of nodes.
func (x *fixer) unused(nodes []ast.Node, done *done) map[string]bool {
	names := make(map[string]bool)
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && !id.IsExported() && !names[id.Name] && done.removes(id.Pos()) != nil {
				obj := x.pass.TypesInfo.Uses[id]
				fn, isFunc := obj.(*types.Func)
				names[id.Name] = isFunc && fn.Pkg() == x.pass.Pkg || obj != nil && obj.Parent() == x.pass.Pkg.Scope()
			}
			return true
		})
	}
	maps.DeleteFunc(names, func(_ string, used bool) bool { return !used })
	return names
}

// parts returns the parts of the files under analysis that have one of names, and none
// that is exported.
func (x *fixer) parts(names map[string]bool) (parts []part) {
	for _, file := range x.pass.Files {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				parts = append(parts, part{[]*ast.Ident{d.Name}, d, d.Doc, file, nil})
			case *ast.GenDecl:
				parts = append(parts, x.values(d, file)...)
			}
		}
	}
	return slices.DeleteFunc(parts, func(p part) bool {
		return !p.isNamed(names) || slices.ContainsFunc(p.names, (*ast.Ident).IsExported)
	})
}

// values returns the constants and the variables that d declares one by one, with values
// that do nothing but to be there, and before them all of them together.
func (x *fixer) values(d *ast.GenDecl, file *ast.File) []part {
	all := part{nil, d, d.Doc, file, nil}
	var parts []part
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || len(v.Values) != 1 && d.Tok == token.CONST || x.counts(v) {
			return nil
		}
		all.names = append(all.names, v.Names[0])
		if len(v.Values) == 0 || code.Pure(x.pass.TypesInfo, v.Values[0]) {
			parts = append(parts, part{v.Names, v, v.Doc, file, d})
		}
	}
	if len(parts) < len(d.Specs) {
		return parts
	}
	return append([]part{all}, parts...)
}

// counts reports whether the value of spec is its place in the list.
func (x *fixer) counts(spec *ast.ValueSpec) bool {
	return slices.ContainsFunc(spec.Values, func(v ast.Expr) bool {
		return code.Any(v, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			return ok && x.pass.TypesInfo.Uses[id] == types.Universe.Lookup("iota")
		})
	})
}

// uses returns where the files under analysis have the names of parts.
func (x *fixer) uses(parts []part) map[string][]*ast.Ident {
	uses := make(map[string][]*ast.Ident)
	for _, p := range parts {
		for _, id := range p.names {
			uses[id.Name] = nil
		}
	}
	if len(uses) == 0 {
		return nil
	}
	for c := range x.pkg.Inspector().Root().Preorder((*ast.Ident)(nil)) {
		id := c.Node().(*ast.Ident)
		if list, ok := uses[id.Name]; ok {
			uses[id.Name] = append(list, id)
		}
	}
	return uses
}

// usesOf returns what may use p from outside of it, of where the files have its names:
// also what is not known to be something else, and a method of an interface. What nothing
// uses today counts as used: it is not for a fix to leave out.
func (x *fixer) usesOf(p part, named map[string][]*ast.Ident) (uses []*ast.Ident) {
	for _, name := range p.names {
		if len(named[name.Name]) == 1 {
			return named[name.Name]
		}
		for _, id := range named[name.Name] {
			if p.node.Pos() <= id.Pos() && id.Pos() < p.node.End() {
				continue
			}
			obj := x.pass.TypesInfo.ObjectOf(id)
			fn, ok := obj.(*types.Func)
			if ok {
				obj = fn.Origin()
			}
			if obj == nil || obj == x.pass.TypesInfo.Defs[name] || ok && ofInterface(fn) {
				uses = append(uses, id)
			}
		}
	}
	return uses
}

// ofInterface reports whether fn is a method of an interface.
func ofInterface(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// mayGo reports whether p is for nothing but to be named, in these files: not by the
// runtime, by C or by an assembler.
func (x *fixer) mayGo(p part) bool {
	fn, isFunc := p.node.(*ast.FuncDecl)
	switch {
	case p.isNamed(map[string]bool{"init": true, "main": true, "_": true}), isFunc && fn.Body == nil, x.source(p.file) == nil, len(x.pass.OtherFiles) > 0:
		return false
	case slices.ContainsFunc(x.pass.Files, importsC):
		return false
	default:
		return !directed(p.doc) && !slices.ContainsFunc(p.names, func(id *ast.Ident) bool { return x.namedElsewhere(id.Name) })
	}
}

// directed reports whether doc tells the compiler, or C, of what it stands before.
func directed(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "//export ")
	})
}

// linkedNames returns the names in comments that link to functions by them.
func linkedNames(files []*ast.File) map[string]bool {
	linked := make(map[string]bool)
	for _, file := range files {
		for _, g := range file.Comments {
			for _, c := range g.List {
				if strings.HasPrefix(c.Text, "//go:linkname ") {
					noteNames(linked, c.Text)
				}
			}
		}
	}
	return linked
}

// noteNames adds the identifiers in text to names.
func noteNames(names map[string]bool, text string) {
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		names[name] = true
	}
}

// isSaid reports whether the comment on the group that p is one of names it: that would stay.
func (p part) isSaid() bool {
	if p.group == nil || p.group.Doc == nil {
		return false
	}
	said := make(map[string]bool)
	noteNames(said, p.group.Doc.Text())
	return p.isNamed(said)
}

// isNamed reports whether one of the names of p is in names.
func (p part) isNamed(names map[string]bool) bool {
	return slices.ContainsFunc(p.names, func(id *ast.Ident) bool { return names[id.Name] })
}
