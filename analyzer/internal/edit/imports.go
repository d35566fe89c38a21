package edit

import (
	"cmp"
	"go/ast"
	"go/scanner"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// Imports are packages that edits of a file may need, and the names by which it
// imports them, or will.
type Imports struct {
	scope     *Scope
	want      map[string]string      // path by name
	elsewhere func(name string) bool // what other files of the package declare
	local     map[string]string      // name in the file by name; "" for a dot import; nil if nobody has asked
}

// NewImports returns those of the packages in want, by the names that they have
// in texts.
func NewImports(s *Scope, want map[string]string, elsewhere func(name string) bool) *Imports {
	return &Imports{scope: s, want: want, elsewhere: elsewhere}
}

// Names returns the names in the file by the names in texts.
func (p *Imports) Names() map[string]string {
	if p.local == nil {
		p.local = make(map[string]string)
		for name, path := range p.want {
			p.local[name] = p.NameOf(name, path)
		}
	}
	return p.local
}

// NameOf returns the name by which the file imports a package, or can.
func (p *Imports) NameOf(name, importPath string) string {
	if local, ok := p.scope.Imported(importPath); ok {
		if local == "." {
			return ""
		}
		return local
	}
	return p.newName(name, importPath)
}

// newName returns a name for a package that the file is to import.
func (p *Imports) newName(name, importPath string) string {
	free := func(name string) bool { // in all of the file: its fixes are to import a package by one name
		return p.isFree(name) && !p.scope.Pkg.Declares(p.scope.File, name)
	}
	if free(name) {
		return name
	}
	local := lettersOf(importPath)
	if local == "" || local == name {
		local = name + "lib"
	}
	for next, i := local, 2; ; i++ {
		if free(next) {
			return next
		}
		next = local + strconv.Itoa(i)
	}
}

// isFree reports whether name means nothing where the scope is, nor in other files of the
// package.
func (p *Imports) isFree(name string) bool { return p.scope.Lookup(name) == nil && !p.elsewhere(name) }

// A Rename is a name that the file would import a package by, and the one that nothing but
// variables of its functions keeps it from.
type Rename struct {
	From, To string
	path     string
	imported bool // by that name
}

// Renames returns the names that fixes of the file may import packages by anew. The scope
// is that of the file.
func (p *Imports) Renames() (list []Rename) {
	for _, name := range slices.Sorted(maps.Keys(p.want)) {
		r := Rename{From: p.newName(name, p.want[name]), To: name, path: p.want[name]}
		if to, ok := p.scope.Imported(r.path); ok {
			r.To, r.imported = to, true
		}
		grouped := r.imported && importDecl(p.scope.File).Lparen.IsValid()
		if r.From != r.To && r.To != "." && (grouped || !r.imported && p.isFree(name)) {
			list = append(list, r)
		}
	}
	return list
}

// Of returns edits with the new name.
func (r Rename) Of(edits []Edit) (renamed []Edit) {
	from, to := importSpec(r.From, r.path), importSpec(r.To, r.path)
	for _, e := range edits {
		if r.imported && e.Pos == e.End && strings.TrimSpace(e.Text) == from {
			continue
		}
		e.Text = renameIn(strings.Replace(e.Text, from, to, 1), r.From, r.To)
		renamed = append(renamed, e)
	}
	return renamed
}

// renameIn returns a piece of Go with each name from, but for a field's or a method's, as to.
func renameIn(text, from, to string) string {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), func(token.Position, string) {}, 0)
	var out strings.Builder
	done, before := 0, token.ILLEGAL
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return out.String() + text[done:]
		}
		if tok == token.IDENT && lit == from && before != token.PERIOD {
			at := file.Offset(pos)
			out.WriteString(text[done:at] + to)
			done = at + len(from)
		}
		before = tok
	}
}

// lettersOf returns the last element of an import path as a name.
func lettersOf(importPath string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, path.Base(majorSuffix().ReplaceAllString(importPath, "")))
}

