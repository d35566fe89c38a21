package apply

import (
	"bytes"
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A Single tells what fixes change, each without the others. It formats no more of a
// file than the parts that a fix is in, and of each file no more than it may.
type Single struct {
	patch *patch
	files map[string]*parts
}

// NewSingle returns a Single for files as src holds them.
func NewSingle(src *load.Sources) *Single {
	return &Single{NewPatch(src), make(map[string]*parts)}
}

// For a file, these many bytes are formatted, and these many times its size.
const (
	minSingle   = 1 << 20
	singleReads = 4
)

// A Part is lines of a file before and after a fix.
type Part struct {
	Line          int // the number of the first one
	Before, After []byte
}

// Saved returns how many lines fewer there are after the fix.
func (p Part) Saved() int { return bytes.Count(p.Before, newline) - bytes.Count(p.After, newline) }

// ErrLong is the error for a fix that is not shown, since there is so much to show of
// its file already.
var ErrLong = errors.New("the fixes of the file are too long to show all of them")

// Parts returns what the fix of a finding changes, in the order of the file. The error
// says why it cannot be applied, or is [ErrLong].
func (s *Single) Parts(pkg *packages.Package, file *token.File, fix analysis.SuggestedFix) ([]Part, error) {
	edits, err := editsOf(file, fix)
	if err != nil {
		return nil, err
	}
	target, err := s.patch.target(pkg, file)
	if err != nil {
		return nil, err
	}
	edits, _ = merge(nil, edits) // sorts them
	p := s.files[target.Name]
	if p == nil {
		p = newParts(target, pkg, file)
		s.files[target.Name] = p
	}
	return p.fixed(edits)
}

// The parts of a file are its head, with the imports, and declarations behind an empty
// line: how one is formatted does not depend on the others.
type parts struct {
	*Target
	starts []int             // their offsets
	file   *token.File       // for the numbers of lines
	specs  []*ast.ImportSpec // that may be left without a use
	uses   map[*ast.ImportSpec][]int
	crlf   bool // the lines of the whole file end so
	left   int  // bytes that may still be formatted
}

func newParts(t *Target, pkg *packages.Package, file *token.File) *parts {
	i := slices.IndexFunc(pkg.Syntax, func(f *ast.File) bool { return pkg.Fset.File(f.FileStart) == file }) // known by now
	syntax := pkg.Syntax[i]
	p := &parts{Target: t, file: file, starts: startsOf(t.Before, file, syntax), uses: make(map[*ast.ImportSpec][]int), crlf: hasCRLF(t.Before), left: minSingle + singleReads*len(t.Before)}
	specs := make(map[any]*ast.ImportSpec)
	for _, spec := range syntax.Imports {
		if name := pkg.TypesInfo.PkgNameOf(spec); name != nil {
			p.specs = append(p.specs, spec)
			specs[name] = spec
		}
	}
	ast.Inspect(syntax, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if spec := specs[pkg.TypesInfo.Uses[id]]; spec != nil {
				p.uses[spec] = append(p.uses[spec], file.Offset(id.Pos()))
			}
		}
		return true
	})
	return p
}

// startsOf returns the offsets of the parts of a file.
func startsOf(src []byte, file *token.File, syntax *ast.File) []int {
	starts := []int{0}
	comments := syntax.Comments
	for i, decl := range syntax.Decls {
		if next := i + 1; next == len(syntax.Decls) || isImport(syntax.Decls[next]) {
			continue
		}
		end := file.Offset(decl.End())
		line := bytes.IndexByte(src[end:], '\n')
		if line < 0 {
			break
		}
		end += line + 1
		rest, _, _ := bytes.Cut(src[end:], newline)
		for len(comments) > 0 && file.Offset(comments[0].End()) < end {
			comments = comments[1:]
		}
		within := len(comments) > 0 && file.Offset(comments[0].Pos()) < end
		if len(bytes.TrimSpace(rest)) == 0 && !within && end <= file.Offset(syntax.Decls[i+1].Pos()) {
			starts = append(starts, end)
		}
	}
	return starts
}

