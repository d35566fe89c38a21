package edit

import (
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

var std = importer.Default() // keeps what it has read

// load parses and checks a file.
func load(t *testing.T, src string) (Source, *source.Package) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
	}
	pkg, err := (&types.Config{Importer: std}).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return Source{File: file, Src: []byte(src)}, &source.Package{Fset: fset, Types: pkg, Info: info, Files: []*ast.File{file}}
}

// body returns the statements of the last function.
func body(s Source) []ast.Stmt {
	return s.File.Decls[len(s.File.Decls)-1].(*ast.FuncDecl).Body.List
}

// whole returns the file with edits.
func whole(s Source, edits []Edit) string { return s.Apply(s.File.FileStart, s.File.FileEnd, edits) }

func TestApply(t *testing.T) {
	s := Source{File: &ast.File{FileStart: 1, FileEnd: 10}, Src: []byte("abcdefghi")}
	for _, test := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"none", nil, "abcdefghi"},
		{"in any order", []Edit{{7, 8, "G"}, {2, 3, "B"}}, "aBcdefGhi"},
		{"insertions at one place keep their order", []Edit{{4, 4, "1"}, {4, 4, "2"}}, "abc12defghi"},
		{"one inside another is dropped", []Edit{{3, 4, "C"}, {2, 6, "-"}}, "a-fghi"},
		{"one that reaches further is dropped", []Edit{{2, 6, "-"}, {5, 8, "+"}}, "a-fghi"},
	} {
		if got := s.Apply(1, 10, test.edits); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
	if got := s.Apply(3, 6, []Edit{{4, 5, "D"}, {8, 9, "H"}}); got != "cDe" {
		t.Errorf("part: got %s", got)
	}
	s.Cuts = []Edit{{3, 6, ""}}
	if got := s.Apply(1, 10, []Edit{{3, 3, "1"}, {4, 5, "D"}, {6, 6, "2"}, {7, 8, "G"}}); got != "ab12fGhi" {
		t.Errorf("with a cut: got %s", got)
	}
}

func TestMerge(t *testing.T) {
	one, two := []Edit{{5, 6, "x"}, {1, 1, "import"}}, []Edit{{1, 1, "import"}, {8, 9, "y"}}
	got := Merge(one, two)
	if len(got) != 3 || got[0] != (Edit{1, 1, "import"}) || got[1] != (Edit{5, 6, "x"}) || got[2] != (Edit{8, 9, "y"}) {
		t.Errorf("equal edits: got %v", got)
	}
	if got := Merge([]Edit{{1, 1, "a"}}, []Edit{{1, 1, "b"}}); len(got) != 2 {
		t.Errorf("different insertions: got %v", got)
	}
	if one[0] != (Edit{5, 6, "x"}) {
		t.Error("the list that was given is another one")
	}
}

