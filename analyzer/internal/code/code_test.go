package code

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

const prelude = `package p

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"syscall"
	"time"
)

var (
	_ = context.Canceled
	_ = errors.New
	_ = fmt.Errorf
	_ = io.EOF
	_ = math.Pi
	_ = syscall.EINTR
	_ = time.Now
	_ net.Error
	_ http.Handler
)

type reply struct{}

type none struct{}

func (*reply) Error() string { return "" }

func op() error
func hook(f func()) 
func wait(d time.Duration)

`

// A code is a parsed and checked function, the last of a file.
type code struct {
	info *types.Info
	fn   *ast.FuncDecl
	src  string
}

var std = importer.Default() // keeps what it has read

func load(t *testing.T, src string) code {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", prelude+src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	if _, err := (&types.Config{Importer: std, Error: func(error) {}}).Check("p", fset, []*ast.File{file}, info); err != nil && !strings.Contains(err.Error(), "missing function body") {
		t.Fatal(err)
	}
	return code{info, file.Decls[len(file.Decls)-1].(*ast.FuncDecl), prelude + src}
}

func (c code) text(n ast.Node) string { return c.src[n.Pos()-1 : n.End()-1] }

// object returns the variable with a name.
func (c code) object(name string) types.Object {
	for id, obj := range c.info.Defs {
		if id.Name == name && obj != nil {
			return obj
		}
	}
	return nil
}

// expr returns the value of the last statement of a function, `_ = e`.
func (c code) expr() ast.Expr {
	list := c.fn.Body.List
	return list[len(list)-1].(*ast.AssignStmt).Rhs[0]
}

func TestExpressions(t *testing.T) {
	for _, test := range []struct{ expr, is string }{
		{"io.EOF", "sentinel pure repeatable"},
		{"err", "local pure repeatable"},
		{"nil", "nil pure repeatable"},
		{"syscall.EINTR", "sentinel pure repeatable"},
		{"op()", ""},
		{"errors.New(s)", "makes"},
		{"fmt.Errorf(s)", "makes"},
		{"len(s)", "pure repeatable"},
		{"time.Duration(n) * time.Second", "pure repeatable"},
		{"math.Pow(2, float64(n))", "pure repeatable"},
		{"time.Now()", "pure repeatable"},
		{"<-ch", "repeatable"},
		{"&n", "repeatable"},
		{"func() {}", ""},
	} {
		c := load(t, "func f(err error, s string, n int, ch chan int) {\n\tvar _ any = "+test.expr+"\n\tvar x any\n\tx = "+test.expr+"\n\t_ = x\n}")
		e := c.fn.Body.List[2].(*ast.AssignStmt).Rhs[0]
		var is []string
		add := func(name string, holds bool) {
			if holds {
				is = append(is, name)
			}
		}
		add("nil", IsNil(c.info, e))
		add("sentinel", IsSentinel(c.info, e))
		add("local", Local(c.info, e) != nil)
		if call, ok := e.(*ast.CallExpr); ok {
			add("makes", MakesError(Callee(c.info, call)))
		}
		add("pure", Pure(c.info, e))
		add("repeatable", Repeatable(c.info, e))
		if got := strings.Join(is, " "); got != test.is {
			t.Errorf("%s: got %q, want %q", test.expr, got, test.is)
		}
	}
}

func TestOnlyCalls(t *testing.T) {
	for expr, want := range map[string]bool{
		"n + len(s)": true, "float64(n)": true, "op()": true, "op() != nil && n > 1": true,
		"<-ch": false, "fmt.Errorf(s)": false, "func() {}": false,
	} {
		c := load(t, "func f(n int, s string, ch chan int) { _ = "+expr+" }\n")
		without := func(call *ast.CallExpr) bool { return len(call.Args) == 0 }
		if got := OnlyCalls(c.info, c.expr(), without); got != want {
			t.Errorf("%s: %v", expr, got)
		}
	}
}

