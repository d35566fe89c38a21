package flow

import (
	"go/ast"
	"math/bits"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
)

// A state is a place with what is known there.
type state struct {
	at     graph.Point
	facts  facts
	delays delaySet
	heads  int  // how often the cycle's head was passed
	grown  bool // the delay was made longer
	reset  bool // the delay was set back
	armed  bool // a timer was set
	told   bool // that a context has ended
}

// A reach is what a walk found.
type reach struct {
	delayed delaySet // the delays with another pass behind them
	every   delaySet // the delays that all these ways cross
	waits   delaySet // the delays with the head behind them, whether or not the operation stands in the next pass
	again   bool     // another pass is reached without a delay
	comes   bool     // another pass is reached at all
	blocks  bool     // the operation never succeeds: it blocks while all is well
	armed   bool     // the pass ends with a timer set
	inside  bool     // the operation comes again in the same pass, in a loop inside
	leaves  bool     // the cycle is left
	ends    bool     // and not because a context has ended
	leaving delaySet // the delays on the ways there
	out     bool     // the walk ran out of states
	told    bool     // the failure shows at all
	looked  bool     // an error or a status inside a result was looked at
	returns []result // what a function returns, one for each result
}

// last returns what a function returns as its last result.
func (r reach) last() (last result) {
	if n := len(r.returns); n > 0 {
		last = r.returns[n-1]
	}
	return last
}

// A delaySet is a set of a site's delays, by index; those from 63 on are one.
type delaySet uint64

func delayBit(i int) delaySet { return 1 << min(i, 63) }

// first returns the index of the first delay in the set.
func (d delaySet) first() int { return bits.TrailingZeros64(uint64(d)) }

// spots are the places of a cycle that matter to a walk.
type spots struct {
	delays  map[graph.Point]delaySet
	returns map[graph.Point]bool // calls that begin another pass: recursion
	arms    map[ast.Node]bool    // statements that set a timer
	backoff *backoff             // counts only the passes with a longer delay; nil counts all
}

func truthByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// textRoom is how many bytes of texts share one allocation.
const textRoom = 4096

// text returns key as a text: there are many short ones.
func (j *Judge) text(key []byte) string {
	if j.texts.Cap()-j.texts.Len() < len(key) {
		j.texts = strings.Builder{}
		j.texts.Grow(max(textRoom, len(key)))
	}
	from := j.texts.Len()
	j.texts.Write(key)
	return j.texts.String()[from:]
}
