package reading_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading/readingtest"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// A lister writes what a reading says, a line for each thing.
type lister struct {
	strings.Builder
	*reading.Reading
}

func (l *lister) line(format string, args ...any) { fmt.Fprintf(&l.Builder, format+"\n", args...) }

// attempts writes how many attempts there are, and what counts them.
func (l *lister) attempts() {
	if c := l.Counter; c != nil {
		l.line("counter: %s by %d", c.Obj.Name(), c.Step)
	}
	if !l.Bounded {
		return
	}
	text := ""
	if n := l.Attempts; n.Expr != nil {
		text = l.Text(n.Expr)
	}
	if n := l.Attempts; n.Less != nil {
		text += " - " + l.Text(n.Less)
	}
	switch n := l.Attempts.Offset; {
	case text == "":
		text = fmt.Sprint(n)
	case n != 0:
		text += fmt.Sprintf(" %+d", n)
	}
	if l.MayBeNone {
		text += ", or none"
	}
	if l.Floor {
		text += ", one at least"
	}
	l.line("attempts: %s", text)
}

// delays writes the first delay and its limit, and what ends a delay.
func (l *lister) delays() {
	first, limit, refusal := l.FirstDelay()
	switch {
	case refusal != nil:
		l.line("no delay: %s", refusal.Reason())
	case first != nil && limit != nil:
		l.line("delay: %s, up to %s", l.Text(first), l.Text(limit))
	case first != nil:
		l.line("delay: %s", l.Text(first))
	}
	if l.Lead != nil {
		l.line("waits first: %s", strings.Split(l.Text(l.Lead), "\n")[0])
	}
	if l.Ctx != nil {
		l.line("cancelled by %s: %s", l.Text(l.Ctx), l.Statements(l.Cancel))
	}
}

// today writes what is known of the delays of today.
func (l *lister) today() {
	t := l.Today()
	text := []string{"delays unknown", "constant delays", "linear delays", "slow delays", "doubling delays"}[t.Growth]
	if t.Longest > 0 {
		text += fmt.Sprintf(" of %v at most", t.Longest)
	}
	switch {
	case t.Attempts > 0:
		text += fmt.Sprintf(", between %d attempts", t.Attempts)
	case t.Counted:
		text += ", between attempts that are counted"
	}
	for _, is := range []struct {
		so   bool
		text string
	}{{t.Deadline, ", until a point in time"}, {t.Capped, ", up to a limit"}, {l.PicksDelay(), ", picked by the number"}} {
		if is.so {
			text += is.text
		}
	}
	l.line("today: %s", text)
}

// said returns what a reading of src by of says.
func said(of func(reading.Request) (*reading.Reading, reason.Refusal)) func(*testing.T, string) string {
	return func(t *testing.T, src string) string {
		b, refusal := of(readingtest.Request(t, src))
		if refusal != nil {
			return "not read: " + string(refusal.Reason())
		}
		l := &lister{Reading: b}
		l.attempts()
		l.delays()
		l.today()
		if l.KeepCond != nil {
			l.line("asks as well: %s", l.Text(l.KeepCond))
		}
		if l.OpErr != nil {
			l.line("error: %s", l.OpErr.Name())
		}
		for _, s := range code.InOrder(l.Pauses) {
			l.line("waits: %s", strings.Split(l.Text(s), "\n")[0])
		}
		for _, s := range code.InOrder(l.Gone) {
			l.line("left out: %s", strings.Split(l.Text(s), "\n")[0])
		}
		for _, s := range code.InOrder(l.Timers) {
			l.line("serves a timer: %s", strings.Split(l.Text(s), "\n")[0])
		}
		return l.String()
	}
}

// Each source in testdata is read as it says there: for forms that take the loop's
// place, and for one that only waits.
func TestReading(t *testing.T) {
	sourcetest.Tables(t, sourcetest.Part{Name: "read", Of: said(reading.Of)}, sourcetest.Part{Name: "read to wait", Of: said(reading.OfWait)})
}

// A reading without more is another one.
func TestWithout(t *testing.T) {
	b, refusal := reading.Of(readingtest.Request(t, "func f() {\n\tfor {\n\t\tif op() == nil {\n\t\t\treturn\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n}\n"))
	if refusal != nil {
		t.Fatal(refusal.Reason())
	}
	first := b.Loop.Body[0]
	if less := b.Without(b.Loop.Body[:1]); !less.Gone[first] || b.Gone[first] {
		t.Errorf("left out: %v, and before %v", less.Gone[first], b.Gone[first])
	}
}
