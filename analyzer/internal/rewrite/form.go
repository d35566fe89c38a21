package rewrite

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A Form is another way to write a site, with the same effects, that may have a
// fix, or a shorter one: a loop in place of recursion, a loop that begins with
// the attempt, a loop that leaves where the attempts have run out.
type Form struct {
	Src  []byte // the file with it
	Loop int    // where the loop stands in Src

	req      Request
	pos, end token.Pos // what it replaces
	grows    int       // by how many bytes Src is longer than the file
}

// NewForm returns another form of the site, or nil and, if the site cannot be
// replaced as it stands either, why.
func NewForm(req Request) (*Form, reason.Refusal) {
	if req.Helper.Shape == helper.Wait {
		return nil, nil // the loop stays as it is
	}
	if decl, ok := req.Site.Cycle.(*ast.FuncDecl); ok {
		return recursionAsLoop(req, decl)
	}
	if labeled, ok := req.Site.Cycle.(*ast.LabeledStmt); ok {
		if form := labelAsLoop(req, labeled); form != nil {
			return form, nil
		}
		return gotoAsLoop(req, labeled), nil
	}
	b := &binder{Request: req, pkg: req.Pkg, info: req.Pkg.Info}
	var refusal reason.Refusal
	if b.loop, refusal = loop.New(b.pkg, req.Site.Func, req.Site.Cycle); refusal != nil {
		return nil, refusal
	}
	s, ok := b.loop.Outer.(*ast.ForStmt)
	if !ok {
		return nil, reason.ShapeOfCycle
	}
	for _, form := range []*Form{b.timerAsLoop(s), b.rotated(s)} {
		if form != nil {
			return form, nil
		}
	}
	return b.inverted(s), nil
}

var loopLine = pattern.New(`(?m)^\t*for `)

// newForm returns the form that has text, statements of the loop's list with one
// loop, between pos and end.
func newForm(req Request, pos, end token.Pos, text, by string) *Form {
	text, ok := edit.Layout(text, by)
	if !ok {
		return nil
	}
	at := loopLine().FindStringIndex(text)
	if at == nil {
		return nil
	}
	from, to := req.Offset(pos), req.Offset(end)
	return &Form{
		Src:  append(append(append([]byte{}, req.Src[:from]...), text...), req.Src[to:]...),
		Loop: from + at[1] - len("for "),
		req:  req, pos: pos, end: end, grows: len(text) - (to - from),
	}
}

// Back returns fix, a fix in Src parsed at base, as a fix of the file.
func (f *Form) Back(fix *Fix, base token.Pos, decl ast.Node) *Fix {
	var check []edit.Edit
	back := *fix
	back.Edits, back.Lines, back.Decl = nil, 0, decl
	back.Pos, back.End, back.Stale = f.pos, f.end, nil
	for _, pos := range fix.Stale {
		if at := f.origin(pos, base); at.IsValid() {
			back.Stale = append(back.Stale, at)
		}
	}
	for _, e := range f.back(fix.edits(), base) {
		back.Edits = append(back.Edits, analysis.TextEdit{Pos: e.Pos, End: e.End, NewText: []byte(e.Text)})
		back.Lines += strings.Count(f.req.Between(e.Pos, e.End), "\n") - strings.Count(e.Text, "\n")
	}
	if fix.check != nil {
		check = f.back(fix.check, base)
	}
	back.check = check
	return &back
}

// BackTo returns a refusal of Src parsed at base as one of the file. What stands
// in another form there has the line that is written the same, if there is one.
func (f *Form) BackTo(refusal reason.Refusal, base token.Pos) reason.Refusal {
	if refusal == nil || !refusal.Pos().IsValid() {
		return refusal
	}
	return refusal.Reason().At(f.origin(refusal.Pos(), base))
}

// origin returns where in the file stands what is at pos in Src, parsed at base: of
// what has another form there the line that is written the same; no position if
// there is none.
func (f *Form) origin(pos, base token.Pos) token.Pos {
	first, last := f.req.Offset(f.pos), f.req.Offset(f.end)
	switch at := int(pos - base); {
	case at < first:
		return f.at(at)
	case at >= last+f.grows:
		return f.at(at - f.grows)
	default:
		line := lineAt(f.Src, at)
		if within := f.req.Src[first:last]; bytes.Count(within, line) == 1 {
			return f.at(first + bytes.Index(within, line))
		}
	}
	return token.NoPos
}

// lineAt returns the line of src that at is in, without the space around it.
func lineAt(src []byte, at int) []byte {
	from := bytes.LastIndexByte(src[:at], '\n') + 1
	line, _, _ := bytes.Cut(src[from:], []byte("\n"))
	return bytes.TrimSpace(line)
}

// back returns edits of Src as edits of the file: those that touch what the form
// replaces become one.
func (f *Form) back(edits []edit.Edit, base token.Pos) (list []edit.Edit) {
	first, last := f.req.Offset(f.pos), f.req.Offset(f.end)+f.grows
	for _, e := range edits {
		if int(e.End-base) >= first && int(e.Pos-base) <= last {
			first, last = min(first, int(e.Pos-base)), max(last, int(e.End-base))
		}
	}
	src := edit.Source{Src: f.Src, File: &ast.File{FileStart: base}}
	var inside []edit.Edit
	for _, e := range edits {
		switch from, to := int(e.Pos-base), int(e.End-base); {
		case to <= first && from < first:
			list = append(list, edit.Span(f.at(from), f.at(to), e.Text))
		case from >= last && to > last:
			list = append(list, edit.Span(f.at(from-f.grows), f.at(to-f.grows), e.Text))
		default:
			inside = append(inside, e)
		}
	}
	text := src.Apply(base+token.Pos(first), base+token.Pos(last), inside)
	return append(list, edit.Span(f.at(first), f.at(last-f.grows), text))
}

func (f *Form) at(offset int) token.Pos { return f.req.File.FileStart + token.Pos(offset) }
