package helper

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/api"
)

// Misfit returns what of h's description does not fit the packages that it names,
// as the module that holds dir sees them: a [*SpecError]. It returns nil also
// where they are not at hand, or not required.
func Misfit(dir string, h *Helper) error {
	mod, _ := moduleAt(dir)
	if mod == nil || h == nil || !mod.has(h) {
		return nil
	}
	if err := mod.fitOf(h).misfit; err != nil {
		return err
	}
	return nil
}

// Fitted returns h with what its packages say of it, as the module that holds dir
// sees them.
func Fitted(dir string, h *Helper) *Helper {
	mod, _ := moduleAt(dir)
	if mod == nil || !mod.has(h) {
		return h
	}
	return mod.fitOf(h).helper
}

// has reports whether m requires what h's description asks for, or holds it.
func (m *goModule) has(h *Helper) bool {
	if h.Module != "" {
		return h.Module == m.Path || m.Requires(h.Module, h.MinVersion)
	}
	for _, path := range h.Imports {
		if provider := m.Provider(path); provider != "" && !m.Requires(provider, h.MinVersion) {
			return false
		}
	}
	return true
}

// A fit is what came of comparing a helper with its packages.
type fit struct {
	helper *Helper // with what its packages say of it
	misfit *SpecError
	read   []*api.Set // what was read for its forms
}

// fits holds the fit of each helper in each module.
var fits sync.Map

// fitOf compares h with its packages as m sees them.
func (m *goModule) fitOf(h *Helper) fit {
	key := struct {
		mod    *gomod.Module
		helper string
	}{m.Module, h.key}
	known, ok := fits.Load(key)
	if !ok {
		known, _ = fits.LoadOrStore(key, m.findFit(h))
	}
	return known.(fit)
}

func (m *goModule) findFit(h *Helper) (found fit) {
	var forms []*Helper
	for _, form := range h.Forms() {
		form, set, err := m.compare(form)
		forms = append(forms, form)
		if set != nil {
			found.read = append(found.read, set)
		}
		if err != nil && Preset(h.Name) == h { // its description is ours
			err = &SpecError{Name: h.Name, text: "require another version of " + h.Module + ": " + err.text}
		}
		if found.misfit == nil {
			found.misfit = err
		}
	}
	if len(h.forms) == 0 {
		found.helper = forms[0]
		return found
	}
	all := *h
	all.forms = forms
	found.helper = &all
	return found
}

// compare compares h, of one shape, with its packages. It returns h with what
// these say of it, and what was read of them; nil where they are not at hand.
func (m *goModule) compare(h *Helper) (*Helper, *api.Set, *SpecError) {
	f := &fitting{helper: h, places: make(map[string]gomod.Place)}
	for _, name := range slices.Sorted(maps.Keys(h.Imports)) {
		path := h.Imports[name]
		f.places[path] = m.Locate(path)
		switch place := f.places[path]; {
		case place.Missing:
			return h, nil, &SpecError{Name: h.Name, Key: "imports", text: fmt.Sprintf("there is no package %s in %s", path, place.Module)}
		case place.Dir == "":
			return h, nil, nil
		}
	}
	if err := f.check(func(path string) string { return m.Locate(path).Dir }); err != nil || f.set == nil {
		return h, f.set, err
	}
	return f.withoutLimit(), f.set, nil
}

// Sources returns the files from which the description of h, or of the library
// that it is where h is nil, is checked as the module that holds dir sees them:
// those that may change.
func Sources(dir string, h *Helper) (files []string) {
	mod, _ := moduleAt(dir)
	if mod == nil {
		return nil
	}
	if h == nil {
		if h, _ = mod.library(); h == nil {
			return nil
		}
	}
	for _, set := range mod.fitOf(h).read {
		for _, path := range set.Paths() {
			if !mod.Locate(path).Fixed {
				files = append(files, set.Files(path)...)
			}
		}
	}
	return files
}

// A fitting compares the description of a helper with its packages.
type fitting struct {
	helper *Helper
	places map[string]gomod.Place
	set    *api.Set
	trial  bool // of another description: see remedy
	sample *sample
	pkg    *types.Package // of the sample
	info   *types.Info
}

// check returns the first thing that does not fit, or nil.
func (f *fitting) check(locate func(path string) string) *SpecError {
	s, err := newSample(f.helper)
	if err != nil {
		return nil // not for a template that check has passed
	}
	named := s.named(f.helper)
	var wants []api.Want
	for _, path := range slices.Sorted(maps.Keys(named)) {
		wants = append(wants, api.Want{Path: path, Names: slices.Compact(slices.Sorted(slices.Values(named[path])))})
	}
	f.set = api.Read(locate, wants...)
	return f.checkSample(s)
}

// asksFor reports whether the templates of h ask whether a site has what it
// lacks here.
func (h *Helper) asksFor(lacks map[string]bool) bool {
	for _, c := range conditions {
		if !lacks[c.of] {
			continue
		}
		asks := c.of == "ctx" && h.uses("ctx") // where there is none it is made
		if !asks && !h.uses(c.name) {
			return false
		}
	}
	return true
}

// uses reports whether a template of h has the named placeholder or condition.
func (h *Helper) uses(name string) bool {
	return slices.ContainsFunc(parts, func(p part) bool { return p.shape == h.Shape && (*p.into(h)).Uses(name) })
}

// checkSample type-checks a sample, and compares what its calls return with what
// fixes make of it.
func (f *fitting) checkSample(s *sample) *SpecError {
	f.sample = s
	f.info = &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	var first *types.Error
	conf := types.Config{Importer: f.set, Error: func(err error) {
		e, ok := err.(types.Error)
		if _, _, in := s.at(e.Pos); ok && in && first == nil && !tolerated(e.Msg) {
			first = &e
		}
	}}
	f.pkg, _ = conf.Check("p", s.fset, []*ast.File{s.file}, f.info)
	if id, text, sure := f.unknownName(); text != "" {
		if !sure {
			return nil
		}
		return f.fail(id.Pos(), text)
	}
	switch {
	case first == nil:
		return f.checkResults()
	case !f.set.Complete && !isSure(first.Msg):
		return nil
	}
	return f.fail(first.Pos, f.explain(*first))
}

// tolerated reports whether an error of the type checker is no misfit: what is
// not at hand, and a variable that the rest of the loop is to use.
func tolerated(msg string) bool {
	return strings.HasPrefix(msg, "could not import") || strings.HasPrefix(msg, "declared and not used")
}

func (f *fitting) fail(pos token.Pos, text string) *SpecError {
	key, line, _ := f.sample.at(pos)
	return &SpecError{Name: f.helper.Name, Key: key, Line: line, text: text}
}

// checkResults compares what calls return with what they must.
func (f *fitting) checkResults() (misfit *SpecError) {
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		stmt, ok := n.(*ast.ExprStmt)
		if !ok || misfit != nil {
			return misfit == nil
		}
		key, _, _ := f.sample.at(stmt.Pos())
		call, isCall := ast.Unparen(stmt.X).(*ast.CallExpr)
		if !isCall || key != "call" && key != "value_call" && key != "wait" {
			return true
		}
		got := tupleOf(f.info.TypeOf(call))
		if want := f.mustReturn(key); !want.takes(got) {
			misfit = f.fail(call.Pos(), f.explainResults(call, got, want))
		}
		return true
	})
	return misfit
}
