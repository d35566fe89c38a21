package gen

import (
	"fmt"
	"math/rand/v2"
)

// function returns the source of function P<n>.
func function(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	p := &program{name: fmt.Sprintf("P%d", n), rng: r}
	p.choose()
	return p.source()
}

// choose makes the choices; those that do not go together are mended.
func (p *program) choose() {
	r := p.rng
	p.op = &operations[weighted(r, 40, 22, 8, 8, 8, 6, 8)]
	p.header = &headers[weighted(r, 18, 12, 7, 7, 10, 12, 6, 6, 3, 5, 5, 4, 2, 5, 4, 3, 3, 3, 3, 4, 2, 3, 3, 6, 4)]
	p.limit = pick(r, 1, 2, 3, 3, 3, 3, 4, 4, 8)
	p.count = fmt.Sprint(p.limit)
	switch {
	case chance(r, 20):
		p.count, p.limit = "maxAttempts", 3
	case chance(r, 12):
		p.count, p.limit = "attempts", 3
	case chance(r, 6):
		p.count, p.limit = "usualAttempts", 3
	}
	p.base = pick(r, "time.Second", "100*time.Millisecond", "2*time.Second", "baseDelay", "baseDelay", "usualDelay")
	if chance(r, 10) {
		p.base = "wait"
	}
	p.context = contextForm(weighted(r, 40, 45, 8, 7))
	p.errors = errorStyle(weighted(r, 35, 30, 15, 20))
	p.success = successForm(weighted(r, 65, 35))
	p.final = finalForm(weighted(r, 40, 20, 15, 10, 8, 7, 5))
	p.delay = delayForm(weighted(r, 50, 12, 10, 28))
	p.place = place(weighted(r, 50, 14, 18, 18, 6))
	p.growth = growth(weighted(r, 28, 14, 6, 14, 8, 8, 9, 5, 4, 3, 3, 4, 4, 3, 2, 3, 2, 2, 2, 2, 3))
	p.ending = ending(weighted(r, 40, 25, 12, 15, 8))
	p.wrapper = wrapper(weighted(r, 78, 8, 6, 8))
	p.second = second(weighted(r, 84, 6, 5, 5))
	p.inBranch = chance(r, 30)
	p.inline = chance(r, 35)
	p.exitReturns = chance(r, 50)
	p.logBefore = chance(r, 12)
	p.logFail = pick(r, "", "", `w.Log("failed: %v", err)`, `w.Log("attempt %d failed: %v", NUMBER, err)`, `w.Hit("failed")`)
	p.logAfter = chance(r, 8)
	p.logDone = chance(r, 12)
	p.remarks = chance(r, 25)
	p.chooseSecond()
	p.mend()
	p.chooseAround()
	p.chooseDefaults()
	if chance(r, 12) {
		p.tells = pick(r, `sim.Logf("failed, retrying in %v", `, `sim.Logf("%v is the delay", `, `sim.Warn("failed", "attempt", 1, "delay", `) + p.amount() + ")\n"
	}
}

// chooseDefaults gives parameters a default.
func (p *program) chooseDefaults() {
	r := p.rng
	if p.counted() && p.header.defaults() > 0 && chance(r, 50) {
		d := countDefaults[r.IntN(p.header.defaults())]
		p.count, p.defaults = d.count, d.text
	}
	if p.base == "wait" && chance(r, 50) {
		p.defaults += pick(r, delayDefaults...)
	}
}

// chooseAround makes the choices for what stands around the loop and the attempt, which
// the others must allow.
func (p *program) chooseAround() {
	r := p.rng
	p.prelude = prelude(weighted(r, 76, 7, 7, 5, 5))
	if p.context == noContext && p.prelude > another || p.wrapper != function_ || p.header.special {
		p.prelude = nothingBefore
	}
	plainOp := !p.op.isBool && !p.op.noError && len(p.op.values) == 0 && !p.header.special && p.second == noSecond && p.bound == nil
	switch inner := p.errors == last || p.errors == forget; {
	case !plainOp:
	case p.errors == outer && p.success == returns && !p.inline && p.place != top && p.final != finalBreak && !p.header.unbounded:
		p.hides = chance(r, 20)
	case inner && p.place != top:
		p.within = chance(r, 20)
	}
	p.finishes = plainOp && !p.hides && (p.errors == outer || p.errors == named) && chance(r, 12)
	p.holds = !p.header.special && !p.op.isBool && p.exit == leaves && p.header.counter != "attempts" && chance(r, 8)
	if p.within {
		p.inBranch = true
	}
	p.made = p.errors == named && !p.header.special && chance(r, 50)
	p.observed = (p.errors == outer || p.errors == last) && !p.header.special && !p.op.noError && !p.op.isBool && chance(r, 20)
	p.lends = !p.holds && p.delay != selects && p.several != twoAnswers && p.header.text != "timeout" && chance(r, 10)
	counts := !p.holds && (p.op.noError || p.op.isBool) && !p.header.special && !p.header.unbounded && p.header.failed == "" && p.header.counter != "attempts" && p.bound == nil
	if counts && p.errors != last && p.place != onlyMore && p.place != exitLast && p.final != finalBreak && chance(r, 50) {
		p.tallies, p.success = true, breaks
	}
}

// chooseSecond makes the choices that go beyond one wait, a number of attempts
// and their counter.
func (p *program) chooseSecond() {
	r := p.rng
	p.factor = pick(r, "1.1", "1.2", "1.25", "1.5", "1.75", "2", "2.5", "3")
	p.other = pick(r, "5*time.Second", "30*time.Second", "time.Minute")
	p.several = several(weighted(r, 80, 4, 3, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2))
	p.asks = askForm(weighted(r, 85, 5, 5, 5))
	if chance(r, 12) {
		p.bound = &bounds[r.IntN(len(bounds))]
	}
	p.counter = counterForm(weighted(r, 88, 4, 4, 4))
	p.exit = lastExit(weighted(r, 86, 7, 7))
}