func TestDrop(t *testing.T) {
	for _, test := range []struct{ name, list, want string }{
		{"a line", "a()\nb()\nc()", "a()\nc()"},
		{"with a comment behind it", "a()\nb() // give the server time\nc()", "a()\nc()"},
		{"but not one that gives a reason", "a()\nb() // because c is slow\nc()", "a()\n// because c is slow\nc()"},
		{"nor one of several clauses", "a()\nlimit := 0 // counts from zero, shown on the dashboard\n_ = limit\nc()", "a()\n// counts from zero, shown on the dashboard\nc()"},
		{"with a comment about the wait", "a()\nb() // wait a bit\nc()", "a()\nc()"},
		{"and one above it", "a()\n// Back off before the next attempt.\nb()\nc()", "a()\nc()"},
		{"but not one above that tells more", "a()\n// says why\nb()\nc()", "a()\n// says why\nc()"},
		{"and one of what it makes of a variable", "a()\n// But cap delay at limit.\nif delay > limit {\ndelay = limit\n}\nc()", "a()\nc()"},
		{"and one that begins with its name", "a()\n// limit is how long\n// c takes\n// at most.\nlimit := 1\n_ = limit\nc()", "a()\nc()"},
		{"but not one of the loop behind it", "a()\n// The limit of c is high.\nlimit := 1\n_ = limit\nc()", "a()\n// The limit of c is high.\nc()"},
		{"nor one with something to do", "a()\n// TODO: cap delay\ndelay = limit\nc()", "a()\n// TODO: cap delay\nc()"},
		{"and one that asks for the last attempt", "a()\n// the last one: give up\nif limit == 3 {\nb()\n}\nc()", "a()\nc()"},
		{"but not one that forbids more of them", "a()\n// No retries for tenants: billing forbids it.\nif limit == 3 {\nb()\n}\nc()", "a()\n// No retries for tenants: billing forbids it.\nc()"},
		{"nor one with more to do", "a()\n// TODO: tell that it gives up\nif limit == 3 {\nb()\n}\nc()", "a()\n// TODO: tell that it gives up\nc()"},
		{"nor one that tells why", "a()\n// limit is low, as c is slow.\nlimit := 1\n_ = limit\nc()", "a()\n// limit is low, as c is slow.\nc()"},
		{"and one below it, at the end", "a()\nb() // wait\n// then the next round begins", "a()"},
		{"but not one below that is about what follows", "b()\n// wait for the peer\nc()", "// wait for the peer\nc()"},
		{"nor one at the end that tells more", "a()\nb()\n// says why", "a()\n// says why"},
		{"beside another statement", "a()\nc(); b()", "a()\nc();"},
		{"and the comments in it", "a()\nb( // here\n)\nc()", "a()\n// here\nc()"},
		{"and the empty line behind it", "b()\n\na()\nc()", "a()\nc()"},
		{"and the empty line behind it, below a comment", "// says why\nb()\n\nc()", "// says why\nc()"},
		{"but not one that parts what stays", "a()\nb()\n\nc()", "a()\n\nc()"},
	} {
		s, _ := load(t, "package p\n\nvar delay, limit int\n\nfunc a()\nfunc b()\nfunc c()\n\nfunc f() {\n\t"+strings.ReplaceAll(test.list, "\n", "\n\t")+"\n}\n")
		var edits []Edit
		for _, stmt := range body(s) {
			if strings.HasPrefix(s.Text(stmt), "b(") || strings.Contains(s.Text(stmt), "limit") {
				edits = append(edits, s.Drop(stmt))
			}
		}
		got := whole(s, s.CloseGaps(edits))
		want := "func f() {\n\t" + strings.ReplaceAll(test.want, "\n", "\n\t") + "\n}\n"
		formatted, err := format.Source([]byte(got))
		if err != nil {
			t.Errorf("%s: %v\n%s", test.name, err, got)
			continue
		}
		clean, _ := format.Source([]byte("package p\n\nvar delay, limit int\n\nfunc a()\nfunc b()\nfunc c()\n\n" + want))
		if string(formatted) != string(clean) {
			t.Errorf("%s: got\n%s", test.name, formatted)
		}
	}
}

func TestLayout(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a( )\nif x{\nb()\n}", "a()\n\t\tif x {\n\t\t\tb()\n\t\t}"},
		{"s := `one\n  two`\nb()", "s := `one\n  two`\n\t\tb()"},
		{"a()\nagain:\nb()", "a()\n\tagain:\n\t\tb()"},
	} {
		if got, ok := Layout(test.text, "\t\t"); !ok || got != test.want {
			t.Errorf("%q: got %q, %v", test.text, got, ok)
		}
	}
	if _, ok := Layout("if {", ""); ok {
		t.Error("a text that cannot be parsed was laid out")
	}
}

const names = `package p

import (
	"context"
	tm "time"
)

type pair struct{ a, b int }

func f[T any](ctx context.Context, d tm.Duration, t T, err error) {
	attempts := 0
	{
		pair := attempts
		_ = pair
	}
	_, _, _ = d, t, err
	g := func(outer context.Context) {
		_ = outer
	}
	_ = g
}
`

