//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hostileLoop is a retry behind a comment.
const hostileLoop = `package p

import "time"

func f(op func() error) {
COMMENT
	for op() != nil {
		time.Sleep(time.Second)
	}
}
`

// Text is that of the package, whatever a line directive names; and no text can
// command a terminal or the log of a CI job.
func TestUntrustedText(t *testing.T) {
	dir := write(t, modFile)
	for i, comment := range []string{
		"//line SECRET:1:1", "//line /dev/zero:1", "//line ::error::x\x1b[31m\u202e.go:3:1",
		"\t//nolint:sharedretry // \x1b[31m why", "/*line\n::error::x:1:2*/",
	} {
		secret := write(t, "-- env --\ngeheim=1\ngeheim=2\ngeheim=3\ngeheim=4\n")
		comment = strings.Replace(comment, "SECRET", filepath.Join(secret, "env"), 1)
		update(t, filepath.Join(dir, strconv.Itoa(i)), "-- p.go --\n"+strings.Replace(hostileLoop, "COMMENT", comment, 1)+"-- q.go --\n"+strings.Replace(strings.Replace(hostileLoop, "COMMENT\n", "", 1), "func f", comment+"\nfunc g", 1))
	}
	for _, args := range [][]string{
		{binary, "-explain", "-c=2", "./..."}, {binary, "-json", "./..."}, {binary, "-format=sarif", "./..."}, {binary, "-format=github", "./..."},
		{binary, "-format=html", "./..."}, {binary, "-fix", "./..."}, {"go", "vet", "-vettool=" + binary, "./..."},
	} {
		if out := checkTame(t, dir, args...); strings.Contains(out, "geheim") {
			t.Errorf("%v: %s", args[1:], out)
		}
	}
}

// checkTame returns what a command prints, which must hold nothing that commands.
func checkTame(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out := runBounded(t, dir, args...)
	for line := range strings.Lines(out) {
		own := args[1] == "-format=github" && strings.HasPrefix(line, "::error file=")
		command := strings.HasPrefix(strings.TrimSpace(line), "::") && !own || strings.Contains(line, "##[")
		if command || strings.ContainsAny(line, "\x1b\u202e\r") || strings.Contains(line, "panic") {
			t.Errorf("%v: %q", args[1:], line)
		}
	}
	return out
}

// The go command prints lines itself with -c. It opens no file that a line directive
// names, but prints those of the package.
func TestUntrustedContext(t *testing.T) {
	secret := write(t, "-- env --\ngeheim=1\ngeheim=2\ngeheim=3\ngeheim=4\n")
	plain := strings.Replace(hostileLoop, "COMMENT\n", "", 1)
	for _, colons := range []string{":1:1", ":1", ":1:1:1"} {
		code := strings.Replace(plain, "func f", "//line "+filepath.Join(secret, "env")+colons+"\nfunc f", 1)
		dir := write(t, modFile+"-- p.go --\n"+code)
		if out := runBounded(t, dir, "go", "vet", "-vettool="+binary, "-c=2", "."); strings.Contains(out, "geheim") || !strings.Contains(out, "hand-rolled") {
			t.Errorf("%s: got %s", colons, out)
		}
	}
	dir := write(t, modFile+"-- p.go --\n"+plain)
	if out := runBounded(t, dir, "go", "vet", "-vettool="+binary, "-c=0", "."); !strings.Contains(out, "func f(op") {
		t.Errorf("got %s", out)
	}
}

// runBounded returns what a command prints, which must end in time.
func runBounded(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), lateGC)
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait() // findings are an exit code
	if !late.Stop() {
		t.Fatalf("%v did not end", args)
	}
	return out.String()
}

// Files that others name are regular ones of bounded size, or errors.
func TestUntrustedFiles(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(name string) error
		want string
	}{
		{"device", func(name string) error { return os.Symlink("/dev/zero", name) }, "a device: name a regular file"},
		{"pipe", func(name string) error { return syscall.Mkfifo(name, 0o600) }, "a pipe"},
		{"directory", func(name string) error { return os.Mkdir(name, 0o700) }, "a directory: name a regular file"},
		{"large", func(name string) error { return os.WriteFile(name, bytes.Repeat([]byte("#"), 65<<20), 0o600) }, "too large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := write(t, modFile+"-- p.go --\n"+strings.Replace(hostileLoop, "COMMENT", "", 1))
			other := filepath.Join(t.TempDir(), "file")
			for _, name := range []string{other, filepath.Join(dir, ".sharedretry.yml")} {
				if err := test.make(name); err != nil {
					t.Fatal(err)
				}
			}
			for _, args := range [][]string{
				{binary, "."}, {binary, "-config=" + other, "."}, {binary, "-config=off", "-baseline=" + other, "."}, {"go", "vet", "-vettool=" + binary, "."},
			} {
				if out := runBounded(t, dir, args...); !strings.Contains(out, test.want) {
					t.Errorf("%v: got %s", args[1:], out)
				}
			}
		})
	}
}

