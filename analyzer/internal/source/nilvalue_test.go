package source_test

import (
	"go/ast"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

func TestNilOnlyFailed(t *testing.T) {
	for _, test := range []struct {
		body string
		want bool
	}{
		{"if err := op(); err != nil { return nil, err }; return &conn{}, nil", true},
		{"if n == 0 { return nil, errors.New(\"none\") }; return &conn{n}, nil", true},
		{"if err := op(); err != nil { return nil, err }; f := func() (int, error) { return 1, op() }; f(); return &conn{}, nil", true},
		{"return &conn{}, op()", false},
		{"err := op(); return nil, err", false},
		{"if err := op(); err != nil { err = nil; return nil, err }; return &conn{}, nil", false},
		{"if err := op(); err == nil { return nil, err }; return &conn{}, nil", false},
		{"if err := op(); err != nil { return nil, err }; return last, nil", false},
		{"if err := op(); err != nil { return &conn{}, err }; return &conn{}, nil", false},
		{"return dial(n + 1)", false},
		{"panic(n)", false},
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+"type conn struct{ n int }\n\nvar last *conn\n\nfunc dial(n int) (*conn, error) { "+test.body+" }\n\nvar _, _ = dial(1)\n")
		var call *ast.CallExpr
		for _, d := range pkg.Files[0].Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				if spec, ok := d.Specs[0].(*ast.ValueSpec); ok && len(spec.Names) == 2 {
					call, _ = spec.Values[0].(*ast.CallExpr)
				}
			}
		}
		if got := pkg.NilOnlyFailed(call); got != test.want {
			t.Errorf("%s: got %v", test.body, got)
		}
	}
}
