package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

const drafted = `package p

import "fmt"

type counter[T any] struct{ n, last int }

// add counts.
func (c *counter[T]) add(by int) (sum int, err error) {
	c.n += by
	if by > 0 {
		return c.add(by - 1)
	}
	return c.n, nil
}

func (c counter[_]) name(string) string { return fmt.Sprint(c.n) }

func apply[T any](v T, f func(T)) { f(v) }

func run(limit int) {
	tries := 0
	again := func() { tries++ }
	apply(limit, func(int) { again() })
	hook(tries)
}

var hook = func(n int) { fmt.Println(n, total) }

var total, _ = 1, 2

func main() { run(3); hook(4) }
`

// A draft of a declaration as it is answers what the declaration does.
func TestDraft(t *testing.T) {
	s, pkg := load(t, drafted)
	for _, decl := range s.File.Decls[1:] {
		d, err := s.Draft(pkg, decl, s.Src)
		if err != nil {
			t.Errorf("%s: %v", s.Text(decl), err)
			continue
		}
		q := pkg.With(d)
		again := Source{File: d.File, Src: s.Src}
		if got, want := again.Text(d.New), s.Text(decl); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		sameFunctions(t, s, pkg, q)
		sameWrites(t, pkg, q)
		for name, want := range map[string]bool{"total": true, "run": true, "nothing": false} {
			if obj := q.LookupAt(name, d.New.End()-1); (obj != nil) != want || want && obj != pkg.Types.Scope().Lookup(name) {
				t.Errorf("%s in %s: got %v", name, s.Text(decl), obj)
			}
		}
		for name, want := range map[string]bool{"tries": true, "sum": true, "last": false, "f": false, "add": false} {
			if q.Declares(d.File, name) != want {
				t.Errorf("%s beside %s: got %t", name, s.Text(decl), !want)
			}
		}
		for _, id := range namesOf(d.New) {
			if q.Info.Defs[id] == nil && id.Name != "_" {
				t.Errorf("%s declares nothing", id.Name)
			}
		}
	}
}

// sameFunctions compares the functions that are declared in the file of s, and what they
// call.
func sameFunctions(t *testing.T, s Source, pkg, q *source.Package) {
	t.Helper()
	for _, decl := range s.File.Decls {
		for _, id := range namesOf(decl) {
			fn, got := pkg.Lookup(pkg.Info.Defs[id]), q.Lookup(pkg.Info.Defs[id])
			switch {
			case (fn == nil) != (got == nil):
				t.Errorf("%s: got %v", id.Name, got)
			case fn == nil:
			case strings.ReplaceAll(q.Signature(got).String(), "_ ", "") != pkg.Signature(fn).String() || (q.Signature(got).Recv() == nil) != (pkg.Signature(fn).Recv() == nil):
				t.Errorf("%s: got %v", id.Name, q.Signature(got))
			case len(q.Callees(got.Node)) != len(pkg.Callees(fn.Node)):
				t.Errorf("%s calls %v", id.Name, q.Callees(got.Node))
			default:
				for v := range q.Signature(got).Params().Variables() {
					if v.Name() == "_" {
						continue
					}
					args, ok := q.Arguments(v)
					if want, all := pkg.Arguments(parameter(pkg.Signature(fn), v.Name())); ok != all || len(args) != len(want) {
						t.Errorf("%s of %s: got %v, want %v", v.Name(), id.Name, args, want)
					}
				}
			}
		}
	}
}

func parameter(sig *types.Signature, name string) *types.Var {
	for v := range sig.Params().Variables() {
		if v.Name() == name {
			return v
		}
	}
	return nil
}

// sameWrites compares how often what outlives functions is written.
func sameWrites(t *testing.T, pkg, q *source.Package) {
	t.Helper()
	field := pkg.Types.Scope().Lookup("counter").Type().Underlying().(*types.Struct).Field(0)
	for _, obj := range []types.Object{field, pkg.Types.Scope().Lookup("total"), pkg.Types.Scope().Lookup("hook")} {
		if got, want := len(q.Writes(obj)), len(pkg.Writes(obj)); got != want || want == 0 {
			t.Errorf("%s is written %d times, want %d", obj.Name(), got, want)
		}
	}
}

// A draft has another text, also one that is made of another draft; not one that does
// not type-check, or is not one declaration.
func TestDraftChanged(t *testing.T) {
	s, pkg := load(t, drafted)
	run := s.File.Decls[5].(*ast.FuncDecl)
	for text, want := range map[string]int{
		"total = 5":                              2,
		"hook = nil; total, _ = 1, 2; total = 3": 3,
		"undeclared()":                           -1,
		"}; func more() {":                       -1,
	} {
		src := strings.Replace(drafted, "hook(tries)", "hook(tries); "+text, 1)
		d, err := s.Draft(pkg, run, []byte(src))
		if (err == nil) != (want > 0) {
			t.Errorf("%s: got %v", text, err)
		}
		if err != nil {
			continue
		}
		q := pkg.With(d)
		total := pkg.Types.Scope().Lookup("total")
		if got := len(q.Writes(total)); got != want {
			t.Errorf("%s: total is written %d times, want %d", text, got, want)
		}
		inner := Source{File: d.File, Src: []byte(src)}
		again, err := inner.Draft(q, d.New, []byte(drafted))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(q.With(again).Writes(total)); got != 1 {
			t.Errorf("%s: total is written %d times in a draft of the draft", text, got)
		}
	}
	if files := countFiles(pkg.Fset); files != 5 {
		t.Errorf("%d files are left, want the first and two for each draft", files)
	}
}

func countFiles(fset *token.FileSet) (n int) {
	fset.Iterate(func(*token.File) bool { n++; return true })
	return n
}
