package header

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// What cancellation returns is compared with what failures return behind the loop, and
// with what success does where there are none.
func TestSameValues(t *testing.T) {
	for _, test := range []struct {
		cancel, after string
		want          bool
	}{
		{`return "", ctx.Err()`, `return "", err`, true},
		{`return "late", ctx.Err()`, `return "", err`, false},
		{`return "", ctx.Err()`, `if err != nil { return "", err }; return s, nil`, true},
		{`return s, ctx.Err()`, `if err != nil { return "", err }; return s, nil`, false},
		{`return "", ctx.Err()`, `if n > 3 { return "", err }; if err != nil { return s, err }; return s, nil`, false},
		{`return "", ctx.Err()`, `log.Print(err); return s, nil`, false},
		{`return ctx.Err()`, `return "", err`, true},
	} {
		if got := sameValues(list(t, test.cancel), list(t, test.after)); got != test.want {
			t.Errorf("%s and %s: got %v", test.cancel, test.after, got)
		}
	}
}

func list(t *testing.T, text string) []ast.Stmt {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", "package p; func f() {"+text+"}", 0)
	if err != nil {
		t.Fatal(err)
	}
	return file.Decls[0].(*ast.FuncDecl).Body.List
}
