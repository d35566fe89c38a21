package main

import (
	"flag"
	"fmt"
	"go/doc/comment"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// What the README says of the rules, and the recipe of the configuration, are what
// they are.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme := readFile(t, "README.md")
	for _, r := range analyzer.Rules {
		state := map[bool]string{true: "on", false: "off"}[r.Default]
		if row := fmt.Sprintf("| `%s` | %s | %s |\n", r.Name, state, r.Doc); !strings.Contains(readme, row) {
			t.Errorf("no row of the rule: %s", row)
		}
	}
	config := recipe(t, "sharedretry.yml")
	dir := write(t, modFile+"-- "+analyzer.ConfigName+" --\n"+config+"-- x.go --\n"+retryCode)
	tool(t, dir, ".").want(t, 3, "x.go:5:31: ") // as it is
	allKeys(t, strings.Replace(config, "\n# baseline:", "\nbaseline:", 1))
}

var (
	link     = regexp.MustCompile(`\]\(([^)#]*)(#[^)]*)?\)`)
	manualAt = "https://pkg.go.dev/github.com/sharedretry/sharedretry/analyzer"
)

// What documents link to is there: files, and sections of the manual.
func TestLinks(t *testing.T) {
	t.Parallel()
	ids := make(map[string]bool)
	for _, b := range analyzer.Manual().Content {
		if h, ok := b.(*comment.Heading); ok {
			ids["#"+h.DefaultID()] = true
		}
	}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		for _, m := range link.FindAllStringSubmatch(readFile(t, name), -1) {
			switch target, id := m[1], m[2]; {
			case target == manualAt && id != "" && !ids[id]:
				t.Errorf("%s: the manual has no section %s", name, id)
			case strings.Contains(target, "://"):
			default:
				if _, err := os.Stat(filepath.Join(repository, filepath.FromSlash(target))); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}

var flagItem = regexp.MustCompile(`(?m)^  - -([\w-]+)`)

// The manual has an item for each flag.
func TestManualFlags(t *testing.T) {
	t.Parallel()
	var got, want []string
	for _, m := range flagItem.FindAllStringSubmatch(tool(t, repository, "help", "config").stdout, -1) {
		got = append(got, m[1])
	}
	knownFlags().VisitAll(func(f *flag.Flag) { want = append(want, f.Name) })
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("the manual has the flags\n%q\nwant\n%q", got, want)
	}
}

// allKeys checks that a configuration can be read, and sets every option.
func allKeys(t *testing.T, config string) {
	t.Helper()
	dir := write(t, "-- go.mod --\n-- "+analyzer.ConfigName+" --\n"+config)
	opts, err := analyzer.LoadOptions(dir, "")
	if err != nil {
		t.Error(err)
	}
	v := reflect.ValueOf(opts)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "" && name != "-" && v.Field(i).IsZero() {
			t.Errorf("the configuration does not set %s", name)
		}
	}
}

// .ci/run tests every module that has tests.
func TestNestedModules(t *testing.T) {
	t.Parallel()
	ci := readFile(t, ".ci/run")
	root := os.DirFS(repository)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == "testdata/src" || d.Name() == ".git" || d.Name() == "testdata" && name != "testdata":
			return fs.SkipDir
		case !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		command := "go -C " + moduleOf(root, name) + " test "
		if command = strings.Replace(command, "-C . ", "", 1); !strings.Contains(ci, command) {
			t.Errorf("%s: .ci/run does not say %q", name, command)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// moduleOf returns the directory of the nearest go.mod above a file.
func moduleOf(root fs.FS, name string) string {
	for name != "." {
		name = path.Dir(name)
		if _, err := fs.Stat(root, path.Join(name, "go.mod")); err == nil {
			break
		}
	}
	return name
}