// Edits returns the edits that import the packages that used names.
func (p *Imports) Edits(used map[string]string) (edits []Edit) {
	for _, name := range slices.Sorted(maps.Keys(used)) {
		path := used[name]
		if _, ok := p.scope.Imported(path); ok {
			continue
		}
		local := name
		if l, ok := p.Names()[name]; ok && p.want[name] == path {
			local = l
		}
		edits = append(edits, addImport(p.scope.File, importSpec(local, path), path))
	}
	if decl := importDecl(p.scope.File); len(edits) > 0 && decl != nil && !decl.Lparen.IsValid() {
		spec := decl.Specs[0]
		edits = append(edits, Edit{spec.Pos(), spec.Pos(), "(\n\t"}, Edit{spec.End(), spec.End(), "\n)"})
	}
	// Where imports go to the same place, the helper's own come first, and context
	// last: of equal lists of insertions drivers make one.
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Compare(importRank(a.Text), importRank(b.Text))
	})
	return edits
}

// importRank orders insertions at one place: a parenthesis opens before all
// imports, and closes behind them.
func importRank(text string) int {
	switch {
	case strings.HasPrefix(text, "("):
		return 0
	case text == "\n)":
		return 4
	case strings.Contains(text, "."):
		return 1
	case strings.Contains(text, `"context"`):
		return 3
	}
	return 2
}

var majorSuffix = pattern.New(`/v[0-9]+$`)

// WithNames gives the imports that edits add an explicit name, which a package that
// is not at hand has not.
func (p *Imports) WithNames(edits []Edit, used map[string]string) []Edit {
	edits = slices.Clone(edits)
	for i, e := range edits {
		for name, path := range used {
			quoted := strconv.Quote(path)
			if e.Pos == e.End && strings.HasSuffix(strings.TrimSpace(e.Text), quoted) && !strings.Contains(e.Text, " ") {
				edits[i].Text = strings.Replace(e.Text, quoted, p.localName(name)+" "+quoted, 1)
			}
		}
	}
	return edits
}

// localName returns the name by which the file will import a package of the
// helper, or another.
func (p *Imports) localName(name string) string {
	if local, ok := p.Names()[name]; ok && local != "" {
		return local
	}
	return name
}

// importSpec writes the import of path under a name, which is left out where
// the path says it.
func importSpec(name, importPath string) string {
	if path.Base(majorSuffix().ReplaceAllString(importPath, "")) == name {
		return strconv.Quote(importPath)
	}
	return name + " " + strconv.Quote(importPath)
}

// addImport returns the edit that imports path. Several fixes of a file may
// import the same: equal edits are merged, so where it goes depends on nothing
// but the file and the path. The driver's gofmt sorts the block.
func addImport(file *ast.File, spec, importPath string) Edit {
	decl := importDecl(file)
	switch {
	case decl == nil:
		at := file.Name.End()
		return Edit{at, at, "\n\nimport " + spec}
	case !decl.Lparen.IsValid() && isStandard(importPath):
		at := decl.Specs[0].Pos() // behind the parenthesis that is opened there
		return Edit{at, at, spec + "\n\t"}
	case !decl.Lparen.IsValid():
		at := decl.Specs[0].End()
		return Edit{at, at, "\n\n\t" + spec}
	}
	std := isStandard(importPath)
	var last *ast.ImportSpec // of the packages of the same kind
	for _, s := range decl.Specs {
		s := s.(*ast.ImportSpec)
		if p, err := strconv.Unquote(s.Path.Value); err == nil && isStandard(p) == std {
			if last == nil || !std {
				last = s
			}
		}
	}
	switch {
	case last == nil && std:
		at := decl.Lparen + 1
		return Edit{at, at, "\n\t" + spec + "\n"}
	case last == nil:
		at := decl.Rparen
		return Edit{at, at, "\n\t" + spec + "\n"}
	case importPath == "context":
		at := last.Pos()
		return Edit{at, at, spec + "\n\t"}
	}
	return Edit{last.End(), last.End(), "\n\t" + spec}
}

// importDecl returns the import declaration to add to: the first one in
// parentheses, or else the last.
func importDecl(file *ast.File) *ast.GenDecl {
	var found *ast.GenDecl
	for _, d := range file.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT || importsC(d) {
			continue
		}
		if found == nil || !found.Lparen.IsValid() {
			found = d
		}
	}
	return found
}

func importsC(d *ast.GenDecl) bool {
	for _, s := range d.Specs {
		if s.(*ast.ImportSpec).Path.Value == `"C"` {
			return true
		}
	}
	return false
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
