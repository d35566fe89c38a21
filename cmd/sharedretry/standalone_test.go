package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestExitCodes(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- found/x.go --\n"+retryCode+"-- clean/x.go --\npackage p\n")
	for _, test := range []struct {
		args string
		code int
		want []string
	}{
		{"./clean", 0, []string{"no findings in 1 package\n"}},
		{"./...", 3, []string{filepath.Join("found", "x.go") + ":5:31: hand-rolled retry loop", "(retry-loop)\n", "1 finding in 1 of 2 packages"}},
		{"-json ./...", 0, []string{`"category": "retry-loop"`}},
		{"-rules=poll-loop ./...", 0, []string{"no findings in 2 packages\n"}},
		{"-rules=all ./...", 3, []string{"(retry-loop)"}},
		{"-c=0 ./found", 3, []string{"5\tfunc retry"}},
		{"-fix ./...", 0, nil},
		{"./missing", 1, []string{"missing", "could not be analysed"}},
		{"-config=none.yml ./...", 1, []string{"sharedretry: cannot read the configuration: open none.yml"}},
		{"", 2, []string{"no packages given: name some, or write ./... for all"}},
		{"-wrong ./...", 2, []string{"-wrong", "run sharedretry help"}},
		{"-rules=retry ./...", 2, []string{`unknown rule "retry": known rules are retry-loop, linear-backoff, `}},
		{"-helper=acme ./...", 1, []string{`unknown helper "acme": known are avast/retry-go/v5, `}},
		{"-helper=acme -fix ./...", 1, []string{`unknown helper "acme": known are avast/retry-go/v5, `}},
		{"-explain -json ./...", 2, []string{"-explain cannot be combined with -json or -fix"}},
		{"-format=text ./...", 3, []string{"(retry-loop)\n"}},
		{"-format=json ./...", 0, []string{`"category": "retry-loop"`}},
		{"-json -format=json ./...", 0, []string{`"category": "retry-loop"`}},
		{"-format=github ./...", 3, []string{"::error file=found/x.go,"}},
		{"-format=sarif ./...", 0, []string{`"ruleId": "retry-loop"`, "1 finding in 1 of 2 packages"}},
		{"-format=html ./...", 0, []string{"<h1>Retry loops in example.com/m</h1>", "1 finding in 1 of 2 packages"}},
		{"-format=github ./clean", 0, []string{"no findings in 1 package\n"}},
		{"-format=xml ./...", 2, []string{`-format: unknown format "xml": use text, json`}},
		{"-json -format=text ./...", 2, []string{"-json cannot be combined with -format=text"}},
		{"-json -format=github ./...", 2, []string{"-json cannot be combined with -format=github"}},
		{"-explain -format=github ./...", 2, []string{"-format=github cannot be combined with -explain, -fix or -c"}},
		{"-c=1 -format=github ./...", 2, []string{"-format=github cannot be combined with -explain, -fix or -c"}},
		{"-fix -o=out ./...", 2, []string{"-fix cannot be combined with -o"}},
		{"-o=missing/out ./...", 2, []string{"-o: ", "missing"}},
		{"-o=clean ./...", 2, []string{"-o: clean is a directory"}},
		{"-diff ./...", 2, []string{"-diff needs -fix"}},
		{"help", 0, []string{"usage:", "-rules names", "poll-loop          off", "exit codes:"}},
		{"-h", 0, []string{"usage:"}},
	} {
		t.Run(test.args, func(t *testing.T) {
			tool(t, dir, strings.Fields(test.args)...).want(t, test.code, test.want...)
		})
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	res := tool(t, dir, "-json", ".")
	var packages map[string]map[string][]struct{ Category, Posn, End, Message string }
	if err := json.Unmarshal([]byte(res.stdout), &packages); err != nil {
		t.Fatalf("%v in %s", err, res.stdout)
	}
	found := packages["example.com/m"]["sharedretry"]
	if len(found) != 1 || found[0].Category != "retry-loop" || !strings.HasSuffix(found[0].Posn, "x.go:5:31") || !filepath.IsAbs(found[0].Posn) {
		t.Errorf("got %+v", found)
	}
	if res.code != 0 || res.stderr != "" {
		t.Errorf("exit code %d, standard error %q", res.code, res.stderr)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+`
func tick(f func()) { for { f(); time.Sleep(time.Second) } }
-- x_test.go --
package p
`)
	res := tool(t, dir, "-explain", "-tests", ".")
	res.want(t, 3, "x.go:5:31: retry", "(retry-loop)\n", "x.go:7:23: ", "1 finding in 1 of 1 package")
	res.wantOnce(t, "x.go:5:31: ") // although the file is in the package and in its test variant
	if n := strings.Count(res.stdout, "\n"); n != 2 {
		t.Errorf("%d lines, want 2: one for each site\n%s", n, res.stdout)
	}
}

func TestTestFiles(t *testing.T) {
	t.Parallel()
	const loud = "x_test.go:5:31: "
	dir := write(t, modFile+"-- x.go --\npackage p\n-- x_test.go --\n"+retryCode+
		"-- y_test.go --\npackage p_test\n\nimport \"time\"\n\nfunc retry(in func() error) { "+retryLoop+" }; var op func() error\n")
	tool(t, dir, ".").want(t, 0, "no findings in 1 package")
	res := tool(t, dir, "-tests", ".")
	res.want(t, 3, loud, "y_test.go:5:31: ", "2 findings in 1 of 1 package")
	res.wantOnce(t, loud)

	update(t, dir, "-- .sharedretry.yml --\ntests: true\n")
	tool(t, dir, ".").want(t, 3, loud)
	tool(t, dir, "-tests=false", ".").want(t, 0)
	update(t, dir, "-- other/x.go --\npackage p\n-- other/x_test.go --\n"+retryCode+"-- other/.sharedretry.yml --\n")
	tool(t, dir, "./other").want(t, 0, "no findings in 1 package") // whatever this directory has
	vet(t, dir, ".").want(t, 1, loud)
	vet(t, dir, "-tests=false", ".").want(t, 0)
}

// A package that cannot be analysed does not hide the others.
func TestBrokenPackages(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- good/x.go --\n"+retryCode+
		"-- types/x.go --\npackage p\n\nvar x int = \"\"\n"+
		"-- syntax/x.go --\npackage p\n\nfunc {\n"+
		"-- imports/x.go --\npackage p\n\nimport _ \"example.com/missing\"\n"+
		"-- user/x.go --\npackage p\n\nimport _ \"example.com/m/types\"\n")
	types := filepath.Join("types", "x.go") + ":3:13: cannot use"
	res := tool(t, dir, "./...")
	res.want(t, 1, filepath.Join("good", "x.go")+":5:31: ", types, filepath.Join("syntax", "x.go")+":3:6: ",
		filepath.Join("imports", "x.go")+":3:8: ", "1 finding in 1 of 5 packages", " could not be analysed")
	res.wantOnce(t, types)
	res.wantNot(t, "analysis skipped", "panic", "# example.com")
	tool(t, dir, "-json", "./...").want(t, 1, `"category": "retry-loop"`, types)
	vet(t, dir, "./good", "./types").want(t, 1, filepath.Join("good", "x.go")+":5:31: ", "cannot use")
}

