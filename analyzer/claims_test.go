package analyzer_test

import (
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
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n\ngo 1.26\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for i, test := range claimTests {
		pkg := fmt.Sprintf("h%d", i)
		if err := os.CopyFS(filepath.Join(dir, pkg), os.DirFS(test.helper)); err != nil {
			t.Fatal(err)
		}
		spec := test.spec
		spec.Name, spec.Package = "own", "./"+pkg
		text, err := analyzer.Options{Helper: "own", Helpers: []analyzer.HelperSpec{spec}}.DescribeTest(dir)
		if err != nil {
			t.Fatalf("%s: %v", test.helper, err)
		}
		if err := os.WriteFile(filepath.Join(dir, pkg, "fixes_test.go"), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "test", "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, _ := cmd.CombinedOutput() // some are to fail
	for i, test := range claimTests {
		said := outputOf(string(out), fmt.Sprintf("example.com/m/h%d", i))
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

// outputOf returns what go test prints about a package, up to the word for how its
// tests ended.
func outputOf(out, path string) string {
	before, _, _ := strings.Cut(out, "\t"+path+"\t")
	before = strings.TrimRight(before, " ")
	if i := strings.LastIndex(before, "\t"+strings.TrimRight(path, "0123456789")); i >= 0 {
		before = before[i:]
	}
	return before
}
