package analyzer

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestExcludes(t *testing.T) {
	root := t.TempDir()
	in := func(names ...string) string {
		return filepath.Join(append([]string{root}, names...)...)
	}
	file := place{in("a", "b", "old_x.go"), in("a", "b"), "example.com/m/a/b"}
	top := place{in("x.go"), root, "example.com/m"}
	for _, test := range []struct {
		e         Exclusion
		file, top bool
	}{
		{Exclusion{Path: "a/b/old_x.go"}, true, false},
		{Exclusion{Path: "./a/b/old_x.go"}, true, false},
		{Exclusion{Path: "a"}, true, false},
		{Exclusion{Path: "a/"}, true, false},
		{Exclusion{Path: "a/b"}, true, false},
		{Exclusion{Path: "b"}, false, false},
		{Exclusion{Path: "a/*.go"}, false, false},
		{Exclusion{Path: "a/b/*.go"}, true, false},
		{Exclusion{Path: "a/*/old_?.go"}, true, false},
		{Exclusion{Path: "*.go"}, false, true},
		{Exclusion{Path: "**/*.go"}, true, true},
		{Exclusion{Path: "**/old_*"}, true, false},
		{Exclusion{Path: "a/**"}, true, false},
		{Exclusion{Path: "a/**/b"}, true, false},
		{Exclusion{Path: "**/c/**"}, false, false},
		{Exclusion{Path: "a/b/old_x.go/**"}, false, false},
		{Exclusion{Path: "."}, true, true},
		{Exclusion{Path: "**"}, true, true},

		{Exclusion{Package: "./a/b"}, true, false},
		{Exclusion{Package: "./a"}, false, false},
		{Exclusion{Package: "./a/..."}, true, false},
		{Exclusion{Package: "./a/b/..."}, true, false},
		{Exclusion{Package: "./..."}, true, true},
		{Exclusion{Package: "."}, false, true},
		{Exclusion{Package: "./b"}, false, false},
		{Exclusion{Package: "example.com/m/a/b"}, true, false},
		{Exclusion{Package: "example.com/m"}, false, true},
		{Exclusion{Package: "example.com/m/..."}, true, true},
		{Exclusion{Package: "example.com/m/.../b"}, true, false},
		{Exclusion{Package: "exampleXcom/m"}, false, false},
		{Exclusion{Package: "..."}, true, true},
		{Exclusion{Package: "./a/b/"}, true, false},
		{Exclusion{Package: "./"}, false, true},
		{Exclusion{Package: "./a/.../"}, true, false},
		{Exclusion{Package: "example.com/m/a/b/"}, true, false},

		{Exclusion{Path: "a", Rules: []string{"retry-loop", "poll-loop"}}, true, false},
		{Exclusion{Path: "a", Rules: []string{"poll-loop"}}, false, false},
		{Exclusion{Path: "a", Rules: []string{"all"}}, true, false},
	} {
		test.e.dir, test.e.Reason = root, "why"
		if key, err := test.e.check(); err != nil {
			t.Errorf("%+v: %s: %v", test.e, key, err)
		}
		if got := test.e.excludes(file, "retry-loop"); got != test.file {
			t.Errorf("%+v: the file is excluded: %v", test.e, got)
		}
		if got := test.e.excludes(top, "retry-loop"); got != test.top {
			t.Errorf("%+v: the file at the top is excluded: %v", test.e, got)
		}
	}
}

// What ** matches is the same as if every way to divide the name were tried, which
// takes exponential time.
func TestStars(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := func(n int, of ...string) (list []string) {
		for range 1 + random.IntN(n) {
			list = append(list, of[random.IntN(len(of))])
		}
		return list
	}
	for range 20_000 {
		pattern, name := words(6, "**", "a", "b", "?"), words(8, "a", "b")
		if got, want := matchPath(pattern, name), matchEveryWay(pattern, name); got != want {
			t.Fatalf("%v matches %v: %v", pattern, name, got)
		}
	}
	if matchPath(append(slices.Repeat([]string{"**", "a"}, 30), "b"), slices.Repeat([]string{"a"}, 200)) {
		t.Error("b matches a")
	}
}

func matchEveryWay(pattern, name []string) bool {
	switch {
	case len(pattern) == 0:
		return true
	case pattern[0] != "**":
		return len(name) > 0 && matchName(pattern[0], name[0]) && matchEveryWay(pattern[1:], name[1:])
	}
	for i := range name {
		if matchEveryWay(pattern[1:], name[i:]) {
			return true
		}
	}
	return false
}

// The configuration and the package may be named by different ways to the same
// place; what is elsewhere is not excluded.
func TestExcludesByLink(t *testing.T) {
	root := tree(t, map[string]string{"real/a/x.go": "", "other/a/x.go": ""})
	link := filepath.Join(root, "link")
	if err := os.Symlink(filepath.Join(root, "real"), link); err != nil {
		t.Skip(err)
	}
	e := Exclusion{Path: "a", dir: link}
	for name, want := range map[string]bool{"real": true, "link": true, "other": false} {
		if got := e.excludes(place{file: filepath.Join(root, name, "a", "x.go")}, "retry-loop"); got != want {
			t.Errorf("%s is excluded: %v", name, got)
		}
	}
}

// What ... matches is what a regular expression would.
func TestPackagePatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := func(n int, of ...string) (text string) {
		for range 1 + random.IntN(n) {
			text += of[random.IntN(len(of))]
		}
		return text
	}
	for range 20_000 {
		pattern, name := words(6, "...", "a", "/", "b", "/..."), words(8, "a", "b", "/")
		expr := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, `.*`)
		if base, ok := strings.CutSuffix(expr, `/.*`); ok {
			expr = base + `(/.*)?`
		}
		if got, want := matchPackage(pattern, name), regexp.MustCompile("^("+expr+")$").MatchString(name); got != want {
			t.Fatalf("%s matches %s: %v", pattern, name, got)
		}
	}
}

// A configuration that is full of patterns does not make each finding expensive.
func TestManyPatterns(t *testing.T) {
	e := Exclusion{Package: strings.Repeat("...a", 8) + "b"}
	p := place{path: "example.com/" + strings.Repeat("a/", 50)}
	start := time.Now()
	for range 200_000 { // 40 µs each by a regular expression
		e.excludes(p, "retry-loop")
	}
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("%v", took)
	}
}
