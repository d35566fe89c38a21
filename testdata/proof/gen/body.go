package gen

import (
	"regexp"
	"strings"
)

// body returns the statements of the function.
func (p *program) body() string {
	var b strings.Builder
	switch p.context {
	case withCancel:
		b.WriteString("ctx, cancel := context.WithCancel(ctx)\ndefer cancel()\n")
	case withTimeout:
		b.WriteString("ctx, cancel := context.WithTimeout(ctx, 9000*time.Hour)\ndefer cancel()\n")
	}
	b.WriteString(p.defaults + preludes[p.prelude])
	if p.holds {
		b.WriteString("w.Acquire()\n")
	}
	if p.header.special {
		b.WriteString(p.special())
	} else {
		b.WriteString(p.declarations())
		pass := p.begin() + p.pass()
		text := p.header.text
		if p.asks == asksHeader {
			text = condition.ReplaceAllString(text, "$1 && ctx.Err() == nil;")
		}
		if text == "for i := range COUNT {" && !strings.Contains(pass, "INDEX") && !strings.Contains(pass, "NUMBER") && !strings.Contains(pass, "if i ") && !strings.Contains(pass, "&& i ") && p.counter == once {
			text = "for range COUNT {"
		}
		b.WriteString(p.header.before + "\n" + text + "\n" + p.header.top + "\n" + pass)
		b.WriteString("}\n")
		b.WriteString(p.end())
	}
	return p.fill(b.String())
}

// preludes are what stands before the loop.
var preludes = map[prelude]string{
	over:    "before, stop := context.WithTimeout(context.Background(), time.Second)\nw.Tell(\"before: %v\", before.Err())\nstop()\n",
	another: "other, stop := context.WithTimeout(context.Background(), 2*time.Second)\ndefer stop()\nw.Tell(\"other: %v\", other.Err())\n",
	ended:   "select {\ncase <-ctx.Done():\ncase <-time.After(time.Minute):\n}\n",
	asked_:  "if ctx == nil {\nw.Tell(\"no context\")\n}\n",
}

var (
	doubled  = regexp.MustCompile(`\(\(([^()]*)\)\)`) // parentheses that no one would write
	shifted  = regexp.MustCompile(`<<\((\w+)\)`)
	newlines = regexp.MustCompile(`\n\n+`)
)

// condition is the condition of a header.
var condition = regexp.MustCompile(`([^ ]+ (?:<|<=|>) [^ ]+);`)

// begin is what the body does before anything else.
func (p *program) begin() string {
	var b strings.Builder
	n := p.header.counter
	switch p.counter {
	case redeclared:
		b.WriteString(n + " := " + n + "\nw.Log(\"number %d\", " + n + ")\n")
	case shifted_:
		op := "+"
		if strings.Contains(p.header.text, "--") {
			op = "-"
		}
		b.WriteString(n + " := " + n + op + "1\nw.Log(\"number %d\", " + n + ")\n")
	case kept:
		b.WriteString("seen = append(seen, &" + n + ")\n")
	}
	b.WriteString(p.asking())
	if p.made {
		b.WriteString("made++\n")
	}
	return b.String()
}

// asking asks whether the context has ended.
func (p *program) asking() string {
	switch p.asks {
	case asksSelect:
		return "select {\ncase <-ctx.Done():\n" + p.ret("ctx.Err()", false) + "default:\n}\n"
	case asksErr:
		return "if ctx.Err() != nil {\n" + p.ret(pick(p.rng, "ctx.Err()", `fmt.Errorf("stopped: %w", ctx.Err())`, "errStopped"), false) + "}\n"
	}
	return ""
}

// fill replaces the names that stand for expressions.
func (p *program) fill(text string) string {
	text = strings.ReplaceAll(text, "NUMBER", p.header.number)
	text = strings.ReplaceAll(text, "INDEX", p.header.index)
	text = strings.ReplaceAll(text, "COUNT", p.count)
	text = strings.ReplaceAll(text, "-1+1", "")
	text = doubled.ReplaceAllString(text, "($1)")
	text = shifted.ReplaceAllString(text, "<<$1")
	return strings.TrimLeft(newlines.ReplaceAllString(text, "\n"), "\n")
}

