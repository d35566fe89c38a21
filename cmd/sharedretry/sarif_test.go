package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v2/sarif"
	"github.com/sharedretry/sharedretry/analyzer"
)

// sarifRun returns the only run of the report on packages in dir.
func sarifRun(t *testing.T, dir string, patterns ...string) *sarif.Run {
	t.Helper()
	return parseSARIF(t, tool(t, dir, append([]string{"-format=sarif"}, patterns...)...))
}

func parseSARIF(t *testing.T, res result) *sarif.Run {
	t.Helper()
	doc, err := sarif.FromString(res.stdout)
	if err != nil || len(doc.Runs) != 1 {
		t.Fatalf("%v in %s\n%s", err, res.stdout, res.stderr)
	}
	return doc.Runs[0]
}

func TestSARIF(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- a/b é.go --\n"+strings.Replace(retryCode, "{ for", "{ /* é😀 */ for", 1))
	run := sarifRun(t, dir, "./...")
	if n := len(run.Tool.Driver.Rules); n != len(analyzer.Rules) {
		t.Errorf("%d rules", n)
	}
	res := run.Results[0]
	if rule := run.Tool.Driver.Rules[*res.RuleIndex]; rule.ID != *res.RuleID || rule.ID != "retry-loop" {
		t.Errorf("the rule is %s, by its index %s", *res.RuleID, rule.ID)
	}
	place := res.Locations[0].PhysicalLocation
	if got := *place.ArtifactLocation.URI + " " + *place.ArtifactLocation.URIBaseId; got != "a/b%20%C3%A9.go %SRCROOT%" {
		t.Errorf("the file is %s", got)
	}
	if r := place.Region; *r.StartLine != 5 || *r.StartColumn != 41 || *r.EndLine != 5 || *r.EndColumn != 64 {
		t.Errorf("the region is %d:%d-%d:%d", *r.StartLine, *r.StartColumn, *r.EndLine, *r.EndColumn)
	}
	if got := *res.Locations[0].LogicalLocations[0].FullyQualifiedName; got != "example.com/m/a.retry" {
		t.Errorf("the function is %s", got)
	}
	if root := *run.OriginalUriBaseIDs["%SRCROOT%"].URI; root != fileURI(dir)+"/" {
		t.Errorf("the root is %s", root)
	}
	if !*run.Invocations[0].ExecutionSuccessful {
		t.Error("the run has failed")
	}
}

// Behind a line directive there are no columns, and a name with a colon is no
// URI with a scheme.
func TestLineDirective(t *testing.T) {
	t.Parallel()
	code := strings.Replace(strings.Replace(retryCode, "func retry", "//line gram:y.go:10\nfunc retry", 1), "; var", "\n\nvar", 1)
	dir := write(t, modFile+"-- x.go --\n"+code)
	place := sarifRun(t, dir, "./...").Results[0].Locations[0].PhysicalLocation
	if r := place.Region; *r.StartLine != 10 || *r.EndLine != 10 || r.StartColumn != nil || r.EndColumn != nil {
		t.Errorf("the region is %+v", r)
	}
	if got := *place.ArtifactLocation.URI; got != "./gram:y.go" {
		t.Errorf("the file is %s", got)
	}
	tool(t, dir, "-format=github", "./...").want(t, 3, "gram%3Ay.go,line=10,endLine=10,title=")
}

// The help of every rule is its own.
// What could not be analysed is in the report, and does not hide the rest.
func TestSARIFErrors(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- broken/x.go --\npackage p\n\nvar x int = \"\"\n")
	res := tool(t, dir, "-format=sarif", "./...")
	res.want(t, 1)
	run := parseSARIF(t, res)
	inv := run.Invocations[0]
	if *inv.ExecutionSuccessful || len(inv.ToolExecutionNotifications) != 1 || !strings.Contains(*inv.ToolExecutionNotifications[0].Message.Text, "cannot use") {
		t.Errorf("got %+v", inv)
	}
	if len(run.Results) != 1 {
		t.Errorf("%d results", len(run.Results))
	}
}

// A file that is not below the root has its own URI.
func TestSARIFOutside(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	run := parseSARIF(t, call(t, dir, []string{"GITHUB_WORKSPACE=" + t.TempDir()}, binary, "-format=sarif", "."))
	if file := run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation; *file.URI != fileURI(filepath.Join(dir, "x.go")) || file.URIBaseId != nil {
		t.Errorf("got %+v", *file.URI)
	}
}

// fileURI returns the URI of a file or directory.
func fileURI(name string) string { return "file://" + path.Join("/", filepath.ToSlash(name)) }

// The fixes in the report, applied by their regions, are what -fix does.
func TestSARIFFixes(t *testing.T) {
	t.Parallel()
	dir := write(t, fixable)
	tool(t, dir, "-fix", "./other", "./lone").want(t, 0, "2 loops replaced in 2 files")
	want := tree(t, dir)
	update(t, dir, fixable)
	run := sarifRun(t, dir, "./other", "./lone")
	if len(run.Results) != 2 {
		t.Fatalf("%d results", len(run.Results))
	}
	for _, res := range run.Results {
		if len(res.Fixes) != 1 || *res.Fixes[0].Description.Text != "call retry.Do" && !strings.HasPrefix(*res.Fixes[0].Description.Text, "call retry.Do: waits today: 10ns") {
			t.Fatalf("%s has %d fixes", *res.Message.Text, len(res.Fixes))
		}
		for _, change := range res.Fixes[0].ArtifactChanges {
			applyReplacements(t, dir, change)
		}
	}
	sameTree(t, tree(t, dir), want)
}

// applyReplacements applies a change to a file in dir, the last of them first.
func applyReplacements(t *testing.T, dir string, change *sarif.ArtifactChange) {
	t.Helper()
	file := filepath.Join(dir, *change.ArtifactLocation.URI)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	offset := func(line, column *int) int { return len(strings.Join(lines[:*line-1], "")) + *column - 1 }
	for i := len(change.Replacements) - 1; i >= 0; i-- {
		r := change.Replacements[i].DeletedRegion
		start, end := offset(r.StartLine, r.StartColumn), offset(r.EndLine, r.EndColumn)
		data = []byte(string(data[:start]) + *change.Replacements[i].InsertedContent.Text + string(data[end:]))
	}
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// A fingerprint stays the same when lines move and the file has another name,
// and two equal loops in one function have two.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	twice := "package p\n\nimport \"time\"\n\nfunc twice(in func() error) {\n" + retryLoop + "\n" + retryLoop + "\n}\n\nvar op func() error\n"
	dir := write(t, modFile+"-- a/x.go --\n"+retryCode+"-- b/x.go --\n"+twice)
	prints := func() (list []string) {
		for _, res := range sarifRun(t, dir, "./...").Results {
			list = append(list, res.PartialFingerprints["sharedretry/v1"].(string))
		}
		return list
	}
	before := prints()
	seen := make(map[string]bool)
	for _, p := range before {
		seen[p] = true
	}
	if len(before) != 3 || len(seen) != 3 {
		t.Fatalf("got %q", before)
	}
	update(t, dir, "-- a/y.go --\n// A comment.\n\n"+strings.Replace(retryCode, "{ for", "{\n\n\tfor  ", 1)+"-- b/x.go --\n"+strings.Replace(twice, "\n\n", "\n\n\n", 1))
	if err := os.Remove(filepath.Join(dir, "a", "x.go")); err != nil {
		t.Fatal(err)
	}
	if after := prints(); strings.Join(after, "\n") != strings.Join(before, "\n") {
		t.Errorf("got %q\nwant %q", after, before)
	}
}

// Code scanning knows findings by this: another way to make it needs another
// name, as CONTRIBUTING.md says.
func TestFingerprintIsPinned(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	const want = "d09ac2b8c8ccad1d2fdc7be4c8b88eb25cfd8ad900fc1931742b568f3102f323:1"
	if got := sarifRun(t, dir, ".").Results[0].PartialFingerprints["sharedretry/v1"]; got != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
