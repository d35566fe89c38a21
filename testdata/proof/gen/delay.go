package gen

import (
	"fmt"
	"strings"
)

// startMillis is the first of a number of milliseconds.
const startMillis = 200

// variable reports whether the delay is kept in a variable.
func (p *program) variable() bool {
	switch p.growth {
	case doubling, cappedIf, cappedMin, step, millis, cappedMillis, factorFloat, half, triple, cappedHalf, byLiteral, byAddress, asked, early:
		return true
	}
	return false
}

// startDelay declares that variable.
func (p *program) startDelay() string {
	if p.growth == paced {
		return "pace := newPacer(" + p.first() + ")\n"
	}
	if !p.variable() {
		return ""
	}
	if p.growth == millis || p.growth == cappedMillis {
		return "ms := " + fmt.Sprint(startMillis) + "\n"
	}
	return "delay := " + p.first() + "\n" + map[growth]string{
		byLiteral: "grow := func() { delay *= 2 }\n",
		asked:     "next := func() time.Duration {\nd := delay\ndelay *= 2\nreturn d\n}\n",
	}[p.growth]
}

// first is the first delay; a limit must not be below it.
func (p *program) first() string {
	if (p.growth == cappedIf || p.growth == cappedMin || p.growth == cappedHalf) && p.base != "wait" {
		return "baseDelay"
	}
	return p.base
}

// amount is the delay.
func (p *program) amount() string {
	k, k1 := "INDEX", "(INDEX+1)"
	if p.place == top { // it belongs to the attempt before
		k, k1 = "(INDEX-1)", "INDEX"
	}
	switch p.growth {
	case linear:
		return "time.Duration(" + k1 + ")*" + p.first()
	case linearFromZero:
		return "time.Duration(" + k + ")*" + p.first()
	case shift:
		return "(" + p.first() + ")<<(" + k + ")"
	case quadratic:
		return "time.Duration(" + k1 + "*" + k1 + ")*" + p.first()
	case power:
		return "time.Duration(math.Pow(" + p.factor + ", float64(" + k + ")) * float64(" + p.first() + "))"
	case constant:
		return p.first()
	case millis, cappedMillis:
		return "time.Duration(ms)*time.Millisecond"
	case asked:
		return "next()"
	case paced:
		return "pace.delay()"
	}
	return "delay"
}

// waiting waits and lets the delay grow.
func (p *program) waiting() string {
	text := p.tells + p.waits(p.amount())
	if p.growth == early {
		text = "if delay < time.Hour {\ndelay *= 2\n}\n" + text
	}
	if p.lends {
		text = "back := lease(w)\n" + text + "back()\n"
	}
	if p.logAfter {
		text += "w.Hit(\"again\")\n"
	}
	switch p.growth {
	case doubling:
		text += "delay *= 2\n"
	case step:
		text += "delay += " + p.first() + "\n"
	case cappedIf:
		text += "delay *= 2\nif delay > maxDelay {\ndelay = maxDelay\n}\n"
	case cappedMin:
		text += "delay = min(delay*2, maxDelay)\n"
	case millis:
		text += "ms *= 2\n"
	case cappedMillis:
		text += "ms *= 2\nif ms > 500 {\nms = 500\n}\n"
	case factorFloat:
		text += "delay = time.Duration(float64(delay) * " + p.factor + ")\n"
	case half:
		text += "delay += delay / 2\n"
	case cappedHalf:
		text += "delay = min(delay*3/2, maxDelay)\n"
	case triple:
		text += "delay *= 3\n"
	case byLiteral:
		text += "grow()\n"
	case byAddress:
		text += "double(&delay)\n"
	case paced:
		text += "pace.double()\n"
	}
	return text
}

// slow reports whether the delay grows by a factor below two.
func (p *program) slow() bool {
	switch p.growth {
	case factorFloat, power:
		return p.factor < "2"
	}
	return p.growth == half || p.growth == cappedHalf
}

