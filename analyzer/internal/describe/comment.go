package describe

import (
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

var (
	fromOne = pattern.New(`(?i)\b(from|beginning with|starting (at|with)) (1|one)\b`)
	once    = pattern.New(`(?i)at least (once|one)`)

	leavesOut = pattern.New(`(?i)\b(0|zero|none|unset|empty|without it|default(s|ed)?|optional(ly)?|omitted|left out|not (set|positive)|no (limit|maximum|cap))\b`)

	nilTwice = pattern.New(`(?i)\bnil\b.*\bnil\b`)

	oneOf = pattern.New(`(?i)\b(one|any) of\b`)

	attempted = pattern.New(`(?i)\b(attempts|tries|times)\b`)
	repeated  = pattern.New(`(?i)\b(retry|retries|again|more|additional|further|besides|after the first)\b`)
	leftOut   = pattern.New(`(?i)\b(additional|further|besides|after|beyond|excluding|without|(not|n't) (count|includ)(e|ing)?) (the )?(first|initial|attempts|retries|tries)\b`)
)

// saysMore reports whether the comment of a limit says what it means to leave it out:
// that there is none then, or another one.
func saysMore(doc string) bool { return helper.SaysNoLimit(doc) || leavesOut().MatchString(doc) }

// saysFromOne reports whether a comment says that numbers begin with 1.
func saysFromOne(doc string) bool { return fromOne().MatchString(doc) }

// saysOnce reports whether a comment says that there is at least one attempt.
func saysOnce(doc string) bool { return once().MatchString(doc) }

// saysNilStays reports whether a comment says that of no error nothing is made: a
// sentence names nil as what is given, and as what comes back.
func saysNilStays(doc string) bool {
	return slices.ContainsFunc(sentences(doc), func(s string) bool { return nilTwice().MatchString(s) })
}

// saysOneOf reports whether a comment says that an error must be one of some.
func saysOneOf(doc string) bool { return oneOf().MatchString(doc) }

// saysAttempts reports whether the comment of a number that is called one of retries
// says that it counts the attempts, the first one too.
func saysAttempts(doc string) bool {
	return attempted().MatchString(doc) && !repeated().MatchString(doc)
}

// saysRetries reports whether the comment of such a number says that it leaves out the
// first attempt.
func saysRetries(doc string) bool { return leftOut().MatchString(doc) }

// saysNoLimit reports whether the comment of a function says that 0 as one of its
// parameters is no limit: in a sentence that names it.
func saysNoLimit(doc, param string) bool {
	return slices.ContainsFunc(about(doc, param), helper.SaysNoLimit)
}

// sentences returns those of a comment.
func sentences(doc string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(doc, "\n", " "), func(r rune) bool { return r == '.' || r == ';' })
}

// about returns the sentences of a comment that name a parameter.
func about(doc, param string) []string {
	return slices.DeleteFunc(sentences(doc), func(s string) bool { return !strings.Contains(strings.ToLower(s), strings.ToLower(param)) })
}
