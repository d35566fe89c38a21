// Package gen composes functions that retry by hand from a grammar. The same
// seed makes the same functions.
package gen

import (
	"fmt"
	"go/format"
	"math/rand/v2"
	"strings"
)

// A program is the choices that make one function.
type program struct {
	name string
	rng  *rand.Rand

	header  *header
	op      *operation
	errors  errorStyle
	success successForm
	final   finalForm
	delay   delayForm
	place   place
	growth  growth
	ending  ending
	context contextForm
	wrapper wrapper
	second  second

	count       string // how many attempts, as source text
	limit       int    // and as a number
	base        string // the first delay
	inBranch    bool   // the delay stands in the branch of failure, success follows it
	exitReturns bool   // the last attempt returns, it does not break
	inline      bool   // the operation stands in the init of an if
	logBefore   bool   // an effect before each attempt
	logFail     string // a log line of each failure
	logAfter    bool   // an effect after the delay
	remarks     bool   // comments
	logDone     bool   // an effect on success
}

// pick returns one of the choices.
func pick[T any](r *rand.Rand, choices ...T) T { return choices[r.IntN(len(choices))] }

// chance is true in so many of a hundred cases.
func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

// File returns a source file of package pkg with n functions, called P and a
// number from first on.
func File(pkg string, seed uint64, first, n int) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n", pkg)
	var body strings.Builder
	for i := first; i < first+n; i++ {
		body.WriteString(function(seed, i))
	}
	text := body.String()
	for _, imp := range []string{"context", "errors", "fmt", "time"} {
		if strings.Contains(text, imp+".") {
			fmt.Fprintf(&b, "\t%q\n", imp)
		}
	}
	b.WriteString("\n\t\"github.com/sharedretry/sharedretry/testdata/proof/sim\"\n)\n")
	b.WriteString(text)
	src, err := format.Source([]byte(b.String()))
	if err != nil {
		return nil, fmt.Errorf("%w in\n%s", err, b.String())
	}
	return src, nil
}

// Common returns the file with what the functions of a package share.
func Common(pkg string) []byte {
	return fmt.Appendf(nil, `package %s

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

const (
	maxAttempts = 3
	baseDelay   = 200 * time.Millisecond
	maxDelay    = 500 * time.Millisecond
)

type client struct {
	w     *sim.World
	delay time.Duration
}

func try(w *sim.World) bool {
	if err := w.Do(); err != nil {
		w.Log("try: %%v", err)
		return false
	}
	return true
}

func repair(w *sim.World) error {
	w.Hit("repair")
	return nil
}
`, pkg)
}

// function returns the source of function P<n>.
func function(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	p := &program{name: fmt.Sprintf("P%d", n), rng: r}
	p.choose()
	return p.source()
}

// choose makes the choices; those that do not go together are mended.
func (p *program) choose() {
	r := p.rng
	p.op = &operations[weighted(r, 40, 22, 8, 8, 8, 6, 8)]
	p.header = &headers[weighted(r, 18, 12, 7, 7, 10, 12, 6, 6, 3, 5, 5, 4, 2, 5, 4, 3)]
	p.limit = pick(r, 1, 2, 3, 3, 3, 4)
	p.count = fmt.Sprint(p.limit)
	switch {
	case chance(r, 20):
		p.count, p.limit = "maxAttempts", 3
	case chance(r, 12):
		p.count, p.limit = "attempts", 3
	}
	p.base = pick(r, "time.Second", "100*time.Millisecond", "2*time.Second", "baseDelay", "baseDelay")
	if chance(r, 10) {
		p.base = "wait"
	}
	p.context = contextForm(weighted(r, 40, 45, 8, 7))
	p.errors = errorStyle(weighted(r, 35, 30, 15, 20))
	p.success = successForm(weighted(r, 65, 35))
	p.final = finalForm(weighted(r, 40, 20, 15, 10, 8, 7))
	p.delay = delayForm(weighted(r, 50, 12, 10, 28))
	p.place = place(weighted(r, 50, 14, 18, 18))
	p.growth = growth(weighted(r, 28, 14, 6, 14, 8, 8, 9, 5, 4, 3, 3))
	p.ending = ending(weighted(r, 40, 25, 12, 15, 8))
	p.wrapper = wrapper(weighted(r, 78, 8, 6, 8))
	p.second = second(weighted(r, 84, 6, 5, 5))
	p.inBranch = chance(r, 30)
	p.inline = chance(r, 35)
	p.exitReturns = chance(r, 50)
	p.logBefore = chance(r, 12)
	p.logFail = pick(r, "", "", `w.Log("failed: %v", err)`, `w.Log("attempt %d failed: %v", NUMBER, err)`, `w.Hit("failed")`)
	p.logAfter = chance(r, 8)
	p.logDone = chance(r, 12)
	p.remarks = chance(r, 25)
	p.mend()
}

// weighted returns an index, as often as its weight says.
func weighted(r *rand.Rand, weights ...int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := r.IntN(sum)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return 0
}
