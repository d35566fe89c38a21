package main

import (
	"encoding/json"
	"slices"
	"testing"
)

// Data and the page say who owns a finding, where the repository does.
func TestOwners(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- a/x.go --\n"+retryCode+"-- b/x.go --\n"+linearCode+"-- b/y.go --\n"+
		"package p\n\nimport \"time\"\n\nfunc second(in func() error) { "+retryLoop+" }\n"+
		"-- .github/CODEOWNERS --\n/b/ @acme/b @ann\n/b/y.go @acme/y\n")
	res := call(t, dir, []string{"GITHUB_WORKSPACE=" + dir}, binary, "-json", "./...")
	res.want(t, 0)
	var found map[string]map[string][]struct {
		Posn, Category string
		Owners         []string
	}
	if err := json.Unmarshal([]byte(res.stdout), &found); err != nil {
		t.Fatal(err)
	}
	if f := found["example.com/m/a"]["sharedretry"]; len(f) != 1 || len(f[0].Owners) != 0 || f[0].Category != "retry-loop" {
		t.Errorf("a: %+v", f)
	}
	if f := found["example.com/m/b"]["sharedretry"]; len(f) != 2 || !slices.Equal(f[0].Owners, []string{"@acme/b", "@ann"}) || !slices.Equal(f[1].Owners, []string{"@acme/y"}) {
		t.Errorf("b: %+v", f)
	}
	env := []string{"GITHUB_WORKSPACE=" + dir}
	call(t, dir, env, binary, "-format=sarif", "./...").want(t, 0, `"owners": [`, `"@acme/y"`)
	call(t, dir, env, binary, "-format=html", "./...").want(t, 0, `<h2 id="owners">By owner</h2>`, `<th scope="row">@acme/b @ann</th>`, `of @acme/y</span>`, `of nobody</span>`)
	update(t, dir, "-- .github/CODEOWNERS --\nx.go nobody\n")
	call(t, dir, env, binary, "-json", "./...").want(t, 0, ".github/CODEOWNERS: line 1: ", `"posn": `)
	call(t, dir, env, binary, "-format=html", "./...").wantNot(t, "By owner")
}
