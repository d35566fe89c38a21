package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// Reasons why a fix is left out.
var (
	errOverlaps  = errors.New("it overlaps another one: run again")
	errElsewhere = errors.New("it changes another file")
	errNotSource = errors.New("the file is generated or cgo made it")
	errUnknown   = errors.New("the file's text is not known")
)

// A patch is what the fixes of all findings come to. A finding counts once,
// although its file may belong to a package and to its test variant.
type patch struct {
	sources *sources
	fixed   map[place]bool // of each finding: whether it has a fix
	targets map[string]*target
	errs    []string
}

// A place is where a finding is.
type place struct {
	file   string
	offset int
}

// A target is a file that fixes change.
type target struct {
	name   string
	path   string            // of its package
	names  map[string]string // of the packages that it imports, by path
	before []byte
	edits  []edit
	fixes  int

	policies int // of fixes: those of policyRule
}

// policyRule is the rule whose fixes replace no loop.
const policyRule = "backoff-policy"

// newPatch merges the fixes that are part of the results of actions.
func newPatch(actions []*checker.Action, src *sources) *patch {
	p := &patch{sources: src, fixed: make(map[place]bool), targets: make(map[string]*target)}
	actions = slices.Clone(actions) // their order is not specified
	slices.SortFunc(actions, func(a, b *checker.Action) int { return cmp.Compare(a.Package.ID, b.Package.ID) })
	for _, act := range actions {
		for _, d := range act.Diagnostics {
			p.add(act.Package, d)
		}
	}
	return p
}

// add merges the fix of a finding, unless it was merged for another variant of
// the package.
func (p *patch) add(pkg *packages.Package, d analysis.Diagnostic) {
	file := pkg.Fset.File(d.Pos)
	at := place{file.Name(), file.Offset(d.Pos)}
	if p.fixed[at] {
		return
	}
	p.fixed[at] = len(d.SuggestedFixes) > 0
	if !p.fixed[at] {
		return
	}
	if err := p.merge(pkg, file, d.SuggestedFixes[0], d.Category); err != nil {
		posn := pkg.Fset.Position(d.Pos)
		posn.Filename = short(posn.Filename)
		p.errs = append(p.errs, fmt.Sprintf("%s: fix skipped: %v", posn, err))
	}
}

// merge merges the fix of a finding by rule.
func (p *patch) merge(pkg *packages.Package, file *token.File, fix analysis.SuggestedFix, rule string) error {
	edits, err := editsOf(file, fix)
	if err != nil {
		return err
	}
	t, err := p.target(pkg, file)
	if err != nil {
		return err
	}
	merged, ok := merge(t.edits, edits)
	if !ok {
		return errOverlaps
	}
	t.edits = merged
	t.fixes++
	if rule == policyRule {
		t.policies++
	}
	return nil
}

// fixed returns the file of f and its text with the fix of f alone; nil if there
// is none.
func (run *analysisRun) fixed(f finding) (t *target, after []byte) {
	if f.fix == nil {
		return nil, nil
	}
	p := newPatch(nil, &run.request.sources)
	file := f.pkg.Fset.File(f.pos)
	if err := p.merge(f.pkg, file, *f.fix, f.rule); err != nil {
		return nil, nil
	}
	t = p.targets[file.Name()]
	after, err := t.after()
	if err != nil {
		return nil, nil
	}
	return t, after
}

// editsOf returns the edits of a fix, which are all in file.
func editsOf(file *token.File, fix analysis.SuggestedFix) ([]edit, error) {
	var edits []edit
	for _, e := range fix.TextEdits {
		if !e.End.IsValid() {
			e.End = e.Pos
		}
		if int(e.Pos) < file.Base() || file.Base()+file.Size() < int(e.End) {
			return nil, errElsewhere
		}
		edits = append(edits, edit{file.Offset(e.Pos), file.Offset(e.End), string(e.NewText)})
	}
	return edits, nil
}

// target returns the target for a file, which somebody must have written.
func (p *patch) target(pkg *packages.Package, file *token.File) (*target, error) {
	name := file.Name()
	if t := p.targets[name]; t != nil {
		return t, nil
	}
	i := slices.IndexFunc(pkg.Syntax, func(f *ast.File) bool { return pkg.Fset.File(f.FileStart) == file })
	if i < 0 || ast.IsGenerated(pkg.Syntax[i]) || !slices.Contains(pkg.GoFiles, name) {
		return nil, errNotSource
	}
	src, ok := p.sources.text[name]
	if !ok {
		return nil, errUnknown
	}
	t := &target{name: name, path: importPath(pkg), names: importNames(pkg.TypesInfo, pkg.Syntax[i]), before: src}
	p.targets[name] = t
	return t, nil
}

// importNames returns the names of the packages that file imports, by path.
func importNames(info *types.Info, file *ast.File) map[string]string {
	names := make(map[string]string)
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if name := info.PkgNameOf(spec); err == nil && name != nil {
			names[path] = name.Imported().Name()
		}
	}
	return names
}

// files returns the files to change, by name.
func (p *patch) files() []*target {
	var list []*target
	for _, name := range slices.Sorted(maps.Keys(p.targets)) {
		if t := p.targets[name]; t.fixes > 0 {
			list = append(list, t)
		}
	}
	return list
}

// after returns the text of the file with its fixes.
func (t *target) after() ([]byte, error) {
	src, err := tidy(apply(t.before, t.edits), t.names)
	if err != nil {
		return nil, fmt.Errorf("its fixes do not go together: %w", err)
	}
	return src, nil
}
