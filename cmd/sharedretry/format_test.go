package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// -format=json is -json.
func TestFormatJSON(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	if got, want := tool(t, dir, "-format=json", "."), tool(t, dir, "-json", "."); got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// What is not ASCII counts as it does in an editor, and what would end a
// command or a property is escaped.
func TestFormatGitHub(t *testing.T) {
	t.Parallel()
	const multiline = "func retry2(in func() error) { for i := 0; i < 3 &&\n\ttrue; i++ { if err := op(); err == nil { return }; time.Sleep(time.Second) } }\n"
	dir := write(t, modFile+"-- a/b,é%.go --\n"+strings.Replace(retryCode, "{ for", "{ /* é😀 */ for", 1)+multiline)
	env := []string{"GITHUB_WORKSPACE=" + filepath.Dir(dir)}
	res := call(t, dir, env, binary, "-format=github", "./...")
	file := "file=" + filepath.Base(dir) + "/a/b%2Cé%25.go,"
	want := "::error " + file + "line=5,endLine=5,col=41,endColumn=64,title=sharedretry::" +
		"hand-rolled retry loop with constant backoff, which waits after the last attempt: call the shared retry helper (retry-loop)\n" +
		"::error " + file + "line=6,endLine=7,title=sharedretry::" +
		"hand-rolled retry loop with constant backoff, which waits after the last attempt: call the shared retry helper (retry-loop)\n"
	if res.stdout != want {
		t.Errorf("got\n%s\nwant\n%s", res.stdout, want)
	}
	res.want(t, 3, filepath.Join("a", "b,é%.go")+":5:44: hand-rolled", "2 findings in 1 of 1 package")
}

// The report goes to the file as a whole, and nothing else remains beside it.
func TestOutput(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- reports/old.txt --\nold\n")
	plain := tool(t, dir, ".")
	res := tool(t, dir, "-o=reports/new.txt", ".")
	res.want(t, 3, "1 finding in 1 of 1 package")
	if res.stdout != "" || plain.stdout == "" {
		t.Errorf("standard output has %q, without -o %q", res.stdout, plain.stdout)
	}
	old := filepath.Join(dir, "reports", "old.txt")
	if err := os.Chmod(old, 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, dir, "-o=reports/old.txt", ".").want(t, 3)
	sameTree(t, tree(t, filepath.Join(dir, "reports")), map[string]string{"new.txt": plain.stdout, "old.txt": plain.stdout})
	if info, err := os.Stat(old); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the mode is %v (%v)", info.Mode(), err)
	}
}

// A report that cannot be written leaves what was there.
func TestOutputFails(t *testing.T) {
	t.Parallel()
	skipSuperuser(t)
	dir := write(t, modFile+"-- x.go --\n"+retryCode+"-- reports/old.txt --\nold\n")
	reports := filepath.Join(dir, "reports")
	if err := os.Chmod(filepath.Join(reports, "old.txt"), 0o400); err != nil {
		t.Fatal(err)
	}
	tool(t, dir, "-o=reports/old.txt", ".").want(t, 1, "-o: cannot write reports/old.txt: read-only")
	sameTree(t, tree(t, reports), map[string]string{"old.txt": "old\n"})
}

// What is no file, such as a device, stays one.
func TestOutputDevice(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there are no such files")
	}
	dir := write(t, modFile+"-- x.go --\n"+retryCode)
	link := filepath.Join(dir, "out")
	if err := os.Symlink(os.DevNull, link); err != nil {
		t.Fatal(err)
	}
	tool(t, dir, "-o=out", ".").want(t, 3)
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v (%v)", info, err)
	}
}
