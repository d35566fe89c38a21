package main

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// buildNogo builds the command that stands for what Bazel's nogo rule makes, once for
// all tests.
func buildNogo(t *testing.T) string {
	t.Helper()
	nogo, err := builtNogo()
	if err != nil {
		t.Fatal(err)
	}
	return nogo
}

var builtNogo = sync.OnceValues(func() (string, error) {
	nogo := filepath.Join(filepath.Dir(binary), "nogo.exe")
	out, err := exec.Command("go", "build", "-o", nogo, "../../testdata/nogo").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, out)
	}
	return nogo, err
})

var findingLine = regexp.MustCompile(`(?m)^(?:nogo: )?.*?([^/\\\n]+\.go:\d+):\d+: .*?\(([a-z]+-[a-z]+)\)(?: \(sharedretry\))?\r?$`)

// identities returns the file without its directory, the line and the rule of
// each finding in text.
func identities(text string) (list []string) {
	for _, m := range findingLine.FindAllStringSubmatch(text, -1) {
		list = append(list, m[1]+" "+m[2])
	}
	slices.Sort(list)
	return list
}

// Bazel's nogo leaves most fields of a pass empty and shows an analyzer neither
// a go.mod nor a configuration. The findings are the same.
func TestNogo(t *testing.T) {
	t.Parallel()
	nogo := buildNogo(t)
	for _, test := range []struct {
		patterns []string
		findings int
	}{
		{[]string{"./testdata/src/quickstart/backup", "./testdata/src/quickstart/cluster"}, 3},
		{[]string{"net/http", "cmd/go/internal/base"}, 2},
	} {
		res := call(t, repository, nil, nogo, test.patterns...)
		res.want(t, 2)
		got, want := identities(res.stderr), identities(tool(t, repository, test.patterns...).stdout)
		if len(want) != test.findings || !slices.Equal(got, want) {
			t.Errorf("%v: nogo finds\n%v\nsharedretry\n%v", test.patterns, got, want)
		}
	}
}

// What analyzer_flags of nogo's configuration sets are the analyzer's flags.
func TestNogoFlags(t *testing.T) {
	t.Parallel()
	nogo := buildNogo(t)
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	call(t, dir, nil, nogo, "-set", "config=off", ".").want(t, 2, "x.go:5:31: hand-rolled retry loop")
	call(t, dir, nil, nogo, "-set", "config=off", "-set", "rules=poll-loop", ".").want(t, 0)
	call(t, dir, nil, nogo, "-set", "rules=retry", ".").want(t, 2, `unknown rule "retry": known rules are retry-loop, `)
}

// The recipe of nogo is one that nogo and the analyzer take, and it is enough for
// fixes.
func TestNogoRecipe(t *testing.T) {
	t.Parallel()
	var config map[string]struct {
		Flags map[string]string `json:"analyzer_flags"`
	}
	if err := json.Unmarshal([]byte(recipe(t, "nogo/nogo.json")), &config); err != nil {
		t.Fatal(err)
	}
	dir := toolModule(t)
	update(t, dir, "-- tools/nogo/sharedretry/sharedretry.go --\n"+recipe(t, "nogo/sharedretry.go")+"-- x/x.go --\n"+fixableCode("deliver"))
	for _, name := range []string{"list.go", "main.go", "pass.go"} { // what nogo generates, with this analyzer
		code := strings.Replace(readFile(t, "testdata/nogo/"+name), `"github.com/sharedretry/sharedretry/analyzer"`, `analyzer "example.com/m/tools/nogo/sharedretry"`, 1)
		update(t, dir, "-- nogo/"+name+" --\n"+code)
	}
	shell(t, dir, "go build -o nogo.exe ./nogo").want(t, 0)
	var args []string
	for name, value := range config["sharedretry"].Flags {
		args = append(args, "-set", name+"="+value)
	}
	own := filepath.Join(dir, "nogo.exe")
	call(t, dir, nil, own, append(args, "./fleet/...")...).want(t, 2, "drain.go:16:2: ", "(linear-backoff)")
	call(t, dir, nil, own, append(args, "./x")...).want(t, 2, "-fix does it (retry-helper)", "fix: return retry.Do(context.Background(), retry.Policy{Attempts: 3, Delay: time.Second}, op)")
}

// By its name alone a known library is enough for fixes under nogo, and a package is
// not.
func TestNogoHelper(t *testing.T) {
	t.Parallel()
	nogo := buildNogo(t)
	dir := write(t, modFile+"-- x.go --\n"+fixableCode("deliver"))
	call(t, dir, nil, nogo, "-set", "config=off", "-set", "helper=avast/retry-go/v5", ".").want(t, 2, "call retry.New(...).Do; -fix does it")
	call(t, dir, nil, nogo, "-set", "config=off", "-set", "helper=example.com/m/retry", ".").want(t, 2,
		"no fix: no go.mod says where example.com/m/retry is: describe it by helpers in a configuration, and name that by -config")
}
