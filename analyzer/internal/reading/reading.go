// Package reading reads off a site what the forms of a helper need to know of it. What
// it cannot read has no fix, and a refusal says why.
package reading

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/internal/stale"
)

// A Request is a judged site, and the helper that a fix is to call.
type Request struct {
	edit.Source
	Pkg     *source.Package
	Site    *site.Site
	Verdict flow.Verdict
	Growth  growth.Growth
	Bounds  growth.Bounds
	Waits   growth.Schedule // the delays, as far as constants tell them; the means of random ones
	Longest growth.Schedule // the same with random ones at their longest

	Multiples []float64 // the delays as multiples of the first, as far as that is all that the code does not tell
	Helper    *helper.Helper

	// Elsewhere reports whether a file of the package declares a name that is no
	// part of this build: a test, or one for another system.
	Elsewhere func(name string) bool

	// Known are what has been read of the site for other forms of the helper; nil if
	// nothing is to be kept.
	Known Known

	GoVersion string // of the file, such as "go1.22"
	Tells     bool   // lines go on telling the delays
	Alike     bool   // the delays stay what they are: lines go on telling those that no pass computes

	// Taken are the names that fixes declare in a scope. A fix adds its own, so
	// that all of a function can be applied.
	Taken map[*types.Scope]map[string]bool
}

// A Reading is what the forms of a helper need to know of a site: its delays, what
// counts its attempts, how its passes end, and what is left out with the delays.
type Reading struct {
	Request
	Info *types.Info
	Loop *loop.Loop

	Pauses      map[ast.Stmt]*pass.Pause
	Timers      map[ast.Stmt]bool // statements that only serve a timer; see FindTimers
	Untold      stale.Cut         // what is left out of lines that tell the delays
	Gone        map[ast.Stmt]bool // statements of the body that are left out
	Counter     *loop.Counter
	Attempts    loop.Number // how many there are; see Bounded
	Ticks       bool        // the loop ranges over a time channel
	leadUnclear bool        // whether a delay comes before the first attempt cannot be told
	MayBeNone   bool        // Attempts may be zero
	Bounded     bool        // Attempts is known and is given to the helper
	limitMoves  bool        // what tells Attempts may tell another number in a pass
	Floor       bool        // Attempts stands for one if it is less than that
	KeepCond    ast.Expr    // what the loop's condition asks beside the number of attempts, or nil
	Exits       []pass.Exit
	Stops       []pass.Exit               // where the goroutine ends, or the process
	OpErr       types.Object              // the error of the operation, if it is proven to be there whenever the loop goes round
	Ctx         ast.Expr                  // what ends a pause early
	Cancel      []ast.Stmt                // what is done then
	outcomes    map[types.Object]bool     // what calls give the variables of the loop; nil if nobody has asked
	asking      map[types.Object]ast.Expr // the contexts that variables are asked for; nil if nobody has asked
	Lead        ast.Stmt                  // a pause that comes before the first attempt too
}
