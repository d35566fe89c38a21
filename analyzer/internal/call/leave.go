package call

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// leaveMore leaves out what only served the test for the last attempt.
func (o *operation) leaveMore() {
	if o.GiveUp == nil {
		return
	}
	o.Reading = o.Without(code.InOrder(o.Loop.Dead(o.Removed(), nil)))
}

// leaveOut drops the delays and what only serves them.
func (o *operation) leaveOut() {
	for _, s := range code.InOrder(o.Gone) {
		if o.Loop.InBody(s.Pos()) {
			o.edits = append(o.edits, o.Drop(s))
		}
	}
	for _, v := range o.outerVars() {
		if !o.copies(v) {
			continue
		}
		for _, s := range o.copiesTo(v) {
			o.edits = append(o.edits, o.Drop(s))
		}
	}
	for _, s := range code.InOrder(o.Pauses) {
		if !o.endsAt(s) {
			o.edits = append(o.edits, o.Drop(s))
		} else {
			o.edits = append(o.edits, o.DropComments(s)...)
		}
	}
	switch {
	case o.GiveUp == nil:
	case o.GiveUpCond == nil:
		o.edits = append(o.edits, o.Drop(o.GiveUp))
	default:
		o.edits = append(o.edits, edit.Replace(o.GiveUp.Cond, o.Text(o.GiveUpCond)))
	}
}

// endsAt reports whether a pass ends at s.
func (o *operation) endsAt(s ast.Stmt) bool {
	return slices.ContainsFunc(o.Ends, func(e pass.Exit) bool { return e.Node == s })
}

// lastGone returns the last statement behind the delay s in its list, if all
// that is behind it is left out, or nil.
func (o *operation) lastGone(s ast.Stmt) ast.Stmt {
	if o.Pauses[s] == nil {
		return nil
	}
	for _, list := range o.Loop.Lists() {
		if i := slices.Index(list, s); i >= 0 && i < len(list)-1 {
			if slices.ContainsFunc(list[i+1:], func(x ast.Stmt) bool { return !o.Gone[x] }) {
				return nil
			}
			return list[len(list)-1]
		}
	}
	return nil
}
