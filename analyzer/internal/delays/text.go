package delays

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// amount is a number with a unit of time, as text has it: "5s", "250 ms", "two
// minutes".
var amount = pattern.New(`(?i)\b(\d+(?:\.\d+)?|(?:one|two|three|five|ten|half an?|an?|every|each)[ -])[ -]?(ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|hours?|h)\b`)

var numbers = map[string]float64{"one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "half a": 0.5, "half an": 0.5, "a": 1, "an": 1, "every": 1, "each": 1}

// Names reports whether text has one of the amounts of time.
func Names(text string, amounts []time.Duration) bool {
	_, _, ok := Find(text, amounts)
	return ok
}

// Find returns where text has the first that is one of the amounts of time.
func Find(text string, amounts []time.Duration) (from, to int, ok bool) {
	if len(amounts) == 0 {
		return 0, 0, false
	}
	for _, m := range amount().FindAllStringSubmatchIndex(text, -1) {
		if !counts(text[:m[0]], text[m[0]:m[1]], text[m[1]:]) && slices.Contains(amounts, timeOf(text[m[2]:m[3]], text[m[4]:m[5]])) {
			return m[0], m[1], true
		}
	}
	return 0, 0, false
}

// counts reports whether said, an amount between before and rest, counts what that begins
// with, and is none: "a second step".
func counts(before, said, rest string) bool {
	word := wordBehind().FindStringSubmatch(rest)
	return strings.EqualFold(said, "a second") && word != nil && !slices.Contains(behindTime, word[1]) && !beforeTime().MatchString(before)
}

var (
	wordBehind = pattern.New(`^ ([a-z]+)`)
	beforeTime = pattern.New(`(?i)\b(about|after|every|half|least|most|over|takes?|than|under|within) $`)
)

// behindTime are the words that may stand behind an amount of time.
var behindTime = []string{"after", "and", "apart", "at", "before", "between", "each", "for", "from", "if", "in", "is", "later", "long", "of", "on", "or", "per", "so", "then", "to", "until", "when", "while"}

// timeOf returns the amount of time that is a number of a unit.
func timeOf(number, of string) time.Duration {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		n = numbers[strings.ToLower(strings.TrimRight(number, " -"))]
	}
	return time.Duration(n * float64(unit(strings.ToLower(of))))
}

// Lists reports whether text has the first of today's delays one behind the other, two at
// least, where they become others: "500ms, 1s, 1.5s, 2s, ...".
func Lists(text string, today, with []time.Duration) bool {
	if len(today) < 2 {
		return false
	}
	var list []time.Duration
	for _, m := range amount().FindAllStringSubmatch(text, -1) {
		list = append(list, timeOf(m[1], m[2]))
	}
	for ; len(list) > 1; list = list[1:] {
		n := common(list, today)
		if n > 1 && common(today[:n], with) < n {
			return true
		}
	}
	return false
}

// common returns how many of the first amounts are the same.
func common(a, b []time.Duration) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

const unitName = `[ -]?(ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|hours?|h)\b`

// counted is a number that is filled in, with a unit of time; unitFirst is that alone.
var (
	counted   = pattern.New(`(?i)%[dv]` + unitName)
	unitFirst = pattern.New(`(?i)^` + unitName)
)

// UnitFirst returns the unit of time that text begins with, as what follows a number; 0 if it
// begins with something else.
func UnitFirst(text string) time.Duration {
	m := unitFirst().FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	return unit(strings.ToLower(m[1]))
}

// CountsUnits reports whether text tells how many of a unit of time something takes, of
// which one of the amounts is one: "%d seconds left".
func CountsUnits(text string, amounts []time.Duration) bool {
	return len(amounts) > 0 && slices.ContainsFunc(counted().FindAllStringSubmatch(text, -1), func(m []string) bool {
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
var waits = pattern.New(`(?i)\b(waits?|waiting|sleep\w*|back(ing)?[ -]?off\w*|delay\w*|paus\w+|exponential\w*|doubl(es|ed|ing)|double (it|up|the|each)|increas\w+|retry (timeout|interval|period)s?|throttl\w+|(tight|busy|hot) loop\w*|spin(s|ning)?|hammer\w*|jitter\w*|next (attempt|try|round|pass|time)|between (the )?(attempts|tries|retries)|cool\w*|breath\w*|(a|some) (moment|while|bit)|(milli)?seconds|minutes|nolint|nosec)\b`)

// OnlyLength reports whether a comment that stands at a delay says how long it is, and
// beside that no more than a few words: "retry after 50ms", "10ms -> 20ms -> 40ms".
func OnlyLength(comment string) bool {
	rest := waits().ReplaceAllString(amount().ReplaceAllString(comment, " "), " ")
	return namesAny(comment) && len(strings.FieldsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })) <= 3
}

// again is what a comment says that only goes round: "just retry".
var again = pattern.New(`(?i)^(//|/\*)\s*([a-z]+ )?(re-?try(ing)?|(try|loop|go|do it) again|continue|go round|loop|next (iteration|loop))( [a-z]+)?[.!…]*\s*(\*/)?$`)

// AboutWait reports whether a comment that stands at a delay is about the delay, and what
// comes after it.
func AboutWait(comment string) bool {
	return waits().MatchString(comment) || namesAny(comment) || again().MatchString(comment)
}

// every matches what stands in front of the name of an interval.
const every = `(?i)\b(every|each|once (in|per))\W+`

// NamesInterval reports whether a comment has the name of a delay, beside what is about a
// wait: "polls every [freq]".
func NamesInterval(comment, name string) bool {
	if !strings.Contains(comment, name) {
		return false
	}
	word := `\b` + regexp.QuoteMeta(name) + `\b`
	at := regexp.MustCompile(word)
	return at.MatchString(comment) && (AboutWait(at.ReplaceAllString(comment, "")) || regexp.MustCompile(every+word).MatchString(comment))
}
