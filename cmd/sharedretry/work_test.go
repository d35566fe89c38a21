package main

import (
	"path/filepath"
	"testing"
)

// One configuration beside go.work is for all its modules; one in a module, which may
// extend it, is nearer. All drivers see changes of either at once.
func TestWorkspace(t *testing.T) {
	t.Parallel()
	const loop = "x.go:5:31: hand-rolled "
	dir := write(t, "-- go.work --\ngo 1.26\n\nuse (\n\t./a\n\t./b\n)\n-- .sharedretry.yml --\nrules: [linear-backoff]\n"+
		"-- a/go.mod --\nmodule example.com/a\n\ngo 1.26\n-- a/x.go --\n"+retryCode+
		"-- b/go.mod --\nmodule example.com/b\n\ngo 1.26\n-- b/x.go --\n"+linearCode)
	inA, inB := filepath.Join("a", loop), filepath.Join("b", loop)
	env := []string{"GOWORK=", "GOFLAGS="}
	run := func(code int, want string, not ...string) {
		t.Helper()
		res := call(t, dir, env, binary, "work")
		res.want(t, code, want)
		res.wantNot(t, not...)
		res = call(t, dir, env, "go", "vet", "-vettool="+binary, "work")
		res.want(t, min(code, 1), want)
		res.wantNot(t, not...)
	}
	run(3, inB, inA)
	update(t, dir, "-- a/.sharedretry.yml --\nextends: ../.sharedretry.yml\nrules: [retry-loop]\n")
	run(3, inA)
	run(3, inB)
	update(t, dir, "-- .sharedretry.yml --\nexclude:\n  - {path: ., reason: later}\n")
	run(0, "", inA, inB)
}