func TestTypes(t *testing.T) {
	for _, test := range []struct{ typ, is string }{
		{"error", "error reply"},
		{"net.Error", "reply"},
		{"*reply", "reply pointer"},
		{"*http.Response", "reply pointer"},
		{"http.Header", "reply map"},
		{"bool", "bool"},
		{"context.Context", "context"},
		{"*time.Timer", "timer pointer"},
		{"<-chan struct{}", "stop"},
		{"chan<- struct{}", ""},
		{"chan int", ""},
		{"chan none", ""},
		{"map[string]int", "map"},
	} {
		c := load(t, "func f(x "+test.typ+") {\n\t_ = x\n}")
		typ := c.info.TypeOf(c.expr())
		var is []string
		for _, q := range []struct {
			name string
			ask  func(types.Type) bool
		}{
			{"error", IsError}, {"reply", IsReply}, {"bool", IsBool}, {"context", IsContext}, {"timer", IsTimer}, {"stop", IsStopChan},
			{"map", IsMap}, {"pointer", IsPointer},
		} {
			if q.ask(typ) {
				is = append(is, q.name)
			}
		}
		if got := strings.Join(is, " "); got != test.is {
			t.Errorf("%s: got %q, want %q", test.typ, got, test.is)
		}
	}
	if IsError(nil) || IsBool(nil) || IsReply(nil) || IsMap(nil) || IsContext(nil) {
		t.Error("no type is one")
	}
}

// The compiler asks for a return where a list of statements is not terminating.
func TestTerminating(t *testing.T) {
	for _, body := range []string{
		"return 1", "panic(1)", "n++", "if n > 0 {\n\treturn 1\n}", "if n > 0 {\n\treturn 1\n} else {\n\treturn 2\n}",
		"for {\n}", "for {\n\tif n > 0 {\n\t\tbreak\n\t}\n}", "for n > 0 {\n}", "{\n\treturn 1\n}",
		"switch n {\ncase 1:\n\treturn 1\n}", "switch n {\ncase 1:\n\treturn 1\ndefault:\n\tpanic(1)\n}",
		"switch n {\ncase 1:\n\tfallthrough\ndefault:\n\treturn 1\n}", "switch n {\ncase 1:\n\tbreak\ndefault:\n\treturn 1\n}",
		"select {}", "select {\ncase <-ch:\n\treturn 1\n}", "select {\ncase <-ch:\n}", "L:\n\tn++\n\tgoto L",
	} {
		src := "package p\nfunc f(n int, ch chan int) int {\n" + body + "\n}"
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		_, err = (&types.Config{}).Check("p", fset, []*ast.File{file}, nil)
		want := err == nil
		if got := Terminating(file.Decls[0].(*ast.FuncDecl).Body.List); got != want {
			t.Errorf("%s: got %v, want %v", body, got, want)
		}
	}
}

func TestEnds(t *testing.T) {
	for _, test := range []struct{ body, is string }{
		{"return", "leaves"},
		{"panic(1)", "leaves panics"},
		{"for {\n\tcontinue\n}", ""},
		{"switch {\ncase true:\n\tbreak\n}", ""},
		{"n++", ""},
	} {
		c := load(t, "func f(n int) {\n"+test.body+"\n}")
		list := c.fn.Body.List
		var is []string
		if EndsInReturn(list) {
			is = append(is, "leaves")
		}
		if Panics(list) {
			is = append(is, "panics")
		}
		if Breaks(list) || EndsPass(list) || FallsThrough(list) {
			is = append(is, "jumps")
		}
		if got := strings.Join(is, " "); got != test.is {
			t.Errorf("%s: got %q, want %q", test.body, got, test.is)
		}
	}
	c := load(t, "func f(n int) {\n\tfor {\n\t\tswitch n {\n\t\tcase 1:\n\t\t\tfallthrough\n\t\tcase 2:\n\t\t\tbreak\n\t\t}\n\t\tcontinue\n\t}\n}")
	body := c.fn.Body.List[0].(*ast.ForStmt).Body.List
	cases := body[0].(*ast.SwitchStmt).Body.List
	if !FallsThrough(cases[0].(*ast.CaseClause).Body) || !Breaks(cases[1].(*ast.CaseClause).Body) || Breaks(body) || !EndsPass(body) {
		t.Error("jumps are not seen")
	}
}

