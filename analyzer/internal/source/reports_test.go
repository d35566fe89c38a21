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

func (T) logOf(err error)
func logIf(ctx context.Context, err error, kind ...any)
func warnOnce(ctx context.Context, subsystem string, err error, id int)
func logAll(errs ...error)
func logText(text string)
func logAnswer(err error) bool
func logFill(err error, to *int)
func logThen(err error, then func())
func logTo(err error, to chan<- error)
func onFailure(err error)
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
		if fn, ok := pkg.Scope().Lookup(name).(*types.Func); ok && reports(fn) {
			got = append(got, name)
		}
	}
	if want := []string{"logAll", "logIf", "warnOnce"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
