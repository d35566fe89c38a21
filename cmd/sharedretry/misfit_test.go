package main

import (
	"strings"
	"testing"
)

// misfitModule has a loop that can be fixed, but for the description of the
// helper.
const misfitModule = modFile + helperCode + "-- sub/x.go --\n" + retryCode

// misfitConfig is helperConfig with a function that is not there.
var misfitConfig = strings.Replace(helperConfig, "retry.Do(", "retry.Dx(", 1)

const misfit = ".sharedretry.yml:7: helper acme: call: retry.Dx is not in example.com/m/retry; it has Do, Final"

// A description that does not fit the helper's package is an error in every
// driver, and nothing is written.
func TestMisfit(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+misfitConfig)
	before := tree(t, dir)
	for _, args := range [][]string{{"./..."}, {"-json", "./..."}, {"-explain", "./..."}, {"-fix", "./..."}, {"-fix", "-diff", "./..."}} {
		res := tool(t, dir, args...)
		res.want(t, 1, misfit)
		res.wantOnce(t, "retry.Dx")
		vet(t, dir, args...).want(t, 1, misfit)
	}
	vet(t, dir, "./...").wantOnce(t, "retry.Dx")
	call(t, dir, nil, "go", "fix", "-fixtool="+binary, "./...").want(t, 1, misfit)
	sameTree(t, tree(t, dir), before)

	update(t, dir, helperConfig)
	tool(t, dir, "./...").want(t, 3, "sub/x.go:5:31: ")
}

// The helper that a flag names is compared, and not the one that it replaces.
func TestMisfitFlag(t *testing.T) {
	t.Parallel()
	good, _, _ := strings.Cut(strings.ReplaceAll(helperConfig, "acme", "good"), "helpers:\n")
	list := strings.TrimPrefix(misfitConfig[strings.Index(misfitConfig, "helpers:\n"):], "") +
		strings.ReplaceAll(helperConfig[strings.Index(helperConfig, "  - name"):], "acme", "good")
	dir := write(t, misfitModule+good+list)
	tool(t, dir, "./...").want(t, 3, "sub/x.go:5:31: ")
	tool(t, dir, "-helper=acme", "./...").want(t, 1, misfit)
	for _, mode := range []string{"-c=-1", "-json", "-fix"} {
		vet(t, dir, mode, "-helper=acme", "./sub").want(t, 1, misfit)
	}
}

// A library that is required, and lacks what the known version has.
func TestMisfitLibrary(t *testing.T) {
	t.Parallel()
	const text = "require another version of github.com/avast/retry-go/v5: retry.UntilSucceeded is not in github.com/avast/retry-go/v5; it has "
	library := strings.Replace(libraryModule, "UntilSucceeded", "Until", 1)
	dir := write(t, library+"-- sub/x.go --\n"+retryCode)
	tool(t, dir, "-explain", "./sub").want(t, 3, text)
	res := tool(t, dir, "-helper=avast/retry-go/v5", "./sub")
	res.want(t, 1, "helper avast/retry-go/v5: "+text)
	update(t, dir, "-- .sharedretry.yml --\ntests: true\nhelper: avast/retry-go/v5\n")
	tool(t, dir, "./sub").want(t, 1, ".sharedretry.yml:2: helper avast/retry-go/v5: "+text)
}

// A change of the helper is seen at once in spite of the cache of go vet.
func TestMisfitCache(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+helperConfig)
	res, calls := counted(t, dir, nil, "./sub")
	res.want(t, 1, "sub/x.go:5:31: ")
	if calls == 0 {
		t.Error("the first run was cached")
	}
	if _, calls := counted(t, dir, nil, "./sub"); calls != 0 {
		t.Error("an unchanged helper is not cached")
	}
	update(t, dir, strings.Replace(helperCode, "func Do(", "func Run(", 1))
	vet(t, dir, "./sub").want(t, 1, ".sharedretry.yml:7: helper acme: call: retry.Do is not in example.com/m/retry; it has Final, Run")
}
