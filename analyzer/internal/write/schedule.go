package write

import (
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// waits are the delays of the helper as far as constants tell them.
type waits struct {
	first time.Duration // 0 if it is not known
	most  time.Duration // the limit, or 0
}

// shownWaits is how many delays of a schedule without an end are computed.
const shownWaits = 9

// Schedule returns the delays of the helper where all attempts fail; nil if
// constants do not tell them.
func (w *Writer) Schedule() *growth.Schedule {
	n, more := int64(shownWaits), true
	switch today := w.Waits; {
	case w.Helper.Shape == helper.Wait && len(today.Waits) > 0 && !today.More:
		n, more = int64(len(today.Waits)), false // the loop goes round as often
		if w.SparesLast {
			n--
		}
	case w.Helper.Shape != helper.Wait && w.Bounded && w.Attempts.Constant():
		n, more = w.Attempts.Offset-1, false
	}
	if w.waits.first <= 0 || n < 1 || n > 1000 {
		return nil
	}
	return &growth.Schedule{Waits: delays.Doubled(w.waits.first, w.waits.most, int(n)), More: more}
}
