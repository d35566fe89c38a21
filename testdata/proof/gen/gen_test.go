package gen

import (
	"bytes"
	"go/parser"
	"go/token"
	"testing"
)

// The same seed makes the same programs, and all of them parse.
func TestFile(t *testing.T) {
	one, err := File("p", 1, 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	two, err := File("p", 1, 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Error("two runs differ")
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", one, 0); err != nil {
		t.Error(err)
	}
	other, err := File("p", 2, 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(one, other) {
		t.Error("the seed does not matter")
	}
}
