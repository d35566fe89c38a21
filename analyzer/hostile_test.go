//go:build unix

package analyzer_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
)

type hostileKind struct {
	name string
	n    int // that the test begins with
	src  func(n int) string
}

// hostile are kinds of code that make a careless analysis take more than linear
// time. Each is written for a number that its size grows with. Of what takes go/types
// and go/ast long by themselves, such as types in types, the number is small.
var hostile = []hostileKind{
	{"loops in a function", 60, func(n int) string {
		return "func f() error {\n\tvar err error\n" + repeat(n, loopOnce+"\tif err != nil {\n\t\treturn err\n\t}\n") + "\treturn nil\n}\n"
	}},
	{"loops in a row", 60, func(n int) string {
		return "func f() (err error) {\n" + repeat(n, loopOnce) + "\treturn err\n}\n"
	}},
	{"functions", 150, func(n int) string {
		return repeat(n, "func f%d() (err error) {\n"+loopOnce+"\treturn err\n}\n\n")
	}},
	{"functions without an end", 150, func(n int) string {
		return repeat(n, "func f%d() {\n\tfor op() != nil {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n\n")
	}},
	{"recursive functions", 60, func(n int) string {
		return repeat(n, "func f%[1]d(left int) error {\n\terr := op()\n\tif err == nil || left == 0 {\n\t\treturn err\n\t}\n\ttime.Sleep(time.Second)\n\treturn f%[1]d(left - 1)\n}\n\n")
	}},
	{"methods of generic types", 60, func(n int) string {
		return "type box[T any] struct{ v T }\n\n" + repeat(n, "func (b *box[T]) f%d() (err error) {\n"+loopOnce+"\treturn err\n}\n\n")
	}},
	{"gotos", 80, func(n int) string {
		return "func f() {\n" + repeat(n, "l%[1]d:\n\tif op() != nil {\n\t\ttime.Sleep(time.Second)\n\t\tgoto l%[1]d\n\t}\n") + "}\n"
	}},
	{"gotos of a tangle", 60, func(n int) string {
		return "func f() error {\n" + repeat(n, "l%d:\n\tif op() == nil {\n\t\treturn nil\n\t}\n\ttime.Sleep(time.Second)\n") +
			repeat(n, "\tif op() != nil {\n\t\tgoto l%d\n\t}\n") + "\treturn nil\n}\n"
	}},
	{"functions with gotos", 60, func(n int) string {
		return repeat(n, "func f%d() error {\nagain:\n\terr := op()\n\tif err != nil {\n\t\ttime.Sleep(time.Second)\n\t\tgoto again\n\t}\n\treturn err\n}\n\n")
	}},
	{"mutual calls", 12, func(n int) string {
		return repeat(n, "func f%d(err error) error {\n\tif err == nil {\n\t\treturn nil\n\t}\n\ttime.Sleep(time.Second)\n"+
			escape(repeat(n, "\tif err := f%d(err); err != nil {\n\t\treturn err\n\t}\n"))+"\treturn nil\n}\n\n")
	}},
	{"mutual calls that tell by a bool", 12, func(n int) string {
		return repeat(n, "func f%d() bool {\n"+escape(repeat(n, "\tif !f%d() {\n\t\ttime.Sleep(time.Second)\n\t}\n"))+"\treturn op() == nil\n}\n\n")
	}},
	{"calls by func values", 60, func(n int) string {
		return "var tries int\n\nvar hooks []func(int) error\n\n" +
			repeat(n, "func f%[1]d() (err error) {\n\tfor i := 0; i < tries; i++ {\n\t\tif err = hooks[i](%[1]d); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\n") +
			"func init() {\n\ttries = 3\n" + repeat(n, "\thooks = append(hooks, func(int) error { return f%d() })\n") + "}\n"
	}},
	{"branches", 100, func(n int) string {
		return "func f(c []bool) error {\n\tfor {\n\t\ta := 0\n\t\terr := op()\n" + repeat(n, "\t\tif c[%[1]d] {\n\t\t\ta += %[1]d\n\t\t}\n") +
			"\t\tif err == nil && a > 0 {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n}\n"
	}},
	{"branches behind a delay", 60, func(n int) string {
		return "func f(x []bool) {\n\tfor {\n\t\ttime.Sleep(time.Second)\n\t\tif op() == nil {\n\t\t\treturn\n\t\t}\n" + repeat(n, "\t\tif x[%[1]d] {\n\t\t\tprintln(%[1]d)\n\t\t}\n") + "\t}\n}\n"
	}},
	{"error variables", 100, func(n int) string {
		return "func f() error {\n\tfor {\n" + repeat(n, "\t\terr%d := op()\n") + "\t\tif true" + repeat(n, " && err%d == nil") +
			" {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n}\n"
	}},
	{"variables of a pass", 1000, func(n int) string {
		return "func f() error {\n\tfor {\n" + repeat(n, "\t\tx%[1]d := op()\n\t\t_ = x%[1]d\n") + "\t\tif op() == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n}\n"
	}},
	{"error variables and delays", 40, func(n int) string {
		return "func f() error {\n\tfor {\n" + repeat(n, "\t\terr%d := op()\n") + repeat(n, "\t\tif err%d != nil {\n\t\t\ttime.Sleep(time.Second)\n\t\t}\n") +
			"\t\tif err0 == nil {\n\t\t\treturn nil\n\t\t}\n\t}\n}\n"
	}},
	{"operations with their delays", 40, func(n int) string {
		return "func f() error {\n\tfor {\n" + repeat(n, "\t\tif err := op(%d); err != nil {\n\t\t\ttime.Sleep(time.Second)\n\t\t\tcontinue\n\t\t}\n") +
			"\t\treturn nil\n\t}\n}\n"
	}},
	{"loops in loops", 240, func(n int) string {
		return "func f() {\n" + repeat(n, "for {\n") + repeat(n, "if op(%d) == nil {\nbreak\n}\ntime.Sleep(time.Second)\n}\n") + "}\n"
	}},
	{"literals in literals", 30, func(n int) string {
		return "func f() error {\n" + repeat(n, "return func() error {\n") + "var err error\n" + loopOnce + "return err\n" + repeat(n, "}()\n") + "}\n"
	}},
	{"a chain of waiting functions", 100, func(n int) string {
		return "func w0() { time.Sleep(time.Second) }\n" + repeat(n, "func w1%[1]d() { w%[1]d() }\n\nfunc g%[1]d() {\n\tfor op() != nil {\n\t\tw%[1]d()\n\t}\n}\n\n")
	}},
	{"a growing delay with many steps", 400, func(n int) string {
		return "func f() error {\n\td := time.Second\n\tfor i := range 5 {\n\t\tif op() == nil {\n\t\t\treturn nil\n\t\t}\n" +
			repeat(n, "\t\tif i == %d {\n\t\t\td *= 2\n\t\t}\n") + "\t\ttime.Sleep(d)\n\t}\n\treturn nil\n}\n"
	}},
	{"cases", 200, func(n int) string {
		return "func f() error {\n\tfor {\n\t\terr := op()\n\t\tswitch err {\n\t\tcase nil:\n\t\t\treturn nil\n" +
			repeat(n, "\t\tcase errs[%[1]d]:\n\t\t\ttime.Sleep(%[1]d * time.Second)\n") + "\t\t}\n\t}\n}\n\nvar errs []error\n"
	}},
	{"loops with comments", 60, func(n int) string {
		return repeat(n, "// f%[1]d tries again.\nfunc f%[1]d() (err error) {\n\t// Try five times.\n\tfor range 5 {\n\t\tif err = op(); err == nil { // done\n\t\t\tbreak\n\t\t}\n\t\t// Wait a second.\n\t\ttime.Sleep(time.Second) // not less\n\t}\n\treturn err // the last one\n}\n\n")
	}},
	{"functions that tell delays", 60, func(n int) string {
		return repeat(n, "func delay%[1]d(n int) time.Duration { return time.Duration(n) * time.Second }\n\nfunc f%[1]d() (err error) {\n\tfor i := range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(delay%[1]d(i + 1))\n\t}\n\treturn err\n}\n\n")
	}},
	{"a bound of all loops", 60, func(n int) string {
		return "var most = 3\n\n" + repeat(n, "func f%d() (err error) {\n\tfor i := 0; i < most; i++ {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\n")
	}},
	{"a setting of all loops", 60, func(n int) string {
		return "type config struct {\n\tmost  int\n\tpause time.Duration // between two attempts\n}\n\n" + repeat(n, "func (c *config) f%d() (err error) {\n\tfor i := 0; i < c.most; i++ {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(c.pause)\n\t}\n\treturn err\n}\n\n")
	}},
	{"literals of a variable", 60, func(n int) string {
		return "var all = []func() error{\n" + repeat(n, "\tfunc() (err error) {\n"+loopOnce+"\treturn err\n\t},\n") + "}\n"
	}},
	{"variables of a group", 60, func(n int) string {
		return "var (\n" + repeat(n, "\tf%d = func() (err error) {\n"+loopOnce+"\treturn err\n\t}\n") + ")\n"
	}},
	{"parentheses", 400, func(n int) string {
		return "func f() (err error) {\n\tfor range 5 {\n\t\tif err = " + repeat(n, "(") + "op()" + repeat(n, ")") + "; err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(" + repeat(n, "(") + "time.Second" + repeat(n, ")") + ")\n\t}\n\treturn err\n}\n"
	}},
	{"blocks", 1000, func(n int) string {
		return "func f() (err error) {\n\tfor range 5 {\n" + repeat(n, "{") + "if err = op(); err == nil { return nil }" + repeat(n, "}\n") + "\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"blocks around a loop", 1000, func(n int) string {
		return "func f() (err error) {\n" + repeat(n, "{\n") + loopOnce + repeat(n, "}\n") + "\treturn err\n}\n"
	}},
	{"blocks that compute", 200, func(n int) string {
		return "func f() (err error) {\n\td := time.Second\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(d)\n" + repeat(n, "{\n") + "d *= 2\n" + repeat(n, "}\n") + "\t}\n\treturn err\n}\n"
	}},
	{"conditions around each other", 2000, func(n int) string {
		return "func f(b bool) (err error) {\n\td := time.Second\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(d)\n" + repeat(n, "if b {\n") + "d *= 2\n" + repeat(n, "}\n") + "\t}\n\treturn err\n}\n"
	}},
	{"else after else", 60, func(n int) string {
		return "func f(a int) (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tif a == 0 {\n\t\t}" + repeat(n, " else if a == %d {\n\t\t\tprintln()\n\t\t}") + "\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"calls in calls", 200, func(n int) string {
		return "func same(err error) error { return err }\n\nfunc f() (err error) {\n\tfor range 5 {\n\t\tif err = " + repeat(n, "same(") + "op()" + repeat(n, ")") + "; err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"switches in switches", 200, func(n int) string {
		return "func f() (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n" + repeat(n, "switch {\ncase true:\n") + "time.Sleep(time.Second)\n" + repeat(n, "}\n") + "\t}\n\treturn err\n}\n"
	}},
	{"literals of literals", 200, func(n int) string {
		return "type t []t\n\nfunc f() (err error) {\n\tfor range 5 {\n\t\tif err = op(len(t{" + repeat(n, "{") + repeat(n, "}") + "})); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"methods of a type", 2500, func(n int) string {
		return "type t struct{}\n\n" + repeat(n, "func (t) m%d() error { return nil }\n\n") + "func f(x t) (err error) {\n\tfor range 5 {\n\t\tif err = x.m0(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"types in a cycle", 1000, func(n int) string {
		return "type t0 struct{ op func(*t0) error }\n\n" + repeat(n, "type t1%[1]d struct {\n\tnext *t1%[1]d\n\tother func(*t0) *t1%[1]d\n}\n\n") + "func f(x *t0) (err error) {\n\tfor range 5 {\n\t\tif err = x.op(nil); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"generic types in each other", 6, func(n int) string {
		const levels = 20
		return "type g[T any] struct{ v T }\n\nfunc (g[T]) op() error { return nil }\n\n" + repeat(n, "func f%d(x "+repeat(levels, "g[")+"int"+repeat(levels, "]")+") (err error) {\n\tfor range 5 {\n\t\tif err = x.op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\n")
	}},
	{"functions in a line", 60, func(n int) string {
		return repeat(n, "func f%d() (err error) { "+strings.NewReplacer("\n", "; ", "{\n", "{ ", "\t", "").Replace(loopOnce)+"return err }; ") + "\n"
	}},
	{"conditions", 1000, func(n int) string {
		return "func f(a []bool) (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil" + repeat(n, " || a[%d]") + " {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"conditions in conditions", 500, func(n int) string {
		return "func f(a []bool) (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\treturn nil\n\t\t}\n\t\tif " + repeat(n, "((") + "err == errs[0]" + repeat(n, " || a[%[1]d]) && a[%[1]d])") + " {\n\t\t\treturn err\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\nvar errs []error\n"
	}},
	{"a chain of calls", 1000, func(n int) string {
		return "type t struct{}\n\nfunc (x t) a() t { return x }\n\nfunc (t) do() error { return nil }\n\nfunc f(x t) (err error) {\n\tfor range 5 {\n\t\tif err = x" + repeat(n, ".a()") + ".do(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"a sum of delays", 1000, func(n int) string {
		return "func f(d time.Duration) (err error) {\n\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(d" + repeat(n, "+d") + ")\n\t}\n\treturn err\n}\n"
	}},
	{"statements of a pass", 200, func(n int) string {
		return "func f() (err error) {\n\tfor range 5 {\n" + repeat(n, "\t\tprintln(%d)\n") + "\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"variables before a loop", 1000, func(n int) string {
		return "func f() (err error) {\n" + repeat(n, "\td%d := time.Second\n") + "\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n" + repeat(n, "\t\td%d *= 2\n") + "\t\ttime.Sleep(d0" + repeat(n, "+d%d") + ")\n\t}\n\treturn err\n}\n"
	}},
	{"methods of interfaces", 40, func(n int) string {
		return "type i interface {\n" + repeat(n, "\tm%d() error\n") + "}\n\ntype t struct{}\n\n" + repeat(n, "func (t) m%d() error { return nil }\n\n") + repeat(n, "func f%[1]d(x i) (err error) {\n\tfor range 5 {\n\t\tif err = x.m%[1]d(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n\n")
	}},
	{"instances", 40, func(n int) string {
		return "func g[T any](op func() (T, error)) (v T, err error) {\n\tfor range 5 {\n\t\tif v, err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn v, err\n}\n\n" + repeat(n, "type t%[1]d struct{}\n\nfunc f%[1]d() error {\n\t_, err := g(func() (t%[1]d, error) { return t%[1]d{}, op() })\n\treturn err\n}\n\n")
	}},
	{"a log of all numbers", 100, func(n int) string {
		return "func f() (err error) {\n\tfor i := range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\tprintln(i" + repeat(n, ", i+%d") + ")\n\t\ttime.Sleep(time.Second)\n\t}\n\treturn err\n}\n"
	}},
	{"suppressed loops", 100, func(n int) string {
		return repeat(n, "func f%d() (err error) {\n\t//nolint:sharedretry // a reason\n"+loopOnce+"\treturn err\n}\n\n")
	}},
}

