// Package call writes the fix of a site by a helper that is handed the operation.
package call

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A call takes a plain loop only, whose body can be handed over as it is:
//
//	value, err := retry.Value(ctx, policy, func() (T, error) { ... })
//	if err != nil { what is done on failure }
//	what is done on success
//
// Plain is: success is left in one way and hands out one value at most; what
// fails goes on with its error; other errors end the attempts by the helper's mark
// for them; nothing counts beside the helper, and nothing tells the ways out apart
// behind the call but its error. Every other loop has a better form.
//
// The source is read into a retry, which says how the passes end; a shape says what
// the operation returns, and what is done with what the helper returns; then it is
// written.

// New returns the fix of a site by a call of the helper.
func New(req reading.Request) (*write.Fix, reason.Refusal) {
	b, refusal := reading.Of(req)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := b.Closes(); refusal != nil {
		return nil, refusal
	}
	w := write.NewWriter(b)
	r, refusal := readRetry(w)
	if refusal != nil {
		return nil, refusal
	}
	s, refusal := r.shape()
	if refusal != nil {
		return nil, refusal
	}
	body, refusal := s.operation()
	if refusal != nil {
		return nil, refusal
	}
	return s.write(body)
}

// fix makes the edits of the file: text takes the place of the loop, stub is the
// same with a call that needs no package.
func (s *shape) fix(text, stub string) (*write.Fix, reason.Refusal) {
	pos, end := s.Loop.Outer.Pos(), s.Loop.End()
	if n := len(s.consumed); n > 0 {
		text = s.commentsBetween(end, s.consumed) + text
		end = s.consumed[n-1].End()
		if _, behind := s.Attached(s.consumed[n-1]); behind != nil && s.use == tail && strings.HasPrefix(s.Text(behind), "// ") {
			end = behind.End() // it is about what was returned
		}
	}
	others := append(s.dropBefore(), s.dropLabels(pos, end)...)
	return s.Fix(write.Draft{Text: text, Stub: stub, End: end, Others: others, Value: s.value != nil})
}

// commentsBetween returns the comments behind pos that stand in none of list.
func (w *retry) commentsBetween(pos token.Pos, list []ast.Stmt) (text string) {
	for _, g := range code.Comments(w.File, pos, list[len(list)-1].Pos()) {
		inside := slices.ContainsFunc(list, func(s ast.Stmt) bool { return code.Within(s, g) })
		if !inside {
			text += w.Text(g) + "\n"
		}
	}
	return text
}

// dropBefore drops what before the loop only served it.
func (s *shape) dropBefore() []edit.Edit {
	removed := s.Removed()
	needed := s.Needed()
	gone := s.Loop.Dead(removed, needed)
	maps.Copy(gone, s.Served)
	return s.CloseGaps(s.DropBefore(gone, removed, needed, s.dropped...))
}
