package gen

import "fmt"

// startMillis is the first of a number of milliseconds.
const startMillis = 200

// variable reports whether the delay is kept in a variable.
func (p *program) variable() bool {
	switch p.growth {
	case doubling, cappedIf, cappedMin, step, millis, cappedMillis:
		return true
	}
	return false
}

// startDelay declares that variable.
func (p *program) startDelay() string {
	if !p.variable() {
		return ""
	}
	if p.growth == millis || p.growth == cappedMillis {
		return "ms := " + fmt.Sprint(startMillis) + "\n"
	}
	return "delay := " + p.first() + "\n"
}

// first is the first delay; a limit must not be below it.
func (p *program) first() string {
	if (p.growth == cappedIf || p.growth == cappedMin) && p.base != "wait" {
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
	case constant:
		return p.first()
	case millis, cappedMillis:
		return "time.Duration(ms)*time.Millisecond"
	}
	return "delay"
}

// waiting waits and lets the delay grow.
func (p *program) waiting() string {
	d := p.amount()
	text := ""
	switch p.delay {
	case sleep:
		text = "time.Sleep(" + d + ")\n"
	case after:
		text = "<-time.After(" + d + ")\n"
	case timer:
		text = "timer := time.NewTimer(" + d + ")\n<-timer.C\n"
	case selects:
		out := p.ret("ctx.Err()", false)
		switch p.rng.IntN(4) {
		case 0:
			out = p.ret(`fmt.Errorf("cancelled: %w", ctx.Err())`, false)
		case 1:
			if p.errors != forget && p.place != top && p.place != notLast {
				out = p.ret(p.errName(), false)
			}
		}
		if p.rng.IntN(2) == 0 {
			text = "select {\ncase <-ctx.Done():\n" + out + "case <-time.After(" + d + "):\n}\n"
		} else {
			text = "select {\ncase <-time.After(" + d + "):\ncase <-ctx.Done():\n" + out + "}\n"
		}
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
	}
	return text
}
