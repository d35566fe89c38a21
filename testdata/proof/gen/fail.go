package gen

import "strings"

// failure is what follows a failed attempt.
func (p *program) failure() string {
	var b strings.Builder
	b.WriteString(p.header.failed)
	if p.tallies {
		b.WriteString("failed++\n")
	}
	isFinal := "sim.IsFinal(err)"
	if p.remarks && p.final != noFinal {
		b.WriteString("// There is no use in trying again.\n")
	}
	switch p.final {
	case finalReturn:
		b.WriteString("if " + isFinal + " {\n" + p.ret("err", false) + "}\n")
	case finalIs:
		b.WriteString("if errors.Is(err, sim.ErrFinal) {\n" + p.ret("err", false) + "}\n")
	case finalKind:
		b.WriteString("if !errors.Is(err, sim.ErrBusy) {\n" + p.ret("err", false) + "}\n")
	case finalWrap:
		b.WriteString("if " + isFinal + " {\n" + p.ret(`fmt.Errorf("final: %w", err)`, false) + "}\n")
	case finalBreak:
		b.WriteString("if " + isFinal + " {\nbreak\n}\n")
	case finalOther:
		b.WriteString("if " + isFinal + " {\n" + p.ret(`errors.New("cannot be mended")`, false) + "}\n")
	}
	if p.errors == last {
		b.WriteString("lastErr = err\n")
	}
	switch p.second {
	case repairs:
		b.WriteString("if err := repair(w); err != nil {\nw.Log(\"repair: %v\", err)\n}\n")
	case repairsErr:
		b.WriteString("if err = repair(w); err != nil {\nw.Log(\"repair: %v\", err)\n}\n")
	}
	log := p.logFail
	if log != "" {
		log += "\n"
	}
	if log != "" && p.remarks {
		log = "// Someone may want to know.\n" + log
	}
	switch p.place {
	case bottom:
		b.WriteString(log + p.waiting())
	case top:
		b.WriteString(log)
	case notLast:
		b.WriteString("if " + p.header.more + " {\n" + log + p.waiting() + "}\n")
	case onlyMore:
		b.WriteString("if !sim.IsFinal(err) && " + p.header.more + " {\n" + log + p.waiting() + "continue\n}\n" + p.ret("err", false))
	case exitLast:
		b.WriteString(log + "if " + p.header.last + " {\n" + p.leave() + "}\n" + p.waiting())
	}
	return b.String()
}

// leave is what the last attempt does when it has failed.
func (p *program) leave() string {
	err := p.errName()
	if p.op.isBool {
		err = "errStopped"
	}
	switch {
	case p.exit == panics:
		return "panic(fmt.Sprintf(\"gave up: %v\", " + err + "))\n"
	case p.exit == callsOne:
		return "fatal(w, " + err + ")\n"
	case p.exitReturns && p.errors != forget:
		return p.ret(err, false)
	}
	return "break\n"
}

// errName is the variable with the error behind the loop.
func (p *program) errName() string {
	if p.errors == last {
		return "lastErr"
	}
	return "err"
}
