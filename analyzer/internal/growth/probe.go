package growth

import (
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"reflect"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// An assumption is a number that stands for an expression whose value the code does
// not tell.
type assumption struct {
	expr  ast.Expr
	value int64
}

// assumed returns what stands for e, nil if nothing does.
func (r *run) assumed(e ast.Expr) constant.Value {
	for _, a := range r.assumptions {
		if r.ev.sameExpr(e, a.expr) {
			return constant.MakeInt64(a.value)
		}
	}
	return nil
}

// sameExpr reports whether x and y are written alike and name the same.
func (ev *evaluator) sameExpr(x, y ast.Expr) bool {
	return reflect.TypeOf(x) == reflect.TypeOf(y) && types.ExprString(x) == types.ExprString(y) && slices.Equal(code.Named(ev.info, x), code.Named(ev.info, y))
}

// The first delay of a probe, which any multiple of it can be told from, a longer one, and
// a limit beyond all that they come to.
const (
	probe    = 1_000_003
	farther  = 7
	rest     = 100 // of what is halved on the way, in nanoseconds
	farLimit = math.MaxInt64 / 2
)

// Multiples returns the waits of s, whose growth is g, as multiples of g.Base, up to
// the limit: nil if something else is in them.
func (a *Analysis) Multiples(s *site.Site, g Growth) []float64 {
	if g.Base == nil || a.pkg.Info.Types[g.Base].Value != nil || len(s.Delays) != 1 {
		return nil
	}
	for _, share := range []float64{0, 0.5} {
		if multiples := a.multiples(s, g, share); multiples != nil {
			return multiples
		}
	}
	return nil
}

// multiples returns the waits as multiples, where random numbers are a share of
// their limits: what is a multiple is as much longer as the first delay is.
func (a *Analysis) multiples(s *site.Site, g Growth, share float64) (multiples []float64) {
	waits, more := a.probe(s, g, share, probe), a.probe(s, g, share, farther*probe)
	for i := range min(len(waits), len(more)) {
		if math.Abs(float64(waits[i])*farther-float64(more[i])) > rest {
			break
		}
		m := math.Round(float64(waits[i])*8/probe) / 8
		if share > 0 && m > 0.5 && m != math.Round(2*m)/2 {
			m = math.Round(m) // they are about as long
		}
		multiples = append(multiples, m)
	}
	return multiples
}

// probe returns the waits where the first delay is the given number.
func (a *Analysis) probe(s *site.Site, g Growth, share float64, base int64) []int64 {
	assumptions := []assumption{{g.Base, base}}
	if g.Cap != nil && types.ExprString(g.Cap) != types.ExprString(g.Base) {
		assumptions = append(assumptions, assumption{g.Cap, farLimit})
	}
	r, ok := a.drawAssuming(s, s.Delays[0], share, assumptions...)
	if !ok {
		return nil
	}
	waits := make([]int64, len(r.waits))
	for i, w := range r.waits {
		waits[i] = int64(w)
	}
	return waits
}
