package analyzer

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// A done is what fixes do together.
type done struct {
	edits  []doneEdit            // those that replace something, in source order
	points []token.Pos           // where others insert something, likewise
	names  map[string]bool       // that they write
	anew   map[*ast.GenDecl]bool // groups that are written anew
}

// A doneEdit is an edit with the fix that it is of.
type doneEdit struct {
	pos, end token.Pos
	by       *finding
}

func newDone(fixed []*finding) *done {
	d := &done{names: make(map[string]bool), anew: make(map[*ast.GenDecl]bool)}
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

// removers returns the fixes that remove uses; none if some stay.
func (d *done) removers(uses []*ast.Ident) (by []*finding) {
	for _, use := range uses {
		f := d.removes(use.Pos())
		if f == nil {
			return nil
		}
		if !slices.Contains(by, f) {
			by = append(by, f)
		}
	}
	return by
}

// touches reports whether a fix changes something in p.
func (d *done) touches(p part) bool {
	if i := d.before(p.node.End()) - 1; i >= 0 && p.node.Pos() < d.edits[i].end {
		return true
	}
	i, _ := slices.BinarySearch(d.points, p.node.Pos()+1)
	return i < len(d.points) && d.points[i] < p.node.End()
}

// leaveDead lets the one fix that removes all uses of p leave that out, and reports
// whether it does.
func (d *done) leaveDead(p part, uses []*ast.Ident, src []byte) bool {
	by := d.removers(uses)
	if len(by) == 0 || d.touches(p) || p.isNamed(d.names) {
		return false
	}
	s := edit.Source{File: p.file, Src: src}
	f, gone := by[0], d.beside(goneLines(p, s))
	e, ok := d.aligned(p, gone, s)
	if !ok || len(by) > 1 || p.isSaid() || f.fix.Pos < p.file.FileStart || f.fix.Pos >= p.file.FileEnd {
		for _, f := range by {
			if name := p.names[0].Name; len(p.names) == 1 && !slices.Contains(f.unused, name) {
				f.unused = append(f.unused, name)
			}
		}
		return false
	}
	less := *f.fix
	less.Edits = merge(less.Edits, []analysis.TextEdit{{Pos: e.Pos, End: e.End, NewText: []byte(e.Text)}})
	less.Lines += strings.Count(s.Between(e.Pos, e.End), "\n") - strings.Count(e.Text, "\n")
	f.fix = &less
	d.edits = slices.Insert(d.edits, d.before(gone.Pos), doneEdit{gone.Pos, gone.End, f})
	d.anew[p.group] = e.Pos < gone.Pos
	return true
}

// aligned returns the edit that leaves p out by gone: that, or the group that p is of, where
// the others in it are to be aligned anew; not ok if that changes more than p.
func (d *done) aligned(p part, gone edit.Edit, s edit.Source) (edit.Edit, bool) {
	g := p.group
	if g == nil || d.anew[g] {
		return gone, g == nil
	}
	const head = "package p\n\n"
	text := s.Apply(g.Pos(), g.End(), []edit.Edit{gone})
	formatted, err := format.Source([]byte(head + text))
	if err != nil || string(formatted) == head+text+"\n" {
		return gone, err == nil
	}
	anew := edit.Span(g.Pos(), g.End(), strings.TrimSuffix(strings.TrimPrefix(string(formatted), head), "\n"))
	return anew, !d.touches(part{node: g})
}

// beside returns e without the empty line that another part, which is gone, has taken.
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

// goneLines returns the edit that leaves p out, with its comments.
func goneLines(p part, s edit.Source) edit.Edit {
	gone := s.CloseGaps([]edit.Edit{s.Line(p.Pos(), p.End())})[0]
	if gone.End == p.file.FileEnd && bytes.HasSuffix(s.Src[:s.Offset(gone.Pos)], []byte("\n\n")) {
		gone.Pos-- // the empty line before it
	}
	return gone
}
