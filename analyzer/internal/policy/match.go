package policy

import (
	"go/types"
	"path"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A Table are rows, made ready to be looked up.
type Table struct {
	byBase map[string][]*Row // by the last element of the library's path
	others []*Row            // whose last element is a pattern
}

// NewTable returns the table of rows.
func NewTable(rows []Row) *Table {
	t := &Table{byBase: make(map[string][]*Row)}
	rows = slices.Clone(rows)
	for i := range rows {
		r := &rows[i]
		if last := base(r.Library); isPattern(last) {
			t.others = append(t.others, r)
		} else {
			t.byBase[last] = append(t.byBase[last], r)
		}
	}
	return t
}

// Covers reports whether there are rows of the package with the given path.
func (t *Table) Covers(pkg string) bool { return len(t.of(pkg)) > 0 }

// of returns the rows of the package with the given path.
func (t *Table) of(pkg string) (rows []*Row) {
	for _, list := range [][]*Row{t.byBase[base(pkg)], t.others} {
		for _, r := range list {
			if InLibrary(r.Library, pkg) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// InLibrary reports whether the package with the given path is that of the
// library: by its path, by the path without its major version, or because it is
// a copy that keeps one of these at the end of its own path. In library, * is any
// run of characters within an element.
func InLibrary(library, pkg string) bool {
	original := plain(pkg)
	return Match(library, pkg) || Match(library, original) ||
		strings.Contains(library, ".") && strings.HasSuffix(original, "/"+library)
}

// Match reports whether name is what pattern says: * is any run of characters
// but slashes.
func Match(pattern, name string) bool {
	if !isPattern(pattern) {
		return pattern == name
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func isPattern(text string) bool { return strings.ContainsAny(text, `*?[\`) }

var major = pattern.New(`/v([2-9]|[1-9][0-9]+)(/|$)`)

// plain returns an import path without its major version, and that of the
// original where a copy is vendored:
//
//	example.com/m/vendor/github.com/cenkalti/backoff/v4  github.com/cenkalti/backoff
//	gopkg.in/cenkalti/backoff.v2                         github.com/cenkalti/backoff
func plain(path string) string {
	path, _, _ = strings.Cut(path, " ") // p [p.test]
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		path = path[i+len("/vendor/"):]
	}
	if rest, ok := strings.CutPrefix(path, "gopkg.in/"); ok {
		return "github.com/" + rest[:len(rest)-len(versionSuffix(rest))]
	}
	return major().ReplaceAllString(path, "$2")
}

// versionSuffix returns the .v2 that path ends with, or "".
func versionSuffix(path string) string {
	if i := strings.LastIndex(path, ".v"); i >= 0 && strings.Trim(path[i+2:], "0123456789") == "" {
		return path[i:]
	}
	return ""
}

// base returns the last element of an import path that is no major version.
func base(path string) string {
	path, _, _ = strings.Cut(path, " ")
	last := path[strings.LastIndex(path, "/")+1:]
	if len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" && len(last) < len(path) {
		path = path[:len(path)-len(last)-1]
		last = path[strings.LastIndex(path, "/")+1:]
	}
	return strings.TrimSuffix(last, versionSuffix(last))
}

// typeName returns the name of the type that t is, behind aliases and
// pointers; nil if it has none.
func typeName(t types.Type) *types.TypeName {
	if t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}
