package analyzer_test

const libretry = "avast/retry-go/v5"

// severalAnswers returns what depends on the failure where the context ends.
const severalAnswers = `func f(ctx context.Context) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			select {
			case <-ctx.Done():
				return err
			case <-time.After(time.Second):
			}
			continue
		}
		select {
		case <-ctx.Done(): // here
			return errGaveUp
		case <-time.After(time.Second):
		}
	}
}
`

// What the loop, its delay and its count are.
var refusalTests = []refusalTest{
	{"ShapeOfCycle", libretry, `func f(left int) error {
	err := op()
	if err == nil || left == 0 {
		return err
	}
	time.Sleep(time.Second)
	err = f(left - 1) // here
	return err
}
`}, {"IntentIsOther", libretry, `func f() {
	for {
		s, err := get()
		if err != nil {
			time.Sleep(time.Second) // here
			continue
		}
		serve(s)
	}
}
`}, {"IntentIsOther", "wait", `func again() bool {
	if err := op(); err != nil {
		log.Print(err)
		return true
	}
	return false
}

func f() {
	for again() { // here
		time.Sleep(time.Second)
	}
}
`}, {"SourceNotKnown", libretry, `func f() {
	for op() != nil {
		time.Sleep(time.Second)
	}
}
`}, {"OverItems", libretry, `func f() error {
	for _, d := range []time.Duration{time.Second, time.Minute} { // here
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return errGaveUp
}
`}, {"DeferInBody", libretry, `func f() error {
	for {
		defer log.Print("attempted") // here
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`}, {"LeavesContext", "loop", `func f() {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // here
		if err := op(ctx); err != nil {
			time.Sleep(time.Second)
			continue
		}
		cancel()
		return
	}
}
`}, {"DelayIsInside", libretry, `func f() error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select {
		case at := <-time.After(time.Second): // here
			log.Print(at)
		}
	}
}
`}, {"DelayDoesMore", libretry, `func pause() {
	log.Print("again") // here
	time.Sleep(time.Second)
}

func f() {
	for op() != nil {
		pause()
	}
}
`}, {"SleepReplaced", libretry, `var sleep = time.Sleep

func f() {
	for op() != nil {
		sleep(time.Second) // here
	}
}
`}, {"WaitsLonger", libretry, `func f() (err error) {
	pause := time.Second
	for range 60 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(pause) // here
		pause = pause * 6 / 5
	}
	return err
}
`}, {"WaitsLess", libretry, `func f() (err error) {
	pause := time.Second
	for range 4 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(pause) // here
		pause *= 4
	}
	return err
}
`}, {"WaitsLess", libretry, `func f(pause time.Duration, n uint) (err error) {
	for range 1 + n {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(pause) // here
		pause *= 3
	}
	return err
}
`}, {"AsksEachPass", "loop", `func f(stop chan struct{}) error {
	for n := 1; n < 9; n++ {
		select {
		case <-stop: // here
			return errGaveUp
		default:
		}
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(n) * time.Second)
	}
	return errGaveUp
}
`}, {"SeveralDelays", "wait", `func f() error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			time.Sleep(time.Minute)
			continue
		}
		time.Sleep(time.Second) // here
	}
}
`}, {"SeveralDelays", libretry, `func f() error {
	for {
		switch err := op(); {
		case err == nil:
			return nil
		case final(err):
			time.Sleep(time.Hour)
		default:
			time.Sleep(time.Second) // here
		}
	}
}
`}, {"SeveralDelays", "loop", `func f() error {
	for {
		if op(1) != nil {
			time.Sleep(time.Hour)
			continue
		}
		if op(2) != nil {
			time.Sleep(time.Second) // here
			continue
		}
		return nil
	}
}
`}, {"TimerShared", "loop", `func f(later <-chan time.Time) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		<-later // here
	}
}
`}, {"ServerSets", libretry, `func f(do func() (time.Duration, error)) error {
	for {
		wait, err := do()
		if err == nil {
			return nil
		}
		time.Sleep(wait) // here
	}
}
`}, {"ServerSets", "loop", `type limited struct {
	error
	until time.Duration
}

func f() error {
	for wait := time.Second; ; wait *= 2 {
		err := op()
		if err == nil {
			return nil
		}
		pause := wait
		if l, ok := err.(limited); ok {
			pause = l.until
		}
		time.Sleep(pause) // here
	}
}
`}, {"ServerSets", "reset", `func after(err error, wait time.Duration) time.Duration {
	if final(err) {
		return time.Hour
	}
	return wait
}

func f() error {
	for wait := time.Second; ; wait *= 2 {
		err := op()
		if err == nil {
			return nil
		}
		time.Sleep(after(err, wait)) // here
	}
}
`}, {"ServerSets", "loop", `type stats interface{ RetryAfter() time.Time }

func f(s stats) {
	for range 5 {
		if op() == nil {
			return
		}
		time.Sleep(time.Until(s.RetryAfter())) // here
	}
}
`}, {"DelayVaries", "loop", `func f(do func() (int, error)) error {
	for at, wait := 0, time.Second; ; {
		next, err := do()
		if err == nil {
			return nil
		}
		if wait *= 2; final(err) {
			at, wait = next, time.Second // here
		}
		time.Sleep(wait)
		log.Print(at)
	}
}
`}, {"DelayVaries", libretry, `func f() (err error) {
	for range 9 {
		if err = op(); err == nil {
			break
		}
		pause := time.Second
		if final(err) {
			pause = time.Minute // here
		}
		time.Sleep(pause)
	}
	return err
}
`}, {"DelayVaries", "reset", `func f() error {
	for failures := 1; ; {
		err := op()
		if err == nil {
			return nil
		}
		if !final(err) {
			failures++ // here
		}
		time.Sleep(time.Duration(failures) * time.Second)
	}
}
`}, {"DelayVaries", libretry, `func run(do func() error) error { return do() }

func f() (err error) {
	wait := time.Second
	for range 4 {
		err = run(func() error {
			wait *= 2 // here
			return op()
		})
		if err == nil {
			return nil
		}
		time.Sleep(wait)
	}
	return err
}
`}, {"DelayVaries", libretry, `func next(wait time.Duration, err error) time.Duration {
	if final(err) {
		return time.Second
	}
	return 2 * wait
}

func f() (err error) {
	wait := time.Second
	for range 4 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(wait) // here
		wait = next(wait, err)
	}
	return err
}
`}, {"DelayVaries", "wait", `func double(wait *time.Duration) { *wait *= 2 }

func f() (err error) {
	wait := time.Second
	for range 4 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(wait)
		double(&wait) // here
	}
	return err
}
`}, {"DeadlineEnds", "wait", `func f() error {
	late := time.After(time.Minute)
	for {
		if op() == nil {
			return nil
		}
		select {
		case <-late: // here
			return errGaveUp
		case <-time.After(time.Second):
		}
	}
}
`}, {"SeveralAnswers", libretry, severalAnswers}, {"SeveralAnswers", "loop", severalAnswers},
	{"SeveralAnswers", libretry, `func f(ctx context.Context) error {
	for {
		if ctx.Err() != nil { // here
			return errGaveUp
		}
		err := op(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
`},
	{"Entered", "wait", `func f() error {
again:
	for n := 1; ; n++ {
		err := op()
		if err == nil {
			break
		}
		if n == 4 {
			return err
		}
		time.Sleep(time.Second)
	}
	if op() != nil {
		goto again // here
	}
	return nil
}
`},
	{"DelayGuarded", "wait", `type client struct{ delay *time.Duration }

func (c *client) waits() bool { return c.delay != nil }

func (c *client) f() error {
	for {
		err := op()
		if err == nil || !c.waits() { // here
			return err
		}
		time.Sleep(*c.delay)
	}
}
`}, {"DelayGuarded", "wait", `func f(delay *time.Duration) error {
	for {
		err := op()
		if err == nil || nil == delay { // here
			return err
		}
		time.Sleep(*delay)
	}
}
`}, {"DelayGuarded", "wait", `func f(delay *time.Duration) error {
	for {
		err := op()
		if err == nil || delay == nil { // here
			return err
		}
		time.Sleep(*delay)
	}
}
`}, {"DelayGuarded", "wait", `type options struct{ delay time.Duration }

func f(o *options) {
	for op() != nil {
		if o != nil { // here
			time.Sleep(o.delay)
		}
	}
}
`}, {"DelayGuarded", "wait", `func f(delays []time.Duration) error {
	for {
		err := op()
		if err == nil || len(delays) == 0 { // here
			return err
		}
		time.Sleep(delays[0])
	}
}
`}, {"DelayGuarded", libretry, `func f(delay any) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		time.Sleep(delay.(time.Duration)) // here
	}
}
`}, {"DelayNotKnown", "wait", `func f(pages []string) error {
	delay := time.Second // goes on growing from page to page
	for range pages {
		for n := 1; ; n++ {
			err := op()
			if err == nil {
				break
			}
			if n == 4 {
				return err
			}
			time.Sleep(delay) // here
			delay *= 2
		}
	}
	return nil
}
`}, {"DelayNotKnown", "wait", `func f() error {
	delay := time.Second // goes on growing behind the goto
again:
	println("again")
	for n := 1; ; n++ {
		err := op()
		if err == nil {
			break
		}
		if n == 4 {
			return err
		}
		time.Sleep(delay) // here
		delay *= 2
	}
	if op() != nil {
		goto again
	}
	return nil
}
`}, {"FactorNotKnown", "wait", `type options struct{ delay, most time.Duration; factor float64 }

func f(o options) (err error) {
	delay := o.delay
	for n := range 9 {
		if err = op(); err == nil {
			return nil
		}
		if n < 8 {
			time.Sleep(delay) // here
			if delay = time.Duration(float64(delay) * o.factor); delay > o.most {
				delay = o.most
			}
		}
	}
	return err
}
`}, {"DelayNotKnown", libretry, `func f(delay time.Duration) error {
	once := func() error {
		for n := 0; n < 5; n++ {
			if err := op(); err == nil {
				return nil
			}
			time.Sleep(delay) // here
			delay *= 2
		}
		return nil
	}
	if err := once(); err != nil {
		return err
	}
	return once()
}
`}, {"DelayNotKnown", libretry, `func f(next func() time.Duration) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		time.Sleep(next()) // here
	}
}
`}, {"NoDelay", libretry, `func f() error {
	for range 3 {
		wait := time.Duration(0)
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(wait) // here
		wait += time.Second
	}
	return errGaveUp
}
`}, {"DelayNotKnown", "wait", `func f(attempts int) (err error) {
	for left := attempts; left > 0; left-- {
		if attempts-left > 0 {
			time.Sleep(time.Duration(attempts-left-1) * time.Second) // here
		}
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"LimitNotKnown", libretry, `func f(slow bool) error {
	delay := time.Second
	for {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(delay) // here
		if slow && delay < time.Minute {
			delay *= 2
		}
	}
}
`}, {"LimitMayBeNone", libretry, `type config struct{ most time.Duration }

func (c *config) init() {
	if c.most == -1 {
		c.most = 0
	}
}

func f(c *config, max int) error {
	delay := 10 * time.Millisecond
	for {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(delay) // here
		delay = min(2*delay, c.most)
	}
}
`}, {"FirstBefore", libretry, `func f() error {
	err := op() // here
	for err != nil {
		time.Sleep(time.Second)
		err = op()
		log.Print(err)
	}
	return err
}
`}, {"WaitsFirst", libretry, `func f() (err error) {
	for range 3 {
		time.Sleep(time.Second) // here
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"FirstIsNone", "wait", `func f() (err error) {
	for i := range 3 {
		time.Sleep(time.Duration(i) * time.Second) // here
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"FirstIsNone", "wait", `func f(step time.Duration) (err error) {
	for i := range 3 {
		time.Sleep(time.Duration(i) * step) // here
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"CancelBranch", "loop", `func f(ctx context.Context) error {
	for i := range 3 {
		select { // here
		case <-ctx.Done():
			return errGaveUp
		case <-time.After(time.Duration(i) * time.Second):
		}
		if err := op(); err == nil {
			return nil
		}
	}
	return errGaveUp
}
`}, {"DelayNotKnown", "wait", `func f(longest time.Duration) (err error) {
	for i := range 3 {
		d := time.Duration(i) * time.Second
		if d > longest {
			d = longest
		}
		time.Sleep(d) // here
		if err = op(); err == nil {
			return nil
		}
	}
	return err
}
`}, {"CodeAfterDelay", libretry, `func f() error {
	for {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
		serve("again") // here
	}
}
`}, {"SuccessWaits", "wait", `func f(ctx context.Context) (err error) {
	for range 3 {
		err = op()
		time.Sleep(time.Second) // here
		if err == nil {
			break
		}
	}
	return err
}
`}, {"WaitsBehind", "wait", `func f() (err error) {
	for range most() {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second) // here
	}
	return err
}

func most() int {
	serve("most")
	return 3
}
`}, {"WaitsAlike", "wait", `type queue struct{ stopped bool }

func (q *queue) f() error {
	for !q.stopped {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second) // here
	}
	return errGaveUp
}
`}, {"LogTellsDelay", "wait", `func f() error {
	delay := time.Second
	for {
		err := op()
		if err == nil {
			return nil
		}
		log.Printf("%v after %v", err, delay) // here
		time.Sleep(delay)
		delay *= 2
	}
}
`}, {"CountsDelay", libretry, `func f(add func(float64)) error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		delay := time.Second
		add(delay.Seconds()) // here
		time.Sleep(delay)
	}
}
`}, {"CountsDelay", "wait", `func f(longest time.Duration) error {
	for waited := time.Duration(0); waited < longest; waited += time.Second { // here
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}
`}, {"CountsDelay", "wait", `func f(step, longest time.Duration) error {
	for n := 1; ; n++ {
		if err := op(); err == nil {
			return nil
		}
		if time.Duration(n)*step > longest { // here
			return errGaveUp
		}
		time.Sleep(step)
	}
}
`}, {"CountsDelay", libretry, `func f() error {
	delay := time.Second
	for {
		err := op()
		if err == nil || delay > time.Minute {
			return err
		}
		time.Sleep(delay)
		delay *= 2 // here
	}
}
`}, {"CountsDelay", "wait", `func f() (err error) {
	for delay := time.Second; delay < time.Minute; delay *= 2 { // here
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(delay)
	}
	return err
}
`}, {"AgainBehind", libretry, `func f() error {
	for n := 3; n > 0 && op() != nil; n-- {
		time.Sleep(time.Second)
	}
	return op() // here
}
`}, {"PassNotDelayed", libretry, `func f() error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			continue // here
		}
		time.Sleep(time.Second)
	}
}
`}, {"MayBeZero", "loop", `func f(n int) (err error) {
	for i := 0; i < n; i++ { // here
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	log.Print("gave up")
	return err
}
`}, {"CountNotKnown", libretry, `func f(n int) (err error) {
	for i := 0; i < n; i++ {
		if err = op(); err == nil {
			return nil
		}
		if final(err) {
			n-- // here
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"CounterEscapes", libretry, `func f() int {
	i := 0
	for ; i < 3; i++ { // here
		if op() == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return i
}
`}, {"HeaderAsksMore", libretry, `func f(done func() bool) (err error) {
	for i := 0; !done() && i < 3; i++ { // here
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}}
