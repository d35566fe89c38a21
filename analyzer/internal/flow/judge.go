// Package flow tells why a cycle goes round. It follows the control flow from
// an operation in two worlds, one where the operation failed and one where it
// succeeded: a retry comes back to the operation after a delay in the first
// only.
package flow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// An Intent is why a site goes round.
type Intent int

const (
	Unknown   Intent = iota // cannot be told
	Retry                   // the operation failed; success leaves the cycle
	Reconnect               // a service loop that waits only after a failure
	Poll                    // a state is not there yet
	Periodic                // every interval, whatever happened
	Pace                    // between one item and the next
)

func (i Intent) String() string {
	return [...]string{"unknown", "retry", "reconnect", "poll", "periodic", "pace"}[i]
}

// A Reason is what an intent was told from. A later one tells more: where the
// operations of a site give several, the last decides.
type Reason int

const (
	NoOperation      Reason = iota // nothing in the cycle tells failure from success
	FailureEnds                    // a failure does not come back to the operation after a delay
	TooComplex                     // the ways through the cycle are too many
	AfterSuccess                   // the delay comes after success too
	WithoutIt                      // the delay comes also where the operation is not run
	OtherItem                      // the next pass works on another item
	CountedPasses                  // the passes are counted, and success does not end them
	Drained                        // after each delay the operation is repeated until it fails
	SetOnFailure                   // only a failure sets the timer that is waited for
	LongerOnFailure                // the delay comes after success too, but only failure makes it longer
	ExtraDelay                     // failure takes one more delay than success
	OtherDelay                     // success takes another delay
	Blocks                         // the operation returns only when it failed
	SuccessGoesOn                  // the delay comes after failure only, success goes round without it
	CountedRecursion               // the function calls itself with another count of attempts
	OneOfSeveral                   // the delay comes after the failure of any of several operations only
	OnlyFailure                    // the delay comes after failure only, success leaves
)

// intents are what the reasons mean; the others need a look at the cycle.
var intents = map[Reason]Intent{
	OtherItem:        Pace,
	CountedPasses:    Pace,
	Drained:          Periodic,
	SetOnFailure:     Reconnect,
	LongerOnFailure:  Reconnect,
	ExtraDelay:       Reconnect,
	OtherDelay:       Reconnect,
	Blocks:           Reconnect,
	SuccessGoesOn:    Reconnect,
	CountedRecursion: Retry,
	OneOfSeveral:     Retry,
	OnlyFailure:      Retry,
}

// A Verdict is what the judge found of a site.
type Verdict struct {
	Intent    Intent
	Reason    Reason
	Operation ast.Node    // the operation that decides; nil if there is none
	Delay     *site.Delay // the delay that decides; the first one if none does

	// OnSuccess are the delays that a pass takes in which every operation succeeds,
	// where a failure takes others: see [ExtraDelay] and [OtherDelay].
	OnSuccess []*site.Delay

	Earlier ast.Node // an operation before, whose failure leads to the delay as well; or nil
	Context ast.Expr // the context whose end Operation tells of, or nil
	Either  bool     // success takes Delay as well, before it leaves
	GoesOn  bool     // success of Operation is a false: a true says to go on
}

// A Judge judges the sites of one package.
type Judge struct {
	pkg    *source.Package
	graphs *graph.Set
	lasts  Lasts
	waits  map[ast.Node]bool // every delay of a site
	known

	texts strings.Builder // the last of the texts that were made of keys

	left *effort.Budget // of the package
	work *effort.Budget // of the site that is judged
}

// known is what was found while sites were judged, and serves the next ones.
type known struct {
	paths     *paths
	touches   map[ast.Node][]path
	errorLike map[types.Type]bool
	calls     map[string][]value  // what functions return, by function and arguments
	reads     map[readKey][]world // the outcomes of functions that tell by a bool or an empty result
	never     map[ast.Node]bool   // functions that return only errors
	statuses  map[ast.Node]objects
	fails     map[ast.Node]bool      // statements that make an error
	making    map[*ast.CallExpr]bool // calls, likewise

	literals map[ast.Node]map[types.Object][]*ast.FuncLit // of a declaration, by what they give a value
}

func newKnown(info *types.Info) known {
	return known{paths: newPaths(info), touches: make(map[ast.Node][]path)}
}

// maxKnown is of how many expressions it is kept what they are from one site to the next:
// code may be of any size, and to find something once more takes little time.
const maxKnown = 1 << 13

// trim forgets what is known if that is much.
func (j *Judge) trim() {
	j.graphs.Trim()
	if len(j.paths.exprs) > maxKnown {
		j.known = newKnown(j.pkg.Info)
	}
}

// What walks may cost, in nodes and parts of states: the most seen for a site of
// real code is 60,000, and for the sites of a package together three for each byte
// of it.
const (
	siteSteps = 200_000
	minSteps  = 2_000_000
	byteSteps = 16
)

// Lasts returns the expression that says how long a delay of a site lasts, or nil
// if none does, and whether it grows from one failure to the next.
type Lasts func(*site.Site, *site.Delay) (base ast.Expr, grows bool)

// NewJudge returns a judge of the sites, all of one package.
func NewJudge(pkg *source.Package, graphs *graph.Set, sites []*site.Site, lasts Lasts) *Judge {
	j := &Judge{pkg: pkg, graphs: graphs, lasts: lasts, waits: make(map[ast.Node]bool), known: newKnown(pkg.Info)}
	j.left = effort.New(minSteps + byteSteps*pkg.Size())
	for _, s := range sites {
		for _, d := range s.Delays {
			j.waits[d.Node] = true
		}
	}
	return j
}

// Judge tells why s goes round.
func (j *Judge) Judge(s *site.Site) Verdict {
	j.trim()
	g := j.graphs.Of(s.Func)
	c := g.Cycle(s.Cycle)
	if c == nil {
		return Verdict{Intent: Unknown, Reason: NoOperation, Delay: s.Delays[0]}
	}
	j.work = j.left.Part(siteSteps)
	if !j.work.Spend(len(c.Blocks()) + len(s.Delays)) {
		return Verdict{Intent: Unknown, Reason: TooComplex, Delay: s.Delays[0]}
	}
	t := &trial{
		judge: j, site: s,
		w: j.walker(g, c),
	}
	t.w.spots = j.spots(s, g)
	return t.decide(j.operations(g, c, 0))
}

func (j *Judge) walker(g *graph.Graph, c *graph.Cycle) *walker {
	return &walker{judge: j, pkg: j.pkg, info: j.pkg.Info, graph: g, cycle: c, spots: &spots{}, paths: j.paths, seen: make(map[string]bool), learns: true}
}

// spots finds the site's delays in the graph and, for recursion, the calls that
// begin the next pass.
func (j *Judge) spots(s *site.Site, g *graph.Graph) *spots {
	sp := &spots{delays: make(map[graph.Point]delaySet), returns: make(map[graph.Point]bool)}
	for i, d := range s.Delays {
		if at, ok := g.Find(d.Node); ok {
			sp.delays[at] |= delayBit(i)
		}
	}
	switch s.Cycle.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		selves := j.pkg.Selves(s.Func)
		for _, b := range g.Blocks {
			for i, n := range b.Nodes {
				at := graph.Point{Block: b, Index: i}
				if site.Refers(j.pkg, n, selves) || j.comesBack(s, sp.delays[at]) {
					sp.returns[at] = true
				}
			}
		}
	}
	return sp
}