func TestVariables(t *testing.T) {
	for _, test := range []struct {
		stmt                       string
		writes, mentions, isShared bool
		given                      string
	}{
		{"v = 2", true, true, false, "2"},
		{"v, w = 2, 3", true, true, false, "2"},
		{"v, err = two()", true, true, false, ""},
		{"v++", true, true, false, ""},
		{"v += 2", true, true, false, ""},
		{"for v = range 3 {\n}", true, true, false, ""},
		{"p = &v", true, true, true, ""},
		{"hook(func() { w = v })", false, true, true, ""},
		{"w = v", false, true, false, ""},
		{"w = 2", false, false, false, ""},
	} {
		c := load(t, "func f(v, w int, p *int, err error, two func() (int, error)) {\n\t"+test.stmt+"\n}")
		s, v := c.fn.Body.List[0], c.object("v")
		given := ""
		if e := ValueGiven(c.info, s, v); e != nil {
			given = c.text(e)
		}
		if Writes(c.info, s, v) != test.writes || Mentions(c.info, s, v) != test.mentions || Shared(c.info, s, v) != test.isShared || given != test.given {
			t.Errorf("%s: writes %v, mentions %v, shared %v, given %q", test.stmt, Writes(c.info, s, v), Mentions(c.info, s, v), Shared(c.info, s, v), given)
		}
	}
}

func TestDeclaresUsed(t *testing.T) {
	for after, want := range map[string]bool{"w++": false, "v++": true, "u++": true, "w = 1": false} {
		c := load(t, "func f(w int) {\n\tv := 1\n\tvar u int\n\t_, _ = u, v\n\t"+after+"\n}")
		list := c.fn.Body.List
		if got := DeclaresUsed(list[:2], list[3:]); got != want {
			t.Errorf("%s: got %v, want %v", after, got, want)
		}
	}
}

func TestComm(t *testing.T) {
	for _, test := range []struct{ comm, channel, ctx string }{
		{"<-ctx.Done()", "ctx.Done()", "ctx"},
		{"<-s.Done()", "s.Done()", "s"},
		{"<-stop", "stop", ""},
		{"x = <-stop", "", ""},
	} {
		c := load(t, "func f(ctx context.Context, s struct{ context.Context }, stop chan int, x int) {\n\t"+test.comm+"\n}")
		text := func(e ast.Expr) string {
			if e == nil {
				return ""
			}
			return c.text(e)
		}
		s := c.fn.Body.List[0]
		if got := text(Received(s)); got != test.channel {
			t.Errorf("%s: received from %q", test.comm, got)
		}
		if test.channel == "" {
			continue
		}
		if got := text(DoneOf(c.info, s)); got != test.ctx {
			t.Errorf("%s: done of %q", test.comm, got)
		}
	}
}

// waits returns the calls of wait.
func (c code) waits() map[ast.Node]bool {
	waits := make(map[ast.Node]bool)
	ast.Inspect(c.fn.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.ExprStmt); ok && strings.HasPrefix(c.text(s), "wait(") {
			waits[s] = true
		}
		return true
	})
	return waits
}

func TestDead(t *testing.T) {
	for _, test := range []struct{ name, body, dead string }{
		{"what computes the delay", "d := time.Second\nfor {\n\tif op() == nil {\n\t\treturn\n\t}\n\twait(d)\n\td *= 2\n}", "d := time.Second; d *= 2"},
		{"what something else reads stays", "d := time.Second\nfor {\n\tif op() == nil {\n\t\treturn\n\t}\n\twait(d)\n\tfmt.Println(d)\n}", ""},
		{"what only the count reads", "n := 0\nfor {\n\top()\n\tn++\n\twait(time.Duration(n))\n}", "n := 0; n++"},
		{"a result stays", "n := 0\nfor {\n\top()\n\tn++\n\ttotal++\n\twait(time.Duration(n + total))\n}", "n := 0; n++"},
		{"what nothing that goes has read stays", "n := 0\nop()\nn = n + 1\nwait(time.Second)", ""},
		{"what has effects stays", "d := time.Second\nif op() == nil {\n\td = 0\n}\nwait(d)", "d := time.Second"},
		{"a condition without effects goes", "op()\nn, d := 1, time.Second\nif n > 2 {\n\td = 0\n}\nwait(d)", "n, d := 1, time.Second; if n > 2 {\n\td = 0\n}"},
	} {
		c := load(t, "func f() (total int) {\n"+test.body+"\nreturn\n}")
		removed := c.waits()
		var got []string
		for _, s := range InOrder(Dead(c.info, c.fn, removed, nil, nil)) {
			if _, ok := s.(*ast.BlockStmt); !ok {
				got = append(got, c.text(s))
			}
		}
		if text := strings.Join(got, "; "); text != test.dead {
			t.Errorf("%s: got %q, want %q", test.name, text, test.dead)
		}
	}
}

