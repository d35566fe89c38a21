package analyzer

import (
	"errors"
	"fmt"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// An Exclusion is a part of the code of which nothing is reported. It names
// either files or packages.
type Exclusion struct {
	// Path is a pattern for files, or for directories with all that is below
	// them: * and ? stand for parts of a name, ** for any number of
	// directories. It is relative to the configuration file.
	Path string `json:"path" yaml:"path"`

	// Package is a pattern for packages, as the go command takes them: an import
	// path or, beginning with ./, a directory relative to the configuration
	// file. In both ... stands for anything.
	Package string `json:"package" yaml:"package"`

	// Rules names the rules that are not reported; none stands for all.
	Rules []string `json:"rules" yaml:"rules"`

	// Reason says why, for readers and for -explain. There must be one.
	Reason string `json:"reason" yaml:"reason"`

	dir string // what relative patterns are relative to; "" is the working directory
	at  spot
}

// checkExclude reports what is wrong with o.Exclude.
func (o Options) checkExclude() error {
	for _, e := range o.Exclude {
		if _, err := e.check(); err != nil {
			return fmt.Errorf("exclude: %w", err)
		}
	}
	return nil
}

// check returns what is wrong with e, and the key that is to blame.
func (e Exclusion) check() (key string, err error) {
	switch {
	case e.Path == "" && e.Package == "":
		return "", errors.New("path or package is missing: say what to exclude")
	case e.Path != "" && e.Package != "":
		return "package", errors.New("path and package are both here: keep one, or make two items")
	case strings.TrimSpace(e.Reason) == "":
		return "reason", errors.New("reason is missing: say why nothing is to be reported there")
	case strings.Contains(e.Path, `\`):
		return "path", fmt.Errorf(`path %s: write / in place of \ on every system`, e.Path)
	case strings.Contains(e.Package, `\`):
		return "package", fmt.Errorf(`package %s: write / in place of \ on every system`, e.Package)
	case leaves(e.Path):
		return "path", fmt.Errorf("path %s must be below the configuration file's directory: write it relative to that", e.Path)
	case e.Package != "." && strings.HasPrefix(e.Package, ".") && leaves(e.Package):
		return "package", fmt.Errorf("package %s must be below the configuration file's directory: move the file, or write the import path", e.Package)
	}
	if _, err := path.Match(e.Path, ""); err != nil {
		return "path", fmt.Errorf("path %s is not a pattern: close its brackets", e.Path)
	}
	for _, name := range e.Rules {
		if err := checkRule(name); err != nil {
			return "rules", err
		}
	}
	return "", nil
}

// leaves reports whether a path is not below the directory that it is relative
// to.
func leaves(name string) bool {
	return name != "" && !filepath.IsLocal(filepath.FromSlash(name)) || strings.HasPrefix(name, "/")
}

// A place is where a finding is, in terms of exclusions.
type place struct{ file, dir, path string } // the file, its package's directory and import path

func placeOf(pass *analysis.Pass, pos token.Pos) place {
	name := pass.Fset.PositionFor(pos, false).Filename
	if fromGoCommand(name) {
		name = pass.Fset.Position(pos).Filename // cgo's output says where it comes from
	}
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return place{name, packageDir(pass), importPath(pass)}
}

// importPath returns the import path of the package of pass, which its tests
// share.
func importPath(pass *analysis.Pass) string {
	name, _, _ := strings.Cut(pass.Pkg.Path(), " ") // p [p.test]
	if strings.HasSuffix(pass.Pkg.Name(), "_test") {
		name = strings.TrimSuffix(name, "_test")
	}
	return name
}

// excludes reports whether e is about rule at p.
func (e Exclusion) excludes(p place, rule string) bool {
	if len(e.Rules) > 0 && !slices.Contains(e.Rules, rule) && !slices.Contains(e.Rules, allRules) {
		return false
	}
	pkg := strings.TrimSuffix(e.Package, "/")
	switch rest, local := strings.CutPrefix(pkg, "./"); {
	case e.Path != "":
		name, ok := below(e.dir, p.file)
		return ok && matchPath(segments(e.Path), segments(name))
	case local || pkg == ".":
		name, ok := below(e.dir, p.dir)
		return ok && matchPackage(path.Clean("./"+rest), name)
	}
	return matchPackage(pkg, p.path)
}

// below returns name, with slashes, relative to dir, and whether it is in it.
func below(dir, name string) (string, bool) {
	for _, resolve := range []func(string) (string, error){filepath.Abs, filepath.EvalSymlinks} {
		d, err := resolve(dir)
		n, err2 := resolve(name)
		if err != nil || err2 != nil {
			return "", false
		}
		if rel, err := filepath.Rel(d, n); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel), true
		}
		dir, name = d, n
	}
	return "", false
}

func segments(name string) []string { return strings.Split(path.Clean(name), "/") }

// matchPath reports whether pattern matches name or a directory above it. What
// follows a ** is looked for from left to right: the first place where it matches
// leaves the most to what follows, so no other needs to be tried for those before.
func matchPath(pattern, name []string) bool {
	if pattern[0] == "." { // everything
		return true
	}
	rest, from := -1, 0 // of the pattern behind the last **, and where in name it is tried
	for i, k := 0, 0; i < len(pattern); {
		switch {
		case pattern[i] == "**":
			rest, from = i+1, k
			i++
			if k == len(name) {
				return false
			}
		case k < len(name) && matchName(pattern[i], name[k]):
			i, k = i+1, k+1
		case rest >= 0 && from+1 < len(name):
			from++
			i, k = rest, from
		default:
			return false
		}
	}
	return true
}

func matchName(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// matchPackage reports whether pattern matches name as the go command has it.
func matchPackage(pattern, name string) bool {
	base, below := strings.CutSuffix(pattern, "/...")
	return matchDots(pattern, name) || below && matchDots(base, name)
}

// matchDots reports whether pattern matches name, where ... is any text. It compiles
// nothing: a configuration may have thousands of patterns, and each finding is compared
// with all of them.
func matchDots(pattern, name string) bool {
	parts := strings.Split(pattern, "...")
	rest, ok := strings.CutPrefix(name, parts[0])
	last := len(parts) - 1
	if !ok || last == 0 {
		return ok && rest == ""
	}
	for _, part := range parts[1:last] {
		if _, rest, ok = strings.Cut(rest, part); !ok {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[last])
}
