package source_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// Which functions may run when f does.
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
		{"groups that lead to each other", "type I interface{ g() }\nvar hook func(int)\nfunc f() { hook(1) }\nfunc a(i I) { hook = func(int) { i.g() } }\ntype T struct{}\nfunc (T) g() { hook(2); h() }\nfunc h() {}", "a f g h"},
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+test.src+"\n")
		f := pkg.Types.Scope().Lookup("f")
		var got []string
		for _, part := range pkg.MayRun(pkg.DeclAt(f.Pos())) {
			for _, n := range part.Code {
				got = append(got, pkg.DeclAt(n.Pos()).(*ast.FuncDecl).Name.Name)
			}
		}
		slices.Sort(got)
		if got := strings.Join(slices.Compact(got), " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
