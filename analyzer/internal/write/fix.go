// Package write writes what all forms of a fix write alike: the policy, the context, what
// is dropped with the delays, and the fix itself.
package write

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
)

// A Fix replaces one loop.
type Fix struct {
	Edits    []analysis.TextEdit
	Pos, End token.Pos // of the statements that are replaced
	Decl     ast.Node  // the declaration that they are in
	Remedy   string    // what it does, such as "call retry.Do"
	Lines    int       // by how many the source gets shorter

	// Before and After are how many statements the declaration has without and with
	// the fix; see [Fix.Worth].
	Before, After int
	size          int // of the declaration with it, in bytes
	saved         int // how many statements less there are than in the form of the loop that it was made for

	Ignores bool // a context is in scope that the helper is not given
	Guards  bool // it has a new test whether another attempt follows, for delays that only grow with it
	Resets  bool // it lets the delays start anew behind a success, which may take a statement more
	Copies  bool // it keeps the error of the last attempt in a variable of its own
	Newer   bool // it is for a file of a newer Go version: ranges over functions are known there

	shape helper.Shape // of the form of the helper
	more  int          // how many statements more it may have
	Stale []token.Pos  // lines that stay and name a delay of today, in source order

	Jitter bool        // the delays of today have jitter, and those with the helper have what that gives them
	Untold []token.Pos // lines that name a delay of today and that are without it now
	Anew   bool        // it is to be made anew with [reading.Request.Alike]: the delays stay what they are

	Check []edit.Edit // Edits that type-check without the helper's package
	by    *Writer     // which has written it; nil once it is checked

	// Schedule is the delays with the helper; nil if constants do not tell them.
	Schedule *growth.Schedule
}

// A Draft is a fix as its form has written it.
type Draft struct {
	Above  string // what stands before the loop, and before the comment on it
	Text   string // what takes the place of the loop, and of what follows it up to End
	Stub   string // Text with a call that type-checks without the helper's package; "" for Text
	End    token.Pos
	Others []edit.Edit // of what stands elsewhere
	Value  bool        // the helper hands out a value
	WayOut bool        // Text has a way out that the loop has not
}

// Fix makes the fix of a draft, which is still to be checked. A loop that would go on
// computing delays, for a log to tell that are no longer waited, or that counts them, has none.
func (w *Writer) Fix(d Draft) (*Fix, reason.Refusal) {
	if refusal := w.needsDelay(); !w.Same && refusal != nil {
		return nil, refusal
	}
	if w.endsFunction(d.End) {
		d.Text, d.Stub = tidy.DropReturn(d.Text), tidy.DropReturn(d.Stub)
	}
	pos := w.Loop.Outer.Pos()
	if above := w.above(d); above != nil {
		d.Others = append(d.Others, *above)
	} else if d.Above != "" {
		d.Text = d.Above + "\n" + d.Text
	}
	text, ok := w.LayoutAt(w.Loop.Outer, strings.Join(append(w.Reasons, d.Text), "\n"))
	if !ok {
		return nil, reason.DoesNotCompile
	}
	others := append(d.Others, w.Packages.Edits(w.Imports)...)
	edits := append([]edit.Edit{edit.Span(pos, d.End, text)}, others...)
	slices.SortStableFunc(edits, func(a, b edit.Edit) int { return int(a.Pos - b.Pos) })
	f := &Fix{Pos: pos, End: d.End, Decl: w.Loop.Decl, Remedy: w.Helper.Remedy(d.Value), shape: w.Helper.Shape, more: moreStatements(w.Helper, d.WayOut), Ignores: w.IgnoresContext(), by: w}
	f.set(w.Source, edits)
	if !w.Same {
		f.Schedule = w.Schedule()
		f.Untold = w.Untold.Lines
		f.Jitter = w.Growth.Jittered || w.Growth.Kind == growth.Random
		f.Anew = !w.Alike && len(f.Untold) > 0 && w.sameWaits(f.Schedule)
	}
	f.Check = append([]edit.Edit{edit.Span(pos, d.End, cmp.Or(d.Stub, text))}, w.Packages.WithNames(others, w.Imports)...)
	if !f.Anew {
		w.take()
	}
	return f, nil
}

// Checked returns f with what is only asked of a fix that is taken: which lines it leaves
// stale. It is nil if f does not compile.
func (f *Fix) Checked() *Fix {
	w := f.by
	if w == nil {
		return f
	}
	if Together(w.Request, []*Fix{f}) != nil {
		w.giveBack()
		return nil
	}
	checked := *f
	checked.by = nil
	if !w.Same {
		checked.Stale = w.Stale(f.Schedule)
	}
	return &checked
}

// MayTell reports whether another fix may take the place of f, where that does not compile:
// one by which lines go on telling the delays.
func (f *Fix) MayTell() bool { return !f.by.Alike && !f.by.Tells }

// endsFunction reports whether the function, which has no results, ends at end.
func (w *Writer) endsFunction(end token.Pos) bool {
	last := code.Last(w.Loop.Func.Body.List)
	return w.Loop.Sig.Results().Len() == 0 && w.Loop.Last && last.End() <= end
}

// above returns the edit that puts what stands before the loop before the comment on it;
// nil if there is nothing to put, or no comment that stays.
func (w *Writer) above(d Draft) *edit.Edit {
	comment, _ := w.Attached(w.Loop.Outer)
	if d.Above == "" || comment == nil || slices.ContainsFunc(d.Others, func(e edit.Edit) bool { return e.Pos <= comment.Pos() && comment.Pos() <= e.End }) {
		return nil
	}
	indent := w.Indent(comment.Pos())
	text, ok := edit.Layout(d.Above, indent)
	if !ok {
		return nil
	}
	put := edit.Insert(comment.Pos(), text+"\n"+indent)
	return &put
}

// set gives f its edits of src.
func (f *Fix) set(src edit.Source, edits []edit.Edit) {
	f.Edits, f.Lines, src.Cuts = nil, 0, nil
	for _, e := range edits {
		f.Edits = append(f.Edits, analysis.TextEdit{Pos: e.Pos, End: e.End, NewText: []byte(e.Text)})
		f.Lines += strings.Count(src.Between(e.Pos, e.End), "\n") - strings.Count(e.Text, "\n")
	}
}

// With returns f with other edits of src.
func (f *Fix) With(src edit.Source, edits []edit.Edit) *Fix {
	other := *f
	other.set(src, edits)
	return &other
}

// take keeps the names that the fix declares from the fixes of other loops in the same
// list of statements.
func (w *Writer) take() {
	if w.Taken == nil || len(w.Declared) == 0 {
		return
	}
	block := w.Scope.Block()
	if w.Taken[block] == nil {
		w.Taken[block] = make(map[string]bool)
	}
	for _, name := range w.Declared {
		w.Taken[block][name] = true
	}
}

// giveBack undoes take.
func (w *Writer) giveBack() {
	for _, name := range w.Declared {
		delete(w.Taken[w.Scope.Block()], name)
	}
}

// List returns the edits of f.
func (f *Fix) List() (list []edit.Edit) {
	for _, e := range f.Edits {
		list = append(list, edit.Span(e.Pos, e.End, string(e.NewText)))
	}
	return list
}

// Together returns nil if the file type-checks with all of fixes applied, which
// change the same declaration, or else what is wrong.
func Together(req reading.Request, fixes []*Fix) error {
	var lists [][]edit.Edit
	for _, f := range fixes {
		lists = append(lists, f.Check)
	}
	return req.Compiles(req.Pkg, edit.Merge(lists...), fixes[0].Decl)
}
