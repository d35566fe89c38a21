package helper

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// deviations are what the presets do about a context that is cancelled, where
// a loop written by hand would do as its author liked. Each is the number of
// attempts and what comes back: nil, the attempt's error, context.Canceled or
// the cause of the cancellation. The manual has the same table.
var deviations = map[string]struct {
	before  string // cancelled before the first attempt
	waiting string // during a wait
	attempt string // during an attempt that fails
	last    string // during the last attempt, which fails
	success string // during an attempt that succeeds

	uncapped bool // the limit does not hold for the first delay
}{
	"avast/retry-go/v5":   {"0 cause", "cause", "cause", "error", "nil", false},
	"avast/retry-go/v4":   {"0 cause", "cause", "cause", "error", "nil", false},
	"cenkalti/backoff/v5": {"1 cause", "cause", "cause", "error", "nil", true},
	"cenkalti/backoff/v4": {"1 Canceled", "Canceled", "Canceled", "Canceled", "nil", true},
	"sethvargo/go-retry":  {"0 cause", "cause", "cause", "error", "nil", false},
	"failsafe-go":         {"1 Canceled", "Canceled", "Canceled", "Canceled", "Canceled", true},
	"k8s-wait":            {"0 Canceled", "Canceled", "Canceled", "error", "nil", true},
	"client-go":           {"-", "-", "-", "-", "-", false}, // it takes no context
}

// The manual has a row of every preset in both of its tables.
func TestManual(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "doc.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range presets {
		d := deviations[p.name]
		row := fmt.Sprintf("//\t%-20s %-11s %-9s %-9s %-9s %s\n", p.name, d.before, d.waiting, d.attempt, d.last, d.success)
		if !strings.Contains(string(doc), row) {
			t.Errorf("the manual lacks %q", row)
		}
		var limits []string
		for _, f := range slices.Sorted(maps.Keys(p.helper().Unsupported)) {
			limits = append(limits, string(f))
		}
		list := strings.Join(limits, ", ")
		if p.explicit {
			list += "; by name only"
		}
		row = strings.TrimRight(fmt.Sprintf("//\t%-20s %-41s %s", p.name, p.module+" "+p.minVersion, list), " ") + "\n"
		if !strings.Contains(string(doc), row) {
			t.Errorf("the manual lacks %q", row)
		}
	}
}

var minimum = flag.Bool("minimum", false, "TestPresets: run the first versions that fixes are offered for, not the newest")

// Every preset in every form is vetted and run against the real library.
func TestPresets(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the libraries")
	}
	dir, err := filepath.Abs(filepath.Join("testdata", "presets"))
	if err != nil {
		t.Fatal(err)
	}
	made := t.TempDir()
	var overlay struct{ Replace map[string]string } // so that the go command finds what it has built and run before
	overlay.Replace = make(map[string]string)
	for i, p := range presets {
		name := fmt.Sprintf("preset%d_test.go", i)
		overlay.Replace[filepath.Join(dir, name)] = filepath.Join(made, name)
		write(t, filepath.Join(made, name), presetFile(t, p.helper()))
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(made, "overlay.json"), string(list))
	modFile := filepath.Join(dir, "go.mod")
	if *minimum {
		modFile = filepath.Join(made, "go.mod")
		for _, name := range []string{"go.mod", "go.sum"} {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(made, name), string(data))
		}
		args := []string{"get", "-modfile=" + modFile}
		for _, p := range presets {
			args = append(args, p.module+"@"+p.minVersion)
		}
		goCommand(t, dir, args...)
		goCommand(t, dir, "mod", "tidy", "-modfile="+modFile)
	}
	goCommand(t, dir, "test", "-modfile="+modFile, "-overlay="+filepath.Join(made, "overlay.json"), ".")
}