func isImport(decl ast.Decl) bool {
	d, ok := decl.(*ast.GenDecl)
	return ok && d.Tok == token.IMPORT
}

// A span is parts that follow each other, with the edits in them.
type span struct {
	from, to int // offsets
	edits    []edit
	after    []byte
	file     *ast.File
	fset     *token.FileSet
}

// fixed returns the parts that edits change.
func (p *parts) fixed(edits []edit) (list []Part, err error) {
	spans := p.spans(edits)
	for _, s := range spans {
		if err := p.parse(s); err != nil {
			return nil, err
		}
	}
	dead := p.unused(spans)
	if len(dead) > 0 && spans[0].from > 0 {
		head := p.spans([]edit{{}})[0] // an edit that changes nothing
		if err := p.parse(head); err != nil {
			return nil, err
		}
		spans = append([]*span{head}, spans...)
	}
	for _, s := range spans {
		before := p.Before[s.from:s.to]
		after, err := s.format(before, dead)
		if err != nil {
			return nil, err
		}
		list = append(list, Part{p.file.Line(p.file.Pos(s.from)), before, alike(after, before, p.crlf)})
	}
	return list, nil
}

// spans returns the parts that sorted edits are in.
func (p *parts) spans(edits []edit) (list []*span) {
	for _, e := range edits {
		first, last := p.at(e.Start), p.at(max(e.Start, e.End-1))
		s := &span{from: p.starts[first], to: len(p.Before)}
		if last+1 < len(p.starts) {
			s.to = p.starts[last+1]
		}
		if n := len(list); n > 0 && s.from < list[n-1].to {
			list[n-1].to = max(list[n-1].to, s.to)
			s = list[n-1]
		} else {
			list = append(list, s)
		}
		s.edits = append(s.edits, edit{e.Start - s.from, e.End - s.from, e.Text})
	}
	return list
}

// at returns the number of the part that offset is in.
func (p *parts) at(offset int) int {
	i, found := slices.BinarySearch(p.starts, offset)
	if found {
		return i
	}
	return i - 1
}

// parse parses the text of s with its edits.
func (p *parts) parse(s *span) (err error) {
	if p.left -= s.to - s.from; p.left < 0 {
		return ErrLong
	}
	s.after = applied(p.Before[s.from:s.to], s.edits)
	text := s.after
	if s.from > 0 {
		text = append([]byte("package p;"), text...)
	}
	s.fset = token.NewFileSet()
	s.file, err = parser.ParseFile(s.fset, "", text, parser.ParseComments)
	return err
}

// unused returns the imports that nothing uses any more.
func (p *parts) unused(spans []*span) (dead []*ast.ImportSpec) {
	for _, spec := range p.specs {
		left := len(p.uses[spec])
		for _, s := range spans {
			from, _ := slices.BinarySearch(p.uses[spec], s.from)
			to, _ := slices.BinarySearch(p.uses[spec], s.to)
			left -= to - from
		}
		used := func(s *span) bool {
			view := *s.file
			view.Imports = []*ast.ImportSpec{spec}
			return len(unused(&view, p.names)) == 0
		}
		if left == 0 && !slices.ContainsFunc(spans, used) {
			dead = append(dead, spec)
		}
	}
	return dead
}

// format returns the text of s after the fix, which was before, without the imports
// that nothing uses any more.
func (s *span) format(before []byte, dead []*ast.ImportSpec) ([]byte, error) {
	if s.from == 0 {
		return written(s.fset, s.file, dead)
	}
	after, err := format.Source(s.after)
	if err != nil {
		return nil, err
	}
	lead := before[:len(before)-len(bytes.TrimLeft(before, "\r\n"))]
	after = bytes.Trim(after, "\r\n")
	if len(after) == 0 {
		return nil, nil
	}
	return slices.Concat(lead, after, newline), nil
}
