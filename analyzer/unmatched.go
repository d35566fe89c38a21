package analyzer

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/policy"
)

// A spot is where a configuration says something; zero for what no file says.
type spot struct {
	file string
	line int
}

// A SeenPackage is a package that a run has looked at.
type SeenPackage struct {
	Path  string   // import path
	Dir   string   // absolute
	Files []string // absolute
}

// Unmatched returns what configurations say of files and packages that are not
// there, and of policies that nothing reports: a line for each, with its place and
// the remedy. Seen saves the search for what is there.
func Unmatched(configs []Options, seen []SeenPackage) []string {
	notes := make(map[spot][]string)
	for _, o := range configs {
		for _, e := range o.Exclude {
			if e.at.line > 0 && notes[e.at] == nil && !e.there(seen) {
				notes[e.at] = []string{fmt.Sprintf("exclude: %s matches nothing", e.pattern())}
			}
		}
		for _, a := range o.AllowedPolicies {
			if a.at.line > 0 && notes[a.at] == nil {
				notes[a.at] = a.unmatched(o.Policies, seen)
			}
		}
	}
	var list []string
	for _, at := range slices.SortedFunc(maps.Keys(notes), spot.compare) {
		for _, text := range notes[at] {
			list = append(list, fmt.Sprintf("%s:%d: %s: correct it, or remove it", at.file, at.line, text))
		}
	}
	return list
}

func (s spot) compare(t spot) int {
	return cmp.Or(cmp.Compare(s.file, t.file), cmp.Compare(s.line, t.line))
}

// pattern returns the key and the value that say what e is about.
func (e Exclusion) pattern() string {
	if e.Path != "" {
		return "path " + e.Path
	}
	return "package " + e.Package
}

// there reports whether there is a file or a package that e is about, or may be.
func (e Exclusion) there(seen []SeenPackage) bool {
	for _, p := range seen {
		e := Exclusion{Path: e.Path, Package: e.Package, dir: e.dir} // for any rule
		if slices.ContainsFunc(p.Files, func(file string) bool { return e.excludes(place{file, p.Dir, p.Path}, "") }) {
			return true
		}
	}
	if e.Path != "" {
		return e.onDisk()
	}
	return packageThere(e.dir, e.Package)
}

// onDisk reports whether there is a file below the configuration that e.Path is
// about.
func (e Exclusion) onDisk() bool {
	found := false
	_ = filepath.WalkDir(e.dir, func(name string, d fs.DirEntry, err error) error {
		rel, ok := below(e.dir, name)
		switch {
		case err != nil || !ok:
			return nil // what cannot be read
		case matchPath(segments(e.Path), segments(rel)):
			found = true
			return fs.SkipAll
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		}
		return nil
	})
	return found
}

// unmatched returns what there is to say of a, beside the policies of specs.
func (a AllowedPolicy) unmatched(specs []PolicySpec, seen []SeenPackage) (notes []string) {
	if !known(a.Identifier, specs) {
		notes = append(notes, fmt.Sprintf("allowed_policies: backoff-policy reports no identifier %s", a.Identifier))
	}
	for _, pattern := range a.Packages {
		isSeen := func(p SeenPackage) bool { return coversPackage(pattern, p.Path) }
		if !slices.ContainsFunc(seen, isSeen) && !packageThere(filepath.Dir(a.at.file), pattern) {
			notes = append(notes, fmt.Sprintf("allowed_policies: package %s matches nothing", pattern))
		}
	}
	return notes
}

// known reports whether identifier is that of a policy which is reported.
func known(identifier string, specs []PolicySpec) bool {
	pkg, name, _ := splitIdentifier(identifier) // checked when it was read
	rows := slices.Clone(policy.Known)
	for _, s := range specs {
		library, of, _ := splitIdentifier(s.Identifier)
		rows = append(rows, policy.Row{Library: library, Name: of})
	}
	return slices.ContainsFunc(rows, func(r policy.Row) bool {
		library := policy.Match(pkg, r.Library) || policy.InLibrary(r.Library, pkg)
		return library && (policy.Match(name, r.Name) || policy.Match(r.Name, name))
	})
}

// packageThere reports whether there may be a package that pattern is about, which
// a configuration in dir has.
func packageThere(dir, pattern string) bool {
	base, _, _ := strings.Cut(pattern, "...")
	base = strings.TrimSuffix(base, "/")
	if local := base == "." || strings.HasPrefix(base, "./"); local {
		return isDirectory(filepath.Join(dir, filepath.FromSlash(base)))
	}
	mod, _ := gomod.At(dir)
	if base == "" || strings.Contains(base, "*") || mod == nil || gomod.WorkFile(dir) != "" {
		return true // it is not known which modules there are
	}
	if rest, ok := strings.CutPrefix(base+"/", mod.Path+"/"); ok {
		return isDirectory(filepath.Join(mod.Dir, filepath.FromSlash(rest)))
	}
	return strings.HasPrefix(mod.Path, base) && strings.Contains(pattern, "...")
}

func isDirectory(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
