package proof

import (
	"os"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// faults are what is wrong with the functions below faults, which were fixed by
// hand: each as fixes were wrong before.
var faults = map[string]string{
	"Answered":      "where the wait stays what it is: was",
	"AnsweredOrOwn": "where the wait stays what it is: was",
	"ByKind":        "where the wait stays what it is: was",
	"ByStep":        "where the wait stays what it is: was 10s",
	"Option":        "waits 1s after attempt 1, want 5s",
	"Tenths":        "waits 480ms after attempt 3, want 429ms",
	"Halves":        "waits 4s after attempt 3, want 2.25s",
	"Many":          "waits 4s after attempt 3, want 2s",
	"Parameter":     "waits 4s after attempt 3, want 2s",
	"Endless":       "waits 32s after attempt 6, want 30s",
	"Longer":        "where the wait stays what it is: was 1s",
	"Impatient":     "waits 4s after attempt 3, want 3s",
	"Named":         "says \"attempt 3 failed, the next follows after 3s\", and waits 4s",
	"Answers":       `error "gave up" (*errors.errorString), was "shutdown"`,
	"Outcome":       `"attempt 2" is new`,
	"Asks":          "after the cancellation, was",
	"InScope":       "the context is not handed on",
	"Silenced":      "is suppressed",
	"EachPass":      `"attempt 3" is new`,
	"Redeclared":    `"attempt 0: attempt 2: busy", was "attempt 1: attempt 2: busy"`,
	"Address":       `"kept 1", was "kept 0"`,
	"Default":       "",
	"Dropped":       "drops the error of retry.Do",
	"Identity":      "*errors.errorString",
	"Omitted":       `"attempt 2" is missing`,
	"Stepped":       `"attempt 4" is missing`,
	"Behind":        `"through" is missing`,
	"Quiet":         `panic "", was "attempt 3: busy"`,
	"Unwaited":      "waits 0s after attempt 12",
	"Told":          "waits 1s after",
	"Mended":        "cannot be mended",
	"Variables":     "waits 1s after attempt 1, want 2s",
	"ByAddress":     "waits 7s in all, was 21s",
	"Atomic":        "waits 7s in all, was 21s",
	"FallsThrough":  "where the wait stays what it is: was 1s",
	"MayWait":       "where the wait stays what it is: was 0s",
	"OnceMore":      "waits 0s after attempt 3, want 4s",
	"Finishes":      "error nil, was \"not finished\"",
	"Over":          `"attempt 2" is missing`,
	"Held":          "holds 1 at the end, was 0",
	"Tallied":       `returns ["true"], was ["false"]`,
	"Stale":         "error == error of attempt 3, was nil",
}

// A fix that does harm as fixes once did is found out.
func TestFaults(t *testing.T) {
	if *only != "" {
		t.Skip("no helper matters")
	}
	m := newModule(t, helpers(t)[0])
	for _, name := range []string{"around.go", "delays.go", "given.go", "others.go", "told.go"} {
		before, err := os.ReadFile("faults/before/" + name)
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile("faults/after/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.AddFixed("faults/"+name, before, after); err != nil {
			t.Fatal(err)
		}
	}
	res, err := m.CompareFixed(sim.Helper{OpsIfCancelled: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range faults {
		found := ""
		for _, failure := range res.Failures {
			first, _, _ := strings.Cut(failure, "\n")
			if strings.HasPrefix(first, "faults."+name) {
				found += first + "\n"
			}
		}
		if !strings.Contains(found, want) || found == "" {
			t.Errorf("%s: want %q, got %q", name, want, found)
		}
	}
}
