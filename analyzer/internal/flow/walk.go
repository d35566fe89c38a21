package flow

import (
	"encoding/binary"
	"go/ast"
	"go/types"
	"maps"
	"math/bits"
	"strings"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// maxStates bounds a walk: real functions can have more ways through them than
// can be told apart. A walk that runs out of states proves nothing.
const maxStates = 400

// A walker follows every way from a point that agrees with what is known.
type walker struct {
	judge *Judge
	pkg   *source.Package
	info  *types.Info
	graph *graph.Graph
	cycle *graph.Cycle
	spots *spots

	op     *operation // what the walk begins at; nil if it begins at the head
	world  world
	others map[*ast.CallExpr][]value // the outcomes of other operations, where they are fixed
	depth  int                       // how many calls deep the walk is
	coarse bool                      // keep outcomes only, to have fewer states

	paths  paths
	looked bool // an error or a status inside a result was looked at
	seen   map[string]bool
	todo   []state
	reach  reach
}

// A state is a place with what is known there.
type state struct {
	at     graph.Point
	facts  facts
	delays delaySet
	heads  int  // how often the cycle's head was passed
	grown  bool // the delay was made longer
	reset  bool // the delay was set back
	armed  bool // a timer was set
}

// A reach is what a walk found.
type reach struct {
	delayed delaySet // the delays with another pass behind them
	again   bool     // another pass is reached without a delay
	armed   bool     // the pass ends with a timer set
	leaves  bool     // the cycle is left
	out     bool     // the walk ran out of states
	looked  bool     // an error or a status inside a result was looked at
	returns []result // what a function returns, one for each result
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

// walk goes on from op in a world, or from the cycle's head if op is nil.
func (w *walker) walk(f facts) reach {
	r := w.run(f)
	if r.out {
		w.coarse = true
		r = w.run(f)
	}
	return r
}

func (w *walker) run(f facts) reach {
	w.seen, w.todo, w.reach, w.looked = make(map[string]bool), nil, reach{}, false
	if w.op == nil {
		w.push(state{at: graph.Point{Block: w.cycle.Head}, facts: f})
	} else {
		w.start(state{at: w.op.at, facts: f})
	}
	for len(w.todo) > 0 {
		s := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.step(s)
		if len(w.seen) > maxStates {
			w.reach.out = true
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
	key := binary.AppendUvarint(nil, uint64(s.at.Block.Index))
	key = binary.AppendUvarint(key, uint64(s.at.Index))
	key = binary.AppendUvarint(key, uint64(s.delays))
	key = append(key, byte(s.heads), truthByte(s.grown), truthByte(s.reset), truthByte(s.armed))
	key = s.facts.append(key)
	if !w.seen[string(key)] {
		w.seen[string(key)] = true
		w.todo = append(w.todo, s)
	}
}

func (w *walker) step(s state) { w.nodes(s, false) }

// nodes goes through the rest of a block. begun is whether its first node is the
// operation that the walk begins at.
func (w *walker) nodes(s state, begun bool) {
	b := s.at.Block
	for ; s.at.Index < len(b.Nodes); s.at.Index++ {
		n := b.Nodes[s.at.Index]
		if stmt, ok := n.(ast.Stmt); ok && w.graph.Comms[stmt] != nil {
			continue
		}
		if w.op != nil && s.at == w.op.at && !begun {
			w.pass(s)
			return
		}
		begun = false
		s.delays |= w.spots.delays[s.at]
		if s.at.Index == len(b.Nodes)-1 && isCondition(b) {
			w.branch(s, n.(ast.Expr))
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
	if s.delays == 0 || !w.spots.backoff.counts(s) {
		w.reach.again = true
	} else {
		w.reach.delayed |= s.delays
	}
}

// isCondition reports whether b ends in a condition: go/cfg also gives two
// successors to the blocks of range, select and type switch statements.
func isCondition(b *cfg.Block) bool {
	if len(b.Succs) != 2 || len(b.Nodes) == 0 {
		return false
	}
	if _, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr); !ok {
		return false
	}
	switch b.Succs[0].Kind {
	case cfg.KindRangeBody, cfg.KindSelectCaseBody:
		return false
	}
	return true
}

// leaveBlock goes on to the successors of a block that does not end in a
// condition.
func (w *walker) leaveBlock(s state) {
	b := s.at.Block
	if len(b.Succs) == 0 {
		w.reach.leaves = true
		return
	}
	if len(b.Succs) == 2 && b.Succs[0].Kind == cfg.KindSwitchCaseBody {
		w.typeCase(s)
		return
	}
	for _, next := range b.Succs {
		w.enter(s, next)
	}
}

// enter goes on at the start of b.
func (w *walker) enter(s state, b *cfg.Block) {
	if !w.cycle.Holds(b) {
		w.reach.leaves = true
		return
	}
	s.at = graph.Point{Block: b, Index: -1}
	if b == w.cycle.Head {
		s.heads++
		w.reach.armed = w.reach.armed || s.armed
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
	if w.op != nil && w.op.at == s.at {
		w.pass(s)
		return
	}
	s.delays |= w.spots.delays[s.at]
	s = w.receives(s)
	s.at.Index = 0
	w.push(s)
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
		if p, ok := pathOf(w.info, stmt.X); ok {
			v = w.whole(p, f)
		}
		f = w.put(stmt.Value, v, f)
	}
	return f
}

// branch follows the edges of a condition that agree with what is known.
func (w *walker) branch(s state, e ast.Expr) {
	b := s.at.Block
	s.facts = w.effects(e, s.facts)
	if w.spots.returns[s.at] {
		w.enter(s, w.cycle.Head)
	}
	for i, want := range []bool{true, false} {
		f, ok := w.assume(b, e, want, s.facts)
		if ok {
			next := s
			next.facts = f
			w.enter(next, b.Succs[i])
		}
	}
}

// assume returns what is known if the condition of b is want. The condition of a
// switch's case is that its tag equals e.
func (w *walker) assume(b *cfg.Block, e ast.Expr, want bool, f facts) (facts, bool) {
	clause, ok := b.Succs[0].Stmt.(*ast.CaseClause)
	if ok && b.Succs[0].Kind == cfg.KindSwitchCaseBody {
		if sw, ok := w.graph.Switches[clause].(*ast.SwitchStmt); ok && sw.Tag != nil && sw.Tag != e {
			return w.assumeEqual(sw.Tag, e, want, f)
		}
	}
	return w.refine(e, want, f)
}

func (w *walker) assumeEqual(x, y ast.Expr, want bool, f facts) (facts, bool) {
	if t := equal(w.eval(x, f), w.eval(y, f)); t != maybe && t != truthOf(want) {
		return f, false
	}
	return w.refineEqual(x, y, want, f), true
}

// typeCase follows the edges of a type switch's case: no error has no type.
func (w *walker) typeCase(s state) {
	b := s.at.Block
	clause, _ := b.Succs[0].Stmt.(*ast.CaseClause)
	v := isUnknown
	if sw, ok := w.graph.Switches[clause].(*ast.TypeSwitchStmt); ok {
		v = w.eval(typeSwitchOperand(sw), s.facts)
	}
	hasNil := false
	for _, t := range clause.List {
		hasNil = hasNil || w.info.Types[t].IsNil()
	}
	if !(v == isZero && !hasNil) && !(v == isNonZero && hasNil && len(clause.List) == 1) {
		w.enter(s, b.Succs[0])
	}
	if !(v == isZero && hasNil) {
		w.enter(s, b.Succs[1])
	}
}

func typeSwitchOperand(sw *ast.TypeSwitchStmt) ast.Expr {
	var e ast.Expr
	switch stmt := sw.Assign.(type) {
	case *ast.ExprStmt:
		e = stmt.X
	case *ast.AssignStmt:
		e = stmt.Rhs[0]
	}
	if assert, ok := ast.Unparen(e).(*ast.TypeAssertExpr); ok {
		return assert.X
	}
	return e
}

// returned merges what a return statement returns into what the walk found.
func (w *walker) returned(ret *ast.ReturnStmt, f facts) {
	if w.depth == 0 || w.ended(f) {
		return
	}
	var vals []value
	for _, e := range ret.Results {
		vals = append(vals, w.eval(e, f))
	}
	if len(ret.Results) == 1 && len(resultTypes(w.info, ret.Results[0])) > 1 {
		vals = w.tuple(ret.Results[0], f)
	}
	if len(ret.Results) == 0 {
		for _, id := range namedResults(w.graph.Func.Type) {
			vals = append(vals, w.eval(id, f))
		}
	}
	if w.reach.returns == nil {
		w.reach.returns = make([]result, len(vals))
	}
	for i := range w.reach.returns {
		w.reach.returns[i].add(nth(vals, i))
	}
}

// ended reports whether a context has ended: what is returned then is not the
// outcome of an attempt.
func (w *walker) ended(f facts) bool {
	for _, known := range f {
		if strings.HasSuffix(w.paths.all[known.path].rest, contextErr) && known.val == isNonZero {
			return true
		}
	}
	return false
}

// A result is what is known of one result of a function over all its ways.
type result struct {
	seen           bool
	value          value // what all of them return, or unknown
	zero, not, any bool  // one returns zero, one something else, one what is not known
}

func (r *result) add(v value) {
	if !r.seen {
		r.seen, r.value = true, v
	} else {
		r.value = merge(r.value, v)
	}
	r.zero = r.zero || v == isZero
	r.not = r.not || notZero(v)
	r.any = r.any || v != isZero && !notZero(v)
}

// merge returns what is known of a value that is a or b.
func merge(a, b value) value {
	switch {
	case a == b:
		return a
	case notZero(a) && notZero(b):
		return isNonZero
	}
	return isUnknown
}

func namedResults(t *ast.FuncType) []ast.Expr {
	var list []ast.Expr
	if t.Results != nil {
		for _, field := range t.Results.List {
			for _, name := range field.Names {
				list = append(list, name)
			}
		}
	}
	return list
}

// fork returns a walker like w that has not walked yet.
func (w *walker) fork() *walker {
	c := *w
	c.coarse, c.paths = false, paths{numbers: maps.Clone(w.paths.numbers), all: w.paths.all}
	return &c
}

func truthByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}
