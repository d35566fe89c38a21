package gen

// end is what stands behind the loop.
func (p *program) end() string {
	if p.header.unbounded && !p.isLeft() {
		return "" // it is not reached
	}
	if p.success == breaks {
		return p.afterBreak()
	}
	return p.failed()
}

// isLeft reports whether something leaves the loop and not the function.
func (p *program) isLeft() bool { return p.success == breaks || p.breaksOff() }

// breaksOff reports whether a failure does.
func (p *program) breaksOff() bool {
	exits := p.place == exitLast && p.exit == leaves && (!p.exitReturns || p.errors == forget)
	return p.final == finalBreak || exits
}

// afterBreak is the end of a loop that success breaks.
func (p *program) afterBreak() string {
	if p.place == onlyMore {
		return "w.Hit(\"through\")\n" + p.ret("nil", true)
	}
	switch {
	case p.tallies && p.op.isBool:
		return "return failed < COUNT\n"
	case p.tallies:
		return "if failed == COUNT {\nw.Log(\"giving up\")\nreturn\n}\nw.Hit(\"through\")\n"
	}
	switch p.ending {
	case logged:
		return "if err != nil {\nw.Log(\"giving up: %v\", err)\n" + p.ret("err", false) + "}\n" + p.ret("nil", true)
	case wraps, countWrap:
		return "if err != nil {\n" + p.ret(`fmt.Errorf("no attempt succeeded: %w", err)`, false) + "}\nw.Hit(\"through\")\n" + p.ret("nil", true)
	}
	return p.ret("err", true)
}

// failed is the end of a loop that is left only after failures.
func (p *program) failed() string {
	if p.op.isBool {
		if p.ending == own && p.rng.IntN(2) == 0 {
			return "w.Log(\"giving up\")\nreturn false\n"
		}
		return "return false\n"
	}
	err := p.errName()
	switch p.ending {
	case wraps:
		return p.ret(`fmt.Errorf("no attempt succeeded: %w", `+err+`)`, false)
	case own:
		if p.errors == last {
			return "w.Log(\"last: %v\", lastErr)\n" + p.ret(`errors.New("gave up")`, false)
		}
		return p.ret(`errors.New("gave up")`, false)
	case logged:
		return "w.Log(\"giving up: %v\", " + err + ")\n" + p.ret(err, false)
	case countWrap:
		if p.usesCount() {
			return p.ret(`fmt.Errorf("after %d attempts: %w", COUNT, `+err+`)`, false)
		}
	}
	if p.errors == named && !p.op.noError && !p.holds && p.rng.IntN(2) == 0 {
		return "return\n"
	}
	return p.ret(err, false)
}

