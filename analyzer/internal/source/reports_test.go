package source

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

// A function whose source is not at hand tells of an error if it can do nothing else with what
// it is given.
func TestReports(t *testing.T) {
	const src = `package p

import "context"

type T struct{}

func (T) ofValue(err error)
func logIf(ctx context.Context, err error, kind ...any)
func once(ctx context.Context, subsystem string, err error, id int)
func all(errs ...error)
func note(text string)
func answers(err error) bool
func fill(err error, to *int)
func hook(err error, then func())
func send(err error, to chan<- error)
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := (&types.Config{Importer: importer.Default(), IgnoreFuncBodies: true}).Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, name := range pkg.Scope().Names() {
		if fn, ok := pkg.Scope().Lookup(name).(*types.Func); ok && reports(fn.Signature()) {
			got = append(got, name)
		}
	}
	if want := []string{"all", "logIf", "once"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
