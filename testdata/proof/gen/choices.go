package gen

type (
	errorStyle  int
	successForm int
	finalForm   int
	delayForm   int
	place       int
	growth      int
	ending      int
	contextForm int
	wrapper     int
	second      int
)

const (
	outer  errorStyle = iota // var err error before the loop
	last                     // lastErr before the loop, err inside
	named                    // a named result
	forget                   // err inside, and an error of its own at the end
)

const (
	returns successForm = iota // return from inside the loop
	breaks                     // break, and results behind the loop
)

const (
	noFinal finalForm = iota
	finalReturn
	finalWrap
	finalBreak
	finalOther // another error
	finalIs    // asks by errors.Is
)

const (
	sleep delayForm = iota
	after
	timer
	selects // with ctx.Done()
)

const (
	bottom   place = iota
	top            // if it is not the first attempt
	notLast        // if it is not the last attempt
	exitLast       // leaves before it if it is the last attempt
)

const (
	constant growth = iota
	linear
	linearFromZero
	doubling
	shift
	quadratic
	cappedIf
	cappedMin
	step
	millis       // a number of milliseconds that doubles
	cappedMillis // up to a limit
)

const (
	plain     ending = iota // return err
	wraps                   // fmt.Errorf("...: %w", err)
	own                     // errors.New("...")
	logged                  // a log line, return err
	countWrap               // with the number of attempts
)

const (
	noContext contextForm = iota
	parameter
	withCancel
	withTimeout
)

const (
	function_ wrapper = iota
	closure
	goroutine
	method
)

const (
	noSecond   second = iota
	repairs           // tries to repair what failed
	repairsErr        // and keeps the outcome in err
	verifies          // checks what succeeded
)

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
	index        string // how many attempts there were before this one; "" if not counted
	number       string // of this attempt, from 1
	last, more   string // it is the last attempt, it is not
	unbounded    bool
	special      bool // see special.go
}

var headers = []header{
	{text: "for i := 0; i < COUNT; i++ {", index: "i", number: "i+1", last: "i == COUNT-1", more: "i < COUNT-1"},
	{text: "for attempt := 1; attempt <= COUNT; attempt++ {", index: "attempt-1", number: "attempt", last: "attempt == COUNT", more: "attempt < COUNT"},
	{text: "for left := COUNT; left > 0; left-- {", index: "COUNT-left", number: "COUNT-left+1", last: "left == 1", more: "left > 1"},
	{text: "for range COUNT {"},
	{text: "for i := range COUNT {", index: "i", number: "i+1", last: "i == COUNT-1", more: "i < COUNT-1"},
	{text: "for i := 0; ; i++ {", index: "i", number: "i+1", last: "i >= COUNT-1", more: "i < COUNT-1", unbounded: true},
	{text: "for {", before: "tries := 0", top: "tries++", index: "tries-1", number: "tries", last: "tries == COUNT", more: "tries < COUNT", unbounded: true},
	{text: "for {", unbounded: true},
	{text: "for ; attempts > 0; attempts-- {", last: "attempts == 1", more: "attempts > 1"},
	{text: "for left := COUNT; ; left-- {", index: "COUNT-left", number: "COUNT-left+1", last: "left <= 1", more: "left > 1", unbounded: true},
	{special: true, text: "recursion"},
	{special: true, text: "before"},
	{special: true, text: "stays"},
	{special: true, text: "condition"},
	{special: true, text: "goto"},
	{special: true, text: "deadline"},
}
