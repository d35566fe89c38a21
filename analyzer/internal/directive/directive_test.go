package directive

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

var rules = []string{"retry-loop", "poll-loop"}

func TestParse(t *testing.T) {
	for _, test := range []struct{ comment, want string }{
		{"//nolint:sharedretry // why", "//nolint:sharedretry; why; retry-loop poll-loop"},
		{"//nolint:errcheck, SharedRetry //why", "//nolint:sharedretry; why; retry-loop poll-loop"},
		{"// nolint:sharedretry // why // not", "//nolint:sharedretry; why // not; retry-loop poll-loop"},
		{"//nolint:sharedretry", "//nolint:sharedretry; ; retry-loop poll-loop"},
		{"//nolint:sharedretry //", "//nolint:sharedretry; ; retry-loop poll-loop"},
		{"//nolint:sharedretry why", "//nolint:sharedretry; ; retry-loop poll-loop"},
		{"//nolint:retry-loop // why", "//nolint:retry-loop; why; "},
		{"//nolint // why", "//nolint; why; retry-loop poll-loop"},
		{"//nolint", "//nolint; ; retry-loop poll-loop"},
		{"//nolint because", "//nolint; because; retry-loop poll-loop"},
		{"//nolint:all // why", "//nolint:all; why; retry-loop poll-loop"},
		{"//nolint:errcheck // sharedretry", ""},
		{"//nolintlint", ""},
		{"// about nolint:sharedretry", ""},
		{"/* nolint:sharedretry */", ""},

		{"//lint:ignore sharedretry why not", "//lint:ignore sharedretry; why not; retry-loop poll-loop"},
		{"//lint:ignore retry-loop why", "//lint:ignore retry-loop; why; retry-loop"},
		{"//lint:ignore sharedretry/Retry-Loop why", "//lint:ignore sharedretry/retry-loop; why; retry-loop"},
		{"//lint:ignore SA1000,poll-loop,retry-loop // why", "//lint:ignore poll-loop,retry-loop; why; retry-loop poll-loop"},
		{"//lint:ignore retry-loop", "//lint:ignore retry-loop; ; retry-loop"},
		{"//lint:ignore sharedretry/retry why", "//lint:ignore sharedretry/retry; why; "},
		{"//lint:ignore * why", "//lint:ignore *; why; retry-loop poll-loop"},
		{"//lint:ignore *-loop why", "//lint:ignore *-loop; why; retry-loop poll-loop"},
		{"//lint:ignore SA* why", ""},
		{"//lint:ignore [ why", ""},
		{"//lint:ignore", ""},
		{"//lint:ignored retry-loop why", ""},
		{"// lint:ignore retry-loop why", ""},
		{"//lint:file-ignore poll-loop why", "//lint:file-ignore poll-loop; why; poll-loop"},
	} {
		got := ""
		if d := parse(&ast.Comment{Text: test.comment}, rules); d != nil {
			var named []string
			for _, r := range rules {
				if d.Names(r) {
					named = append(named, r)
				}
			}
			got = fmt.Sprintf("%v; %s; %s", d, d.Reason, strings.Join(named, " "))
		}
		if got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.comment, got, test.want)
		}
	}
}

// What a directive holds for: each call in it that is named yes is covered,
// each that is named no is not.
func TestScope(t *testing.T) {
	const nolint = "//nolint:sharedretry // why"
	for _, test := range []struct{ name, src string }{
		{"end of the line", "func f() {\n\tno()\n\tyes(); yes() " + nolint + "\n\tno()\n}"},
		{"end of a block's first line", "func f() {\n\tfor yes() { " + nolint + "\n\t\tno()\n\t}\n}"},
		{"line above", "func f() {\n\tno()\n\t" + nolint + "\n\tfor yes() {\n\t\tyes()\n\t}\n\tno()\n}"},
		{"among other comments above", "func f() {\n\tno()\n\t// a\n\t" + nolint + "\n\t// b\n\tyes()\n\tno()\n}"},
		{"blank line between", "func f() {\n\t" + nolint + "\n\n\tno()\n}"},
		{"last in a block", "func f() {\n\tno()\n\t" + nolint + "\n}\n\nfunc g() { no() }"},
		{"label", "func f() {\n\t" + nolint + "\nagain:\n\tfor yes() {\n\t}\n\tgoto again\n}"},
		{"behind a label", "func f() {\nagain:\n\t" + nolint + "\n\tfor yes() {\n\t}\n\tno()\n\tgoto again\n}"},
		{"function", "func e() { no() }\n\n// f is.\n" + nolint + "\nfunc f() {\n\tyes()\n\n\tgo func() { yes() }()\n}\n\nfunc g() { no() }"},
		{"declaration", nolint + "\nvar f = func() {\n\tyes()\n}\n\nvar g = func() { no() }"},
		{"case", "func f() {\n\tswitch {\n\t" + nolint + "\n\tcase true:\n\t\tyes()\n\tdefault:\n\t\tno()\n\t}\n}"},
		{"line directives", "func f() {\n\t" + nolint + "\n\tyes()\n\n//line p.go:4\n\tno()\n}"},
		{"file", "func f() { yes() }\n\n//lint:file-ignore sharedretry why\n\nfunc g() { yes() }"},
	} {
		t.Run(test.name, func(t *testing.T) { checkScope(t, "package p\n\n"+test.src+"\n") })
	}
	t.Run("package clause", func(t *testing.T) { checkScope(t, nolint+"\npackage p\n\nfunc f() { yes() }\n") })
	t.Run("end of the file", func(t *testing.T) { checkScope(t, "package p\n\nfunc f() { no() }\n\n"+nolint) })
	t.Run("syntax error", func(t *testing.T) { checkScope(t, "package p\n\nfunc f() {\n\t"+nolint+"\n\tfor yes() {") })
}

func checkScope(t *testing.T, src string) {
	t.Helper()
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	list := Parse(fset, file, rules)
	if len(list) != 1 {
		t.Fatalf("%d directives, want 1\n%s", len(list), src)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && list[0].Covers(id.Pos(), "retry-loop") != (id.Name == "yes") {
				t.Errorf("%v: %s: covered: %v\n%s", fset.PositionFor(id.Pos(), false), id.Name, id.Name != "yes", src)
			}
		}
		return true
	})
}

// Whatever holds a directive with a name of ours is found at a glance.
func TestIn(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"", false},
		{"f() //nolint:sharedretry // why", true},
		{"f() // nolint:errcheck, SharedRetry", true},
		{"f() //lint:ignore Poll-Loop why\n", true},
		{"//lint:file-ignore sharedretry/x why\r\n", true},
		{"f() //nolint // why\nretry-loop", false},
		{"//lint:ignore SA* why", false},
		{"// the linter\n//nolint:errcheck\nsplint() //nolint:poll-loop", true},
	} {
		if got := In([]byte(test.text), rules); got != test.want {
			t.Errorf("%q: got %v, want %v", test.text, got, test.want)
		}
	}
}
