// Package growth tells how a site's delay changes from attempt to attempt, and
// what ends the attempts.
//
// A delay is read as a function of the attempt: every expression has a value
// (see value) that says how it changes between one pass of the cycle and the
// next. Variables are resolved through their definitions: one that is made
// from its own earlier value is a recurrence, and the form of the recurrence
// is the growth.
package growth

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Kind is the form of the delay as a function of the attempt.
type Kind int

// The kinds of growth.
const (
	Unknown     Kind = iota // something decides that cannot be seen, such as a func value
	Constant                // the cycle does not change it; its value need not be known
	Linear                  // grows by a step
	Exponential             // grows by a factor
	Polynomial              // grows by a growing step, such as i*i
	Random                  // drawn anew each time, around nothing
	Table                   // the next of a list
	Server                  // what the other side asked for, such as Retry-After
	numKinds    = iota
)

var kindNames = [numKinds]string{
	"unknown", "constant", "linear", "exponential", "polynomial", "random", "table", "server",
}

func (k Kind) String() string {
	if k < 0 || int(k) >= numKinds {
		return kindNames[Unknown]
	}
	return kindNames[k]
}

// A Growth says how a delay changes from attempt to attempt. Its expressions
// are written in the function around the site, are constants, or are fields of
// Receivers.
type Growth struct {
	Kind     Kind
	Capped   bool     // stops growing at a limit
	Jittered bool     // has a random part
	Factor   float64  // by which an exponential delay grows each time; 0 if that varies, NaN if the code does not tell it
	GoesOn   bool     // grows from where it was when the site was entered before
	Base     ast.Expr // the first delay, or what the attempt multiplies; nil if no single expression gives it
	Cap      ast.Expr // the limit; nil if there is none or no single expression gives it

	// Receivers says what the receivers are in the function around the site that
	// methods name in Base and Cap: of c.backoff(n) that is c.
	Receivers map[types.Object]ast.Expr
}

// Grows reports whether the delay becomes longer from attempt to attempt.
func (g Growth) Grows() bool { return growing.has(g.Kind) }

// An Analysis reads the sites of one package. What it learns about variables is
// kept between calls.
type Analysis struct {
	pkg  *source.Package
	defs *index

	runs   map[drawn]*run // nil where the waits are not known
	bounds map[*site.Site]Bounds
	left   *effort.Budget // of all runs, in statements

	gotos map[*ast.BlockStmt]map[*ast.LabeledStmt]token.Pos // where the last goto to a label ends, by function
}

// New returns the analysis of pkg. It looks at nothing yet.
func New(pkg *source.Package) *Analysis {
	return &Analysis{pkg: pkg, defs: newIndex(pkg), left: effort.New(packageBudget + byteBudget*pkg.Size())}
}

// Of returns the growth of the delay d of s.
func (a *Analysis) Of(s *site.Site, d *site.Delay) Growth {
	ev := a.evaluator(s)
	g := ev.delay(d).growth()
	if growing.has(g.Kind) && a.waitsNever(s) {
		return Growth{Kind: Constant}
	}
	g.GoesOn = ev.goesOn
	g.Base, g.Cap, g.Receivers = ev.visible(g.Base), ev.visible(g.Cap), ev.receivers
	return g
}

// waitsNever reports whether all delays of s are 0: what begins with nothing and
// is doubled does not grow, nor does a variable that each pass declares anew.
func (a *Analysis) waitsNever(s *site.Site) bool {
	schedule, ok := a.Schedule(s)
	return ok && schedule.Never()
}

// visible returns e, or the duration that it converts, if it means the same where the
// site is: it is written in the function around the site, is a constant, or names nothing
// but what the package declares and fields of receivers.
func (ev *evaluator) visible(e ast.Expr) ast.Expr {
	if _, several := ev.info.TypeOf(e).(*types.Tuple); e == nil || several { // d, err := time.ParseDuration(s)
		return nil
	}
	if d := code.Unconverted(ev.info, e); site.IsDuration(ev.info.TypeOf(d)) {
		e = d
	}
	if ev.info.Types[e].Value != nil || ev.visibleHere(e) {
		return e
	}
	return nil
}

func (ev *evaluator) visibleHere(e ast.Expr) bool {
	if decl := ev.pkg.DeclAt(ev.site.Cycle.Pos()); decl != nil && code.Within(decl, e) {
		return true
	}
	visible := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit:
			visible = false
		case *ast.SelectorExpr:
			visible = visible && ev.visibleHere(n.X)
			return false
		case *ast.Ident:
			obj := ev.info.ObjectOf(n)
			of := ev.receivers[obj]
			visible = visible && obj != nil && (of != nil && ev.visibleHere(of) || obj.Parent() == ev.pkg.Types.Scope())
		}
		return visible
	})
	return visible
}

// OfSite returns the growth of all delays of s together: the one that grows
// fastest decides, a plain pause beside it does not.
func (a *Analysis) OfSite(s *site.Site) Growth {
	var best Growth
	for i, d := range s.Delays {
		g := a.Of(s, d)
		if i == 0 || weight[g.Kind] > weight[best.Kind] {
			best = g
		}
	}
	return best
}

// weight orders the kinds by how much they say about a site with several delays.
// Unknown beats the ones that do not grow, since it may be what grows.
var weight = [numKinds]int{
	Random: 1, Constant: 2, Server: 3, Unknown: 4, Table: 5, Linear: 6, Polynomial: 7, Exponential: 8,
}
