package gen

import "strings"

// handed is a function that is given the outcome of an attempt, and the one that
// makes the first.
func (p *program) handed() string {
	next := strings.ToLower(p.name)
	params, args := "w *sim.World, err error, attempts int", "w, TRIED, attempts-1"
	first := "(w *sim.World, attempts int) error {\n"
	call := p.op.call
	if p.context != noContext {
		params, args, first = "ctx context.Context, "+params, "ctx, "+args, "(ctx context.Context, "+first[1:]
		if p.op.callCtx != "" {
			call = p.op.callCtx
		}
	}
	stop := "err == nil || attempts <= 1"
	if p.final != noFinal {
		stop += " || sim.IsFinal(err)"
	}
	log := ""
	if p.logFail != "" {
		log = "w.Log(\"failed: %v\", err)\n"
	}
	tried, attempt := call, ""
	if p.rng.IntN(2) == 0 {
		tried, attempt = "failed", "failed := "+call+"\n"
	}
	again := func(tried, left string) string {
		return next + "(" + strings.NewReplacer("TRIED", tried, "attempts-1", left).Replace(args) + ")\n"
	}
	return "func " + p.name + first + "return " + again(call, "attempts") + "}\n\n" +
		"func " + next + "(" + params + ") error {\nif " + stop + " {\nreturn err\n}\n" + log + p.waiting() + attempt + "return " + again(tried, "attempts-1") + "}\n"
}
