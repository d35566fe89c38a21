package main

import (
	"path/filepath"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

// Every driver excludes the same, wherever it runs: patterns are relative to
// the configuration file.
func TestExclude(t *testing.T) {
	t.Parallel()
	const exclude = "-- .sharedretry.yml --\nexclude:\n  - path: a/old\n    reason: it goes away\n  - package: ./b/...\n    rules: [linear-backoff]\n    reason: a server asks for it\n"
	dir := write(t, modFile+exclude+"-- a/old/x.go --\n"+retryCode+"-- a/x.go --\n"+retryCode+"-- b/x.go --\n"+retryCode+"-- b/y.go --\n"+
		"package p\n\nimport \"time\"\n\nfunc linear(in func() error) { "+linearLoop+" }\n"+
		"-- a/old/y.go --\npackage p\n\nvar x = 1 //nolint:sharedretry // old\n")
	a, b := filepath.Join("a", "x.go")+":5:31: ", filepath.Join("b", "x.go")+":5:31: "
	for _, from := range []string{".", "a"} {
		sub := filepath.Join(dir, from)
		for _, res := range []result{tool(t, sub, "example.com/m/..."), vet(t, sub, "example.com/m/...")} {
			res.want(t, res.code, "x.go:5:31: hand-rolled")
			res.wantNot(t, "old", "y.go")
		}
	}
	tool(t, dir, "./...").want(t, 3, a, b, "2 findings in 2 of 3 packages")
	vet(t, dir, "./...").want(t, 1, a, b)
	vet(t, dir, "-json", "./...").wantNot(t, "old", "y.go")
	tool(t, dir, "-explain", "./...").want(t, 3, "excluded: it goes away; the delay", "excluded: a server asks for it; the delay")
	tool(t, dir, "-config=off", "./...").want(t, 3, "y.go:5:32: ", "5 findings")

	env := []string{settings.ConfigEnv + "=" + filepath.Join(dir, "other.yml")}
	update(t, dir, "-- other.yml --\nexclude:\n  - package: example.com/m/...\n    reason: all of it\n")
	call(t, dir, env, binary, "./...").want(t, 0)
	call(t, dir, env, "go", "vet", "-vettool="+binary, "./...").want(t, 0)
	tool(t, filepath.Join(dir, "a"), "-config=../other.yml", "./...").want(t, 0)
}

func TestExcludeWithoutReason(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- .sharedretry.yml --\nexclude:\n  - path: a\n    reason: it goes away\n  - path: b\n")
	const text = ".sharedretry.yml:4: exclude: reason is missing: say why"
	tool(t, dir, ".").want(t, 1, text)
	vet(t, dir, ".").want(t, 1, text)
}
