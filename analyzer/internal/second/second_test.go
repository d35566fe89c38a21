package second

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

var std = importer.Default() // keeps what it has read

// read returns the package with the given text, and with tests beside it.
func read(t *testing.T, text, tests string) *source.Package {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for name, text := range map[string]string{"p.go": "package p\n\nimport (\n\t\"context\"\n\t\"time\"\n)\n\nvar _ context.Context\n\n" + text, "p_test.go": "package p\n\n" + tests} {
		file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := code.NewInfo()
	pkg, err := (&types.Config{Importer: std}).Check("p", fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	return source.New(&analysis.Pass{
		Fset: fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf: map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(files)},
	}, func(*ast.File) bool { return false })
}

// call returns the call of what is written as name in s.
func call(s *site.Site, name string) (found ast.Node) {
	ast.Inspect(s.Cycle, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && types.ExprString(c.Fun) == name {
			found = c
		}
		return found == nil
	})
	return found
}

// A loop is the inside of a helper if its operation is given to a function around it.
func TestOf(t *testing.T) {
	for _, test := range []struct{ text, op, want string }{
		{"func try(op func() error) { for op() != nil { time.Sleep(1) } }", "op", "try"},
		{"func try(ctx context.Context, op func(context.Context) error) { for op(ctx) != nil { time.Sleep(1) } }", "op", "try"},
		{"func try(op func(int) error) { for i := 0; op(i) != nil; i++ { time.Sleep(1) } }", "op", "try"},
		{"func try[T any](op func() (T, error)) { for { if _, err := op(); err == nil { return }; time.Sleep(1) } }", "op", "try"},
		{"type s struct{}\nfunc (s) try(op func() error) { for op() != nil { time.Sleep(1) } }", "op", "try"},
		{"var try = func(op func() error) { for op() != nil { time.Sleep(1) } }", "op", "try"},
		{"type task struct{ run func() error }\nfunc try(t task) { for t.run() != nil { time.Sleep(1) } }", "t.run", "try"},
		{"func f() error { return nil }\nfunc try() { for f() != nil { time.Sleep(1) } }", "f", ""},
		{"type s struct{ op func() error }\nfunc (s s) try() { for s.op() != nil { time.Sleep(1) } }", "s.op", ""},
		{"func try(op func(string) error) { for op(\"x\") != nil { time.Sleep(1) } }", "op", "try"},
		{"type task struct{ run func(string) error }\nfunc try(t task) { for t.run(\"x\") != nil { time.Sleep(1) } }", "t.run", ""},
		{"type task struct{ run func(string) error }\nfunc try(t task) { run := t.run; for run(\"x\") != nil { time.Sleep(1) } }", "run", ""},
		{"type task struct{ run func() error }\nfunc try(t task) { run := t.run; for run() != nil { time.Sleep(1) } }", "run", "try"},
	} {
		pkg := read(t, test.text, "")
		sites := site.Find(pkg, &graph.Set{Package: pkg})
		if len(sites) != 1 {
			t.Fatalf("%s\n%d sites", test.text, len(sites))
		}
		got := ""
		if h := Of(pkg, sites[0], call(sites[0], test.op)); h != nil {
			got = h.Name
		}
		if got != test.want {
			t.Errorf("%s\ngot %q, want %q", test.text, got, test.want)
		}
	}
}

// Tests do not count, and who hands its own parameter on is counted by its callers.
func TestCalls(t *testing.T) {
	const helper = "func try(op func() error) { for op() != nil { time.Sleep(1) } }\nfunc f() error { return nil }\n"
	for _, test := range []struct {
		name, text, tests string
		want              int
	}{
		{"none", "", "", 0},
		{"calls", "func a() { try(f); try(f) }", "", 2},
		{"of tests", "func a() { try(f) }", "func b() { try(f) }", 1},
		{"by a variant", "func variant(op func() error) { try(op) }\nfunc a() { variant(f); variant(f); try(f) }", "", 3},
		{"by a variant in a literal", "func variant(op func() error) { try(func() error { return op() }) }\nfunc a() { variant(f) }", "", 1},
		{"by a variant that nobody calls", "func variant(op func() error) { try(op) }", "", 0},
		{"by variants of each other", "func one(op func() error) { try(op); two(op) }\nfunc two(op func() error) { one(op) }\nfunc a() { two(f) }", "", 1},
		{"as a value", "var g = try", "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			pkg := read(t, helper+test.text, test.tests)
			calls := Calls{pkg, func(file *ast.File) bool {
				return strings.HasSuffix(pkg.Fset.File(file.FileStart).Name(), "_test.go")
			}}
			if got := calls.Of(pkg.Types.Scope().Lookup("try")); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
