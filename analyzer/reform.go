package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/restate"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// maxForms is how often a site is written in another form, one after the other.
const maxForms = 3

// reformed returns the fix of a site that is first written in another form: the
// package is judged anew with that, as if it stood in the file.
func (x *fixer) reformed(f *finding, req reading.Request, depth int) (*write.Fix, reason.Refusal) {
	if req.Helper.Shape == helper.Wait {
		return nil, nil // the loop stays as it is
	}
	form, refusal := restate.New(restated(req))
	if form == nil || depth >= maxForms {
		return nil, refusal
	}
	set := x.set
	if form.Shapes != nil {
		if set.helper = set.helper.Only(form.Shapes...); set.helper == nil {
			return nil, refusal
		}
	}
	fix, why := x.formed(f, req, form, set, depth)
	if fix == nil && why == nil {
		return nil, refusal
	}
	return fix, why
}

// restated returns what of a request tells how its site is written.
func restated(req reading.Request) restate.Site {
	return restate.Site{Source: req.Source, Pkg: req.Pkg, Func: req.Site.Func, Cycle: req.Site.Cycle}
}

// formed returns the fix, by the helper of set, of a site that is written in the
// given form; neither a fix nor a reason if there is no such form.
func (x *fixer) formed(f *finding, req reading.Request, form *restate.Form, set settings, depth int) (*write.Fix, reason.Refusal) {
	switch {
	case form == nil:
		return nil, nil
	case !x.forms.Spend(x.pkg.Size()):
		return nil, reason.TooManyForms
	}
	pass, file := x.passWith(req.File, form.Src)
	if pass == nil {
		return nil, nil
	}
	defer pass.Fset.RemoveFile(pass.Fset.File(file.FileStart))
	pkg := source.New(pass, func(other *ast.File) bool { return other != file })
	pkg.Abroad, pkg.Declared = x.pkg.Abroad, x.pkg.Declared
	y := newFixer(pass, pkg, set)
	y.src[file], y.forms = form.Src, x.forms
	loop := file.FileStart + token.Pos(form.Loop)
	for _, g := range judgedWhere(pass, pkg, set, func(s *site.Site) bool { return s.Cycle.Pos() == loop }) {
		if !g.reported {
			continue
		}
		fix, refusal := y.fixAt(g, depth+1)
		if fix == nil {
			return nil, form.BackTo(refusal, file.FileStart)
		}
		return fix.Back(form, file.FileStart, x.declOf(req.File, f.site.Cycle)), nil
	}
	return nil, reason.IntentIsOther
}

// passWith returns the pass with other text in the place of a file; nil if that
// does not type-check.
func (x *fixer) passWith(old *ast.File, src []byte) (*analysis.Pass, *ast.File) {
	file, err := parser.ParseFile(x.pass.Fset, x.pass.Fset.File(old.FileStart).Name(), src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, nil
	}
	files := []*ast.File{file}
	for _, f := range x.pass.Files {
		if f != old {
			files = append(files, f)
		}
	}
	info := code.NewInfo()
	pkg, err := edit.Check(x.pass.Fset, x.pass.Pkg, files, info)
	if err != nil {
		x.pass.Fset.RemoveFile(x.pass.Fset.File(file.FileStart))
		return nil, nil
	}
	pass := *x.pass
	pass.Files, pass.Pkg, pass.TypesInfo = files, pkg, info
	pass.ResultOf = map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(files)}
	return &pass, file
}

// declOf returns the declaration that n stands in.
func (x *fixer) declOf(file *ast.File, n ast.Node) ast.Node {
	if d := code.DeclAt(file, n.Pos()); d != nil && n.End() <= d.End() {
		return d
	}
	return n
}
