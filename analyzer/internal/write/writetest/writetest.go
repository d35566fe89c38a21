// Package writetest shows the fixes of forms for tests.
package writetest

import (
	"go/ast"
	"go/format"
	"slices"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading/readingtest"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A Form writes the fix of a request.
type Form func(reading.Request) (*write.Fix, reason.Refusal)

// Fixed returns a part that shows the function of a source with its fix by form; by a
// helper that spec describes, unless that is nil.
func Fixed(form Form, spec *helper.Spec) sourcetest.Part {
	return sourcetest.Part{Name: "fixed", Of: func(t *testing.T, src string) string {
		req := readingtest.Request(t, src)
		if spec != nil {
			h, err := spec.Helper()
			if err != nil {
				t.Fatal(err)
			}
			req.Helper = h
		}
		f, refusal := form(req)
		if refusal != nil {
			return "no fix: " + string(refusal.Reason())
		}
		in := func(e edit.Edit) bool { return code.Within(f.Decl, &ast.BadExpr{From: e.Pos, To: e.End}) }
		edits := slices.DeleteFunc(f.List(), func(e edit.Edit) bool { return !in(e) })
		out, err := format.Source([]byte(req.Apply(f.Decl.Pos(), f.Decl.End(), edits)))
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}}
}
