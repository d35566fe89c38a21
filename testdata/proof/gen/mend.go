package gen

import "slices"

// mend changes choices that do not go together.
func (p *program) mend() {
	h := p.header
	p.mendSecond()
	if p.op.isBool {
		p.mendBool()
	}
	if h.special {
		p.mendSpecial()
	}
	if p.op.noError && p.errors == named {
		p.errors = last
	}
	if p.delay == selects && p.context == noContext {
		p.context = parameter
	}
	if h.last == "" && p.place != bottom || h.index == "" && p.place == top {
		p.place = bottom
	}
	if p.second != noSecond && (p.op.isBool || h.special) {
		p.second = noSecond
	}
	if p.second == repairsErr && p.errors != outer && p.errors != named {
		p.second = repairs
	}
	if p.second == verifies && (p.inBranch || p.inline) {
		p.second = noSecond
	}
	if h.text == "for ; attempts > 0; attempts-- {" {
		p.count = "attempts"
		if p.ending == countWrap {
			p.ending = wraps // it has been counted down
		}
	}
	if h.failed != "" && p.place == top {
		p.place = bottom // it is not counted yet
	}
	if h.index == "" || p.growth == quadratic && h.index == "COUNT-left" {
		switch p.growth {
		case linear, linearFromZero, shift, quadratic, power:
			p.growth = doubling
		}
		if p.logFail != "" && h.number == "" {
			p.logFail = `w.Log("failed: %v", err)`
		}
	}
	if h.unbounded && h.last != "" {
		p.place = exitLast // else there is no end, and the count is of no use
	}
	if p.place == onlyMore {
		p.inBranch, p.final = false, noFinal
	}
	if h.unbounded && (p.place == notLast || p.place == onlyMore) {
		p.place = exitLast
	}
	if p.growth == linearFromZero && p.base == "wait" {
		p.growth = linear
	}
	if p.op.isBool && p.logFail != "" {
		p.logFail = `w.Hit("failed")`
	}
	if p.errors == forget && (p.ending == plain || p.ending == wraps || p.ending == logged || p.ending == countWrap) {
		p.ending = own
	}
	if p.success == breaks {
		// What stands behind the loop must see the error.
		if p.errors == last || p.errors == forget {
			p.errors = outer
		}
		p.inBranch = false
		if p.op.noError {
			p.success = returns
		}
	}
	if p.final == finalBreak && p.errors != outer && p.errors != named {
		p.final = finalReturn
	}
	if p.errors == outer && p.ending == own {
		p.ending = plain // else the variable is not used
	}
	if h.unbounded && h.last == "" && p.errors == last {
		p.errors = outer // else the variable is not used
	}
	if p.wrapper != function_ && p.errors == named {
		p.errors = outer
	}
	if h.unbounded && p.success == breaks && !p.breaksOff() {
		p.ending = plain // else it has code that is never reached
	}
	if p.context == withCancel || p.context == withTimeout {
		p.wrapper = function_
	}
}

// mendSpecial is for loops that are written in one way only.
func (p *program) mendSpecial() {
	if p.op.isBool || len(p.op.values) > 0 || p.op.noError && p.header.text == "recursion" {
		p.op = &operations[0]
	}
	if p.header.text == "recursion" {
		p.count, p.wrapper = "attempts", function_
		if p.context == withCancel || p.context == withTimeout {
			p.context = parameter
		}
	}
	p.place, p.errors, p.success = bottom, outer, returns
	if p.final == finalKind {
		p.final = finalReturn
	}
	if p.header.text == "handed" {
		p.count, p.wrapper, p.second = "attempts", function_, noSecond
		p.growth, p.base = constant, pick(p.rng, "time.Second", "baseDelay")
	}
	if p.delay == selects && p.header.text != "serves" {
		p.delay = sleep
	}
	switch p.growth {
	case linear, linearFromZero, shift, quadratic, power:
		p.growth = doubling
	}
	if p.header.text == "recursion" {
		p.growth = constant // a parameter of its own would be needed
	}
}

// mendSecond is for choices beyond one wait, a number of attempts and their counter.
func (p *program) mendSecond() {
	h := p.header
	switch p.several {
	case branches, chosen, falls, mayWait:
		p.final = noFinal
	case lateSet, resets, inLiteral:
		p.final = noFinal
		if !p.variable() || p.growth == millis || p.growth == cappedMillis || h.special {
			p.several = oneWait
		}
	case optional, floored, defaulted, napsOr:
		p.growth, p.tells = constant, ""
	case twoAnswers:
		p.final, p.delay = noFinal, selects
	}
	if p.several != oneWait && p.place == top && p.errors == forget {
		p.errors = outer
	}
	if p.wrapper == goroutine {
		p.exit = leaves // else it would end the test
	}
	if p.op.isBool || p.several == twoAnswers && h.special || h.text == "timeout" {
		p.several = oneWait
	}
	if p.asks != asksNot && p.context == noContext {
		p.context = parameter
	}
	if p.asks == asksHeader && !condition.MatchString(h.text) {
		p.asks = asksErr
	}
	if h.special {
		p.asks, p.counter = asksNot, once
	}
	if h.counter == "" {
		p.counter = once
	}
	if p.bound != nil {
		p.mendBound()
	}
}

// mendBound takes the operation that changes the bound, if there can be one.
func (p *program) mendBound() {
	if !p.usesCount() || p.header.special || p.op.isBool || p.op.noError || len(p.op.values) > 0 || p.header.text == "for ; attempts > 0; attempts-- {" {
		p.bound = nil
		return
	}
	p.op = &operation{call: p.bound.call}
	p.count = p.bound.count
}

func (p *program) mendBool() {
	p.errors, p.final, p.ending = forget, noFinal, own
	if p.place == onlyMore {
		p.place = notLast
	}
	p.success = returns
	p.inline, p.exitReturns = false, false
}

// counted reports whether the number of attempts is a parameter.
func (p *program) counted() bool {
	return (p.count == "attempts" || p.count == "most") && p.usesCount() // most is made of it
}

func (p *program) usesCount() bool {
	return p.header.special && !slices.Contains([]string{"deadline", "serves", "timeout"}, p.header.text) || p.header.text == "goto" || p.header.last != "" || p.header.text == "for range COUNT {"
}
