package baseline

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"testing"
)

// Each call of a function is named after the declaration around it.
func TestFuncAt(t *testing.T) {
	const src = `package p

import "time"

func F() { go func() { F() }() }

func (t T) V() { T_V() }

func (t *T) P() { T_P() }

func (l *List[A, B]) G() { List_G() }

func (l (One[A])) H() { One_H() }

func init() { initial() }

var x, y = func() int { X() }, 1

var (
	a = 1
	b = func() int { B() }
)

type t [len(None())]int
`
	want := map[string]string{"F": "F", "T_V": "T.V", "T_P": "T.P", "List_G": "List.G", "One_H": "One.H", "initial": "init", "X": "x", "B": "b", "None": "-"}
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name != "len" {
				got[id.Name] = FuncAt(file, id.Pos())
			}
		}
		return true
	})
	if !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	names := Funcs(file)
	for _, name := range want {
		if !names[name] {
			t.Errorf("%s is not among the names of the file: %v", name, slices.Sorted(maps.Keys(names)))
		}
	}
}