// Groups of declarations lose what nothing needs any more.
func TestDeadSpecs(t *testing.T) {
	for _, test := range []struct{ name, body, dead string }{
		{"a variable", "var (\n\terr error\n\td = time.Second\n)\nerr = op()\nwait(d)\nfmt.Println(err)", "d = time.Second"},
		{"one that is read elsewhere", "var (\n\terr error\n\td = time.Second\n)\nerr = op()\nwait(d)\nfmt.Println(err, d)", ""},
		{"one with effects", "var (\n\terr error\n\td = time.Duration(len(op().Error()))\n)\nerr = op()\nwait(d)\nfmt.Println(err)", ""},
		{"a constant", "const (\n\tn = 3\n\td = time.Second\n)\nwait(d)\nfmt.Println(n)", "d = time.Second"},
		{"one that others repeat", "const (\n\td = iota\n\tn\n)\nwait(d)\nfmt.Println(n)", ""},
		{"one in front of a number", "const (\n\td = time.Second\n\tn = iota\n)\nwait(d)\nfmt.Println(n)", ""},
		{"all of them", "var (\n\td = time.Second\n\te = time.Second\n)\nwait(d + e)", "d = time.Seconde = time.Second"},
		{"a declaration by itself", "var d = time.Second\nwait(d)", ""},
	} {
		c := load(t, "func f() {\n"+test.body+"\n}")
		removed := c.waits()
		got := ""
		for _, spec := range DeadSpecs(c.info, c.fn, removed, nil) {
			got += c.text(spec)
		}
		if got != test.dead {
			t.Errorf("%s: got %q, want %q", test.name, got, test.dead)
		}
	}
}

func TestLists(t *testing.T) {
	c := load(t, "func f(n int) {\n\tn = 1\n\tif n > 0 {\n\t\tn = 2\n\t\tn = 3\n\t}\n\thook(func() {\n\t\tn = 4\n\t})\n\tswitch n {\n\tcase 1:\n\t\tn = 5\n\t}\n}")
	var sizes []int
	EachList(c.fn.Body, func(list []ast.Stmt) { sizes = append(sizes, len(list)) })
	if want := []int{4, 2, 1}; !slices.Equal(sizes, want) {
		t.Errorf("got lists of %v statements, want %v", sizes, want)
	}
	if got := Statements(c.fn.Body); got != 8 {
		t.Errorf("got %d statements, want 8", got)
	}
	nodes := map[ast.Stmt]bool{}
	for _, s := range c.fn.Body.List {
		nodes[s] = true
	}
	if got := InOrder(nodes); !slices.Equal(got, c.fn.Body.List) {
		t.Error("not in the order of the source")
	}
	if !Within(c.fn.Body, c.fn.Body.List[1]) || Within(c.fn.Body.List[1], c.fn.Body.List[2]) {
		t.Error("within is wrong")
	}
}

func TestComparisons(t *testing.T) {
	c := load(t, "func f(n int, b bool) {\n\t_ = n > 1 && (n == 2 || b) && n+1 < 3\n}")
	var got []string
	for _, cmp := range Comparisons(c.expr()) {
		got = append(got, c.text(cmp))
	}
	if text := strings.Join(got, "; "); text != "n > 1; n == 2; n+1 < 3" {
		t.Errorf("got %s", text)
	}
}
