// Package write writes what all forms of a fix write alike: the policy, the context, what
// is dropped with the delays, and the fix itself.
package write

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
)

// A Fix replaces one loop.
type Fix struct {
	Edits    []analysis.TextEdit
	Pos, End token.Pos // of the statements that are replaced
	Decl     ast.Node  // the declaration that they are in
	Remedy   string    // what it does, such as "call retry.Do"
	Lines    int       // by how many the source gets shorter

	// Before and After are how many statements the declaration has without and with
	// the fix; see [Fix.Worth].
	Before, After int

	Ignores bool // a context is in scope that the helper is not given

	more  int         // how many statements more it may have
	Stale []token.Pos // lines that stay and name a delay of today, in source order

	Check []edit.Edit // Edits with a call that type-checks without the helper's package; nil for Edits

	// Schedule is the delays with the helper; nil if constants do not tell them.
	Schedule *growth.Schedule
}

// List returns the edits of f.
func (f *Fix) List() (list []edit.Edit) {
	for _, e := range f.Edits {
		list = append(list, edit.Span(e.Pos, e.End, string(e.NewText)))
	}
	return list
}

// Together returns nil if the file type-checks with all of fixes applied, which
// change the same declaration, or else what is wrong.
func Together(req reading.Request, fixes []*Fix) error {
	var lists [][]edit.Edit
	for _, f := range fixes {
		if f.Check != nil {
			lists = append(lists, f.Check)
		} else {
			lists = append(lists, f.List())
		}
	}
	return req.Compiles(req.Pkg, edit.Merge(lists...), fixes[0].Decl)
}
