package helper

import (
	"errors"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// A part is a key of a spec whose value is a template.
type part struct {
	key     string
	shape   Shape
	kind    kind
	allowed []string // placeholders, beside those of every call where kind asks for it
	must    string   // a placeholder that must be there, or ""
	value   func(*Spec) *string
	into    func(*Helper) **Template
}

var callParts = []string{"ctx", "attempts", "retries", "delay", "max_delay", "name"}

// parts are the templates of a spec in the order in which they are read.
var parts = []part{
	{"call", Callback, callKind, slices.Concat(callParts, []string{"op"}), "op",
		func(s *Spec) *string { return &s.Call }, func(h *Helper) **Template { return &h.Call }},
	{"value_call", Callback, callKind, slices.Concat(callParts, []string{"op", "T"}), "op",
		func(s *Spec) *string { return &s.ValueCall }, func(h *Helper) **Template { return &h.ValueCall }},
	{"success", Callback, resultKind, nil, "",
		func(s *Spec) *string { return &s.Success }, func(h *Helper) **Template { return &h.Success }},
	{"again", Callback, resultKind, []string{"err"}, "",
		func(s *Spec) *string { return &s.Again }, func(h *Helper) **Template { return &h.Again }},
	{"permanent", Callback, resultKind, []string{"err"}, "err",
		func(s *Spec) *string { return &s.Permanent }, func(h *Helper) **Template { return &h.Permanent }},
	{"value_again", Callback, exprKind, []string{"err"}, "err",
		func(s *Spec) *string { return &s.ValueAgain }, func(h *Helper) **Template { return &h.ValueAgain }},
	{"value_permanent", Callback, exprKind, []string{"err"}, "err",
		func(s *Spec) *string { return &s.ValuePermanent }, func(h *Helper) **Template { return &h.ValuePermanent }},
	{"exhausted", Callback, exprKind, []string{"err", "ctx", "last"}, "",
		func(s *Spec) *string { return &s.Exhausted }, func(h *Helper) **Template { return &h.Exhausted }},
	{"header", Loop, headerKind, callParts, "",
		func(s *Spec) *string { return &s.Header }, func(h *Helper) **Template { return &h.Header }},
	{"init", Wait, stmtKind, callParts, "",
		func(s *Spec) *string { return &s.Init }, func(h *Helper) **Template { return &h.Init }},
	{"wait", Wait, callKind, slices.Concat(callParts, []string{"done", "err"}), "",
		func(s *Spec) *string { return &s.Wait }, func(h *Helper) **Template { return &h.Wait }},
	{"reset", Wait, stmtKind, callParts, "",
		func(s *Spec) *string { return &s.Reset }, func(h *Helper) **Template { return &h.Reset }},
}

// required are the templates that each shape must have.
var required = map[Shape]string{Callback: "call", Loop: "header", Wait: "wait"}

// templates reads and checks the templates.
func (b *builder) templates() {
	if b.err != nil {
		return // the checks below need what failed
	}
	used := make(map[string]bool)  // the names of packages
	known := make(map[string]bool) // the variables that init declares
	for _, p := range parts {
		text := *p.value(&b.spec)
		switch {
		case text == "" && p.key == required[b.helper.Shape]:
			b.fail("", "%s is missing: a helper of the shape %s needs it", p.key, b.helper.Shape)
		case text == "":
			continue
		case p.shape != b.helper.Shape:
			b.fail(p.key, "does not fit the shape %s: leave it out, or say shape: %s", b.helper.Shape, p.shape)
		}
		t := b.template(p, text)
		if t == nil {
			return
		}
		b.checkForms(p, t, known, used)
		*p.into(b.helper) = t
	}
	b.checkWhole()
	for _, name := range slices.Sorted(maps.Keys(b.spec.Imports)) {
		if !used[name] {
			b.fail("imports", "%s is used by no template: leave it out", name)
		}
	}
}

// checkWhole checks what the templates need of each other.
func (b *builder) checkWhole() {
	h := b.helper
	if h.Shape == Callback && results[h.OpResults].again == "" && (h.Success == nil || h.Again == nil) {
		b.fail("", "success and again are missing: op_results is %s, so say what the operation returns", b.spec.OpResults)
	}
	if h.ValueCall == nil && (h.ValueAgain != nil || h.ValuePermanent != nil) {
		b.fail("value_call", "missing: without it, leave out value_again and value_permanent")
	}
	if h.PermanentOf && h.Permanent == nil {
		b.fail("permanent_of", "means nothing without permanent: write that, or leave it out")
	}
	if b.spec.Unlimited && h.Shape == Wait {
		b.fail("unlimited", "does not fit the shape %s, where the loop keeps its count: leave it out", h.Shape)
	}
	if h.YieldsNumber && !strings.HasPrefix(strings.TrimSpace(b.spec.Header), "range ") {
		b.fail("yields_number", "the header is not a range over attempts without variables: leave it out, or write header: range ...")
	}
	if h.AtLeastOnce && h.Shape != Loop {
		b.fail("at_least_once", "does not fit the shape %s: leave it out, or say shape: %s", h.Shape, Loop)
	}
}

// template parses the text of p and checks its placeholders.
func (b *builder) template(p part, text string) *Template {
	t, err := parseTemplate(text)
	var te *templateError
	if errors.As(err, &te) {
		b.failAt(p.key, te.line, "%s", te.text)
	}
	if b.err != nil {
		return nil
	}
	for _, name := range placeholders {
		if t.Uses(name) && !slices.Contains(p.allowed, name) {
			b.failAt(p.key, t.lineOf(name), "{{%s}} means nothing here: %s", name, allowedText(p.allowed))
		}
	}
	if p.must != "" && !t.Uses(p.must) {
		b.fail(p.key, "{{%s}} is missing", p.must)
	}
	if t.Needs("max_delay") {
		b.failAt(p.key, t.lineOf("max_delay"), "{{max_delay}} is there for some sites only: put it between {{if has_max_delay}} and {{end}}")
	}
	return t
}

func allowedText(allowed []string) string {
	if len(allowed) == 0 {
		return "no placeholder is known"
	}
	return "known are " + strings.Join(allowed, ", ")
}

// lineOf returns the line of the first use of a placeholder, counted from 0.
func (t *Template) lineOf(name string) int {
	for i, line := range strings.Split(t.text, "\n") {
		if _, after, ok := strings.Cut(line, "{{"); ok && strings.Contains(after, name) {
			return i
		}
	}
	return 0
}

// checkForms checks what t expands to for every combination of what a site
// may have. Variables that it declares are added to known, and the package
// names that it uses to used.
func (b *builder) checkForms(p part, t *Template, known, used map[string]bool) {
	for _, lacks := range combinations() {
		text := t.expand(&expansion{lacks: lacks})
		file, body, err := p.kind.parse(text)
		if err != nil {
			b.fail(p.key, "%s%s", err, without(lacks))
			return
		}
		if p.kind == headerKind && b.spec.Go == "" {
			b.helper.Go = headerLanguage(body, b.helper.Go)
		}
		b.checkResults(p, body)
		b.checkNames(p, file, known, used)
		if p.kind == stmtKind {
			frag := &fragment{body: body}
			for _, name := range frag.declared() {
				known[name] = true
			}
		}
	}
}

// checkNames checks the names that a form of p uses but does not declare.
func (b *builder) checkNames(p part, file *ast.File, known, used map[string]bool) {
	for _, id := range file.Unresolved {
		_, imported := b.helper.Imports[id.Name]
		switch {
		case imported:
			used[id.Name] = true
		case known[id.Name], types.Universe.Lookup(id.Name) != nil, standIns().MatchString(id.Name):
		default:
			b.fail(p.key, "%s is not declared: write names with their package, and the package in imports", id.Name)
		}
	}
}

// checkResults checks how many results the operation returns.
func (b *builder) checkResults(p part, body *ast.BlockStmt) {
	if p.kind != resultKind {
		return
	}
	got := len(body.List[0].(*ast.ReturnStmt).Results)
	want := strings.Count(b.helper.OpResults, ",") + 1
	if got != want {
		b.fail(p.key, "%d results where op_results says %s", got, strings.Trim(b.helper.OpResults, "()"))
	}
}

// rangesFrom is the first language version with ranges over functions.
const rangesFrom = "go1.23"

// headerLanguage returns the language version for the header in body: ranging
// over what a call returns is taken as ranging over a function.
func headerLanguage(body *ast.BlockStmt, otherwise string) string {
	if r, ok := body.List[0].(*ast.RangeStmt); ok {
		if _, ok := r.X.(*ast.CallExpr); ok {
			return rangesFrom
		}
	}
	return otherwise
}

// without says which parts the site of a failing form lacks.
func without(lacks map[string]bool) string {
	if len(lacks) == 0 {
		return ""
	}
	return " (for a site without " + strings.Join(slices.Sorted(maps.Keys(lacks)), ", ") + ")"
}
