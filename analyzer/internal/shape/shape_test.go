package shape

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// head is the code that the bodies of the tests share.
const head = `package p

import (
	"os"
	"time"
)

type file struct{ name string }

func (file) remove(string) error { return nil }

var attempts = 3

var _, _ = os.Remove, time.Sleep

`

var std = importer.Default() // keeps what it has read

// shapeOf returns the shape of the first loop in src.
func shapeOf(t *testing.T, src string) string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}
	pkg, err := (&types.Config{Importer: std}).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	shape := ""
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if shape == "" {
				shape = Of(n, pkg, info)
			}
		}
		return true
	})
	return shape
}

const loop = head + `func f(name string) (err error) {
	for i := 0; i < attempts; i++ {
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}
`

// Edits that do not make the loop another one.
func TestSame(t *testing.T) {
	want := shapeOf(t, loop)
	for name, src := range map[string]string{
		"code above": head + `func g() {}

func f(name string) (err error) {
	g()
	for i := 0; i < attempts; i++ {
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}
`,
		"layout and comments": head + `func f(name string) (err error) {
	for i := 0; i < attempts; i++ { // again
		// Remove it.
		if err = os.Remove(name); err == nil { return nil }
		time.Sleep((time.Duration(i)) * time.Second) }
	return err
}
`,
		"names of locals": head + `func f(n string) (failure error) {
	for attempt := 0; attempt < attempts; attempt++ {
		if failure = os.Remove(n); failure == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return failure
}
`,
		"names of imports": `package p

import (
	system "os"
	. "time"
)

import "time"

var attempts = 3

func f(name string) (err error) {
	for i := 0; i < attempts; i++ {
		if err = system.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}

var _ Time
`,
		"values of literals": head + `func f(name string) (err error) {
	for i := 1; i < attempts; i++ {
		if err = os.Remove(name); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}
`,
	} {
		if got := shapeOf(t, src); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// Each of these loops differs from all others.
func TestDifferent(t *testing.T) {
	const begin, end = head + "func f(a, b string, v any) {\n", "\n}\n"
	seen := make(map[string]string)
	for _, src := range []string{
		"for os.Remove(a) != nil { time.Sleep(time.Second) }",
		"for os.Remove(a) == nil { time.Sleep(time.Second) }",
		"for os.RemoveAll(a) != nil { time.Sleep(time.Second) }",
		"for os.Remove(a) != nil { time.Sleep(time.Minute) }",
		"for os.Remove(a) != nil { time.Sleep(time.Second); break }",
		"for os.Remove(a) != nil { time.Sleep(time.Second); continue }",
		"for os.Remove(a) != nil { if attempts == 0 { time.Sleep(time.Second) } }",
		"for os.Remove(a) != nil { if attempts == 0 { } else { time.Sleep(time.Second) } }",
		"for ; ; os.Remove(a) { time.Sleep(time.Second) }",
		"for os.Remove(a); ; { time.Sleep(time.Second) }",
		"for range 3 { os.Remove(a); os.Remove(b) }",
		"for range 3 { os.Remove(a); os.Remove(a) }",
		"for range attempts { os.Remove(a); os.Remove(a) }",
		"for i := range 3 { _ = i }",
		"for i := range 3 { i = i }",
		"for i := range 3 { i += i }",
		"for i := range 3 { i-- }",
		"for i := range 3 { i++ }",
		"for range 3 { (file{name: a}).remove(b) }",
		"for range 3 { (&file{name: a}).remove(b) }",
		"for range 3 { go func() { }() }",
		"for range 3 { defer func() { }() }",
		"for range 3 { var x int; _ = x }",
		"for range 3 { const x int = 0; _ = x }",
		"for range 3 { x := a; _ = x }",
		`for range 3 { x := ""; _ = x }`,
	} {
		shape := shapeOf(t, begin+src+end)
		if other := seen[shape]; other != "" {
			t.Errorf("the same: %s\n%s", src, other)
		}
		seen[shape] = src
	}
}

// The variable of a type switch is a local, too.
func TestTypeSwitch(t *testing.T) {
	shape := func(name string) string {
		return shapeOf(t, head+"func f(v any) { for range 3 { switch "+name+" := v.(type) { case error: _ = "+name+"; case int: _ = "+name+" } } }\n")
	}
	if a, b := shape("x"), shape("y"); a != b {
		t.Errorf("got %s and %s", a, b)
	}
}