func TestScope(t *testing.T) {
	s, pkg := load(t, names)
	list := body(s)
	at := func(pos token.Pos) *Scope {
		return &Scope{Pkg: pkg, File: s.File, Pos: pos, Used: make(map[string]bool)}
	}
	end := at(list[2].Pos())
	if name := end.Fresh(s.File, "attempts", "tries"); name != "tries" {
		t.Errorf("fresh: got %s", name)
	}
	if name := end.Fresh(s.File, "tries"); name != "tries2" {
		t.Errorf("fresh again: got %s", name)
	}
	inner := list[1].(*ast.BlockStmt).List[1].Pos()
	named := pkg.Types.Scope().Lookup("pair").Type()
	if _, ok := at(inner).TypeString(named); ok {
		t.Error("a type is named that is shadowed")
	}
	for _, test := range []struct {
		expr       string
		name, zero string
	}{
		{"d", "tm.Duration", "0"},
		{"t", "T", "*new(T)"},
		{"err", "error", "nil"},
		{"attempts", "int", "0"},
		{"ctx", "context.Context", "nil"},
	} {
		obj := end.Lookup(test.expr)
		name, ok := end.TypeString(obj.Type())
		zero, ok2 := end.Zero(obj.Type())
		if !ok || !ok2 || name != test.name || zero != test.zero {
			t.Errorf("%s: got %s, %v and %s, %v", test.expr, name, ok, zero, ok2)
		}
	}
	if zero, ok := end.Zero(named); zero != "pair{}" || !ok {
		t.Errorf("struct: got %s, %v", zero, ok)
	}
	if name := end.ContextIn(s.File, func(types.Object) bool { return false }, func(*types.Var) bool { return true }); name != "ctx" {
		t.Errorf("context: got %s", name)
	}
	lit := list[3].(*ast.AssignStmt).Rhs[0].(*ast.FuncLit)
	if name := at(lit.Body.List[0].Pos()).ContextIn(lit, func(types.Object) bool { return false }, func(*types.Var) bool { return true }); name != "outer" {
		t.Errorf("inner context: got %s", name)
	}
}

func TestImports(t *testing.T) {
	want := map[string]string{"retry": "example.com/acme/retry", "time": "time"}
	for _, test := range []struct{ name, file, imports string }{
		{"to a list", "import (\n\t\"fmt\"\n)\n\nvar _ = fmt.Print\n", "import (\n\t\"fmt\"\n\n\t\"example.com/acme/retry\"\n)"},
		{"to one", "import \"fmt\"\n\nvar _ = fmt.Print\n", "import (\n\t\"fmt\"\n\n\t\"example.com/acme/retry\"\n)"},
		{"to none", "", "import \"example.com/acme/retry\""},
		{"by another name where the name is taken", "var retry int\n", "import retrylib \"example.com/acme/retry\""},
		{"by another name where a loop has it", "func g(retry int) {\n\tfor range retry {\n\t}\n}\n", "import retrylib \"example.com/acme/retry\""},
		{"by its name where no retry is", "func g(retry int) int { return retry }\n\ntype c struct{ retry int }\n\nfunc (c) Do() {}\n", "import \"example.com/acme/retry\""},
	} {
		s, pkg := load(t, "package p\n\n"+test.file+"\nfunc f() {\n\tprintln()\n}\n")
		scope := &Scope{Pkg: pkg, File: s.File, Pos: body(s)[0].Pos(), Used: make(map[string]bool)}
		p := NewImports(scope, want, func(string) bool { return false })
		got, err := format.Source([]byte(whole(s, p.Edits(map[string]string{"retry": want["retry"]}))))
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if !strings.Contains(string(got), test.imports+"\n") {
			t.Errorf("%s: got\n%s", test.name, got)
		}
	}
	s, pkg := load(t, "package p\n\nimport . \"fmt\"\n\nfunc f() {\n\tPrintln()\n}\n")
	p := NewImports(&Scope{Pkg: pkg, File: s.File, Pos: body(s)[0].Pos(), Used: make(map[string]bool)}, map[string]string{"fmt": "fmt"}, func(string) bool { return true })
	if p.Names()["fmt"] != "" || len(p.Edits(map[string]string{"fmt": "fmt"})) > 0 {
		t.Error("a dot import is imported again")
	}
	s, pkg = load(t, "package p\n\nimport . \"fmt\"\n\nfunc f(Print int) {\n\tPrintln()\n}\n")
	p = NewImports(&Scope{Pkg: pkg, File: s.File, Pos: body(s)[0].Pos(), Used: make(map[string]bool)}, map[string]string{"fmt": "fmt"}, func(string) bool { return false })
	if p.Names()["fmt"] != "fmt" {
		t.Error("a name of a dot import that means something else is taken for that of the package")
	}
}

