package gen

// An operation is what is tried.
type operation struct {
	call, callCtx string
	values        []string // variables besides err
	types         []string
	zeros         []string
	isBool        bool
	noError       bool // the function returns no error
}

var operations = []operation{
	{call: "w.Do()", callCtx: "w.DoCtx(ctx)"},
	{call: "w.Get()", callCtx: "w.GetCtx(ctx)", values: []string{"s"}, types: []string{"string"}, zeros: []string{`""`}},
	{call: "w.Pair()", values: []string{"s", "n"}, types: []string{"string", "int"}, zeros: []string{`""`, "0"}},
	{call: "w.Partial()", values: []string{"total"}, types: []string{"int"}, zeros: []string{"-1"}},
	{call: "try(w)", isBool: true, noError: true},
	{call: `w.Send("msg")`},
	{call: "w.Do()", callCtx: "w.DoCtx(ctx)", noError: true},
}

// A header is how attempts are counted.
type header struct {
	before, text string // before the loop, and its header; COUNT is the number of attempts
	top          string // at the begin of the body
	failed       string // at the begin of what follows a failure
	index        string // how many attempts there were before this one; "" if not counted
	number       string // of this attempt, from 1
	last, more   string // it is the last attempt, it is not
	counter      string // the variable, if it is one of the loop
	unbounded    bool
	special      bool // see special
}

var headers = []header{
	{counter: "i", text: "for i := 0; i < COUNT; i++ {", index: "i", number: "i+1", last: "i == COUNT-1", more: "i < COUNT-1"},
	{counter: "attempt", text: "for attempt := 1; attempt <= COUNT; attempt++ {", index: "attempt-1", number: "attempt", last: "attempt == COUNT", more: "attempt < COUNT"},
	{counter: "left", text: "for left := COUNT; left > 0; left-- {", index: "COUNT-left", number: "COUNT-left+1", last: "left == 1", more: "left > 1"},
	{text: "for range COUNT {"},
	{counter: "i", text: "for i := range COUNT {", index: "i", number: "i+1", last: "i == COUNT-1", more: "i < COUNT-1"},
	{counter: "i", text: "for i := 0; ; i++ {", index: "i", number: "i+1", last: "i >= COUNT-1", more: "i < COUNT-1", unbounded: true},
	{text: "for {", before: "tries := 0", top: "tries++", index: "tries-1", number: "tries", last: "tries == COUNT", more: "tries < COUNT", unbounded: true},
	{text: "for {", unbounded: true},
	{counter: "attempts", text: "for ; attempts > 0; attempts-- {", last: "attempts == 1", more: "attempts > 1"},
	{counter: "left", text: "for left := COUNT; ; left-- {", index: "COUNT-left", number: "COUNT-left+1", last: "left <= 1", more: "left > 1", unbounded: true},
	{special: true, text: "recursion"},
	{special: true, text: "before"},
	{special: true, text: "stays"},
	{special: true, text: "condition"},
	{special: true, text: "goto"},
	{special: true, text: "deadline"},
	{special: true, text: "steps"},
	{special: true, text: "handed"},
	{special: true, text: "pages"},
	{text: "for {", before: "failures := 0", failed: "failures++\n", index: "failures-1", number: "failures", last: "failures >= COUNT", more: "failures < COUNT", unbounded: true},
	{text: "for {", before: "failures := 0", failed: "failures++\n", index: "failures-1", number: "failures", last: "failures > COUNT", more: "failures <= COUNT", unbounded: true},
	{text: "for failures := 0; failures < COUNT; {", failed: "failures++\n", index: "failures-1", number: "failures", last: "failures == COUNT", more: "failures < COUNT"},
	{special: true, text: "goto behind"},
	{special: true, text: "serves"},
	{special: true, text: "timeout"},
}

// What a parameter becomes if it says nothing; count is the number of attempts then.
var (
	countDefaults = []struct{ text, count string }{
		{"if attempts <= 0 {\nattempts = 3\n}\n", "attempts"},
		{"if attempts == 0 {\nattempts = maxAttempts\n}\n", "attempts"},
		{"attempts = max(attempts, 2)\n", "attempts"},
		{"most := usualAttempts\nif attempts > 0 {\nmost = attempts\n}\n", "most"},
	}
	delayDefaults = []string{
		"if wait <= 0 {\nwait = time.Second\n}\n",
		"if wait == 0 {\nwait = usualDelay\n}\n",
		"wait = max(wait, 50*time.Millisecond)\n",
	}
)

// defaults returns how many of countDefaults go with h.
func (h *header) defaults() int {
	switch h.text {
	case "recursion", "handed": // the function is called again with an attempt less
		return 0
	case "for ; attempts > 0; attempts-- {", "steps": // it is the parameter that counts, or nothing
		return len(countDefaults) - 1
	}
	return len(countDefaults)
}

// A bound is a number of attempts that an attempt may change.
type bound struct {
	declared, count, call string
}

var bounds = []bound{
	{"b := &budget{left: 4}", "b.left", "spend(w, b)"},
	{"rest := 4\nlimit := &rest", "*limit", "shrink(w, limit)"},
	{"todo := map[int]bool{0: true, 1: true, 2: true, 3: true}", "len(todo)", "remove(w, todo)"},
	{"b := &budget{items: []int{1, 2, 3, 4}}", "len(b.items)", "drain(w, b)"},
	{"quota = 4", "quota", "useQuota(w)"},
	{"b := &budget{left: 4}", "b.rest()", "spend(w, b)"},
	{"SetQuota(4)", "quota", "after(w, less)"},
	{"rest := 4\ntake := func() { rest-- }", "rest", "after(w, take)"},
	{"b := &budget{left: 4}", "b.left", "after(w, b.take)"},
	{"b := &budget{left: 3}", "b.left", "w.Do()"}, // it does not
	{"todo := []int{1, 2, 3}", "len(todo)", "w.Do()"},
}
