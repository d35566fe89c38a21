package analyzer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// A claimTest is a helper and what the test of its description says.
type claimTest struct {
	helper string              // the directory of its package
	spec   analyzer.HelperSpec // the keys that win over what is read
	want   []string            // what is said, without which the test passes
}

const helpers = "testdata/helpers/"

// The test that -describe -test prints passes for helpers that do what fixes rely
// on, and says what to set for those that do not: with that it passes.
var claimTests = []claimTest{
	{helper: "starter/retry"},
	{helper: helpers + "params"},
	{helper: helpers + "value"},
	{helper: helpers + "pointer"},
	{helper: helpers + "options"},
	{helper: helpers + "receiver"},
	{helper: helpers + "fluent"},
	{helper: helpers + "pairs"},
	{helper: helpers + "steps"},
	{helper: helpers + "ongoing"},
	{helper: helpers + "waiter"},
	{helper: helpers + "sleeper"},
	{helper: helpers + "marked"},
	{helper: helpers + "generic", want: []string{"value_call/attempts", "a value comes back beside an error: say value_on_error: last"}},
	{helper: helpers + "generic", spec: analyzer.HelperSpec{ValueOnError: "last"}},
	{helper: helpers + "bad/late", want: []string{"it waits 1s after the last attempt: mend that, or say unsupported: [attempts]"}},
	{helper: helpers + "bad/lost", want: []string{`it returns "gave up", not the last error itself: say exhausted, or unsupported: [attempts]`}},
	{helper: helpers + "bad/lost", spec: analyzer.HelperSpec{Exhausted: "lost.GaveUp({{err}})"}},
	{helper: helpers + "bad/eager", want: []string{
		"it makes no attempt on a context that has ended: say checks_context: true",
		"with a final error in attempt 3 it makes 3, returns &eager.stopped{",
		"mend permanent, or say unsupported: [permanent]",
		"with a delay of 0 it panics, not positive: say positive_delay: true",
	}},
	{helper: helpers + "bad/eager", spec: analyzer.HelperSpec{ChecksContext: true, PositiveDelay: true, Unsupported: []string{"permanent"}}},
}

func TestDescribeTestNothing(t *testing.T) {
	spec := analyzer.HelperSpec{Name: "own", Package: "./analyzer/" + helpers + "bad/late", Unsupported: []string{"attempts"}}
	_, err := analyzer.Options{Helper: "own", Helpers: []analyzer.HelperSpec{spec}}.DescribeTest(".")
	if want := "helper own: what is unsupported leaves nothing that a fix could call"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestDescribeTest(t *testing.T) {
	t.Parallel()
	var once, again []claimTest // a helper has one test at a time
	for i, test := range claimTests {
		if i > 0 && claimTests[i-1].helper == test.helper {
			again = append(again, test)
		} else {
			once = append(once, test)
		}
	}
	testClaims(t, once)
	testClaims(t, again)
}

// testClaims runs the tests of the descriptions where the helpers are, by an overlay, so
// that the go command finds what it has built and run before.
func testClaims(t *testing.T, tests []claimTest) {
	t.Helper()
	made := t.TempDir()
	var overlay struct{ Replace map[string]string }
	overlay.Replace = make(map[string]string)
	args := []string{"test", "-overlay=" + filepath.Join(made, "overlay.json")}
	for i, test := range tests {
		spec := test.spec
		spec.Name, spec.Package = "own", "./analyzer/"+test.helper
		text, err := analyzer.Options{Helper: "own", Helpers: []analyzer.HelperSpec{spec}}.DescribeTest(".")
		if err != nil {
			t.Fatalf("%s: %v", test.helper, err)
		}
		dir, err := filepath.Abs(test.helper)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(made, fmt.Sprint(i))
		overlay.Replace[filepath.Join(dir, "fixes_test.go")] = name
		writeFile(t, name, string(text))
		args = append(args, "./"+test.helper)
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(made, "overlay.json"), string(list))
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOFLAGS=")
	out, _ := cmd.CombinedOutput() // some are to fail
	for _, test := range tests {
		said := outputOf(string(out), test.helper)
		if passed := strings.HasSuffix(said, "ok"); passed != (len(test.want) == 0) {
			t.Errorf("%s, %+v: passed %v\n%s", test.helper, test.spec, passed, said)
		}
		for _, want := range test.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: got\n%s\nwant %s", test.helper, said, want)
			}
		}
	}
}

// outputOf returns what go test prints about the package in a directory, up to the word
// for how its tests ended.
func outputOf(out, dir string) string {
	const root = "\tgithub.com/sharedretry/sharedretry/analyzer/"
	before, _, _ := strings.Cut(out, root+dir+"\t")
	before = strings.TrimRight(before, " ")
	if i := strings.LastIndex(before, root); i >= 0 {
		before = before[i:]
	}
	return before
}
