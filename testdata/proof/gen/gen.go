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
	several several
	asks    askForm
	bound   *bound
	counter counterForm
	exit    lastExit
	prelude prelude

	defaults    string // what parameters become if they say nothing
	count       string // how many attempts, as source text
	limit       int    // and as a number
	base        string // the first delay
	other       string // another delay
	factor      string // by which the delay grows
	inBranch    bool   // the delay stands in the branch of failure, success follows it
	exitReturns bool   // the last attempt returns, it does not break
	inline      bool   // the operation stands in the init of an if
	logBefore   bool   // an effect before each attempt
	logFail     string // a log line of each failure
	tells       string // one that tells the delay
	logAfter    bool   // an effect after the delay
	remarks     bool   // comments
	logDone     bool   // an effect on success
	hides       bool   // the body has an error of the outer one's name
	within      bool   // the attempt stands behind another call, whose error has the same name
	finishes    bool   // there is work after success, which fails
	tallies     bool   // the failures are counted by hand, and the count is compared behind the loop
	made        bool   // a result that has a name counts the attempts
	observed    bool   // a deferred function reads the error
	lends       bool   // something is taken for the wait, and given back behind it
	holds       bool   // something is acquired before the loop, and released at each end
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
	for _, imp := range []string{"context", "errors", "fmt", "math", "time"} {
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
