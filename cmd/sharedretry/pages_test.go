package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// What the pages of the rules use, beside the helper that -init writes.
const pageModule = `-- go.mod --
module example.com/m

go 1.26

require github.com/sethvargo/go-retry v0.3.0

replace github.com/sethvargo/go-retry => ./library
-- library/go.mod --
module github.com/sethvargo/go-retry
-- library/retry.go --
package retry

import ("context"; "time")

type Backoff interface{ Next() (time.Duration, bool) }
type RetryFunc func(context.Context) error

func NewConstant(time.Duration) Backoff { return nil }
func NewExponential(time.Duration) Backoff { return nil }
func WithMaxRetries(uint64, Backoff) Backoff { return nil }
func Do(context.Context, Backoff, RetryFunc) error { return nil }
-- poll/poll.go --
package poll

import ("context"; "time")

func Until(context.Context, time.Duration, func() bool) error { return nil }
`

// pageHead declares what the examples of the pages call.
const pageHead = `package p

import "context"

func send(context.Context, string) error { return nil }
func session(context.Context) error      { return nil }
func ready() bool                        { return true }
`

// pageImports are the imports of the examples by name.
var pageImports = map[string]string{
	"context": "", "fmt": "", "log": "", "time": "",
	"retry": "example.com/m/retry", "poll": "example.com/m/poll", "gobackoff": "github.com/sethvargo/go-retry",
}

var pageSections = []string{"Why", "Faults", "Before", "After", "When to turn it off"}

// importsOf returns the imports that code needs.
func importsOf(code string) string {
	var b strings.Builder
	for name, path := range pageImports {
		if !regexp.MustCompile(`\b` + name + `\.`).MatchString(code) {
			continue
		}
		if path == "" {
			path, name = name, ""
		}
		fmt.Fprintf(&b, "import %s %q\n", name, path)
	}
	return b.String()
}

// pageCode returns the code of a page: before and after.
func pageCode(t *testing.T, r analyzer.Rule) (before, after string) {
	t.Helper()
	var code []string
	for _, b := range blocksOf(r.Page()) {
		if b.lang == "go" {
			code = append(code, b.text)
		}
	}
	if len(code) != 2 {
		t.Fatalf("the page of %s has %d blocks of Go, want before and after", r.Name, len(code))
	}
	return code[0], code[1]
}

// examplesOf returns the root of a module with the code of every page, by which
// returns one of the two.
func examplesOf(t *testing.T, which func(before, after string) string) string {
	t.Helper()
	dir := write(t, pageModule)
	tool(t, dir, "-init=./retry").want(t, 0)
	for _, r := range analyzer.Rules {
		code := which(pageCode(t, r))
		update(t, dir, "-- "+r.Name+"/x.go --\npackage p\n\n"+importsOf(code)+"\n"+code+"-- "+r.Name+"/head.go --\n"+pageHead)
	}
	return dir
}

// Each rule has a page, whose address is that of its findings.
func TestRulePages(t *testing.T) {
	t.Parallel()
	for _, r := range analyzer.Rules {
		page := r.Page()
		if !strings.HasPrefix(page, "# "+r.Name+"\n") {
			t.Errorf("the page of %s begins with %.20q", r.Name, page)
		}
		for _, name := range pageSections {
			if strings.Count(page, "\n## "+name+"\n") != 1 {
				t.Errorf("the page of %s has no section %q", r.Name, name)
			}
		}
		_, file, _ := strings.Cut(r.URL(), "/blob/main/")
		if readFile(t, file) != page {
			t.Errorf("%s is not the page of %s", r.URL(), r.Name)
		}
		tool(t, repository, "help", r.Name).want(t, 0, page)
	}
}

// What a page shows as before is found by its rule, and by no other; what it shows
// as after is not found at all.
func TestPageExamples(t *testing.T) {
	t.Parallel()
	before := examplesOf(t, func(before, _ string) string { return before })
	res := tool(t, before, "-rules=all", "-json", "./...")
	res.want(t, 0)
	var found map[string]map[string][]struct{ Category, URL string }
	if err := json.Unmarshal([]byte(res.stdout), &found); err != nil {
		t.Fatal(err)
	}
	for _, r := range analyzer.Rules {
		list := found["example.com/m/"+r.Name]["sharedretry"]
		if len(list) != 1 || list[0].Category != r.Name {
			t.Errorf("%s: found %v", r.Name, list)
		}
	}
	tool(t, examplesOf(t, func(_, after string) string { return after }), "-rules=all", "./...").want(t, 0, "no findings")
}

// What a page says that -fix writes is what it writes.
func TestPageFixes(t *testing.T) {
	t.Parallel()
	dir := examplesOf(t, func(before, _ string) string { return before })
	tool(t, dir, "-rules=all", "-fix", "./...").want(t, 0)
	for _, r := range analyzer.Rules {
		before, after := pageCode(t, r)
		data, err := os.ReadFile(filepath.Join(dir, r.Name, "x.go"))
		if err != nil {
			t.Fatal(err)
		}
		want := before
		if strings.Contains(r.Page(), "`sharedretry -fix` writes this") {
			want = after
		}
		if got := string(data); !strings.HasSuffix(got, "\n\n"+want) {
			t.Errorf("%s: -fix writes\n%s", r.Name, got)
		}
	}
}
