package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A function that only told a delay has no caller where the helper tells it. A linter
// reports that, and so the fix leaves it out, if no file names it otherwise, also none of
// another build. Names decide, whatever they mean there.

// leaveCalled lets each fix leave out what nothing names any more. Where it takes several
// fixes, or the function stands in another file, their messages say so.
func (x *fixer) leaveCalled(findings []*finding) {
	fixed := slices.DeleteFunc(slices.Clone(findings), func(f *finding) bool { return f.fix == nil })
	if len(fixed) == 0 {
		return
	}
	uses := x.uses()
	for _, file := range x.pass.Files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && x.calls(uses[d.Name.Name], d) && x.mayGo(file, d) {
				leaveDead(d, file, uses[d.Name.Name], fixed, x.source(file))
			}
		}
	}
}

// uses returns where the files under analysis name functions of theirs that are not
// exported, outside of these.
func (x *fixer) uses() map[string][]*ast.Ident {
	decls := make(map[string][]*ast.FuncDecl)
	for _, file := range x.pass.Files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && !d.Name.IsExported() {
				decls[d.Name.Name] = append(decls[d.Name.Name], d)
			}
		}
	}
	uses := make(map[string][]*ast.Ident)
	for _, file := range x.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && decls[id.Name] != nil && (len(decls[id.Name]) > 1 || id.Pos() < decls[id.Name][0].Pos() || id.Pos() >= decls[id.Name][0].End()) {
				uses[id.Name] = append(uses[id.Name], id)
			}
			return true
		})
	}
	return uses
}

// calls reports whether one of uses names d.
func (x *fixer) calls(uses []*ast.Ident, d *ast.FuncDecl) bool {
	return slices.ContainsFunc(uses, func(id *ast.Ident) bool {
		fn, ok := x.pass.TypesInfo.Uses[id].(*types.Func)
		return ok && fn.Origin() == x.pass.TypesInfo.Defs[d.Name]
	})
}

// mayGo reports whether d is for nothing but to be called by its name, in these files:
// not by the runtime, by C or by an assembler.
func (x *fixer) mayGo(file *ast.File, d *ast.FuncDecl) bool {
	switch name := d.Name.Name; {
	case name == "init", name == "main", name == "_", d.Body == nil, x.source(file) == nil, len(x.pass.OtherFiles) > 0:
		return false
	case slices.ContainsFunc(x.pass.Files, func(f *ast.File) bool { return importsC(f) || linksTo(f, name) }):
		return false
	default:
		return !directed(d) && !x.namedElsewhere(name)
	}
}

// directed reports whether the comment of d tells the compiler, or C, of it.
func directed(d *ast.FuncDecl) bool {
	return d.Doc != nil && slices.ContainsFunc(d.Doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "//export ")
	})
}

// linksTo reports whether a comment in file links to a function by its name.
func linksTo(file *ast.File, name string) bool {
	return slices.ContainsFunc(file.Comments, func(g *ast.CommentGroup) bool {
		return slices.ContainsFunc(g.List, func(c *ast.Comment) bool {
			return strings.HasPrefix(c.Text, "//go:linkname ") && strings.Contains(c.Text, name)
		})
	})
}

// leaveDead leaves d out of the one fix that removes all uses of its name.
func leaveDead(d *ast.FuncDecl, file *ast.File, uses []*ast.Ident, fixed []*finding, src []byte) {
	name := d.Name.Name
	var by []*finding
	for _, use := range uses {
		i := slices.IndexFunc(fixed, func(f *finding) bool { return removes(f.fix, use.Pos()) })
		if i < 0 {
			return
		}
		if !slices.Contains(by, fixed[i]) {
			by = append(by, fixed[i])
		}
	}
	if slices.ContainsFunc(fixed, func(f *finding) bool { return touches(f.fix, d) || writes(f.fix, name) }) {
		return
	}
	f := by[0]
	if len(by) > 1 || f.fix.Pos < file.FileStart || f.fix.Pos >= file.FileEnd {
		for _, f := range by {
			f.uncalled = append(f.uncalled, name)
		}
		return
	}
	s := edit.Source{File: file, Src: src}
	from := d.Pos()
	if d.Doc != nil {
		from = d.Doc.Pos()
	}
	gone := s.CloseGaps([]edit.Edit{s.Line(from, d.End())})[0]
	if gone.End == file.FileEnd && strings.HasSuffix(s.Between(file.FileStart, gone.Pos), "\n\n") {
		gone.Pos-- // the empty line before it
	}
	less := *f.fix
	less.Edits = merge(less.Edits, []analysis.TextEdit{{Pos: gone.Pos, End: gone.End, NewText: []byte(gone.Text)}})
	less.Lines += strings.Count(s.Between(gone.Pos, gone.End), "\n")
	f.fix = &less
}

// removes reports whether an edit of f takes the place of what stands at pos.
func removes(f *write.Fix, pos token.Pos) bool {
	return slices.ContainsFunc(f.Edits, func(e analysis.TextEdit) bool { return e.Pos <= pos && pos < e.End })
}

// touches reports whether an edit of f is in d.
func touches(f *write.Fix, d *ast.FuncDecl) bool {
	return slices.ContainsFunc(f.Edits, func(e analysis.TextEdit) bool { return e.Pos < d.End() && d.Pos() < e.End })
}

// writes reports whether f writes a name.
func writes(f *write.Fix, name string) bool {
	return slices.ContainsFunc(f.Edits, func(e analysis.TextEdit) bool { return strings.Contains(string(e.NewText), name) })
}
