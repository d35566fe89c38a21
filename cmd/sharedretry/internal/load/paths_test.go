package load

import (
	"fmt"
	"os"
	"testing"
)

// Only a pattern with few files below, and paths by themselves, name so few packages that
// their types are asked for at once.
func TestNamesMany(t *testing.T) {
	t.Chdir(t.TempDir())
	for dir, files := range map[string]int{"small": fewEntries - 1, "large": fewEntries} {
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		for i := range files {
			if err := os.WriteFile(fmt.Sprintf("%s/f%d.go", dir, i), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	for pattern, want := range map[string]bool{
		".": false, "./large": false, "f.go": false, "example.com/m": false, "std": true, "all": true,
		"./small/...": false, "./large/...": true, "./...": true, "./gone/...": true,
		"example.com/m/...": true, "./.../small": true, "./.../small/...": true, "./small...": true,
	} {
		if got := namesMany(pattern); got != want {
			t.Errorf("namesMany(%q) is %t", pattern, got)
		}
	}
}
