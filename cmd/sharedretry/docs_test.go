package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// What the README says of the rules, the flags and the configuration is what
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
	sameFlags(t, readme)
	config := recipe(t, "helper: acme")
	dir := write(t, modFile+"-- "+analyzer.ConfigName+" --\n"+config+"-- x.go --\n"+retryCode)
	tool(t, dir, ".").want(t, 3, "x.go:5:31: ") // as it is
	allKeys(t, strings.Replace(config, "\n# baseline:", "\nbaseline:", 1))
}

var (
	flagRow = regexp.MustCompile("(?m)^\\| (`-.*?) \\|")
	flagIn  = regexp.MustCompile("`-([\\w-]+)")
)

// sameFlags compares the rows of flags with the flags that there are.
func sameFlags(t *testing.T, doc string) {
	t.Helper()
	var got, want []string
	for _, row := range flagRow.FindAllStringSubmatch(doc, -1) {
		for _, name := range flagIn.FindAllStringSubmatch(row[1], -1) {
			got = append(got, name[1])
		}
	}
	knownFlags().VisitAll(func(f *flag.Flag) { want = append(want, f.Name) })
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("got rows of the flags %q, want %q", got, want)
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
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "-" && v.Field(i).IsZero() {
			t.Errorf("the configuration does not set %s", name)
		}
	}
}

// The README and .ci/run test every nested module that has tests.
func TestNestedModules(t *testing.T) {
	t.Parallel()
	root := os.DirFS(repository)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Name() == "testdata" || d.Name() == ".git" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, "_test.go") {
			return nil
		}
		module := moduleOf(root, name)
		if command := "go -C " + module + " test ./..."; module != "." && readmeCommands[command].where != inCI {
			t.Errorf("%s: the README does not say %q", name, command)
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
