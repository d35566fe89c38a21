package main

import (
	"strings"
	"testing"
)

// A run says what a configuration has no effect on, with its line; what is there, but
// not part of the run, is not meant.
func TestUnmatchedConfig(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- a/old.go --\npackage a\n-- a/gen/doc.txt --\n-- .sharedretry.yml --\n"+`exclude:
  - {path: a/old.go, reason: known}
  - {path: "**/*.txt", reason: known}
  - {package: ./a/..., reason: known}
  - {package: example.com/m/a, reason: known}
  - {package: .../gen, reason: nobody knows}
  - {path: b, rules: [retry-loop], reason: gone}
  - {package: ./b/..., reason: gone}
  - {package: example.com/m/b/..., reason: gone}
  - {package: example.com/other, reason: another module}
allowed_policies:
  - {identifier: github.com/cenkalti/backoff.NewConstantBackOff, packages: [example.com/m/a/...], reason: known}
  - {identifier: github.com/avast/retry-go.Fixed*, packages: [example.com/m], reason: known}
  - {identifier: github.com/cenkalti/backoff.NewConstantBackoff, packages: [example.com/m/c], reason: misspelled}
`)
	res := tool(t, dir, ".")
	var got []string
	for line := range strings.Lines(res.stderr) {
		if _, note, ok := strings.Cut(line, ".sharedretry.yml:"); ok {
			got = append(got, note)
		}
	}
	const want = `7: exclude: path b matches nothing: correct it, or remove it
8: exclude: package ./b/... matches nothing: correct it, or remove it
9: exclude: package example.com/m/b/... matches nothing: correct it, or remove it
10: exclude: package example.com/other matches nothing: correct it, or remove it
14: allowed_policies: backoff-policy reports no identifier github.com/cenkalti/backoff.NewConstantBackoff: correct it, or remove it
14: allowed_policies: package example.com/m/c matches nothing: correct it, or remove it
`
	if text := strings.Join(got, ""); text != want || res.code != 3 {
		t.Errorf("exit code %d, got\n%s\nwant\n%s", res.code, text, want)
	}
}

// A baseline of another module is no baseline.
func TestForeignBaseline(t *testing.T) {
	t.Parallel()
	const note = ".sharedretry.baseline: it has no entry for a module here: name the baseline of this module\n"
	entry := func(path string) string {
		return "-- .sharedretry.baseline --\n# sharedretry baseline v1\n" + path + " F retry-loop 0123456789abcdef\n"
	}
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- .sharedretry.yml --\nbaseline: .sharedretry.baseline\n"+entry("example.com/other"))
	tool(t, dir, ".").want(t, 3, note)
	tool(t, dir, "-prune-baseline", ".").want(t, 3, note)
	update(t, dir, entry("example.com/m/gone"))
	tool(t, dir, ".").wantNot(t, note)
}
