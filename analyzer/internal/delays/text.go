package delays

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// amount is a number with a unit of time, as text has it: "5s", "250 ms", "two
// minutes".
var amount = pattern.New(`(?i)\b(\d+(?:\.\d+)?|(?:one|two|three|five|ten|half an?|an?)[ -])[ -]?(ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|hours?|h)\b`)

var numbers = map[string]float64{"one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "half a": 0.5, "half an": 0.5, "a": 1, "an": 1}

// Names reports whether text has one of the amounts of time.
func Names(text string, amounts []time.Duration) bool {
	_, _, ok := Find(text, amounts)
	return ok
}

// Find returns where text has the first that is one of the amounts of time.
func Find(text string, amounts []time.Duration) (from, to int, ok bool) {
	for _, m := range amount().FindAllStringSubmatchIndex(text, -1) {
		number, name := text[m[2]:m[3]], text[m[4]:m[5]]
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			n = numbers[strings.ToLower(strings.TrimRight(number, " -"))]
		}
		if slices.Contains(amounts, time.Duration(n*float64(unit(strings.ToLower(name))))) {
			return m[0], m[1], true
		}
	}
	return 0, 0, false
}

// counted is a number that is filled in, with a unit of time.
var counted = pattern.New(`(?i)%[dv][ -]?(ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|hours?|h)\b`)

// CountsUnits reports whether text tells how many of a unit of time something takes, of
// which one of the amounts is one: "%d seconds left".
func CountsUnits(text string, amounts []time.Duration) bool {
	return slices.ContainsFunc(counted().FindAllStringSubmatch(text, -1), func(m []string) bool {
		return slices.Contains(amounts, unit(strings.ToLower(m[1])))
	})
}

// namesAny reports whether text has an amount of time.
func namesAny(text string) bool { return amount().MatchString(text) }

func unit(name string) time.Duration {
	switch {
	case strings.HasPrefix(name, "ms") || strings.HasPrefix(name, "milli"):
		return time.Millisecond
	case strings.HasPrefix(name, "s"):
		return time.Second
	case strings.HasPrefix(name, "h"):
		return time.Hour
	}
	return time.Minute
}

// waits is what a comment says that is about a wait.
var waits = pattern.New(`(?i)\b(waits?|waiting|sleep\w*|back(ing)?[ -]?off\w*|delay\w*|paus\w+|exponential\w*|doubl\w+|increas\w+|retry (timeout|interval|period)s?|throttl\w+|jitter\w*|next (attempt|try|round|pass|time)|between (the )?(attempts|tries|retries)|cool\w*|breath\w*|(a|some) (moment|while|bit)|(milli)?seconds?|minutes?|nolint|nosec)\b`)

// OnlyLength reports whether a comment that stands at a delay says how long it is, and
// beside that no more than a few words: "retry after 50ms", "10ms -> 20ms -> 40ms".
func OnlyLength(comment string) bool {
	rest := waits().ReplaceAllString(amount().ReplaceAllString(comment, " "), " ")
	return namesAny(comment) && len(strings.FieldsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })) <= 3
}

// AboutWait reports whether a comment that stands at a delay is about the delay.
func AboutWait(comment string) bool {
	return waits().MatchString(comment) || namesAny(comment)
}
