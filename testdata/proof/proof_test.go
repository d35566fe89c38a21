package proof

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/testdata/proof/prove"
)

var (
	programs = flag.Int("programs", 0, "prove `n` generated programs per helper; 0 for what CI does")
	seed     = flag.Uint64("seed", 1, "of the generated programs")
	only     = flag.String("helper", "", "prove the helper with this `name` only")
	update   = flag.Bool("update", false, "write the golden files")
	toolFlag = flag.String("tool", "", "the `file` of the command; built if not given")
)

// tool is the file of the command under test.
var tool string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "proof")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if tool, err = filepath.Abs(*toolFlag); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if *toolFlag == "" {
		tool = filepath.Join(dir, "sharedretry")
		build := exec.Command("go", "build", "-o", tool, "./cmd/sharedretry")
		build.Dir = filepath.Join("..", "..")
		build.Env = append(os.Environ(), "GOWORK=off")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%s%v\n", out, err)
			return 1
		}
	}
	return m.Run()
}

// helpers returns the helpers to prove.
func helpers(t *testing.T) []prove.Helper {
	var list []prove.Helper
	for _, h := range prove.Helpers {
		if *only == "" || h.Name == *only {
			list = append(list, h)
		}
	}
	if len(list) == 0 {
		t.Fatalf("no helper is called %s", *only)
	}
	return list
}

// The functions below subjects do the same before and after their fix, and those
// that can be fixed stay so.
func TestSubjects(t *testing.T) {
	for _, h := range helpers(t) {
		t.Run(h.Name, func(t *testing.T) {
			t.Parallel()
			m := newModule(t, h)
			if err := addSubjects(m); err != nil {
				t.Fatal(err)
			}
			res := run(t, m, h)
			compareGolden(t, h, res)
			if len(res.Fixed) > 0 && res.Report.Observed != h.May {
				o := res.Report.Observed
				o.WaitsAfterLast, o.SameWaits, o.NoReset, o.Limit, o.NoContext = h.May.WaitsAfterLast, h.May.SameWaits, h.May.NoReset, h.May.Limit, h.May.NoContext
				if o != h.May { // the others show in runs
					t.Errorf("deviations: got %+v, documented are %+v", o, h.May)
				}
			}
		})
	}
}

func newModule(t *testing.T, h prove.Helper) *prove.Module {
	m, err := prove.NewModule(t.TempDir(), ".")
	if err != nil {
		t.Fatal(err)
	}
	if h.Config != "" {
		if err := m.Configure(h.Config); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func addSubjects(m *prove.Module) error {
	files, err := filepath.Glob("subjects/*/*.go")
	if err != nil {
		return err
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name, err := filepath.Rel("subjects", file)
		if err != nil {
			return err
		}
		if err := m.Add(filepath.ToSlash(name), src); err != nil {
			return err
		}
	}
	return nil
}

// run proves what is in m, and reports everything that must not be.
func run(t *testing.T, m *prove.Module, h prove.Helper) *prove.Result {
	t.Helper()
	res, err := m.Prove(tool, h.Args(), h.May)
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range res.Failures {
		t.Errorf("%s\n", failure)
	}
	t.Logf("%s: %d fixed, %d refused, %d runs, %d differences\n%s", h.Name,
		len(res.Fixed), len(res.Refused), res.Report.Runs, len(res.Report.Differences), histogram(res.Refused))
	return res
}

// histogram counts the reasons of refusals, the most frequent first.
func histogram(refused map[string]string) string {
	counts := make(map[string]int)
	for _, why := range refused {
		counts[why]++
	}
	reasons := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(reasons, func(a, b string) int { return counts[b] - counts[a] })
	var b strings.Builder
	for _, why := range reasons {
		fmt.Fprintf(&b, "%6d %s\n", counts[why], why)
	}
	return b.String()
}

// compareGolden compares what is fixed with the golden file.
func compareGolden(t *testing.T, h prove.Helper, res *prove.Result) {
	t.Helper()
	lines := make(map[string]string)
	for _, name := range res.Fixed {
		lines[name] = name + ": fixed\n"
	}
	for name, why := range res.Refused {
		lines[name] = name + ": " + why + "\n"
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		b.WriteString(lines[name])
	}
	file := filepath.Join("fixed", strings.ReplaceAll(h.Name, "/", "-")+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("%s: run with -update if this is meant:\n%s", file, diff(string(want), got))
	}
}

// diff shows the lines that only one of two texts has.
func diff(want, got string) string {
	var b strings.Builder
	for _, side := range [][3]string{{"-", want, got}, {"+", got, want}} {
		has := strings.SplitAfter(side[2], "\n")
		for line := range strings.Lines(side[1]) {
			if !slices.Contains(has, line) {
				b.WriteString(side[0] + line)
			}
		}
	}
	return b.String()
}
