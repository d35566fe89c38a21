package flow

import (
	"encoding/binary"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// maxStates bounds a walk: real functions can have more ways through them than
// can be told apart. A walk that runs out of states, or of what the site or the
// package may cost, proves nothing but what it found.
const maxStates = 600

// A walker follows every way from a point that agrees with what is known.
type walker struct {
	judge *Judge
	pkg   *source.Package
	info  *types.Info
	graph *graph.Graph
	cycle *graph.Cycle
	spots *spots

	avoid  *operation // what the walk does not run
	op     *operation // what the walk begins at; nil if it begins at the head
	world  world
	others map[*ast.CallExpr][]value // the outcomes of other operations, where they are fixed
	depth  int                       // how many calls deep the walk is
	coarse bool                      // keep outcomes only, to have fewer states
	inner  []ast.Node                // the bodies of loops in which a count of successes becomes as high as it can
	strict bool                      // a way on which the code itself makes an error is not one of success
	enough func(reach) bool          // whether nothing that is still to come matters; nil if all does

	paths    *paths
	seen     map[string]bool // the states of the walk: of those that share it only one runs at a time
	learns   bool            // keep what conditions tell, not only what is assigned
	arrivals map[graph.Point]*arrival
	watch    []path   // whose values at the end are asked for
	ends     []result // these values
	looked   bool     // an error or a status inside a result was looked at
	key      []byte   // for push
	todo     []state
	reach    reach
}

// walk goes on from op in a world, or from the cycle's head if op is nil.
func (w *walker) walk(f facts) reach {
	r := w.run(f)
	if r.out && !w.judge.work.Out() {
		w.coarse = true
		r = w.run(f)
	}
	return r
}

func (w *walker) run(f facts) reach {
	clear(w.seen)
	w.todo, w.reach, w.looked = w.todo[:0], reach{}, false
	if w.op == nil {
		w.push(state{at: graph.Point{Block: w.cycle.Head}, facts: f})
	} else {
		w.start(state{at: w.op.at, facts: f})
	}
	for len(w.todo) > 0 {
		s := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.nodes(s, false)
		if len(w.seen) > maxStates || w.judge.work.Out() {
			w.reach.out = true
			break
		}
		if w.enough != nil && w.enough(w.reach) {
			break
		}
	}
	w.reach.looked = w.looked
	return w.reach
}

// start goes on from the operation itself.
func (w *walker) start(s state) {
	if s.at.Index < 0 { // a select's or a range's receive
		s = w.receives(s)
		s.at.Index = 0
		w.push(s)
		return
	}
	w.nodes(s, true)
}

func (w *walker) push(s state) {
	key := binary.AppendUvarint(w.key[:0], uint64(s.at.Block.Index))
	key = binary.AppendUvarint(key, uint64(s.at.Index))
	key = binary.AppendUvarint(key, uint64(s.delays))
	key = append(key, byte(s.heads), truthByte(s.grown), truthByte(s.reset), truthByte(s.armed), truthByte(s.told))
	key = s.facts.append(key)
	w.key = key
	w.judge.work.Spend(1 + len(key)/16)
	if !w.seen[string(key)] {
		w.seen[w.judge.text(key)] = true
		w.todo = append(w.todo, s)
	}
}

// nodes goes through the rest of a block. begun is whether its first node is the
// operation that the walk begins at.
func (w *walker) nodes(s state, begun bool) {
	b := s.at.Block
	for ; s.at.Index < len(b.Nodes); s.at.Index++ {
		n := b.Nodes[s.at.Index]
		if !w.judge.work.Spend(1 + len(s.facts)/4) {
			return // a block may be of any length
		}
		if stmt, ok := n.(ast.Stmt); ok && w.graph.Comms[stmt] != nil {
			continue
		}
		w.arrive(s)
		if w.avoid != nil && s.at == w.avoid.at {
			return
		}
		if w.op != nil && s.at == w.op.at && !begun {
			w.pass(s)
			return
		}
		begun = false
		if s.at.Index == len(b.Nodes)-1 && isCondition(b) {
			w.condition(s, n.(ast.Expr))
			return
		}
		s.delays |= w.spots.delays[s.at]
		if w.strict && w.judge.failsBy(n) {
			return
		}
		s.facts = w.exec(n, s.facts)
		s = w.spots.backoff.mark(n, s)
		s.armed = s.armed || w.spots.arms[n]
		if w.spots.returns[s.at] {
			w.enter(s, w.cycle.Head)
		}
		if ret, ok := n.(*ast.ReturnStmt); ok {
			w.returned(ret, s.facts)
		}
	}
	w.leaveBlock(s)
}

// pass records that another pass is reached.
func (w *walker) pass(s state) {
	if s.heads == 0 {
		w.reach.inside = true
		return
	}
	if !w.reach.comes {
		w.reach.comes, w.reach.every = true, s.delays
	}
	w.reach.every &= s.delays
	switch {
	case s.delays == 0 || !w.spots.backoff.counts(s):
		w.reach.again = true
	default:
		w.reach.delayed |= s.delays
	}
}

// leave records that the cycle is left.
func (w *walker) leave(s state) {
	w.reach.leaves = true
	w.reach.ends = w.reach.ends || !s.told
	w.reach.leaving |= s.delays
}

// enter goes on at the start of b.
func (w *walker) enter(s state, b *cfg.Block) {
	s.told = s.told || w.isStop(b)
	if !w.cycle.Holds(b) {
		w.leave(s)
		return
	}
	s.at = graph.Point{Block: b, Index: -1}
	if b == w.cycle.Head {
		s.heads++
		s.facts = w.anew(s.facts)
		w.reach.armed = w.reach.armed || s.armed
		if !isCondition(b) {
			w.reach.waits |= s.delays
		}
		if w.op == nil {
			w.pass(s)
			return
		}
		if s.heads > 1 {
			return // the pass after next is not what the outcome decides
		}
	}
	if b.Kind == cfg.KindSelectCaseBody && w.blocked(b, s.facts) || w.sends(b) {
		return
	}
	w.arrive(s)
	if w.avoid != nil && s.at == w.avoid.at {
		return
	}
	if w.op != nil && w.op.at == s.at {
		w.pass(s)
		return
	}
	s.delays |= w.spots.delays[s.at]
	s = w.receives(s)
	s.at.Index = 0
	w.push(s)
}

// isStop reports whether b is where a context has ended.
func (w *walker) isStop(b *cfg.Block) bool {
	clause, ok := b.Stmt.(*ast.CommClause)
	return ok && b.Kind == cfg.KindSelectCaseBody && code.DoneOf(w.info, clause.Comm) != nil
}

// receives records what a range or a select gives its variables.
func (w *walker) receives(s state) state {
	switch stmt := s.at.Block.Stmt.(type) {
	case *ast.RangeStmt:
		if s.at.Block.Kind == cfg.KindRangeBody {
			s.facts = w.ranges(stmt, s.facts)
		}
	case *ast.CommClause:
		if s.at.Block.Kind == cfg.KindSelectCaseBody && stmt.Comm != nil {
			s.facts = w.exec(stmt.Comm, s.facts)
			s.facts = w.drain(stmt.Comm, s.facts)
		}
	}
	return s
}

// ranges gives a range's variables their next values: parts of a result are as
// good or bad as the whole.
func (w *walker) ranges(stmt *ast.RangeStmt, f facts) facts {
	if stmt.Key != nil {
		f = w.put(stmt.Key, isUnknown, f)
	}
	if stmt.Value != nil {
		v := isUnknown
		if n := w.paths.operand(stmt.X).path; n != none {
			v = w.paths.whole(n, f)
		}
		if v == isUnknown && w.eval(stmt.X, f) == isZero {
			v = isZero // no errors
		}
		f = w.put(stmt.Value, v, f)
	}
	return f
}

// fork returns a walker like w that has not walked yet.
func (w *walker) fork() *walker {
	c := *w
	c.coarse = false
	return &c
}

// anew forgets what is known of the variables that a new pass makes anew.
func (w *walker) anew(f facts) facts {
	return w.paths.without(f, func(p path) bool { return w.cycle.Made(p.root) })
}