func TestSpecialFiles(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\npackage p\n"+
		"-- generated.go --\n// Code generated by hand. DO NOT EDIT.\n\npackage p\n\nimport \"time\"\n\nfunc generated(in func() error) { "+retryLoop+" }\n"+
		"-- tagged.go --\n//go:build special\n\npackage p\n\nimport \"time\"\n\nfunc tagged(in func() error) { "+retryLoop+" }\n"+
		"-- lines.go --\npackage p\n\nimport \"time\"\n\n//line made/up.y:100\nfunc lines(in func() error) { "+retryLoop+" }; var op func() error\n")
	res := tool(t, dir, "-c=0", ".")
	res.want(t, 3, "up.y:100", "1 finding")
	res.wantNot(t, "generated.go", "tagged.go")
	res = vet(t, dir, ".")
	res.want(t, 1, "up.y:100")
	res.wantNot(t, "generated.go", "tagged.go")
	special := []string{"GOFLAGS=-mod=mod -tags=special"}
	call(t, dir, special, binary, ".").want(t, 3, "tagged.go:7:32: ", "2 findings")
	call(t, dir, special, "go", "vet", "-vettool="+binary, ".").want(t, 1, "tagged.go:7:32: ")
}

func TestCgo(t *testing.T) {
	t.Parallel()
	if out, err := exec.Command("go", "env", "CGO_ENABLED").Output(); err != nil || strings.TrimSpace(string(out)) != "1" {
		t.Skip("no cgo")
	}
	// The first file in the pass is cgo's output, in a directory of the go command.
	dir := write(t, modFile+"-- a.go --\npackage p\n\n// int one(void) { return 1; }\nimport \"C\"\n\nfunc one() { C.one() }\n-- x.go --\n"+retryCode)
	const found = "x.go:5:31: "
	tool(t, dir, ".").want(t, 3, found)
	vet(t, dir, ".").want(t, 1, found)
	update(t, dir, "-- .sharedretry.yml --\nrules: [poll-loop]\n")
	tool(t, dir, ".").want(t, 0)
	vet(t, dir, ".").want(t, 0)
}

