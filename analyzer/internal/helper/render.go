package helper

import (
	"fmt"
	"maps"
	"slices"
)

// Render returns t as Go, with the source text of a in the place of the
// placeholders. The names of packages, and of the variables that t declares,
// become what local says; one without an entry stays, and "" drops a
// qualifier, as a dot import needs it. The text of a is taken as it is.
//
// The result is formatted as far as t's own text goes, without the indentation
// of where it will stand.
func (t *Template) Render(a Args, local map[string]string) string {
	frag := t.fragment(t.expand(newExpansion(a)))
	if frag == nil {
		return "" // not for a template that check has passed
	}
	text := once(t, renaming{frag, fmt.Sprint(local)}, func() string { return frag.rename(local) })
	if again := t.fragment(text); again != nil {
		text = again.substitute(a)
	}
	return text
}

// A renaming is a fragment and the names that it is given, as they are printed.
type renaming struct {
	of    *fragment
	local string
}

// Packages returns the package names, those of imports, that t uses for a.
func (t *Template) Packages(a Args, imports map[string]string) []string {
	frag := t.fragment(t.expand(newExpansion(a)))
	if frag == nil {
		return nil
	}
	used := make(map[string]bool)
	for _, name := range frag.qualifiers() {
		if _, ok := imports[name]; ok {
			used[name] = true
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// Declares returns the variables that t declares in the scope where it stands:
// those of a loop's header or of a statement before the loop.
func (t *Template) Declares(a Args) []string {
	frag := t.fragment(t.expand(newExpansion(a)))
	if frag == nil {
		return nil
	}
	return frag.declared()
}

// fragment is parseFragment for what t expands to, also with other names; nil if it fails.
func (t *Template) fragment(text string) *fragment {
	return once(t, text, func() *fragment {
		frag, err := parseFragment(text)
		if err != nil {
			return nil
		}
		return frag
	})
}
