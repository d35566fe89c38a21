package reading

import (
	"go/ast"
	"go/types"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// Today returns what is known of the delays, but for what a fix makes of them.
func (r *Reading) Today() delays.Today {
	t := delays.Today{
		Growth:   r.GrowthToday(),
		Capped:   r.Growth.Capped || r.Growth.Kind != growth.Constant && delays.Stays(r.Waits.Waits, r.Waits.More),
		Deadline: r.Bounds.Deadline,
	}
	if n, ok := r.NumberToday(); ok {
		t.Counted = true
		if n.Constant() {
			t.Attempts = n.Offset
		}
	}
	attempts := t.Attempts
	if r.Helper.Shape == helper.Wait && attempts > 0 {
		t.Attempts = max(t.Attempts, 3) // there may be a delay behind the last
		if !r.Longest.More {
			attempts = 0 // all of them are known
		}
	}
	t.Longest = delays.LongestOf(r.Longest.Waits, attempts, r.Longest.More)
	if !r.Waits.More {
		t.Waits = r.waits()
	}
	return t
}

// NumberToday returns the number of attempts, if they are counted.
func (r *Reading) NumberToday() (loop.Number, bool) {
	if r.Bounded {
		return r.Attempts, true
	}
	n, ok := LimitOf(r.Bounds)
	return n, ok || r.Bounds.Counted || r.comparesCount()
}

// comparesCount reports whether the loop's condition, or one that asks the
// counter, compares numbers: that may end the attempts, in a way that is not
// understood.
func (r *Reading) comparesCount() bool {
	counter := r.Stepped()
	return r.comparesNumbers(r.Loop.Cond, nil) || counter != nil && r.Loop.Any(func(n ast.Node) bool {
		s, ok := n.(*ast.IfStmt)
		return ok && r.comparesNumbers(s.Cond, counter)
	})
}

// Stepped returns the variable that counts the passes, or that the loop's post
// statement steps, whatever else is done with it; or nil.
func (r *Reading) Stepped() types.Object {
	if r.Counter != nil {
		return r.Counter.Obj
	}
	if x, by := code.Step(r.Info, r.Loop.Post); by != 0 {
		if v := code.Local(r.Info, x); v != nil {
			return v
		}
	}
	return nil
}

// comparesNumbers reports whether cond compares whole numbers, one of which is
// obj if that is not nil.
func (r *Reading) comparesNumbers(cond ast.Expr, obj types.Object) bool {
	return slices.ContainsFunc(code.Comparisons(cond), func(cmp *ast.BinaryExpr) bool {
		t := r.Info.TypeOf(cmp.X)
		return code.IsInteger(t) && !site.IsDuration(t) && (obj == nil || code.Mentions(r.Info, cmp, obj))
	})
}

// GrowthToday tells how the delays grow, by the code or by the delays themselves.
func (r *Reading) GrowthToday() delays.Growth {
	switch g := r.Growth; {
	case g.Kind == growth.Constant:
		return delays.Constant
	case g.Kind == growth.Linear:
		return delays.Linear
	case g.Kind == growth.Exponential && g.Factor >= 2:
		return delays.Doubling
	case g.Kind == growth.Exponential && (g.Factor > 0 || delays.GrowthOf(r.growing()) != delays.Doubling):
		return delays.Slow
	}
	if g := delays.GrowthOf(r.growing()); g != delays.Constant || !r.Waits.More || r.Growth.Kind == growth.Random {
		return g
	}
	return delays.Unknown // some that follow may be longer
}

// growing returns the delays up to those at their limit, if there is one.
func (r *Reading) growing() []time.Duration {
	waits := r.Waits.Waits
	if !r.Growth.Capped || len(waits) == 0 {
		return waits
	}
	if i := slices.Index(waits, waits[len(waits)-1]); i > 1 {
		return waits[:i]
	}
	return waits
}

// PicksDelay reports whether some delays are longer than others, none of which grows: the
// number of the attempt picks one.
func (r *Reading) PicksDelay() bool {
	waits := r.waits()
	return r.Growth.Kind == growth.Constant && slices.ContainsFunc(waits, func(d time.Duration) bool { return d != waits[0] })
}

// StartsKnown reports whether the number that the passes begin to count from is a
// constant.
func (r *Reading) StartsKnown() bool {
	return r.Counter == nil || r.Counter.Start == nil || r.Info.Types[r.Counter.Start].Value != nil
}

// waits returns the waits of today, but for the first ones that are none.
func (r *Reading) waits() []time.Duration {
	return r.Waits.Waits[min(int(r.ZeroWaits()), len(r.Waits.Waits)):]
}

// ZeroWaits returns how many waits of today are none before the first that is one.
func (r *Reading) ZeroWaits() int64 {
	if len(r.Waits.Waits) > 0 {
		return zeros(r.Waits.Waits)
	}
	return zeros(r.Multiples)
}

// zeros returns how many zeros list begins with.
func zeros[T time.Duration | float64](list []T) int64 {
	if i := slices.IndexFunc(list, func(x T) bool { return x > 0 }); i >= 0 {
		return int64(i)
	}
	return int64(len(list))
}
