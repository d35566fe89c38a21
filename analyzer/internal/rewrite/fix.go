// Package rewrite replaces the loop of a site by a call of a shared retry
// helper.
//
// A loop is read once for all forms that the helper has (package reading). A call hands
// its body over (call.go), a header and a wait leave it where it is (header.go,
// wait.go); what all of them write alike is the writer's. Any doubt is a refusal of
// package reason.
//
// What stays the same: how often the operation runs for any sequence of
// outcomes, the order of all statements that stay, the values and the error
// that come back. What changes: the delays; there is none behind the last
// attempt; and a context that is in scope ends them.
package rewrite

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
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

	check []edit.Edit // Edits with a call that type-checks without the helper's package; nil for Edits

	// Schedule is the delays with the helper; nil if constants do not tell them.
	Schedule *growth.Schedule
}

// New returns the fix of a retry, or the reason why there is none.
func New(req reading.Request) (*Fix, reason.Refusal) {
	switch {
	case req.Helper.Shape == helper.Wait:
		return newWait(req)
	case req.Verdict.Intent != flow.Retry:
		return nil, reason.IntentIsOther
	case req.Helper.Shape == helper.Loop:
		return newHeader(req)
	}
	return newCall(req)
}

// edits returns the edits of f.
func (f *Fix) edits() (list []edit.Edit) {
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
		if f.check != nil {
			lists = append(lists, f.check)
		} else {
			lists = append(lists, f.edits())
		}
	}
	return req.Compiles(req.Pkg, edit.Merge(lists...), fixes[0].Decl)
}