// goCommand runs the go command in dir.
func goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// presetFile returns a file that adds the calls of h to those that are run.
func presetFile(t *testing.T, h *Helper) string {
	local := make(map[string]string)
	var imports strings.Builder
	for _, name := range slices.Sorted(maps.Keys(h.Imports)) {
		if name == "context" {
			continue
		}
		local[name] = name + "lib" // renamed, to try that too
		fmt.Fprintf(&imports, "%slib %q\n", name, h.Imports[name])
	}
	d := deviations[h.Name]
	if *minimum && h.Name == "sethvargo/go-retry" { // later ones return the cause
		d.before, d.waiting, d.attempt = "0 Canceled", "Canceled", "Canceled"
	}
	text := fmt.Sprintf("package presets\n\nimport (\n%q\n%q\n\n%s)\n\nfunc init() {\npresets = append(presets, preset{\n"+
		"name: %q, lastValue: %v, firstUncapped: %v,\nbefore: %q, waiting: %q, attempt: %q, last: %q, success: %q,\ncalls: []call{\n",
		"context", "time", imports.String(), h.Name, h.ValueOnError == LastValue, d.uncapped,
		d.before, d.waiting, d.attempt, d.last, d.success)
	for _, a := range presetArgs(h) {
		text += presetCall(h, a, local, false)
		if h.ValueCall != nil {
			text += presetCall(h, a, local, true)
		}
	}
	data, err := format.Source([]byte(text + "},\n})\n}\n"))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return string(data)
}

// presetArgs returns the arguments of every form of call that h supports.
func presetArgs(h *Helper) []Args {
	var all []Args
	for i := range 8 {
		a := Args{Delay: "delay", Attempts: "n", T: "int", Err: "err", Last: "last"}
		if i&1 != 0 {
			a.Ctx = "ctx"
		}
		if i&2 != 0 {
			a.Attempts = ""
		}
		if i&4 != 0 {
			a.MaxDelay = "limit"
		}
		if (a.Ctx == "" || h.Supports(Context)) && (a.Attempts != "" || h.Supports(Unbounded)) && (a.MaxDelay == "" || h.Supports(MaxDelay)) {
			all = append(all, a)
		}
	}
	return all
}

// presetCall returns one call, with an operation that does what a script says.
func presetCall(h *Helper, a Args, local map[string]string, value bool) string {
	success, again, permanent, results := h.Success, h.Again, h.PermanentFor(value, a.Attempts != ""), h.OpResults
	call, assign, returned := h.Call, "err = ", ""
	if h.DropsValue {
		assign = "_, err = "
	}
	if value {
		success, again, results = h.ValueSuccess, h.ValueAgain, "(int, error)"
		call, assign, returned = h.ValueCall, "v, err = ", "v, "
	}
	final := "stop = err\nreturn " + returned + success.Render(a, local)
	if permanent != nil {
		final = "return " + returned + permanent.Render(a, local)
	}
	use := "_ = v"
	if value {
		use = ""
	}
	a.Op = fmt.Sprintf("func(%s) %s {\nv, err, final := step()\n%s\nif err == nil {\nreturn %s%s\n}\nlast = err\nif final {\n%s\n}\nreturn %s%s\n}",
		h.OpParams, results, use, returned, success.Render(a, local), final, returned, again.Render(a, local))
	body := "var stop, last error\n" + assign + call.Render(a, local) + "\n"
	if h.Exhausted != nil {
		body += "if " + h.Exhausted.Render(a, local) + " {\nerr = last\n}\n"
	}
	if permanent == nil {
		body += "if stop != nil {\nerr = stop\n}\n"
	} else {
		body += "_ = stop\n"
	}
	return fmt.Sprintf("{ctx: %v, bounded: %v, capped: %v, value: %v, stops: %v, run: func(ctx context.Context, n int, delay, limit time.Duration, "+
		"step func() (int, error, bool)) (v int, err error) {\n%s_ = last\nreturn v, err\n}},\n",
		a.Ctx != "", a.Attempts != "", a.MaxDelay != "", value, permanent == nil, body)
}
