package describe

import (
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

var (
	fromOne = pattern.New(`(?i)\b(from|beginning with|starting (at|with)) (1|one)\b`)
	once    = pattern.New(`(?i)at least (once|one)`)
)

// saysFromOne reports whether a comment says that numbers begin with 1.
func saysFromOne(doc string) bool { return fromOne().MatchString(doc) }

// saysOnce reports whether a comment says that there is at least one attempt.
func saysOnce(doc string) bool { return once().MatchString(doc) }

// saysNoLimit reports whether the comment of a function says that 0 as one of its
// parameters is no limit: in a sentence that names it.
func saysNoLimit(doc, param string) bool {
	for _, sentence := range strings.FieldsFunc(doc, func(r rune) bool { return r == '.' || r == ';' }) {
		if strings.Contains(strings.ToLower(sentence), strings.ToLower(param)) && helper.SaysNoLimit(sentence) {
			return true
		}
	}
	return false
}
