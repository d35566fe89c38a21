package apply

import (
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/testdir"
)

func TestMerge(t *testing.T) {
	for _, test := range []struct {
		name      string
		old, more []edit
		want      string // "" where they overlap
	}{
		{"apart", []edit{{4, 5, "x"}}, []edit{{1, 2, "y"}}, "0y23x5"},
		{"next to each other", []edit{{1, 3, "x"}}, []edit{{3, 4, "y"}, {0, 1, ""}}, "xy45"},
		{"same insertion", []edit{{1, 1, "x"}, {1, 1, "y"}}, []edit{{1, 1, "y"}}, "0xy12345"},
		{"other insertion", []edit{{1, 1, "x"}}, []edit{{1, 1, "y"}}, "0xy12345"},
		{"insertion before", []edit{{1, 3, "x"}}, []edit{{1, 1, "y"}}, "0yx345"},
		{"insertion behind", []edit{{1, 3, "x"}}, []edit{{3, 3, "y"}}, "0xy345"},
		{"insertion inside", []edit{{1, 3, "x"}}, []edit{{2, 2, "y"}}, ""},
		{"inside", []edit{{1, 4, "x"}}, []edit{{2, 3, "y"}}, ""},
		{"overlap", []edit{{1, 3, "x"}}, []edit{{0, 1, "z"}, {2, 4, "y"}}, ""},
		{"same place", []edit{{1, 3, "x"}}, []edit{{1, 3, "y"}}, ""},
		{"same removal", []edit{{1, 3, ""}}, []edit{{1, 3, ""}}, "0345"},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, ok := merge(test.old, test.more)
			if ok != (test.want != "") {
				t.Fatalf("merged: %v", ok)
			}
			if got := string(applied([]byte("012345"), merged)); ok && got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Imports go only if they lost their last use.
func TestTidy(t *testing.T) {
	names := map[string]string{"time": "time", "example.com/go-x/v2": "x", "embed": "embed", "fmt": "fmt", "io": "io", "os": "os"}
	for _, test := range []struct{ name, src, want string }{
		{"used", "import \"time\"\n\nvar d time.Duration\n", ""},
		{"unused", "import \"time\"\n\nvar d = 1\n", "var d = 1\n"},
		{"one of two", "import (\n\t\"fmt\"\n\t\"time\"\n)\n\nvar d = fmt.Sprint()\n", "import (\n\t\"fmt\"\n)\n\nvar d = fmt.Sprint()\n"},
		{"shadowed", "import \"time\"\n\nfunc f(time T) { time.Sleep() }\n", "func f(time T) { time.Sleep() }\n"},
		{"field of the same name", "import \"time\"\n\nvar d = x.time.Sleep\n", "var d = x.time.Sleep\n"},
		{"name unlike the path", "import \"example.com/go-x/v2\"\n\nvar d = x.D\n", ""},
		{"name unlike the path, unused", "import \"example.com/go-x/v2\"\n\nvar d = 1\n", "var d = 1\n"},
		{"renamed", "import t \"time\"\n\nvar d t.Duration\n", ""},
		{"renamed, unused", "import t \"time\"\n\nvar d = time.Second\n", "var d = time.Second\n"},
		{"twice, one unused", "import (\n\t\"time\"\n\tt \"time\"\n)\n\nvar d t.Duration\n", "import (\n\tt \"time\"\n)\n\nvar d t.Duration\n"},
		{"blank and dot", "import (\n\t_ \"embed\"\n\t. \"fmt\"\n)\n", ""},
		{"new", "import \"example.com/retry\"\n", ""},
		{"comments", "import (\n\t// input\n\t\"io\"\n\t\"os\" // not output\n)\n\n// d is d.\nvar d = io.EOF // end\n",
			"import (\n\t// input\n\t\"io\"\n)\n\n// d is d.\nvar d = io.EOF // end\n"},
		{"sorted and formatted", "import (\n\t\"time\"\n\t\"fmt\"\n)\nvar  d = fmt.Sprint(time.Now())\n",
			"import (\n\t\"fmt\"\n\t\"time\"\n)\n\nvar d = fmt.Sprint(time.Now())\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.want == "" {
				test.want = test.src
			}
			got, err := tidy([]byte("package p\n\n"+test.src), names)
			if want := "package p\n\n" + test.want; err != nil || string(got) != want {
				t.Errorf("got (%v)\n%s\nwant\n%s", err, got, want)
			}
			testdir.Formatted(t, "it", string(got))
		})
	}
}
