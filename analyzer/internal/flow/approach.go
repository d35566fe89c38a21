package flow

import "github.com/sharedretry/sharedretry/analyzer/internal/graph"

// An arrival is what is known at a point, whichever way leads there.
type arrival struct {
	reached bool
	early   bool // a way without a delay leads there
	facts   facts
}

// meet adds a way on which f is known.
func (a *arrival) meet(f facts) {
	if !a.reached {
		a.reached, a.facts = true, f
		return
	}
	var common facts
	for _, known := range a.facts {
		if f.get(known.path) == known.val {
			common = append(common, known)
		}
	}
	a.facts = common
}

// approach returns what the statements before each operation have assigned in
// the same pass, such as a flag that is set back: f is known where it begins. Of one
// operation alone it is what holds before it is run for the first time in a pass.
func (w *walker) approach(ops []*operation, f facts) map[*operation]facts {
	w = w.fork()
	w.learns, w.arrivals = false, make(map[graph.Point]*arrival)
	if len(ops) == 1 {
		w.avoid = ops[0]
	}
	for _, op := range ops {
		w.arrivals[op.at] = &arrival{}
	}
	before := make(map[*operation]facts)
	if w.walk(f).out {
		return before
	}
	for _, op := range ops {
		before[op] = w.arrivals[op.at].facts
	}
	return before
}

// arrive records what is known where s stands.
func (w *walker) arrive(s state) {
	if a := w.arrivals[s.at]; a != nil {
		a.early = a.early || s.delays == 0
		a.meet(s.facts)
	}
}
