package analyzer

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// A function that only told a delay has no caller where the helper tells it. A linter
// reports that, and so the fix leaves it out, with what only it called, if no file names
// it otherwise, also none of another build, where its name alone decides.

// leaveCalled lets each fix leave out what nothing names any more. Where it takes several
// fixes, or the function stands in another file, their messages say so.
func (x *fixer) leaveCalled(findings []*finding) {
	fixed := slices.DeleteFunc(slices.Clone(findings), func(f *finding) bool { return f.fix == nil })
	if len(fixed) == 0 {
		return
	}
	done := newDone(fixed)
	linked := linkedNames(x.pass.Files)
	var parts []ast.Node
	for _, f := range fixed {
		if !slices.Contains(parts, f.fix.Decl) {
			parts = append(parts, f.fix.Decl)
		}
	}
	for names := x.uncalled(parts, done); len(names) > 0; names = x.uncalled(parts, done) {
		parts = nil
		uses := x.uses(names)
		for _, file := range x.pass.Files {
			for _, d := range file.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && names[d.Name.Name] && !linked[d.Name.Name] && x.mayGo(file, d) && done.leaveDead(d, file, x.usesOf(d, uses[d.Name.Name]), x.source(file)) {
					parts = append(parts, d)
				}
			}
		}
	}
}

// uncalled returns the names of the functions, not exported, that what is removed of
// parts calls.
func (x *fixer) uncalled(parts []ast.Node, done *done) map[string]bool {
	names := make(map[string]bool)
	for _, part := range parts {
		ast.Inspect(part, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && !id.IsExported() && !names[id.Name] && done.removes(id.Pos()) != nil {
				if fn, ok := x.pass.TypesInfo.Uses[id].(*types.Func); ok && fn.Pkg() == x.pass.Pkg {
					names[id.Name] = true
				}
			}
			return true
		})
	}
	return names
}

// uses returns where the files under analysis have names.
func (x *fixer) uses(names map[string]bool) map[string][]*ast.Ident {
	uses := make(map[string][]*ast.Ident)
	for _, file := range x.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && names[id.Name] {
				uses[id.Name] = append(uses[id.Name], id)
			}
			return true
		})
	}
	return uses
}

// usesOf returns those of names that may call d from outside of it: also what is not known
// to be something else, and a method of an interface.
func (x *fixer) usesOf(d *ast.FuncDecl, names []*ast.Ident) (uses []*ast.Ident) {
	for _, id := range names {
		if d.Pos() <= id.Pos() && id.Pos() < d.End() {
			continue
		}
		obj := x.pass.TypesInfo.ObjectOf(id)
		fn, ok := obj.(*types.Func)
		if obj == nil || ok && (fn.Origin() == x.pass.TypesInfo.Defs[d.Name] || ofInterface(fn)) {
			uses = append(uses, id)
		}
	}
	return uses
}

// ofInterface reports whether fn is a method of an interface.
func ofInterface(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// mayGo reports whether d is for nothing but to be called by its name, in these files:
// not by the runtime, by C or by an assembler.
func (x *fixer) mayGo(file *ast.File, d *ast.FuncDecl) bool {
	switch name := d.Name.Name; {
	case name == "init", name == "main", name == "_", d.Body == nil, x.source(file) == nil, len(x.pass.OtherFiles) > 0:
		return false
	case slices.ContainsFunc(x.pass.Files, importsC):
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

// A done is what fixes do together.
type done struct {
	edits  []doneEdit      // those that replace something, in source order
	points []token.Pos     // where others insert something, likewise
	names  map[string]bool // that they write
}

// A doneEdit is an edit with the fix that it is of.
type doneEdit struct {
	pos, end token.Pos
	by       *finding
}

func newDone(fixed []*finding) *done {
	d := &done{names: make(map[string]bool)}
	for _, f := range fixed {
		for _, e := range f.fix.Edits {
			noteNames(d.names, string(e.NewText))
			if e.Pos < e.End {
				d.edits = append(d.edits, doneEdit{e.Pos, e.End, f})
			} else {
				d.points = append(d.points, e.Pos)
			}
		}
	}
	slices.SortStableFunc(d.edits, func(a, b doneEdit) int { return cmp.Compare(a.pos, b.pos) })
	slices.Sort(d.points)
	return d
}

// before returns the number of edits that begin before pos.
func (d *done) before(pos token.Pos) int {
	i, _ := slices.BinarySearchFunc(d.edits, pos, func(e doneEdit, pos token.Pos) int { return cmp.Compare(e.pos, pos) })
	return i
}

// removes returns the fix that takes the place of what stands at pos, or nil.
func (d *done) removes(pos token.Pos) *finding {
	if i := d.before(pos+1) - 1; i >= 0 && pos < d.edits[i].end {
		return d.edits[i].by
	}
	return nil
}

// touches reports whether a fix changes something in decl.
func (d *done) touches(decl *ast.FuncDecl) bool {
	if i := d.before(decl.End()) - 1; i >= 0 && decl.Pos() < d.edits[i].end {
		return true
	}
	i, _ := slices.BinarySearch(d.points, decl.Pos()+1)
	return i < len(d.points) && d.points[i] < decl.End()
}

// leaveDead lets the one fix that removes all uses of a function leave that out, and reports
// whether it does.
func (d *done) leaveDead(fn *ast.FuncDecl, file *ast.File, uses []*ast.Ident, src []byte) bool {
	name := fn.Name.Name
	var by []*finding
	for _, use := range uses {
		f := d.removes(use.Pos())
		if f == nil {
			return false
		}
		if !slices.Contains(by, f) {
			by = append(by, f)
		}
	}
	if len(by) == 0 || d.touches(fn) || d.names[name] {
		return false
	}
	f := by[0]
	if len(by) > 1 || f.fix.Pos < file.FileStart || f.fix.Pos >= file.FileEnd {
		for _, f := range by {
			if !slices.Contains(f.uncalled, name) {
				f.uncalled = append(f.uncalled, name)
			}
		}
		return false
	}
	gone := goneLines(fn, file, src)
	gone = d.beside(gone)
	s := edit.Source{File: file, Src: src}
	less := *f.fix
	less.Edits = merge(less.Edits, []analysis.TextEdit{{Pos: gone.Pos, End: gone.End, NewText: []byte(gone.Text)}})
	less.Lines += strings.Count(s.Between(gone.Pos, gone.End), "\n")
	f.fix = &less
	d.edits = slices.Insert(d.edits, d.before(gone.Pos), doneEdit{gone.Pos, gone.End, f})
	return true
}

// beside returns e without the empty line that another function, which is gone, has taken.
func (d *done) beside(e edit.Edit) edit.Edit {
	i := d.before(e.End) - 1
	switch {
	case i < 0:
	case d.edits[i].pos <= e.Pos:
		e.Pos = max(e.Pos, d.edits[i].end)
	default:
		e.End = d.edits[i].pos
	}
	return e
}

// goneLines returns the edit that leaves a function out, with its comment.
func goneLines(fn *ast.FuncDecl, file *ast.File, src []byte) edit.Edit {
	s := edit.Source{File: file, Src: src}
	from := fn.Pos()
	if fn.Doc != nil {
		from = fn.Doc.Pos()
	}
	gone := s.CloseGaps([]edit.Edit{s.Line(from, fn.End())})[0]
	if gone.End == file.FileEnd && bytes.HasSuffix(src[:s.Offset(gone.Pos)], []byte("\n\n")) {
		gone.Pos-- // the empty line before it
	}
	return gone
}
