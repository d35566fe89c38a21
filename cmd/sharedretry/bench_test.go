package main

import (
	"crypto/rand"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// vetDir is where the benchmark runs go vet: in a module whose packages compile.
var vetDir = flag.String("vet.dir", ".", "run go vet ./... of the benchmark in `directory`")

// idleTool is a vet tool that does nothing.
const idleTool = `package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() {
	unitchecker.Main(&analysis.Analyzer{Name: "idle", Doc: "does nothing", Run: func(*analysis.Pass) (any, error) { return nil, nil }})
}
`

// BenchmarkColdVet runs go vet with a cold cache: with this tool and, in turn, with
// one that does nothing. It reports the part that the CPU time of the one, all
// processes together, is of that of the other: the median.
func BenchmarkColdVet(b *testing.B) {
	dir := b.TempDir()
	source, idle := filepath.Join(dir, "main.go"), filepath.Join(dir, "idle"+filepath.Ext(binary))
	if err := os.WriteFile(source, []byte(idleTool), 0o666); err != nil {
		b.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", idle, source).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	compile := exec.Command("go", "list", "-test", "-deps", "-export", "./...") // what go vet reads of dependencies
	compile.Dir = *vetDir
	if out, err := compile.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var parts []float64
	for b.Loop() {
		parts = append(parts, 100*float64(coldVet(b, binary))/float64(coldVet(b, idle)))
	}
	slices.Sort(parts)
	b.ReportMetric(parts[len(parts)/2], "%idle")
}

// coldVet returns the CPU time of go vet with a copy of tool that the cache does not
// know.
func coldVet(b *testing.B, tool string) time.Duration {
	data, err := os.ReadFile(tool)
	if err != nil {
		b.Fatal(err)
	}
	fresh := filepath.Join(b.TempDir(), "tool"+filepath.Ext(tool))
	if err := os.WriteFile(fresh, append(data, rand.Text()...), 0o777); err != nil {
		b.Fatal(err)
	}
	vet := exec.Command("go", "vet", "-vettool="+fresh, "./...")
	vet.Dir = *vetDir
	if out, err := vet.CombinedOutput(); vet.ProcessState == nil || vet.ProcessState.ExitCode() > 1 {
		b.Fatalf("%v: %s", err, out)
	}
	return vet.ProcessState.UserTime() + vet.ProcessState.SystemTime()
}
