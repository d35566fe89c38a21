package analyzer

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A fault of the rewriter costs the fix that it is in, and says so.
func TestFault(t *testing.T) {
	failsAloud = false
	defer func() { failsAloud = true }()
	f := &finding{verdict: flow.Verdict{Intent: flow.Retry}} // of no site, which there is not
	if fix, why := new(fixer).fixOf(f); fix != nil || why != reason.Failed {
		t.Errorf("got %v, %v", fix, why)
	}
}