// What is called a Go file and is not loaded may be anything; and of a helper's package
// no file is read because a line directive names it.
func TestUntrustedSources(t *testing.T) {
	const helper = "-- retry/retry.go --\npackage retry\n\nimport \"time\"\n\n//line /dev/zero:1:1\ntype Policy struct {\n\tAttempts int // 0 for no limit\n\tBase time.Duration\n}\n\n" +
		"// Do runs op.\nfunc Do(p Policy, op func() error) error { return op() }\n"
	const code = "-- p.go --\npackage p\n\nimport \"time\"\n\nfunc f(op func() error) (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	dir := write(t, modFile+helper+code)
	const other = "other_windows.go" // the test is for unix
	for _, at := range []string{dir, filepath.Join(dir, "retry")} {
		if err := syscall.Mkfifo(filepath.Join(at, other), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("/dev/zero", filepath.Join(at, "zero_"+other)); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{binary, "-describe", "./retry"}, "attempts"},
		{[]string{binary, "-write-baseline=list", "."}, "1 finding written"},
		{[]string{binary, "-baseline=list", "-prune-baseline", "."}, "0 entries removed"},
		{[]string{"go", "vet", "-vettool=" + binary, "-helper=./retry", "."}, "-fix does it"},
		{[]string{binary, "-helper=./retry", "-fix", "."}, "1 loop replaced"},
	} {
		if out := runBounded(t, dir, test.args...); !strings.Contains(out, test.want) {
			t.Errorf("%v: got %s", test.args[1:], out)
		}
	}
}

// What -describe and -init print of a package, its directory and a configuration
// commands nothing.
func TestUntrustedHelper(t *testing.T) {
	const escape, command = "\x1b[31m", "::error::x"
	dir := write(t, modFile+"-- retry/retry.go --\npackage retry\n\nimport \"time\"\n\n// A Policy "+escape+"\n// "+command+"\ntype Policy struct {\n\tBase time.Duration\n"+
		"\tOnRetry func(struct{ A int `"+escape+"\n"+command+"` }, error)\n}\n\nfunc Do(p Policy, op func() error) error { return op() }\n")
	odd := "./a" + escape + "\n" + command + "/retry"
	if err := os.MkdirAll(filepath.Join(dir, odd), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-describe", "./retry"}, {"-describe", "-test", "./retry"}, {"-describe", odd}, {"-describe", command}, {"-init=" + odd}, {"-init=" + command}, {"-describe"},
	} {
		if args[0] == "-describe" && len(args) == 1 {
			update(t, dir, "-- .sharedretry.yml --\nhelpers: [{name: \"a\\e[31m\\n"+command+"\", package: ./retry}]\nhelper: \"a\\e[31m\\n"+command+"\"\n")
		}
		out := runBounded(t, dir, append([]string{binary}, args...)...)
		if out == "" || strings.Contains(out, "\x1b") || strings.Contains("\n"+out, "\n"+command) {
			t.Errorf("%q: got %q", args, out)
		}
	}
}

// A configuration that the shell pipes is read.
func TestPipedConfig(t *testing.T) {
	dir := write(t, modFile+"-- p.go --\n"+strings.Replace(hostileLoop, "COMMENT", "", 1))
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip(err)
	}
	if out := runBounded(t, dir, "bash", "-c", binary+" -config=<(echo 'rules: [poll-loop]') ."); !strings.Contains(out, "no findings") {
		t.Errorf("got %s", out)
	}
}

// A report does not take the place of a link that leads nowhere.
func TestOutputLinks(t *testing.T) {
	dir := write(t, modFile+"-- p.go --\n"+strings.Replace(hostileLoop, "COMMENT", "", 1))
	for link, to := range map[string]string{"dangling": "nowhere", "looping": "looping"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
		out := runBounded(t, dir, binary, "-o", link, ".")
		if left, err := os.Readlink(filepath.Join(dir, link)); err != nil || left != to || !strings.Contains(out, "-o: cannot write") {
			t.Errorf("%s: got %s, %v", link, out, err)
		}
	}
}

// Fixes are written to files of the module alone, and change nothing else of them.
func TestFixWritesInside(t *testing.T) {
	const helper = "-- retry/retry.go --\npackage retry\n\nimport \"time\"\n\nfunc Do(attempts int, delay time.Duration, op func() error) error { return op() }\n"
	const code = "package p\n\nimport \"time\"\n\nfunc f(op func() error) (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	config := "-- .sharedretry.yml --\nhelper: acme\nhelpers:\n  - name: acme\n    imports: {retry: example.com/m/retry}\n    call: retry.Do({{attempts}}, {{delay}}, {{op}})\n"
	fixes := [][]string{{binary, "-fix", "."}, {"go", "vet", "-vettool=" + binary, "-fix", "."}, {"go", "fix", "-fixtool=" + binary, "."}}
	for _, args := range fixes {
		dir, outside := write(t, modFile+helper+config), filepath.Join(write(t, "-- x.go --\n"+code), "x.go")
		if err := os.Symlink(outside, filepath.Join(dir, "p.go")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Dir(outside), filepath.Join(dir, "sub")); err != nil {
			t.Fatal(err)
		}
		runBounded(t, dir, append(args, "./sub")...)
		if got, err := os.ReadFile(outside); err != nil || string(got) != code {
			t.Errorf("%v: a file outside becomes\n%s%v", args[1:], got, err)
		}
	}

	// The mode, other names, the byte order mark and line ends stay; what a killed
	// run has left goes.
	dir := write(t, modFile+helper+config)
	name, other := filepath.Join(dir, "p.go"), filepath.Join(dir, "other")
	text := "\xef\xbb\xbf" + strings.ReplaceAll(code, "\n", "\r\n")
	if err := os.WriteFile(name, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(name, other); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, ".p.go.sharedretry-1.tmp")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out := runBounded(t, dir, binary, "-fix", ".")
	got, err := os.ReadFile(other)
	info, err2 := os.Stat(name)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	lines := bytes.Count(got, []byte("\n"))
	if !bytes.HasPrefix(got, []byte("\xef\xbb\xbfpackage")) || lines == 0 || bytes.Count(got, []byte("\r\n")) != lines || !bytes.Contains(got, []byte("retry.Do")) || info.Mode().Perm() != 0o640 {
		t.Errorf("%v %q\n%s", info.Mode(), got, out)
	}
	if _, err := os.Lstat(left); err == nil {
		t.Error("the file of a killed run is still there")
	}
}
