package dependency_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/dependency"
)

func TestAnswered(t *testing.T) {
	t.Parallel()
	plain := []string{"-json"}
	for name, c := range map[string]struct {
		flags       []string
		only        bool
		files, path string
		want        bool
	}{
		"a dependency":              {plain, true, `"time": "time.a"`, "facts", true},
		"with flags of ours":        {[]string{"-json=true", "-tests=false", "--rules=retry-loop"}, true, `"time": "time.a"`, "facts", true},
		"with tags":                 {[]string{"-json=true", "-tags=special"}, true, `"time": "time.a"`, "facts", true},
		"a package to be analysed":  {plain, false, `"time": "time.a"`, "facts", false},
		"as text":                   {nil, true, `"time": "time.a"`, "facts", false},
		"no data":                   {[]string{"-json=false"}, true, `"time": "time.a"`, "facts", false},
		"with fixes":                {[]string{"-json", "-fix"}, true, `"time": "time.a"`, "facts", false},
		"with fixes, in full":       {[]string{"-json", "-fix=true"}, true, `"time": "time.a"`, "facts", false},
		"a value apart":             {[]string{"-json", "-rules", "all"}, true, `"time": "time.a"`, "facts", false},
		"imports not compiled":      {plain, true, ``, "facts", false},
		"no place for facts":        {plain, true, `"time": "time.a"`, "", false},
		"a place that is not there": {plain, true, `"time": "time.a"`, "missing/facts", false},
		"a damaged description":     {plain, true, `"time"`, "facts", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file, facts := filepath.Join(dir, "vet.cfg"), c.path
			if facts != "" {
				facts = filepath.Join(dir, facts)
			}
			config := fmt.Sprintf(`{"Compiler": "gc", "ImportMap": {"time": "time", "unsafe": "unsafe"}, "PackageFile": {%s}, "VetxOnly": %v, "VetxOutput": %q}`, c.files, c.only, facts)
			if err := os.WriteFile(file, []byte(config), 0o666); err != nil {
				t.Fatal(err)
			}
			if got := dependency.Answered(append(c.flags[:len(c.flags):len(c.flags)], file)); got != c.want {
				t.Errorf("answered is %v, want %v", got, c.want)
			}
			if _, err := os.Stat(filepath.Join(dir, "facts")); (err == nil) != c.want {
				t.Errorf("the file of facts: %v", err)
			}
		})
	}
}
