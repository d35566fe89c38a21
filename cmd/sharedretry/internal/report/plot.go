package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer"
)

// A plot shows the waits of a loop today beside those with the helper.
type plot struct {
	Today, Fixed string // in words; Fixed is "" if it is not known
	Helper       string
	Longest      string // the height of the highest bar

	Bars    []bar
	Numbers []label // of the waits, below them

	Width, Height, Left, Right, Top, Base int
}

// A bar is one wait.
type bar struct {
	Kind                string // "today" or "fixed"
	X, Y, Width, Height int
	Title               string
}

// A label is text in the middle of X.
type label struct {
	X    int
	Text string
}

// Measures of a plot, in units of its own coordinates.
const (
	plotBars   = 8  // as many waits are shown
	plotLeft   = 56 // for the longest wait
	plotTop    = 10
	plotBase   = 120
	plotBottom = 40 // for the numbers below
	plotGroup  = 30 // the bars of one wait with the gap behind them
	plotBar    = 11
	plotGap    = 8
	plotText   = 210 // the width of the line of text below
	lowest     = 2   // of a bar that would not be seen
)

// newPlot returns the plot of the delays today and, if they are known, with the
// helper; nil if those of today are not known.
func newPlot(today, fixed *analyzer.Schedule, helper string) *plot {
	if today == nil || len(today.Waits) == 0 {
		return nil
	}
	p := &plot{Today: delaysText(*today), Helper: helper, Left: plotLeft, Top: plotTop, Base: plotBase, Height: plotBase + plotBottom}
	first, more := shownWaits(*today)
	var second []time.Duration
	if fixed != nil {
		var moreFixed bool
		second, moreFixed = shownWaits(*fixed)
		p.Fixed, more = delaysText(*fixed), more || moreFixed
	}
	longest := max(longestOf(first), longestOf(second))
	p.Longest = durationText(longest)
	for i := range max(len(first), len(second)) {
		x := plotLeft + plotGap + i*plotGroup
		p.add("today", first, i, x, longest)
		p.add("fixed", second, i, x+plotBar, longest)
		p.Numbers = append(p.Numbers, label{x + plotBar, fmt.Sprint(i + 1)})
	}
	p.Right = plotLeft + plotGap + len(p.Numbers)*plotGroup
	p.Width = max(p.Right+plotGroup, plotLeft+plotText)
	if more {
		p.Numbers = append(p.Numbers, label{p.Right + plotBar, "…"})
	}
	return p
}

// add adds the bar of the i-th of waits.
func (p *plot) add(kind string, waits []time.Duration, i, x int, longest time.Duration) {
	if i >= len(waits) {
		return
	}
	height := lowest
	if longest > 0 {
		height = max(lowest, int(float64(plotBase-plotTop)*float64(waits[i])/float64(longest)))
	}
	p.Bars = append(p.Bars, bar{kind, x, plotBase - height, plotBar - 1, height, durationText(waits[i])})
}

// shownWaits returns the waits that a plot has room for, and whether there are
// more.
func shownWaits(s analyzer.Schedule) (waits []time.Duration, more bool) {
	n := min(len(s.Waits), plotBars)
	return s.Waits[:n], s.More || n < len(s.Waits)
}

func longestOf(waits []time.Duration) (longest time.Duration) {
	for _, d := range waits {
		longest = max(longest, d)
	}
	return longest
}

// delaysText returns the delays of s as messages list them.
func delaysText(s analyzer.Schedule) string { return strings.TrimPrefix(s.String(), "waits ") }

func durationText(d time.Duration) string {
	return strings.TrimSuffix(delaysText(analyzer.Schedule{Waits: []time.Duration{d}}), " each time")
}
