package report

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/apply"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/version"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// A page is what the report in HTML shows.
type page struct {
	Title   string // what was analysed
	Version string
	Date    string

	Findings, Dirty, Packages int // Dirty are the packages with findings
	Fixes                     int
	Lines                     string // by which all fixes together change the source
	LinesWhat                 string // "lines saved" or "lines longer"

	Growths  []tally
	Faults   []tally // what is wrong with them
	Owners   []tally // by the owners of files; none if nothing says who that is
	Reasons  []tally // why findings have no fix
	Sections []section
	Errors   []string
}

// A section is the findings of a package, in files with the same owners.
type section struct {
	ID, Name string // Name is the path of the package in its module
	Owner    string // "" if nothing says who that is
	Fixes    int
	Growths  string // "2 linear, 1 constant"
	Faults   string // "2 unbounded, 1 no-wait"
	Items    []item
}

// newPage returns the page for what a run found.
func newPage(run *Run, now time.Time) *page {
	all := apply.NewFixes(run.Graph.Roots, run.Sources, 0)
	all.Each(func(*apply.Target, []byte) error { return nil })
	p := &page{
		Title: title(run), Version: version.Module(), Date: now.Format("2 January 2006"),
		Findings: len(run.findings), Packages: len(run.packages), Fixes: all.Loops,
	}
	for _, text := range run.Errs {
		p.Errors = append(p.Errors, visible.Lines(text))
	}
	number, what, _ := strings.Cut(lineChangeText(all.Lines), " ")
	p.Lines, p.LinesWhat = number, what
	p.add(run.sections(p.Title))
	p.tally()
	return p
}

// sections returns the findings by package and owner, in no order.
func (run *Run) sections(module string) []*section {
	byKey := make(map[[2]string]*section)
	root := modules.SourceRoot()
	for _, f := range run.findings {
		key := [2]string{load.ImportPath(f.pkg), run.ownerOf(f)}
		s := byKey[key]
		if s == nil {
			s = &section{Name: strings.TrimPrefix(key[0], module+"/"), Owner: key[1]}
			byKey[key] = s
		}
		s.Items = append(s.Items, newItem(run, root, f))
	}
	return slices.Collect(maps.Values(byKey))
}

// nobody is the owner of files that CODEOWNERS gives to nobody.
const nobody = "nobody"

// ownerOf returns the owners of the file of f, or "" if nothing says who that is.
func (run *Run) ownerOf(f finding) string {
	if !run.owners.Known() {
		return ""
	}
	return cmp.Or(strings.Join(run.owners.Of(f.posn.Filename), " "), nobody)
}

// add adds the sections: the owner with the most findings first, and then the
// package with the most.
func (p *page) add(list []*section) {
	owned := make(map[string]int)
	dirty := make(map[string]bool)
	for _, s := range list {
		owned[s.Owner] += len(s.Items)
		dirty[s.Name] = true
	}
	p.Dirty = len(dirty)
	slices.SortFunc(list, func(a, b *section) int {
		return cmp.Or(owned[b.Owner]-owned[a.Owner], cmp.Compare(a.Owner, b.Owner), len(b.Items)-len(a.Items), cmp.Compare(a.Name, b.Name))
	})
	for i, s := range list {
		slices.SortStableFunc(s.Items, func(a, b item) int { return growthRank(a.Growth) - growthRank(b.Growth) })
		s.ID = fmt.Sprintf("p%d", i+1)
		counts, faults := make(counter), make(counter)
		for j := range s.Items {
			s.Items[j].ID = fmt.Sprintf("%s-%d", s.ID, j+1)
			s.Fixes += s.Items[j].fixes()
			counts.add(s.Items[j].Growth, 0)
			for _, name := range s.Items[j].Faults {
				faults.add(name, 0)
			}
		}
		s.Growths, s.Faults = counts.text(), faults.text()
		p.Sections = append(p.Sections, *s)
	}
}

// tally counts findings by growth, by owner, and by what stands against a fix.
func (p *page) tally() {
	growths, faults, owners, reasons := make(counter), make(counter), make(counter), make(counter)
	for _, s := range p.Sections {
		for _, it := range s.Items {
			if s.Owner != "" {
				owners.add(s.Owner, it.fixes())
			}
			growths.add(it.Growth, it.fixes())
			for _, name := range it.Faults {
				faults.add(name, it.fixes())
			}
			if !it.Fix {
				reasons.add(it.NoFix, 0)
			}
		}
	}
	p.Growths = growths.list(p.Findings)
	p.Faults = faults.list(p.Findings)
	p.Owners = owners.list(p.Findings)
	p.Reasons = reasons.list(p.Findings)
}

// growthOrder is the order of findings in a package: what is worth the most
// attention first.
var growthOrder = []string{"linear", "constant", "random", "table", "server", "exponential"}

func growthRank(name string) int {
	if i := slices.Index(growthOrder, name); i >= 0 {
		return i
	}
	return len(growthOrder)
}

// title returns the path of the module that was analysed, or of the directory
// if there is more than one.
func title(run *Run) string {
	paths := make(map[string]bool)
	for _, act := range run.Graph.Roots {
		if m := act.Package.Module; m != nil {
			paths[m.Path] = true
		}
	}
	if len(paths) == 1 {
		for path := range paths {
			return path
		}
	}
	return filepath.Base(modules.SourceRoot())
}

// lineChangeText says by how many lines the source gets shorter.
func lineChangeText(n int) string {
	if n < 0 {
		return words.Count(-n, "line") + " longer"
	}
	return words.Count(n, "line") + " saved"
}