const loopOnce = "\tfor range 5 {\n\t\tif err = op(); err == nil {\n\t\t\tbreak\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n"

// repeat returns n times format, each with its number.
func repeat(n int, format string) string {
	var s strings.Builder
	for i := range n {
		if strings.Contains(format, "%") {
			fmt.Fprintf(&s, format, i)
		} else {
			s.WriteString(format)
		}
	}
	return s.String()
}

// inside has, of kinds that are one function with one loop, how large that is where there
// are many: large enough to be hard, and not so large that it is given up.
var inside = map[string]int{
	"branches":                        10,
	"branches behind a delay":         20,
	"error variables":                 20,
	"variables of a pass":             50,
	"error variables and delays":      4,
	"operations with their delays":    8,
	"literals in literals":            6,
	"a growing delay with many steps": 20,
	"cases":                           50,
	"parentheses":                     100,
	"blocks":                          250,
	"blocks that compute":             100,
	"conditions around each other":    100,
	"else after else":                 100,
	"calls in calls":                  100,
	"switches in switches":            50,
	"literals of literals":            100,
	"conditions":                      100,
	"conditions in conditions":        60,
	"a chain of calls":                100,
	"a sum of delays":                 60,
	"statements of a pass":            60,
	"variables before a loop":         50,
	"a log of all numbers":            50,
}

