package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// tree creates files, whose names may have slashes, in a new directory.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// Lookup from a package upwards and the listing of a module must agree: the
// listing is what the cache of go vet depends on.
func TestFindConfig(t *testing.T) {
	t.Setenv("GOWORK", "")
	root := tree(t, map[string]string{
		ConfigName:                       "",
		"m/go.mod":                       "",
		"m/a/b/x.go":                     "",
		"m/n/" + ConfigName:              "",
		"m/n/deep/x.go":                  "",
		"m/vendor/v/" + ConfigName:       "",
		"m/node_modules/p/" + ConfigName: "",
		"m/.hidden/" + ConfigName:        "",
		"m/n/other/go.mod":               "",
		"m/n/other/sub/" + ConfigName:    "",
		"top/go.mod":                     "",
		"top/" + ConfigName:              "",
		"top/a/vendor/v/" + ConfigName:   "",
		"top/testdata/src/" + ConfigName: "",
		"nomod/a/b/x.go":                 "",
		"nomod/a/" + ConfigName:          "",
		"dir/go.mod":                     "",
		"work/go.work":                   "go 1.26\n",
		"work/" + ConfigName:             "",
		"work/a/go.mod":                  "",
		"work/a/x/x.go":                  "",
		"work/b/go.mod":                  "",
		"work/b/" + ConfigName:           "",
		"dir/" + ConfigName + "/x":       "",
	})
	for _, test := range []struct{ dir, want string }{
		{"m", ""}, // stops at go.mod
		{"m/a/b", ""},
		{"m/n", "m/n"},
		{"m/n/deep", "m/n"},
		{"m/n/other/sub", "m/n/other/sub"},
		{"m/n/other", ""}, // a module of its own
		{"m/vendor/v", ""},
		{"m/node_modules/p", ""},
		{"m/.hidden", ""},
		{"top", "top"},
		{"top/a/vendor/v", "top"}, // the file of who vendors
		{"top/testdata/src", "top/testdata/src"},
		{"nomod/a/b", "nomod/a"},
		{"dir", "dir"},       // a directory by that name, which is an error to read
		{"work/a/x", "work"}, // beside go.work
		{"work/b", "work/b"}, // nearer
	} {
		want := ""
		if test.want != "" {
			want = filepath.Join(root, filepath.FromSlash(test.want), ConfigName)
		}
		if got := findConfig(filepath.Join(root, filepath.FromSlash(test.dir))); got != want {
			t.Errorf("%s: got %q, want %q", test.dir, got, want)
		}
	}
	for _, test := range []struct {
		root string
		want []string
	}{
		{"m", []string{"m/n"}},
		{"m/n/other", []string{"m/n/other/sub"}},
		{"top", []string{"top", "top/testdata/src"}},
		{"missing", nil},
	} {
		var got []string
		for _, file := range ConfigFiles(filepath.Join(root, filepath.FromSlash(test.root))) {
			rel, err := filepath.Rel(root, filepath.Dir(file))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(rel))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.root, got, test.want)
		}
	}
}

func TestPackageDir(t *testing.T) {
	work := filepath.FromSlash("/w")
	abs := func(parts ...string) string {
		p, err := filepath.Abs(filepath.Join(append([]string{work}, parts...)...))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, test := range []struct {
		name  string
		files [][2]string // name and text
		want  string
	}{
		{"no files", nil, ""},
		{"plain", [][2]string{{abs("p", "a.go"), "package p"}}, abs("p")},
		{"test main", [][2]string{{abs("cache", "_testmain.go"), "package main"}}, ""},
		{"test main in the build cache", [][2]string{{abs("cache", "ab12-d"), "package main"}}, ""},
		{"cgo beside Go", [][2]string{
			{abs("b001", "_cgo_gotypes.go"), "package p"},
			{abs("b001", "c.cgo1.go"), "//line " + abs("q", "c.go") + ":1:1\npackage p"},
			{abs("p", "a.go"), "package p"},
		}, abs("p")},
		{"cgo alone", [][2]string{
			{abs("b001", "_cgo_gotypes.go"), "package p"},
			{abs("b001", "c.cgo1.go"), "//line " + abs("p", "c.go") + ":1:1\npackage p"},
		}, abs("p")},
		{"line directive in a plain file", [][2]string{{abs("p", "y.go"), "//line " + abs("q", "y.y") + ":1:1\npackage p"}}, abs("p")},
	} {
		t.Run(test.name, func(t *testing.T) {
			pass := &analysis.Pass{Fset: token.NewFileSet()}
			for _, f := range test.files {
				file, err := parser.ParseFile(pass.Fset, f[0], f[1], parser.ParseComments)
				if err != nil {
					t.Fatal(err)
				}
				pass.Files = append(pass.Files, file)
			}
			if got := packageDir(pass); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// passIn returns a pass over one empty file in dir.
func passIn(dir string) *analysis.Pass {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filepath.Join(dir, "x.go"), "package p", parser.PackageClauseOnly)
	if err != nil {
		panic(err) // the text is constant
	}
	pkg := types.NewPackage("example.com/m", "p")
	pkg.SetImports([]*types.Package{types.NewPackage("time", "time")})
	return &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg}
}

func TestResolveConcurrently(t *testing.T) {
	root := tree(t, map[string]string{
		"go.mod": "", ConfigName: "tests: true\n",
		"a/x.go": "", "b/" + ConfigName: "oops: 1\n",
	})
	r := newResolver(Options{})
	var wg sync.WaitGroup
	for i := range 40 {
		dir := filepath.Join(root, []string{"", "a", "b"}[i%3])
		wg.Go(func() {
			set, err := r.resolve(passIn(dir))
			switch broken := filepath.Base(dir) == "b"; {
			case broken && (err == nil || !strings.Contains(err.Error(), ConfigName+`:1: unknown key "oops"`)):
				t.Errorf("b: got error %v", err)
			case !broken && (err != nil || !set.tests):
				t.Errorf("%s: got %+v, %v", dir, set, err)
			}
		})
	}
	wg.Wait()
}
