package owners

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

func TestOf(t *testing.T) {
	root := testdir.Write(t, "-- docs/CODEOWNERS --\n* @nobody\n-- .github/CODEOWNERS --\n# last match counts\n* @acme/all\n/billing/ @acme/billing @ann\n*.pb.go\n")
	rules, err := Read(root)
	if err != nil || !rules.Known() {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"x.go": {"@acme/all"}, "billing/a/x.go": {"@acme/billing", "@ann"}, "x.pb.go": nil, "../x.go": nil,
	} {
		if got := rules.Of(filepath.Join(root, filepath.FromSlash(name))); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestWithoutRules(t *testing.T) {
	rules, err := Read(t.TempDir())
	if err != nil || rules.Known() || rules.Of("x.go") != nil {
		t.Errorf("got %v, %v", rules, err)
	}
	_, err = Read(testdir.Write(t, "-- CODEOWNERS --\n* @acme/all\nx.go nobody\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "CODEOWNERS: line 2: ") {
		t.Errorf("got %v", err)
	}
}

// What is no regular file, or is too large, is an error that names it.
func TestUntrustedRules(t *testing.T) {
	root := testdir.Write(t, "-- CODEOWNERS --\n")
	name := filepath.Join(root, "CODEOWNERS")
	if err := os.Truncate(name, bounded.Other+1); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(root); err == nil || !strings.Contains(err.Error(), name+": too large") {
		t.Errorf("got %v", err)
	}
	if err := errors.Join(os.Remove(name), os.Symlink(os.DevNull, name)); err != nil {
		t.Skip(err)
	}
	if _, err := Read(root); err == nil || !strings.Contains(err.Error(), name+": a device") {
		t.Errorf("got %v", err)
	}
}
