//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// What a run may take, in KiB: with code of nothing but loops, and memory collected as
// soon as there is a fifth more than is needed, 5 MB of it come to some 600 MB.
const (
	memoryBase   = 35 << 10
	memoryPerMiB = 180 << 10
	memoryReport = 70 << 10 // more for each MiB, where a report is made of them
	memoryCode   = 1 << 18  // bytes that the test takes
)

// Memory grows in proportion to the code.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	var code strings.Builder
	code.WriteString("package m\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nvar _ = fmt.Sprint\n")
	for i := 0; code.Len() < memoryCode; i++ {
		fmt.Fprintf(&code, "\nfunc x%d(op func() error) error {%s}\n", i, fixableLoop)
	}
	dir := write(t, ownHelper+"-- x.go --\n"+code.String())
	call(t, dir, nil, "go", "build", "./...").want(t, 0) // whose memory does not count
	for _, test := range []struct {
		args   string
		report int
	}{{"-helper=./retry .", 0}, {"-explain .", 0}, {"-json .", memoryReport}, {"-format=sarif .", memoryReport}, {"-format=html .", memoryReport}} {
		cmd := exec.Command(binary, strings.Fields(test.args)...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOGC=20", "GOMEMLIMIT=off")
		if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 3 {
			t.Fatal(err)
		}
		took := int(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
		t.Logf("%s: %d KiB", test.args, took)
		if most := memoryBase + (memoryPerMiB+test.report)*memoryCode>>20; took > most {
			t.Errorf("%s: %d KiB, want at most %d", test.args, took, most)
		}
	}
}
