package sourcetest

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what sources come to anew")

// Tables compares what each source in testdata/*.txtar comes to with what stands behind
// it: in a file called "NAME, PART", for each of the parts, in their order.
func Tables(t *testing.T, parts ...Part) {
	t.Helper()
	TablesIn(t, "*.txtar", parts...)
}

// TablesIn does so for the files of testdata that match a pattern.
func TablesIn(t *testing.T, pattern string, parts ...Part) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		table(t, archive, parts)
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A Part is something that a source comes to.
type Part struct {
	Name string
	Of   func(t *testing.T, src string) string
}

// table compares the sources of one archive, and writes what they come to into it.
func table(t *testing.T, archive *txtar.Archive, parts []Part) {
	t.Helper()
	want := make(map[string]string)
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	var all []txtar.File
	for _, f := range archive.Files {
		if slices.ContainsFunc(parts, func(p Part) bool { return strings.HasSuffix(f.Name, ", "+p.Name) }) {
			continue
		}
		all = append(all, f)
		for _, p := range parts {
			name := f.Name + ", " + p.Name
			got := strings.TrimRight(p.Of(t, string(f.Data)), "\n") + "\n"
			if !*update && got != want[name] {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want[name])
			}
			all = append(all, txtar.File{Name: name, Data: []byte(got)})
		}
	}
	archive.Files = all
}
