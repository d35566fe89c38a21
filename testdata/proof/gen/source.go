package gen

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// seconds are the first delays as a directive has them.
var seconds = map[string]string{
	"time.Second": "1s", "100*time.Millisecond": "100ms", "2*time.Second": "2s", "baseDelay": "200ms", "usualDelay": "300ms",
}

// world is the parameter that is a field in methods.
var world = regexp.MustCompile(`\bw([.),])`)

// source returns the function.
func (p *program) source() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n// %s is generated.\n", p.name)
	if p.growth == linearFromZero {
		fmt.Fprintf(&b, "//\n//proof:base=%s\n", seconds[p.first()])
	}
	if p.growth == cappedIf || p.growth == cappedMin || p.growth == cappedMillis || p.growth == cappedHalf {
		b.WriteString("//\n//proof:cap=500ms\n")
	}
	if p.header.text == "deadline" || p.header.text == "timeout" {
		b.WriteString("//\n//proof:deadline=10s\n")
	}
	if p.slow() {
		b.WriteString("//\n//proof:slow\n")
	}
	switch p.several {
	case hintIf, hintVar, hintMax, hintCall, hintField:
		b.WriteString("//\n//proof:hints\n")
	}
	if p.final == finalKind {
		b.WriteString("//\n//proof:kinds\n")
	}
	if p.ignores() {
		b.WriteString("//\n//proof:ignores\n")
	}
	if p.header.text == "handed" {
		b.WriteString(p.handed())
		return b.String()
	}
	var params []string
	if p.context != noContext {
		params = append(params, "ctx context.Context")
	}
	params = append(params, "w *sim.World")
	args := []string{"w"}
	if p.counted() {
		params, args = append(params, "attempts int"), append(args, "attempts")
	}
	if p.base == "wait" {
		params, args = append(params, "wait time.Duration"), append(args, "wait")
	}
	if p.context != noContext {
		args = append([]string{"ctx"}, args...)
	}
	sig, body := "("+strings.Join(params, ", ")+") "+p.results(), p.body()
	switch p.wrapper {
	case function_:
		fmt.Fprintf(&b, "func %s%s {\n%s}\n", p.name, sig, body)
	case closure:
		fmt.Fprintf(&b, "func %s%s {\nrun := func() %s {\n%s}\n", p.name, sig, p.results(), body)
		b.WriteString(p.calling("run()") + "}\n")
	case goroutine:
		fmt.Fprintf(&b, "func %s%s {\n", p.name, sig)
		b.WriteString(p.inGoroutine(body) + "}\n")
	case method:
		lower := strings.ToLower(p.name)
		fmt.Fprintf(&b, "func %s%s {\n", p.name, sig)
		call := fmt.Sprintf("(&client{w: w}).%s(%s)", lower, strings.Join(drop(args, "w"), ", "))
		b.WriteString(p.calling(call) + "}\n\n")
		fmt.Fprintf(&b, "func (c *client) %s(%s) %s {\n%s}\n", lower, strings.Join(drop(params, "w *sim.World"), ", "), p.results(),
			world.ReplaceAllString(body, "c.w$1"))
	}
	return b.String()
}

// ignores reports whether a fix need not look at the context: a function literal
// that does not use it may outlive it, the error of an attempt before the loop
// is not known to be one of the loop, nor is that of a repair, what follows the
// loop may not tell the end of the context from what it means, the context may have
// ended before, or be none, what is done behind a wait, such as to give back what was
// taken for it, would be left out, and what a loop without a bound holds is let go only
// where it succeeds or fails for good.
func (p *program) ignores() bool {
	literal := p.wrapper == closure || p.wrapper == goroutine
	before := p.header.text == "before" || p.header.text == "condition" || p.header.text == "stays"
	if p.prelude == ended || p.prelude == asked_ || p.lends || p.logAfter || p.holds && p.header.unbounded && p.header.last == "" {
		return true
	}
	return literal && (p.op.callCtx == "" || p.bound != nil) && p.delay != selects || before || p.second == repairsErr || p.final == finalKind || p.place == onlyMore || p.header.text == "goto behind"
}

func drop(list []string, what string) []string {
	var rest []string
	for _, s := range list {
		if s != what {
			rest = append(rest, s)
		}
	}
	return rest
}

// calling returns or just makes a call.
func (p *program) calling(call string) string {
	if p.results() == "" {
		return call + "\n"
	}
	return "return " + call + "\n"
}

// inGoroutine runs the body in a goroutine and waits for it.
func (p *program) inGoroutine(body string) string {
	results := p.resultTypes()
	var vars, decls []string
	for i, typ := range results {
		vars = append(vars, fmt.Sprintf("r%d", i))
		decls = append(decls, fmt.Sprintf("var r%d %s\n", i, typ))
	}
	call := fmt.Sprintf("func() %s {\n%s}()", p.results(), body)
	if len(vars) > 0 {
		call = strings.Join(vars, ", ") + " = " + call
	}
	end := ""
	if len(vars) > 0 {
		end = "return " + strings.Join(vars, ", ") + "\n"
	}
	return strings.Join(decls, "") + "done := make(chan struct{})\ngo func() {\ndefer close(done)\n" + call + "\n}()\n<-done\n" + end
}

func (p *program) resultTypes() []string {
	var types []string
	if p.made {
		types = append(types, "int")
	}
	types = append(types, p.op.types...)
	switch {
	case p.op.isBool:
		types = append(types, "bool")
	case !p.op.noError:
		types = append(types, "error")
	}
	return types
}

// results returns the result list of the signature.
func (p *program) results() string {
	types := p.resultTypes()
	if p.errors == named {
		for i, name := range append(p.counting(p.op.values), "err") {
			types[i] = name + " " + types[i]
		}
		return "(" + strings.Join(types, ", ") + ")"
	}
	if len(types) > 1 {
		return "(" + strings.Join(types, ", ") + ")"
	}
	return strings.Join(types, "")
}

// counting returns values behind the count of the attempts, if that is a result.
func (p *program) counting(values []string) []string {
	if p.made {
		return append([]string{"made"}, values...)
	}
	return slices.Clone(values)
}

// ret returns a return statement for an error, with the operation's values or
// those of a failure.
func (p *program) ret(err string, values bool) string {
	if p.holds {
		return "w.Release()\n" + p.returned(err, values)
	}
	return p.returned(err, values)
}

func (p *program) returned(err string, values bool) string {
	if p.op.isBool {
		return fmt.Sprintf("return %v\n", err == "nil")
	}
	if p.op.noError {
		if err != "nil" {
			return "w.Log(\"error: %v\", " + err + ")\nreturn\n"
		}
		return "return\n"
	}
	if p.made && err == "err" && chance(p.rng, 50) {
		return "return\n"
	}
	list := p.op.zeros
	if values {
		list = p.op.values
	}
	return "return " + strings.Join(append(p.counting(list), err), ", ") + "\n"
}
