package code

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

func TestReceiver(t *testing.T) {
	for receiver, want := range map[string]string{
		"": "", "(T)": "T", "(t T)": "T", "(t *T)": "T", "(t (*T))": "T", "(T[A])": "T", "(t *T[A, B])": "T", "(t []T)": "", "()": "",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n\nfunc "+receiver+" f() {}\n", parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := Receiver(file.Decls[0].(*ast.FuncDecl)); got != want {
			t.Errorf("%s: got %q, want %q", receiver, got, want)
		}
	}
}