// outside reports whether the operation's values are declared before the loop.
func (p *program) outside() bool { return p.success == breaks && p.errors != named }

// declarations are what stands before the loop.
func (p *program) declarations() string {
	var b strings.Builder
	if p.errors == outer {
		b.WriteString("var err error\n")
	}
	if p.errors == last {
		b.WriteString("var lastErr error\n")
	}
	if p.observed {
		b.WriteString("defer func() {\nw.Log(\"ended: %v\", " + p.errName() + ")\n}()\n")
	}
	if p.tallies {
		b.WriteString("failed := 0\n")
	}
	if p.bound != nil {
		b.WriteString(p.bound.declared + "\n")
	}
	if p.counter == kept {
		b.WriteString("var seen []*int\ndefer func() {\nfor _, n := range seen {\nw.Log(\"seen %d\", *n)\n}\n}()\n")
	}
	if p.outside() {
		for i, v := range p.op.values {
			b.WriteString("var " + v + " " + p.op.types[i] + "\n")
		}
	}
	b.WriteString(p.startDelay())
	return b.String()
}

// attempt is the operation as an assignment.
func (p *program) attempt() (before, assign string) {
	call := p.op.call
	if p.context != noContext && p.op.callCtx != "" {
		call = p.op.callCtx
	}
	if p.op.isBool {
		return "", call
	}
	vars := strings.Join(append(append([]string(nil), p.op.values...), "err"), ", ")
	switch {
	case p.hides:
	case p.errors == outer:
		if !p.outside() {
			for i, v := range p.op.values {
				before += "var " + v + " " + p.op.types[i] + "\n"
			}
		}
		return before, vars + " = " + call
	case p.errors == named:
		return "", vars + " = " + call
	}
	return "", vars + " := " + call
}

// pass is the body of the loop.
func (p *program) pass() string {
	var b strings.Builder
	if p.place == top {
		b.WriteString("if INDEX > 0 {\n" + p.waiting() + "}\n")
	}
	if p.logBefore {
		b.WriteString("w.Hit(\"prepare\")\n")
	}
	if p.remarks {
		b.WriteString("// One attempt.\n")
	}
	before, assign := p.attempt()
	b.WriteString(before)
	if p.op.isBool {
		b.WriteString(p.judged("if "+assign+" {\n", "if !"+assign+" {\n"))
		return b.String()
	}
	if p.within {
		b.WriteString("n, err := begin(w)\nif err != nil {\n" + p.ret("err", false) + "}\n" +
			p.judged("", "if "+assign+"; err != nil {\nw.Log(\"begun %d\", n)\n"))
		return b.String()
	}
	// The variables of an init are not in scope behind the if.
	if p.inline && (p.errors == outer || p.errors == named) {
		b.WriteString(p.judged("if "+assign+"; err == nil {\n", "if "+assign+"; err != nil {\n"))
		return b.String()
	}
	b.WriteString(assign + "\n")
	b.WriteString(p.judged("if err == nil {\n", "if err != nil {\n"))
	return b.String()
}

// judged tells success from failure.
func (p *program) judged(succeeded, failed string) string {
	switch {
	case p.inBranch && p.place == onlyMore: // it has gone on, or returned
		return failed + p.failure() + "}\n" + p.succeed()
	case p.inBranch:
		return failed + p.failure() + "continue\n}\n" + p.succeed()
	}
	return succeeded + p.succeed() + "}\n" + p.failure()
}

func (p *program) succeed() string {
	if p.second == verifies {
		return "if err = repair(w); err == nil {\n" + p.done() + "}\n"
	}
	return p.done()
}

func (p *program) done() string {
	done := ""
	if p.logDone {
		done = "w.Log(\"done\")\n"
	}
	if p.finishes {
		done += "err = finish(w)\n"
	}
	if p.success == breaks {
		return done + "break\n"
	}
	if p.finishes {
		return done + p.ret("err", true)
	}
	if p.errors == named && !p.holds && p.rng.IntN(2) == 0 {
		return done + "return\n"
	}
	return done + p.ret("nil", true)
}
