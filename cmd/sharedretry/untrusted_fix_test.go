//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// killedFiles is how many files TestFixKilled has fixed.
const killedFiles = 60

// A run of -fix that is killed leaves each file as it was or as it is to be, and at most
// one temporary file, which the next run removes.
func TestFixKilled(t *testing.T) {
	t.Parallel()
	archive := ownHelper
	for i := range killedFiles {
		archive += fmt.Sprintf("-- x%[1]d.go --\n%[2]s", i, strings.Replace(fixableCode(fmt.Sprintf("x%d", i)), "var _ = fmt.Sprint\n", "var _ = fmt.Sprint // "+strings.Repeat("x", 1<<14)+"\n", 1))
	}
	dir := write(t, archive)
	before := tree(t, dir)
	start := time.Now()
	tool(t, dir, "-fix", ".").want(t, 0, fmt.Sprintf("%d loops replaced in %d files", killedFiles, killedFiles))
	whole := time.Since(start)
	after := tree(t, dir)
	within := 0
	for round := range 12 {
		update(t, dir, archive)
		if killFix(t, dir, time.Duration(rand.N(int64(whole/8)))) {
			within++
		}
		temps := 0
		for name, text := range tree(t, dir) {
			switch {
			case strings.HasSuffix(name, ".tmp"):
				temps++
			case text != before[name] && text != after[name]:
				t.Errorf("round %d: %s holds a part:\n%.2000s", round, name, text)
			}
		}
		if temps > 1 {
			t.Errorf("round %d: %d temporary files", round, temps)
		}
		tool(t, dir, "-fix", ".").want(t, 0)
		sameTree(t, tree(t, dir), after)
		if t.Failed() {
			return
		}
	}
	if within == 0 {
		t.Log("no run was killed while it wrote")
	}
}

// killFix starts -fix in dir, and kills it some time after the first file is fixed. It
// reports whether that was before the last one.
func killFix(t *testing.T, dir string, later time.Duration) bool {
	t.Helper()
	cmd := exec.Command(binary, "-fix", ".")
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	fixed := func() bool {
		text, err := os.ReadFile(filepath.Join(dir, "x0.go"))
		return err == nil && strings.Contains(string(text), "retry.Do")
	}
	for deadline := time.Now().Add(time.Minute); !fixed() && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(later / 4)
	killed := cmd.Process.Kill()
	ended := <-done
	return killed == nil && ended != nil
}

// Names of files, whatever they are, command nothing, and what has one can be fixed.
func TestUntrustedNames(t *testing.T) {
	t.Parallel()
	const long = 254 // a file system takes 255 bytes
	for _, names := range [][]string{
		{"x\x1b[31m.go", "x\u202ey.go", strings.Repeat("x", long-3) + ".go", "a b.go", "a:1:2.go", "a\"b.go", "a,b%0A.go"},
		// What the go command refuses, and what it cannot name in JSON, is not analysed.
		{"a\n::error::b.go", "\xff\xfe.go", "d\x1b[2J\n::error::/x.go"}, {"##[error]x.go"}, {"::error::x.go"}, {"-fix.go"},
	} {
		dir, below := write(t, ownHelper), len(names) > 1
		for i, name := range names {
			file := filepath.Join(dir, name)
			if below {
				file = filepath.Join(dir, strconv.Itoa(i), name)
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(fixableCode("x")), 0o600); err != nil {
				t.Skip(err) // not every file system has such names
			}
		}
		for _, args := range [][]string{
			{"-explain", "-c=1", "./..."}, {"-json", "./..."}, {"-format=sarif", "./..."}, {"-format=github", "./..."}, {"-format=html", "./..."},
			{"-write-baseline=list", "./..."}, {"-fix", "./..."},
		} {
			out := checkTame(t, dir, append([]string{binary}, args...)...)
			if args[0] == "-fix" && len(names) == 7 && !strings.Contains(out, "7 loops replaced") {
				t.Errorf("%q: %s", names, out)
			}
		}
	}
}

// In a directory that cannot be written to, nothing is fixed, and the reason is told.
func TestFixReadOnlyDirectory(t *testing.T) {
	t.Parallel()
	skipSuperuser(t)
	dir := write(t, ownHelper+"-- sub/x.go --\n"+fixableCode("x")+"-- y.go --\n"+fixableCode("y"))
	sub := filepath.Join(dir, "sub")
	if err := os.Chmod(sub, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(sub, 0o755) })
	res := tool(t, dir, "-fix", "./...")
	res.want(t, 1, filepath.Join("sub", "x.go")+": not fixed: cannot write: permission denied\n", "1 loop replaced in 1 file of 1 package", "; 1 fix not applied\n")
}
