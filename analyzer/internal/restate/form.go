// Package restate writes a site in another way, which may have a fix where the
// site's own has none: each is a file of this package, with what it is for drawn
// above it. The text is the source's own, in another order; what it comes to is read
// and judged anew, as if it stood in the file.
package restate

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Site is what is written in another way: a cycle of a function, in its file.
type Site struct {
	edit.Source
	Pkg   *source.Package
	Func  *source.Func
	Cycle ast.Node
	Waits []ast.Node // its delays, as far as they are known
}

// A Form is another way to write a site, with the same effects, that may have a
// fix, or a shorter one: a loop in place of recursion, a loop that begins with
// the attempt, a loop that leaves where the attempts have run out.
type Form struct {
	Of   Site
	Src  []byte // the file with it
	Loop int    // where the loop stands in Src
	More int    // how many statements more a fix of it may have, since it has them too

	Imports []string                  // the packages that Src needs, whether or not the file imports them
	Fits    func(*helper.Helper) bool // reports whether a form of the helper has something of it; nil for all

	Pos, End token.Pos // what it replaces
	grows    int       // by how many bytes Src is longer than the file

	fewerEnds  bool // a wait that several channels end has one less
	sameDelays bool // nothing that tells how long the delays are is written in another way
}

// New returns another form of a site, or nil and, if the site cannot be
// replaced as it stands either, why.
func New(of Site) (*Form, reason.Refusal) {
	switch s := of.Cycle.(type) {
	case *ast.FuncDecl:
		return recursionAsLoop(of, s)
	case *ast.LabeledStmt:
		if form := labelAsLoop(of, s); form != nil {
			return form, nil
		}
		return gotoAsLoop(of, s), nil
	}
	l, refusal := loop.New(of.Pkg, of.Func, of.Cycle)
	if refusal != nil {
		return nil, refusal
	}
	r := &restater{Site: of, info: of.Pkg.Info, loop: l}
	if form := r.byError(); form != nil {
		return form, nil
	}
	s, isFor := l.Outer.(*ast.ForStmt)
	ofFor := func(form func(*ast.ForStmt) *Form) func() *Form {
		return func() *Form {
			if !isFor {
				return nil
			}
			return form(s)
		}
	}
	for _, form := range []func() *Form{
		r.deadline, r.waitsAlone, r.called, r.runsOut, ofFor(r.leavesFirst), ofFor(r.timerAsLoop), ofFor(r.rotated), ofFor(r.found), r.inverted, ofFor(r.counted), ofFor(r.asked),
		r.notFirst, r.sameExit,
	} {
		if form := form(); form != nil {
			return form, nil
		}
	}
	if !isFor {
		return nil, reason.ShapeOfCycle
	}
	return nil, nil
}

// calls reports whether h is given the operation.
func calls(h *helper.Helper) bool { return h.Shape == helper.Callback }

// counts reports whether h counts the attempts: others leave the loop to do that where it does.
func counts(h *helper.Helper) bool { return h.Shape == helper.Callback || h.Shape == helper.Loop }

// A restater writes a loop in another way.
type restater struct {
	Site
	info *types.Info
	loop *loop.Loop
}

// runsOut leaves out a continue at the end of the body, which says what is so without it.
func (r *restater) runsOut() *Form {
	last, ok := code.Last(r.loop.Body).(*ast.BranchStmt)
	if !ok || last.Tok != token.CONTINUE || last.Label != nil || len(r.loop.Body) == 1 {
		return nil
	}
	pos, end := r.loop.Outer.Pos(), r.loop.Outer.End()
	form := r.with(pos, end, r.Apply(pos, end, []edit.Edit{r.Drop(last)}), r.Offset(r.loop.Cycle.Pos()))
	form.sameDelays = true
	return form
}

var loopLine = pattern.New(`(?m)^\t*for `)

// newForm returns the form that has text, statements of the loop's list with one
// loop, between pos and end.
func newForm(of Site, pos, end token.Pos, text, by string) *Form {
	text, ok := edit.Layout(text, by)
	if !ok {
		return nil
	}
	at := loopLine().FindStringIndex(text)
	if at == nil {
		return nil
	}
	return of.with(pos, end, text, of.Offset(pos)+at[1]-len("for "))
}

// with returns the form that has text between pos and end, and its loop at an offset
// of the file.
func (of Site) with(pos, end token.Pos, text string, loop int) *Form {
	from, to := of.Offset(pos), of.Offset(end)
	return &Form{
		Of: of, Src: slices.Concat(of.Src[:from], []byte(text), of.Src[to:]), Loop: loop,
		Pos: pos, End: end, grows: len(text) - (to - from),
	}
}

// Mends reports whether a site that has no fix for a reason may have one as f writes it.
func (f *Form) Mends(own reason.Reason) bool {
	switch own {
	case reason.ServerSets: // whatever the loop looks like
		return false
	case reason.SeveralEnds:
		return f.fewerEnds
	case reason.DelayNotKnown, reason.DelayVaries:
		return !f.sameDelays
	}
	return true
}

// BackTo returns a refusal of Src parsed at base as one of the file. What stands
// in another form there has the line that is written the same, if there is one.
func (f *Form) BackTo(refusal reason.Refusal, base token.Pos) reason.Refusal {
	if refusal == nil || !refusal.Pos().IsValid() {
		return refusal
	}
	return refusal.Reason().At(f.Origin(refusal.Pos(), base))
}

// Origin returns where in the file stands what is at pos in Src, parsed at base: of
// what has another form there the line that is written the same; no position if
// there is none. What is in another file stays where it is.
func (f *Form) Origin(pos, base token.Pos) token.Pos {
	first, last := f.Of.Offset(f.Pos), f.Of.Offset(f.End)
	switch at := int(pos - base); {
	case at < 0 || at > len(f.Src):
		return pos
	case at < first:
		return f.at(at)
	case at >= last+f.grows:
		return f.at(at - f.grows)
	default:
		line := lineAt(f.Src, at)
		if within := f.Of.Src[first:last]; bytes.Count(within, line) == 1 {
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

// Back returns edits of Src, parsed at base, as edits of the file: those that touch
// what the form replaces become one. What Src needs, the file imports.
func (f *Form) Back(edits []edit.Edit, base token.Pos) (list []edit.Edit) {
	first, last := f.Of.Offset(f.Pos), f.Of.Offset(f.End)+f.grows
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
	list = append(list, edit.Span(f.at(first), f.at(last-f.grows), text))
	for _, e := range f.imports() {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	return list
}

// imports returns the edits that import what Src needs.
func (f *Form) imports() []edit.Edit {
	used := make(map[string]string)
	for _, p := range f.Imports {
		used[path.Base(p)] = p
	}
	scope := &edit.Scope{Pkg: f.Of.Pkg, File: f.Of.File, Pos: f.Pos}
	return edit.NewImports(scope, nil, f.Of.Pkg.Elsewhere).Edits(used)
}

func (f *Form) at(offset int) token.Pos { return f.Of.File.FileStart + token.Pos(offset) }
