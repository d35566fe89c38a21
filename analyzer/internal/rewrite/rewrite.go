// Package rewrite replaces the loop of a site by a call of a shared retry
// helper.
//
// A loop is read once for all forms that the helper has (package reading). A call hands
// its body over (package call), a header and a wait leave it where it is (packages
// header and wait); what all of them write alike is in package write. Any doubt is a
// refusal of package reason.
//
// What stays the same: how often the operation runs for any sequence of
// outcomes, the order of all statements that stay, the values and the error
// that come back. What changes: the delays; there is none behind the last
// attempt; and a context that is in scope ends them.
package rewrite

import (
	"github.com/sharedretry/sharedretry/analyzer/internal/call"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/header"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/wait"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// New returns the fix of a retry, or the reason why there is none. Whether it compiles
// is only asked of the fix that is taken.
func New(req reading.Request) (*write.Fix, reason.Refusal) {
	fix, refusal := byForm(req)
	switch {
	case fix != nil && fix.Anew && fix.Checked() != nil:
		req.Alike = true // what lines tell of the delays stays true
		return byForm(req)
	case fix != nil && fix.Anew, refusal != nil && refusal.Reason() == reason.DoesNotCompile:
		return Telling(req)
	}
	return fix, refusal
}

// Telling returns the fix of a retry by which lines go on telling the delays: what tells
// one may do more, and has to stay with the line.
func Telling(req reading.Request) (*write.Fix, reason.Refusal) {
	req.Tells = true
	return byForm(req)
}

func byForm(req reading.Request) (*write.Fix, reason.Refusal) {
	switch {
	case req.Verdict.GoesOn:
		return nil, reason.IntentIsOther.At(req.Verdict.Operation.Pos())
	case req.Helper.Shape == helper.Wait:
		return wait.New(req)
	case req.Verdict.Intent != flow.Retry:
		return nil, reason.IntentIsOther.At(req.Verdict.Delay.Node.Pos())
	case req.Helper.Shape == helper.Loop:
		return header.New(req)
	}
	return call.New(req)
}
