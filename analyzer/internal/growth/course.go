package growth

import (
	"go/constant"
	"go/types"
	"math/big"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A Course is what becomes of the waits of a site where all attempts fail, as a
// program computes them: with numbers that overflow, and a limit of attempts that
// is not known taken for a small one.
type Course struct {
	Waits    []time.Duration // the first ones, as far as they are known
	Count    int64           // how many there are
	Passes   int64           // how often the cycle was passed
	Ended    bool            // it came to its end by itself
	Overflow int             // which wait is the first that is not more than 0 since something overflows; 0 if a program never lives to see one
}

// lifetime is longer than a program runs.
const lifetime = 10 * 365 * 24 * time.Hour

// assumedLimit is the number of attempts that stands for one that is not known.
const assumedLimit = 3

// maxShift is how far a run shifts: much farther than a number is long.
const maxShift = 1 << 10

// Course returns the course of s. It is not ok if s has several delays, or is a
// cycle that cannot be run.
func (a *Analysis) Course(s *site.Site, b Bounds) (Course, bool) {
	if len(s.Delays) != 1 {
		return Course{}, false
	}
	r := &run{ev: a.evaluator(s), delay: s.Delays[0], known: &memory{}, budget: a.left.Part(maxBudget), wrapped: make(map[int64]bool)}
	if b.N == 0 && b.Limit != nil {
		r.assumptions = []assumption{{b.Limit, assumedLimit}}
	}
	if !r.cycle(s) || r.skipped {
		return Course{}, false
	}
	c := Course{Waits: r.waits, Count: r.count, Passes: r.passes, Ended: r.ended && !r.failed}
	var waited time.Duration
	for i, w := range r.waits {
		if i > 0 && i+1 == r.spins {
			c.Overflow = i + 1
			break
		}
		if waited += max(w, 0); w > lifetime || waited > lifetime {
			break
		}
	}
	return c, true
}

// result returns v as a value of type t, which is what a program makes of it if r
// wraps.
func (r *run) result(v constant.Value, t types.Type) constant.Value {
	in := typed(v, t)
	b, ok := basic(t)
	if in != nil || !ok || v.Kind() != constant.Int {
		return in
	}
	switch b.Kind() {
	case types.Int, types.Int64:
		n, ok := new(big.Int).SetString(v.ExactString(), 10)
		if ok {
			word := new(big.Int).And(n, new(big.Int).SetUint64(1<<64-1))
			return r.wrap(int64(word.Uint64()))
		}
	}
	return nil
}

// wraps reports whether r is told what overflows comes to.
func (r *run) wraps() bool { return r.wrapped != nil }

// wrap returns n, which something comes to that has overflowed; nil if r does not wrap.
func (r *run) wrap(n int64) constant.Value {
	if !r.wraps() {
		return nil
	}
	r.wrapped[n] = true
	return constant.MakeInt64(n)
}

// overflowed reports whether a wait of n is not more than 0 because something has
// overflowed: 0 may also be what the code says, as in if d > most { d = 0 }.
func (r *run) overflowed(n int64) bool {
	return n == 0 && r.wrapped[0] || n < 0 && len(r.wrapped) > 0
}

func isZero(v constant.Value) bool {
	return isNumber(v) && constant.Sign(v) == 0
}