func TestNoModule(t *testing.T) {
	t.Parallel()
	dir := write(t, "-- src/p/x.go --\n"+retryCode)
	src := filepath.Join(dir, "src", "p")
	tool(t, src, "x.go").want(t, 3, "x.go:5:31: ")
	vet(t, src, "x.go").want(t, 1, "x.go:5:31: ")
	gopath := []string{"GO111MODULE=off", "GOFLAGS=", "GOPATH=" + dir}
	call(t, dir, gopath, binary, "p").want(t, 3, "x.go:5:31: ")
	call(t, dir, gopath, "go", "vet", "-vettool="+binary, "p").want(t, 1, "x.go:5:31: ")

	// The key of the vet cache has no place for this file: it counts only
	// where nothing is cached.
	update(t, src, "-- .sharedretry.yml --\nrules: [poll-loop]\n")
	tool(t, src, "x.go").want(t, 0)
	vet(t, src, "x.go").want(t, 1, "x.go:5:31: ")
}

// What cannot have a finding is not type-checked, and counts all the same: as a
// package, and where a baseline still lists what was there.
func TestSilentPackage(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- a/x.go --\n"+retryCode+"-- b/x.go --\n"+retryCode+"-- c/x.go --\npackage p\n")
	call(t, dir, nil, binary, "-write-baseline=old.txt", "./a", "./b", "./c").want(t, 0, "2 findings written")
	tool(t, dir, "-baseline=old.txt", "./...").want(t, 0, "no findings in 3 packages; 2 in the baseline")
	update(t, dir, "-- b/x.go --\npackage p\n")
	tool(t, dir, "./...").want(t, 3, "1 finding in 1 of 3 packages")
	tool(t, dir, "-explain", "./b", "./c").want(t, 0, "no findings in 2 packages")
	tool(t, dir, "-baseline=old.txt", "./...").want(t, 0, "no longer there", "example.com/m/b")
	tool(t, dir, "-baseline=old.txt", "-prune-baseline", "./b", "./c").want(t, 0, "1 entry removed, 1 left")
	tool(t, dir, "-baseline=old.txt", "-prune-baseline", "./c").want(t, 0, "0 entries removed, 1 left")
	tool(t, dir, filepath.Join("a", "x.go")).want(t, 3, "x.go:5:31: ")
	tool(t, dir, "-tests", "./...").want(t, 3, "1 finding in 1 of 3 packages")
}

// Where nobody looks, nothing is told of the progress.
func TestNoProgressInPipe(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	if res := tool(t, dir, "."); strings.Contains(res.stdout+res.stderr, "loading") || strings.Contains(res.stdout+res.stderr, "\x1b") {
		t.Errorf("got %q and %q", res.stdout, res.stderr)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	res := tool(t, t.TempDir(), "-version")
	res.want(t, 0, "sharedretry ", runtime.Version()+")")
	sarif := tool(t, write(t, modFile+"-- x.go --\n"+retryCode), "-format=sarif", ".")
	sarif.want(t, 0, `"fullName": "`+strings.TrimSpace(res.stdout)+`"`)
}