// many returns the kind of code that has n functions of h, each of the size in inside.
func (h hostileKind) many() hostileKind {
	const functions = 6
	one, rest := h.src(inside[h.name]), ""
	if i := strings.LastIndex(one, "\n\n"); i > strings.Index(one, "func f(") {
		one, rest = one[:i+1], one[i+1:] // what stands behind the function
	}
	above, function, _ := strings.Cut(one, "func f(")
	return hostileKind{h.name + ", many times", functions, func(n int) string {
		return above + repeat(n, "func f%d("+escape(function)+"\n") + rest
	}}
}

// escape returns s for a format.
func escape(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// allHostile returns all kinds, and those of inside once more. What is in one loop is
// bounded; what that bound comes to is multiplied by the number of loops.
func allHostile() []hostileKind {
	list := slices.Clone(hostile)
	for _, h := range hostile {
		if inside[h.name] > 0 {
			list = append(list, h.many())
		}
	}
	return list
}

// hostileSource returns a file of the kind.
func hostileSource(body string) string {
	return "package m\n\nimport \"time\"\n\nfunc op(...int) error { return nil }\n\n" + body
}

// A hostileRun does work on one file, again and again.
type hostileRun struct {
	analyse func() // with fixes
	walk    func() // what is linear for certain: a look at each node, at what is known of its type, and a note of it
}

// hostilePass returns the runs over a file.
func hostilePass(t testing.TB, dir, src string) hostileRun {
	t.Helper()
	fset := token.NewFileSet()
	name := dir + "/m.go"
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(analyzer.Options{Rules: []string{"all"}, Helper: "all", Helpers: keepers, Config: analyzer.NoConfig})
	var diags []analysis.Diagnostic
	pass := newPass(a, fset, []*ast.File{file}, &diags)
	pass.ReadFile = func(string) ([]byte, error) { return []byte(src), nil }
	run := hostileRun{
		analyse: func() {
			if _, err := a.Run(pass); err != nil {
				t.Fatal(err)
			}
		},
		walk: func() {
			type known struct {
				node     ast.Node
				of       types.TypeAndValue
				from, to int // in the order of the walk
			}
			var open []*known
			all := make(map[ast.Node]*known)
			ast.Inspect(file, func(n ast.Node) bool {
				if n == nil {
					open[len(open)-1].to = len(all)
					open = open[:len(open)-1]
					return true
				}
				k := &known{node: n, from: len(all)}
				if e, ok := n.(ast.Expr); ok {
					k.of = pass.TypesInfo.Types[e]
				}
				open = append(open, k)
				all[n] = k
				return true
			})
		},
	}
	return run
}

// cpuTime returns how much time the process has used: what other processes take
// does not count.
func cpuTime(t testing.TB) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// maxRatio is how many times longer code of four times the size may take. A quarter is for
// what machines do with more memory; what is quadratic takes sixteen times as long.
const maxRatio = 5

var timings = flag.Bool("timings", false, "TestHostile: measure how time grows with the size of code")

// TestHostile fails where the time of a kind of code grows faster than its size. Of what
// takes little time there is four times as much, until that shows something.
func TestHostile(t *testing.T) {
	if !*timings {
		t.Skip("measures only with -timings, on a machine that does nothing else")
	}
	dir := t.TempDir()
	writeShapes(t, dir)
	withoutCollector(t)
	for _, h := range allHostile() {
		t.Run(h.name, func(t *testing.T) {
			const little, many = 100 * time.Millisecond, 1 << 12
			for took := time.Duration(0); took <= little && 4*h.n <= many; h.n *= 4 {
				small, large, size := h.sized(t, dir, 4)
				took = small.grows(t, large, size)
				t.Logf("%d: %v", 4*h.n, took)
			}
		})
	}
}

// grows fails the test if large, which has so many times the size of run, takes longer by
// more than is allowed, and returns how long that takes. What no longer fits the caches of
// the machine takes longer than its size says, and the more so the busier they are: so much
// as a walk does is allowed for that, but never twice, so that nothing quadratic passes.
func (run hostileRun) grows(t *testing.T, large hostileRun, size float64) time.Duration {
	t.Helper()
	var said []string
	var work, walk growth
	for range 3 { // what else the machine does is noise, which does not come each time
		work.measure(t, run.analyse, large.analyse)
		if work.ratio(size) <= maxRatio {
			return work.many
		}
		walk.measure(t, run.walk, large.walk)
		if slower := min(max(walk.ratio(size)/4, 1), 2); work.ratio(size) <= maxRatio*slower {
			return work.many
		}
		said = append(said, fmt.Sprintf("%v, and %v for %.1f times the size: %.1f times for four times, where a walk takes %.1f",
			work.one, work.many, size, work.ratio(size), walk.ratio(size)))
	}
	t.Error(strings.Join(said, "\n"))
	return time.Hour
}

// withoutCollector keeps the collector of garbage out of what is measured: how often it
// runs, and how much it finds, jumps with the size of the code. Memory has a bound all the
// same.
func withoutCollector(t testing.TB) {
	t.Helper()
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(1<<30)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
}

// BenchmarkHostile prints, for each kind, the time for n and how it grows to 2n and
// 4n; where the size grows faster than n, as it would if that did not.
func BenchmarkHostile(b *testing.B) {
	dir := b.TempDir()
	writeShapes(b, dir)
	withoutCollector(b)
	for _, h := range allHostile() {
		b.Run(h.name, func(b *testing.B) {
			for b.Loop() {
				for _, factor := range []int{2, 4} {
					small, large, size := h.sized(b, dir, factor)
					var g growth
					g.measure(b, small.analyse, large.analyse)
					b.ReportMetric(float64(g.one.Microseconds())/1000, "ms/n")
					b.ReportMetric(float64(g.many.Microseconds())/1000, fmt.Sprintf("ms/%dn", factor))
					b.ReportMetric(g.ratio(size)*float64(factor)/4, fmt.Sprintf("x/%dn", factor))
				}
			}
		})
	}
}

// sized returns the runs for n and factor*n, and how many times larger that is.
func (h hostileKind) sized(t testing.TB, dir string, factor int) (small, large hostileRun, size float64) {
	t.Helper()
	a, b := hostileSource(h.src(h.n)), hostileSource(h.src(factor*h.n))
	return hostilePass(t, dir, a), hostilePass(t, dir, b), float64(len(b)) / float64(len(a))
}

// A growth is the shortest time of a small run, and that of a large one; 0 before any is
// measured.
type growth struct{ one, many time.Duration }

// measure measures both as often, one behind the other: what slows the machine down slows
// both, and spares both as often.
func (g *growth) measure(t testing.TB, small, large func()) {
	t.Helper()
	many, one := timed(t, large), timed(t, small)
	if g.one == 0 {
		*g = growth{one, many}
	}
	*g = growth{min(g.one, one), min(g.many, many)}
}

// ratio returns how many times longer what is four times as large takes, where large is so
// many times as large as small.
func (g growth) ratio(size float64) float64 { return float64(g.many) / float64(g.one) * 4 / size }

// The clock of the process is too coarse for less than coarse.
const (
	coarse = 20 * time.Millisecond
	rounds = 4
)

// timed returns how long run takes in the best of some rounds. The memory and the stack
// that it takes are there from the beginning.
func timed(t testing.TB, run func()) (best time.Duration) {
	t.Helper()
	run()
	for range rounds {
		runtime.GC()
		deepen(deepest)
		start := cpuTime(t)
		n, took := time.Duration(0), time.Duration(0)
		for took < coarse {
			run()
			n++
			took = cpuTime(t) - start
		}
		if best == 0 || took/n < best {
			best = took / n
		}
	}
	return best
}

// deepest frames of 4 KiB are more than what the code that nests deepest takes.
const deepest = 1 << 13

// deepen makes the stack larger by n frames. A collection makes it small again: to grow
// would be a part of each run of what takes long, and of one in many of what does not.
func deepen(n int) byte {
	var frame [4 << 10]byte
	if n > 0 {
		frame[n%len(frame)] = deepen(n - 1)
	}
	return frame[0]
}

// What is too much is said, and nothing is taken for certain because of it.
func TestTooMuch(t *testing.T) {
	const many = 300
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range []struct {
		name, src string
		want      string // in what is said of the last site
	}{
		{"loops", "func f() (err error) {\n" + repeat(many, loopOnce) + "\treturn err\n}\n", "no fix: the function has too many loops, or too long ones: fix what can be fixed, or split it"},
		{"recursion", repeat(many, "func f%[1]d(left int) error {\n\terr := op()\n\tif err == nil || left == 0 {\n\t\treturn err\n\t}\n\ttime.Sleep(time.Second)\n\treturn f%[1]d(left - 1)\n}\n\n"),
			"no fix: the package has too many sites that are no plain loops"},
		{"functions", repeat(analyzer.MaxFixes+1, "func f%[1]d() (err error) {\n"+loopOnce+"\treturn err\n}\n\n"), "no fix: the package has too many fixes: apply them, then run again"},
		{"operations", "func f(ok [300]bool) error {\n\tfor {\n\t\tvar err error\n" + repeat(many, "\t\tif ok[%[1]d] {\n\t\t\terr = op(%[1]d)\n\t\t}\n") +
			"\t\tif err == nil {\n\t\t\treturn nil\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n}\n", "not reported: too many ways lead "},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: "all"}
			_, notes := m.fix(shapesHead + test.src)
			lines := strings.Split(strings.TrimSpace(notes), "\n")
			if last := lines[len(lines)-1]; !strings.Contains(last, test.want) {
				t.Errorf("got %s\nwant %s", last, test.want)
			}
		})
	}
}