// special returns loops that are no pass of a counted loop.
func (p *program) special() string {
	call := p.op.call
	if p.context != noContext && p.op.callCtx != "" {
		call = p.op.callCtx
	}
	log := ""
	if p.logFail != "" {
		log = "w.Log(\"failed: %v\", err)\n"
	}
	more := ""
	if p.final != noFinal {
		more = "!sim.IsFinal(err) && "
	}
	end := p.ret("err", true)
	if p.ending == wraps {
		end = "if err != nil {\n" + p.ret(`fmt.Errorf("all failed: %w", err)`, false) + "}\n" + p.ret("nil", true)
	}
	isFinal := ""
	if p.final != noFinal {
		isFinal = " || sim.IsFinal(err)"
	}
	switch p.header.text {
	case "recursion":
		args := "w, attempts-1"
		if p.base == "wait" {
			args += ", wait"
		}
		if p.context != noContext {
			args = "ctx, " + args
		}
		round := log + p.waiting() + "return " + p.name + "(" + args + ")\n"
		if p.rng.IntN(2) == 0 {
			return "err := " + call + "\nif err == nil || attempts <= 1" + isFinal + " {\n" + end + "}\n" + round
		}
		return "err := " + call + "\nif err != nil {\nif " + more + "attempts > 1 {\n" + round + "}\n" + p.ret("err", false) + "}\n" + p.ret("nil", true)
	case "before":
		leave := "break\n"
		if p.exitReturns {
			leave = end
		}
		return p.startDelay() + "err := " + call + "\nfor n := 1; n < COUNT; n++ {\nif err == nil" + isFinal + " {\n" + leave + "}\n" + log + p.waiting() + "err = " + call + "\n}\n" + end
	case "stays":
		return p.startDelay() + "err := " + call + "\nif err == nil" + isFinal + " {\n" + end + "}\nfor range COUNT {\n" + p.waiting() + "if err = " + call + "; err == nil {\n" + p.ret("nil", true) + "}\n" + log + "}\n" + end
	case "goto":
		return p.startDelay() + "n := 1\nagain:\nerr := " + call + "\nif err != nil && " + more + "n < COUNT {\n" + log + "n++\n" + p.waiting() + "goto again\n}\n" + end
	case "goto behind":
		start, before, after := "0", "n++\n", "" // where the count is stepped
		if p.rng.IntN(2) == 0 {
			start, before, after = "1", "", "n++\n"
		}
		failed := p.ret(pick(p.rng, "err", `fmt.Errorf("all failed: %w", err)`), false)
		return p.startDelay() + "n := " + start + "\nagain:\nerr := " + call + "\nif err != nil {\n" + before + "if " + more + "n < COUNT {\n" + after + log + p.waiting() + "goto again\n}\n" +
			failed + "}\nw.Hit(\"through\")\nif n > 1 {\nw.Log(\"succeeded after all\")\n}\n" + p.ret("nil", true)
	case "steps":
		next, header := p.other, pick(p.rng, "for {", "for range COUNT {")
		if p.rng.IntN(3) == 0 {
			next = p.amount()
		}
		if header == "for {" {
			end = ""
		}
		return p.startDelay() + "var err error\n" + header + "\nif err = " + call + "; err != nil {\n" + log + p.waiting() + "continue\n}\n" +
			"if err = w.Do(); err != nil {\n" + p.pause(next, "") + "continue\n}\nw.Hit(\"both\")\n" + p.ret("nil", true) + "}\n" + end
	case "pages":
		return p.startDelay() + "pages:\nfor page := 0; page < 2; page++ {\nfor n := 1; n <= COUNT; n++ {\nerr := " + call + "\nswitch {\ncase err == nil:\ncontinue pages\n" +
			"case n == COUNT" + isFinal + ":\n" + p.ret("err", false) + "}\n" + log + p.waiting() + "}\n}\n" + p.ret("nil", true)
	case "serves":
		return p.serves(call, log, isFinal)
	case "timeout":
		if isFinal != "" {
			log = "if sim.IsFinal(err) {\n" + p.ret("err", false) + "}\n" + log
		}
		return p.startDelay() + "timeout := time.After(10 * time.Second)\nfor {\nerr := " + call + "\nif err == nil {\n" + p.ret("nil", true) + "}\n" + log + p.waiting() + "}\n"
	case "deadline":
		return p.startDelay() + "var err error\nfor end := time.Now().Add(10 * time.Second); time.Now().Before(end); {\nif err = " + call + "; err == nil {\n" +
			p.ret("nil", true) + "}\n" + log + p.waiting() + "}\n" + end
	}
	if p.rng.IntN(2) == 0 {
		return p.startDelay() + "err := " + call + "\nfor n := 1; err != nil && " + more + "n < COUNT; n++ {\n" + log + p.waiting() + "err = " + call + "\n}\n" + end
	}
	return p.startDelay() + "err := " + call + "\nretries := 0\nfor err != nil && " + more + "retries < COUNT {\n" + p.waiting() + "retries++\nerr = " + call + "\n}\n" + end
}

// serves is a loop that success does not end, but for the second; it may begin anew with
// the first delay.
func (p *program) serves(call, log, isFinal string) string {
	header, end := "for served := 0; served < 2; {\n", p.ret("nil", true)
	worked := "w.Hit(\"served\")\nserved++\n"
	if chance(p.rng, 60) {
		header, end = "served := 0\nfor {\n", ""
		worked += "if served == 2 {\n" + p.ret("nil", true) + "}\n"
	}
	if p.variable() && p.growth != millis && p.growth != cappedMillis && chance(p.rng, 70) {
		worked += "delay = " + p.first() + "\n"
	}
	failed := log + p.waiting()
	if isFinal != "" {
		failed = "if sim.IsFinal(err) {\n" + p.ret("err", false) + "}\n" + failed
	}
	pass := map[int]string{
		0: "if err != nil {\n" + failed + "continue\n}\n" + worked,
		1: "if err != nil {\n" + failed + "} else {\n" + worked + "}\n",
		2: "if err == nil {\n" + worked + "continue\n}\n" + failed,
		3: "if err != nil {\n" + p.waiting() + "}\nw.Hit(\"round\")\nif err == nil {\n" + worked + "}\n", // also behind a wait
	}[p.rng.IntN(4)]
	return p.startDelay() + header + "err := " + call + "\n" + pass + "}\n" + end
}