// A package that only gives other names to what one of std has serves for that.
func TestImportedByOlderName(t *testing.T) {
	const src = "package p\n\nimport \"golang.org/x/net/context\"\n\nvar _ = context.Background\n"
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{}}
	conf := types.Config{Error: func(error) {}, Importer: older{}}
	checked, _ := conf.Check("p", fset, []*ast.File{file}, info)
	scope := &Scope{Pkg: &source.Package{Fset: fset, Types: checked, Info: info, Files: []*ast.File{file}}, File: file, Pos: file.FileEnd - 1, Used: make(map[string]bool)}
	if name, ok := scope.Imported("context"); name != "context" || !ok {
		t.Errorf("got %q, %v", name, ok)
	}
	if _, ok := scope.Imported("golang.org/x/net"); ok {
		t.Error("another path is imported")
	}
}

// older imports any path as an empty package called context.
type older struct{}

func (older) Import(path string) (*types.Package, error) {
	pkg := types.NewPackage(path, "context")
	pkg.MarkComplete()
	return pkg, nil
}

func TestCompiles(t *testing.T) {
	s, pkg := load(t, "package p\n\nimport \"fmt\"\n\nfunc f() error {\n\treturn fmt.Errorf(\"no\")\n}\n")
	stmt := body(s)[0]
	for text, want := range map[string]bool{
		"return nil":                           true, // fmt is not used any more: drivers remove it
		"return 1":                             false,
		"return":                               false,
		"return undeclared()":                  false,
		"return (":                             false,
		"x := 1\n\treturn nil":                 false,
		"return func() error { return f() }()": true,
	} {
		err := s.Compiles(pkg, []Edit{{stmt.Pos(), stmt.End(), text}}, s.File.Decls[1])
		if (err == nil) != want {
			t.Errorf("%s: got %v", text, err)
		}
	}
	name := s.File.Name.End()
	for path, want := range map[string]bool{"example.com/retry": true, "example.com/retry/v2": true, "example.com/other/v2": false} {
		edits := []Edit{{name, name, "\n\nimport \"" + path + "\""}, {stmt.Pos(), stmt.End(), "return retry.Do(f)"}}
		if err := s.Compiles(pkg, edits, s.File.Decls[1]); (err == nil) != want {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

// A declaration that is not changed compiles, whatever it is made of.
func TestCompilesUnchanged(t *testing.T) {
	s, pkg := load(t, `package p

import "fmt"

type pair struct {
	name  string
	count int
}

type list[T any] struct{ items []T }

func (pair) anonymous(int, string) error { return nil }

func (p *pair) mixed(int) error { return fmt.Errorf("%s", p.name) }

func (pair) named(n int) int { return n }

func (l *list[T]) add(item T) { l.items = append(l.items, item) }

func (l list[_]) size() int { return len(l.items) }

func literal() pair { return pair{"a", 1} }

func keyed() *pair { return &pair{name: "a"} }

func generic[T fmt.Stringer](v T) string { return v.String() }

func calls() int {
	l := &list[pair]{}
	l.add(literal())
	return l.size() + pair{"b", 2}.named(3)
}
`)
	for _, d := range s.File.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			if err := s.Compiles(pkg, nil, fn); err != nil {
				t.Errorf("%s: %v", fn.Name.Name, err)
			}
		}
	}
}
