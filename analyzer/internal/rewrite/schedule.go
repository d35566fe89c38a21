package rewrite

import (
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// waits are the delays of the helper as far as constants tell them.
type waits struct {
	first time.Duration // 0 if it is not known
	most  time.Duration // the limit, or 0
}

// shownWaits is how many delays of a schedule without an end are computed.
const shownWaits = 9

// schedule returns the delays of the helper where all attempts fail; nil if
// constants do not tell them.
func (w *writer) schedule() *growth.Schedule {
	n, more := int64(shownWaits), true
	if w.bounded && w.binder.limit.constant() {
		n, more = w.binder.limit.offset-1, false
	}
	if w.waits.first <= 0 || n < 1 || n > 1000 {
		return nil
	}
	s := &growth.Schedule{More: more}
	d := w.waits.first
	for range n {
		if w.waits.most > 0 {
			d = min(d, w.waits.most)
		}
		s.Waits = append(s.Waits, d)
		if d < 1<<61 {
			d *= 2
		}
	}
	return s
}