// pause waits once; answer is what is returned when it is cancelled.
func (p *program) pause(d, answer string) string {
	if p.header.text == "timeout" {
		clauses := []string{"case <-timeout:\n" + p.ret(pick(p.rng, "err", `fmt.Errorf("timed out: %w", err)`), false), "case <-time.After(" + d + "):\n"}
		if p.context != noContext && chance(p.rng, 50) {
			clauses = append(clauses, "case <-ctx.Done():\n"+answer)
		}
		return "select {\n" + strings.Join(clauses, "") + "}\n"
	}
	switch p.delay {
	case after:
		return "<-time.After(" + d + ")\n"
	case timer:
		return "timer := time.NewTimer(" + d + ")\n<-timer.C\n"
	case selects:
		done := "case <-ctx.Done():\n" + answer
		if p.rng.IntN(2) == 0 {
			return "select {\n" + done + "case <-time.After(" + d + "):\n}\n"
		}
		return "select {\ncase <-time.After(" + d + "):\n" + done + "}\n"
	}
	return "time.Sleep(" + d + ")\n"
}

// answer is what is returned when a wait is cancelled.
func (p *program) answer() string {
	switch p.rng.IntN(4) {
	case 0:
		return p.ret(`fmt.Errorf("cancelled: %w", ctx.Err())`, false)
	case 1:
		if p.errors != forget && p.place != top && p.place != notLast {
			return p.ret(p.errName(), false)
		}
	}
	return p.ret("ctx.Err()", false)
}

// waits waits, for one delay or several.
func (p *program) waits(d string) string {
	err := p.errName()
	if p.place != top {
		err = "err"
	}
	one := p.pause(d, p.answer())
	hint := "sim.RetryAfter(" + err + ")"
	switch p.several {
	case branches:
		return "if sim.IsFinal(" + err + ") {\n" + p.pause(p.other, p.answer()) + "} else {\n" + one + "}\n"
	case chosen:
		return "pause := " + d + "\nif sim.IsFinal(" + err + ") {\npause = " + p.other + "\n}\n" + p.pause("pause", p.answer())
	case hintIf:
		return "if after := " + hint + "; after > 0 {\n" + p.pause("after", p.answer()) + "} else {\n" + one + "}\n"
	case hintVar:
		return "pause := " + d + "\nif after := " + hint + "; after > 0 {\npause = after\n}\n" + p.pause("pause", p.answer())
	case hintMax:
		return p.pause("max("+d+", "+hint+")", p.answer())
	case hintCall:
		return p.pause("pauseAfter("+err+", "+d+")", p.answer())
	case hintField:
		return "pause := " + d + "\nvar busy *sim.OpError\nif errors.As(" + err + ", &busy) && busy.After > 0 {\npause = busy.After\n}\n" + p.pause("pause", p.answer())
	case lateSet:
		return "if sim.IsFinal(" + err + ") {\ndelay = " + p.other + "\n}\n" + one
	case resets:
		return one + "if sim.IsFinal(" + err + ") {\ndelay = " + p.first() + "\n}\n"
	case falls:
		return "switch {\ncase sim.IsFinal(" + err + "):\nw.Hit(\"final\")\nfallthrough\ndefault:\n" + one + "}\n"
	case mayWait:
		return "napUnlessFinal(" + err + ", " + d + ")\n"
	case inLiteral:
		return "calling(func() { delay += " + p.first() + " })\n" + one
	case optional:
		return "pause := " + d + "\nif usualAttempts > 0 {\npause = usualDelay\n}\n" + p.pause("pause", p.answer())
	case defaulted:
		return "pause := noDelay\nif pause == 0 {\npause = " + d + "\n}\n" + p.pause("pause", p.answer())
	case napsOr:
		return "napOr(noDelay, " + d + ")\n"
	case floored:
		return "pause := " + d + "\nif pause < leastDelay {\npause = leastDelay\n}\n" + p.pause("pause", p.answer())
	case twoAnswers:
		return "if sim.IsFinal(" + err + ") {\n" + p.pause(d, p.ret("errStopped", false)) + "} else {\n" + p.pause(d, p.ret("errReset", false)) + "}\n"
	}
	return one
}
