package analyzer

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/restate"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// maxForms is how often a site is written in another form, one after the other.
const maxForms = 3

// reformed returns the fix of a site that is first written in another form, as by
// restate.New: the package is judged anew with that, as if it stood in the file. As it
// stands, the site has none for the reason own, which may be nil.
func (x *fixer) reformed(f *finding, req reading.Request, by func(restate.Site) (*restate.Form, reason.Refusal), own reason.Refusal, depth int) (*write.Fix, reason.Refusal) {
	form, refusal := by(restated(req))
	if form == nil || depth >= maxForms || own != nil && !form.Mends(own.Reason()) {
		return nil, refusal
	}
	set := x.set
	if form.Fits != nil {
		if set.helper = set.helper.Only(form.Fits); set.helper == nil {
			return nil, refusal
		}
	}
	fix, why := x.formed(f, req, form, set, depth)
	switch {
	case fix == nil && why == nil:
		return nil, refusal
	case fix == nil:
		return nil, why
	}
	fix = fix.Sized(req.Source)
	if why = fix.Worth(len(x.set.helper.Forms()) == 1); why != nil && depth == 0 {
		return nil, why
	}
	return fix, nil
}

// restated returns what of a request tells how its site is written.
func restated(req reading.Request) restate.Site {
	s := restate.Site{Source: req.Source, Pkg: req.Pkg, Func: req.Site.Func, Cycle: req.Site.Cycle}
	for _, d := range req.Site.Delays {
		s.Waits = append(s.Waits, d.Node)
	}
	return s
}

// formed returns the fix, by the helper of set, of a site that is written in the
// given form; neither a fix nor a reason if there is no such form.
func (x *fixer) formed(f *finding, req reading.Request, form *restate.Form, set settings, depth int) (*write.Fix, reason.Refusal) {
	switch {
	case form == nil:
		return nil, nil
	case !x.forms.Spend(len(form.Src)):
		return nil, reason.TooManyForms
	}
	draft, ok := x.draft(f, req, form)
	if !ok {
		return nil, nil
	}
	file := draft.File
	defer x.pass.Fset.RemoveFile(x.pass.Fset.File(file.FileStart))
	y := x.with(draft, form.Src, set)
	loop := file.FileStart + token.Pos(form.Loop)
	for _, g := range judgedWhere(y.pass, y.pkg, set, func(s *site.Site) bool { return s.Cycle.Pos() == loop }) {
		if !g.reported {
			continue
		}
		fix, refusal := y.fixAt(g, depth+1)
		if fix == nil {
			return nil, form.BackTo(refusal, file.FileStart)
		}
		return fix.Back(form, file.FileStart, x.declOf(req.File, f.site.Cycle)), nil
	}
	return nil, reason.IntentIsOther.At(f.site.Cycle.Pos())
}

// draft returns the declaration of a site with it in another form; not ok if that does
// not type-check.
func (x *fixer) draft(f *finding, req reading.Request, form *restate.Form) (*source.Draft, bool) {
	decl, ok := x.declOf(req.File, f.site.Cycle).(ast.Decl)
	if !ok || form.Pos < decl.Pos() || form.End > decl.End() {
		return nil, false
	}
	d, err := req.Draft(x.pkg, decl, form.Src, form.Imports...)
	return d, err == nil
}

// with returns what finds the fixes by the helper of set in a draft, which is a part of
// src.
func (x *fixer) with(d *source.Draft, src []byte, set settings) *fixer {
	pkg := x.pkg.With(d)
	pass := *x.pass
	pass.Files, pass.TypesInfo = pkg.Files, pkg.Info
	y := newFixer(&pass, pkg, set)
	y.src[d.File], y.forms, y.others = src, x.forms, x.others
	return y
}

// declOf returns the declaration that n stands in.
func (x *fixer) declOf(file *ast.File, n ast.Node) ast.Node {
	if d := code.DeclAt(file, n.Pos()); d != nil && n.End() <= d.End() {
		return d
	}
	return n
}
