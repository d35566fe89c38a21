package helper

import (
	"fmt"
	"go/version"
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// Why there is no helper where a user need not have chosen one: -explain tells.
const (
	NoHelper = "it is not known which helper to call: run sharedretry -init, or set helper in .sharedretry.yml"
	NoModule = "no go.mod was found, so nothing says whether the helper can be imported"
)

// Why one that was chosen is none, after "no fix: ".
const (
	badModule   = "go.mod cannot be read"
	several     = "choose one with -helper=NAME, or with helper in .sharedretry.yml: go.mod requires the retry libraries %s"
	require     = "go.mod must require %s"
	requireMin  = "go.mod must require %s %s or later"
	requireFor  = "go.mod must require the module of %s"
	notVendored = "the directory vendor lacks %s: import it once and run go mod vendor"
	noPackage   = "the helper's package %s does not exist"
	mainPackage = "the helper's package %s is a command and cannot be imported"
	internal    = "internal package %s cannot be imported from here"
	cycle       = "the helper's package %s imports this one"
)

// Select returns the helper that the package in dir with the given import path
// uses: the configured one, or, if that is nil, the one retry library that
// go.mod requires. Without one it returns why there is no fix, in words for the
// user.
func Select(dir, path string, configured *Helper) (h *Helper, problem string) {
	mod, root := moduleAt(dir)
	switch {
	case root == "" && configured == nil:
		return nil, NoModule
	case root == "": // as under Bazel, whose rules say what may be imported
		return configured.unlocated(plainPath(path))
	case mod == nil:
		return nil, badModule
	}
	if h = configured; h == nil {
		if h, problem = mod.library(); h == nil {
			return nil, problem
		}
	}
	if problem = mod.obstacle(h, plainPath(path)); problem != "" {
		return nil, problem
	}
	fit := mod.fitOf(h)
	if fit.misfit != nil && configured == nil {
		return nil, fit.misfit.text // of one that was asked for it is an error: see [Misfit]
	}
	return fit.helper, ""
}

// NotAtHand says that a package cannot be read which a configuration for dir points
// at, and what to do.
func NotAtHand(dir, pkg string) string {
	if _, root := moduleAt(dir); root == "" {
		return fmt.Sprintf("no go.mod says where %s is: describe it by helpers in a configuration, and name that by -config", pkg)
	}
	return fmt.Sprintf("the helper's package %s cannot be found: go get it", pkg)
}

// unlocated returns h for the package from, where no go.mod says what that may import:
// the user's word counts for it.
func (h *Helper) unlocated(from string) (_ *Helper, problem string) {
	for _, path := range h.Imports {
		if !visible(path, from) {
			return nil, fmt.Sprintf(internal, path)
		}
	}
	return h, ""
}

// library returns the one retry library that m requires: directly or, where none
// is, indirectly. That is what go get calls it until something imports it.
func (m *goModule) library() (h *Helper, problem string) {
	names := m.libraries(false)
	if len(names) == 0 {
		names = m.libraries(true)
	}
	switch len(names) {
	case 0:
		return nil, NoHelper
	case 1:
		return Preset(names[0]), ""
	}
	return nil, fmt.Sprintf(several, strings.Join(names, ", "))
}

// Libraries returns the names of the retry libraries that the module which holds
// dir requires, directly and indirectly.
func Libraries(dir string) (direct, indirect []string) {
	mod, _ := moduleAt(dir)
	if mod == nil {
		return nil, nil
	}
	return mod.libraries(false), mod.libraries(true)
}

// libraries returns the names of the retry libraries that m requires, either
// directly or indirectly. An indirect one that is too old to be called is of
// somebody else's choice and does not count.
func (m *goModule) libraries(indirect bool) (names []string) {
	for _, p := range presets {
		req, ok := m.Required[p.module]
		if !ok || p.explicit || req.Indirect != indirect {
			continue
		}
		if !indirect || m.Requires(p.module, p.minVersion) {
			names = append(names, p.name)
		}
	}
	return names
}

// obstacle returns why the package with the given path, of m, cannot import
// the packages of h, or "".
func (m *goModule) obstacle(h *Helper, from string) string {
	if h.Module != "" && h.Module != m.Path && !m.Requires(h.Module, h.MinVersion) {
		return missing(h.Module, h.MinVersion)
	}
	for _, name := range slices.Sorted(maps.Keys(h.Imports)) {
		path := h.Imports[name]
		problem := ""
		switch {
		case !visible(path, from):
			problem = fmt.Sprintf(internal, path)
		case within(path, m.Path) && m.Provider(path) == "":
			problem = m.inside(path, from)
		case !gomod.IsStandard(path):
			problem = m.outside(h, path)
		}
		if problem != "" {
			return problem
		}
	}
	return ""
}

// inside returns why the package from cannot import path, both of m.
func (m *goModule) inside(path, from string) string {
	src := source{}
	if dir := m.DirOf(path); dir != "" {
		src = readSource(dir)
	}
	switch {
	case src.name == "":
		return fmt.Sprintf(noPackage, path)
	case src.name == "main":
		return fmt.Sprintf(mainPackage, path)
	case m.imports(path)[from]:
		return fmt.Sprintf(cycle, path)
	}
	return ""
}

// outside returns why the packages of m cannot import path, of another module.
func (m *goModule) outside(h *Helper, path string) string {
	provider := m.Provider(path)
	switch {
	case provider == "":
		return fmt.Sprintf(requireFor, path)
	case h.Module == "" && !m.Requires(provider, h.MinVersion):
		return missing(provider, h.MinVersion)
	case m.Vendored && !isDir(m.Dir, "vendor", path):
		return fmt.Sprintf(notVendored, path)
	}
	return ""
}

// missing says that go.mod must require a module.
func missing(path, minVersion string) string {
	if minVersion == "" {
		return fmt.Sprintf(require, path)
	}
	return fmt.Sprintf(requireMin, path, minVersion)
}

// visible reports whether the rule of internal packages lets the package from
// import path.
func visible(path, from string) bool {
	i := strings.LastIndex("/"+path+"/", "/internal/")
	if i < 0 {
		return true
	}
	return i == 0 || within(from, path[:i-1])
}

// AllowsFile reports whether a file of the given language version, such as
// "go1.22", may call h; "" is any version.
func (h *Helper) AllowsFile(lang string) bool {
	if h.Go == "" || lang == "" {
		return true
	}
	return version.Compare(version.Lang(lang), h.Go) >= 0
}

// Ranges reports whether h is a loop over a function, which is what its file must be new
// enough for.
func (h *Helper) Ranges() bool { return h.Shape == Loop && h.Go == rangesFrom }
