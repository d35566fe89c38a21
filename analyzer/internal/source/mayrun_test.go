package source_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// Which functions may run when f does, also with a draft of each declaration in its place.
func TestMayRun(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"calls", "func f() { g() }\nfunc g() { h() }\nfunc h() {}\nfunc no() {}", "f g h"},
		{"itself", "func f() { g() }\nfunc g() { f() }", "f g"},
		{"a literal of the type", "func f() { hook(1) }\nvar hook func(int)\nfunc g() { hook = func(int) { h() } }\nfunc h() {}\nfunc no() { _ = func(string) {} }", "f g h"},
		{"a function of the type", "func f() { hook(1) }\nvar hook func(int) = g\nfunc g(int) {}\nvar other func(string) = no\nfunc no(string) {}", "f g"},
		{"one that is only called", "func f() { hook(1) }\nvar hook func(int)\nfunc no(n int) { no(n - 1) }", "f"},
		{"a method as a value", "func f(t *T) { hook := t.g; run(hook) }\nfunc run(h func(int)) { h(1) }\ntype T struct{}\nfunc (*T) g(int) {}", "f g run"},
		{"a method as a function", "func f(t T) { run(T.g) }\nfunc run(h func(T)) { h(T{}) }\ntype T struct{}\nfunc (T) g() {}", "f g run"},
		{"a named type", "type handler func(int)\nfunc f(h handler) { h(1) }\nfunc g() handler { return func(int) { k() } }\nfunc k() {}", "f g k"},
		{"what another package calls back", "func f() { time.AfterFunc(1, g) }\nfunc g() {}", "f g"},
		{"a method of an interface", "type I interface{ g() }\nfunc f(i I) { i.g() }\ntype T struct{}\nfunc (T) g() { h() }\nfunc (T) no() {}\nfunc h() {}", "f g h"},
		{"what is exported, by a func value", "func f(hook func(int)) { hook(1) }\nfunc G() { no() }\nfunc no() {}\ntype T struct{}\nfunc (T) H() {}", "G H f"},
		{"what is exported, by an interface", "type I interface{ g() }\nfunc f(i I) { i.g() }\nfunc G() {}", "G f"},
		{"an option", "func f(hook func(int)) { hook(1) }\nfunc G() func(string) { return func(string) {} }", "f"},
		{"groups that lead to each other", "type I interface{ g() }\nvar hook func(int)\nfunc f() { hook(1) }\nfunc a(i I) { hook = func(int) { i.g() } }\ntype T struct{}\nfunc (T) g() { hook(2); h() }\nfunc h() {}", "a f g h"},
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+test.src+"\n")
		if got := running(pkg); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		s := edit.Source{File: pkg.Files[0], Src: []byte(sourcetest.Head + test.src + "\n")}
		for _, decl := range s.File.Decls[1:] {
			d, err := s.Draft(pkg, decl, s.Src)
			if err != nil {
				t.Fatal(err)
			}
			q := pkg.With(d)
			if got := running(q); got != test.want {
				t.Errorf("%s, with a draft of %s: %s, want %s", test.name, s.Text(decl), got, test.want)
			}
			for _, part := range q.MayRun(q.DeclAt(q.Types.Scope().Lookup("f").Pos())) {
				if fn, ok := part.Code[0].(*ast.FuncDecl); ok && code.Within(d.Old, fn) {
					t.Errorf("%s: the old text of %s may run", test.name, s.Text(decl))
				}
			}
		}
	}
}

// What a test is given to call serves tests alone.
func TestMayRunForTests(t *testing.T) {
	pkg := sourcetest.Package(t, "package p\n\nimport \"testing\"\n\nfunc f(hook func()) { hook() }\nfunc G() {}\nfunc H(t *testing.T) {}\nfunc I(t testing.TB) {}\n")
	if got := running(pkg); got != "G f" {
		t.Errorf("%s may run", got)
	}
}

// running returns the names of the functions of a package that may run when f does.
func running(pkg *source.Package) string {
	var names []string
	for _, part := range pkg.MayRun(pkg.DeclAt(pkg.Types.Scope().Lookup("f").Pos())) {
		for _, n := range part.Code {
			names = append(names, pkg.DeclAt(n.Pos()).(*ast.FuncDecl).Name.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

// What a draft may run is its own text, also where the rest of the package leads to it.
func TestMayRunDraft(t *testing.T) {
	src := sourcetest.Head + `type I interface{ m() }
type T struct{}

var hook func(int)

func f(i I) { hook(1); i.m(); g() }
func g() { h() }
func h() { print("h") }
func (T) m() { print("m") }
func set() { hook = func(int) { print("l") } }
`
	pkg := sourcetest.Package(t, src)
	s := edit.Source{File: pkg.Files[0], Src: []byte(src)}
	for _, name := range []string{"h", "m", "l"} {
		at := strings.Index(src, `print("`+name)
		decl := pkg.DeclAt(s.File.FileStart + token.Pos(at))
		d, err := s.Draft(pkg, decl, []byte(src[:at]+"op(); "+src[at:]))
		if err != nil {
			t.Fatal(err)
		}
		q, found := pkg.With(d), false
		for _, part := range q.MayRun(q.DeclAt(q.Types.Scope().Lookup("f").Pos())) {
			found = found || slices.ContainsFunc(part.Code, func(n ast.Node) bool { return code.Within(d.New, n) })
		}
		if !found {
			t.Errorf("the draft of what prints %s may not run", name)
		}
	}
}
