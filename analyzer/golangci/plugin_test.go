package golangci

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// What stands for a baseline changes with it, as long as a baseline may be.
func TestVersion(t *testing.T) {
	name := filepath.Join(t.TempDir(), "list")
	seen := make(map[string]bool)
	for _, text := range []string{"", "a", "b", "long", "longer"} {
		if len(text) > 1 {
			text = string(bytes.Repeat([]byte(text), 1<<20))
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		seen[version(name).Name] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d names for 5 baselines", len(seen))
	}
}
