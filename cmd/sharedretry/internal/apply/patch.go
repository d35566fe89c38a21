package apply

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// Reasons why a fix is left out.
var (
	errOverlaps  = errors.New("it overlaps another one: run again")
	errElsewhere = errors.New("it changes another file")
	errNotSource = errors.New("the file is generated, or comes from cgo")
	errUnknown   = errors.New("the file's text is not known")
)

// A patch is what the fixes of all findings come to. A finding counts once,
// although its file may belong to a package and to its test variant.
type patch struct {
	sources *load.Sources
	fixed   map[load.Place]bool // of each finding: whether it has a fix
	Targets map[string]*Target
	Errs    []string
	Left    int // fixes that were left out, since there are as many as are wanted
}

// A Target is a file that fixes change.
type Target struct {
	Name   string
	path   string            // of its package
	names  map[string]string // of the packages that it imports, by path
	Before []byte
	edits  []edit
	fixes  int
	places map[load.Place]bool // of the findings whose fixes are merged

	policies int // of fixes: those of policyRule
}

// Fixes reports whether the fix of the finding at a place is among those of t.
func (t *Target) Fixes(at load.Place) bool { return t.places[at] }

// policyRule is the rule whose fixes replace no loop.
const policyRule = "backoff-policy"

// NewPatch returns a patch without fixes.
func NewPatch(src *load.Sources) *patch {
	return &patch{sources: src, fixed: make(map[load.Place]bool), Targets: make(map[string]*Target)}
}

// addAll merges the fixes that are part of the results of actions, in the order of
// their places; only the first few if limit is positive.
func (p *patch) addAll(actions []*checker.Action, limit int) {
	type found struct {
		pkg   *packages.Package
		place load.Place
		analysis.Diagnostic
	}
	var list []found
	for _, act := range actions {
		for _, d := range act.Diagnostics {
			list = append(list, found{act.Package, load.PlaceOf(act.Package.Fset.File(d.Pos), d.Pos), d})
		}
	}
	slices.SortFunc(list, func(a, b found) int {
		return cmp.Or(a.place.Compare(b.place), cmp.Compare(a.pkg.ID, b.pkg.ID))
	})
	merged := 0
	for _, f := range list {
		switch {
		case p.fixed[f.place]: // in another variant of the package
		case limit > 0 && merged == limit:
			p.fixed[f.place] = len(f.SuggestedFixes) > 0
			if p.fixed[f.place] {
				p.Left++
			}
		case p.add(f.pkg, f.place, f.Diagnostic):
			merged++
		}
	}
}

// add merges the fix of a finding, and reports whether it could.
func (p *patch) add(pkg *packages.Package, at load.Place, d analysis.Diagnostic) bool {
	p.fixed[at] = len(d.SuggestedFixes) > 0
	if !p.fixed[at] {
		return false
	}
	file := pkg.Fset.File(d.Pos)
	err := p.Merge(pkg, file, d.SuggestedFixes[0], d.Category)
	if err == nil {
		p.Targets[file.Name()].places[at] = true
	} else {
		posn := pkg.Fset.Position(d.Pos)
		posn.Filename = words.Short(posn.Filename)
		p.Errs = append(p.Errs, fmt.Sprintf("%s: fix skipped: %v", visible.Text(posn.String()), err))
	}
	return err == nil
}

// Merge merges the fix of a finding by rule.
func (p *patch) Merge(pkg *packages.Package, file *token.File, fix analysis.SuggestedFix, rule string) error {
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
func (p *patch) target(pkg *packages.Package, file *token.File) (*Target, error) {
	name := file.Name()
	if t := p.Targets[name]; t != nil {
		return t, nil
	}
	i := slices.IndexFunc(pkg.Syntax, func(f *ast.File) bool { return pkg.Fset.File(f.FileStart) == file })
	if i < 0 || ast.IsGenerated(pkg.Syntax[i]) || !slices.Contains(pkg.GoFiles, name) {
		return nil, errNotSource
	}
	src, ok := p.sources.Text[name]
	if !ok {
		return nil, errUnknown
	}
	t := &Target{Name: name, path: load.ImportPath(pkg), names: importNames(pkg.TypesInfo, pkg.Syntax[i]), places: make(map[load.Place]bool), Before: src}
	p.Targets[name] = t
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
func (p *patch) files() []*Target {
	var list []*Target
	for _, name := range slices.Sorted(maps.Keys(p.Targets)) {
		if t := p.Targets[name]; t.fixes > 0 {
			list = append(list, t)
		}
	}
	return list
}

// After returns the text of the file with its fixes.
func (t *Target) After() ([]byte, error) {
	src, err := tidy(applied(t.Before, t.edits), t.names)
	if err != nil {
		return nil, fmt.Errorf("its fixes conflict: %w", err)
	}
	return alike(src, t.Before, hasCRLF(t.Before)), nil
}

var (
	mark = []byte("\xef\xbb\xbf") // that the text is UTF-8
	crlf = []byte("\r\n")
)

// alike returns src, which go/format wrote, with the line ends of Windows, if all lines
// have them, and with the byte order mark of before.
func alike(src, before []byte, windows bool) []byte {
	if windows {
		src = bytes.ReplaceAll(bytes.ReplaceAll(src, crlf, newline), newline, crlf)
	}
	if bytes.HasPrefix(before, mark) && !bytes.HasPrefix(src, mark) {
		src = slices.Concat(mark, src)
	}
	return src
}

// hasCRLF reports whether all lines of src end as those of Windows do.
func hasCRLF(src []byte) bool {
	n := bytes.Count(src, newline)
	return n > 0 && n == bytes.Count(src, crlf)
}
