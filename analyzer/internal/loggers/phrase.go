package loggers

import (
	"regexp"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

const (
	again   = `(?:re-?try(?:ing)?|retries|again|try(?:ing)?|(?:re-?)?attempt(?:ing)?|re-?connect(?:ing|ion)?|re-?dial(?:ing)?|poll(?:ing)?|repeat(?:ing)?)`
	waiting = `(?:wait(?:s|ing)?|sleep(?:s|ing)?|paus(?:e|es|ing)|back(?:s|ing)?[ -]?off)`
	link    = ` (?:in|after|for|every|within|about|another)`
	length  = `(?:(?:next |retry |current )?(?:delay|wait|sleep|back-?off|pause|interval)(?:[ _-]?time)?(?: of)?[:=]? ?|retry[ _-]?(?:in|after)[:=] ?|next (?:(?:re-?try|try|attempt)(?: in| after)?|in|after):? ?)`
)

// A phrase is what stands before the length of a delay and goes with it: the group of
// before, at the end. What follows begins with after, which goes, too, unless it stays.
type phrase struct {
	before func() *regexp.Regexp
	after  string
	stays  bool
}

func inFront(expr string) func() *regexp.Regexp { return pattern.New(`(?i)` + expr + `$`) }

// phrases are in the order in which they are tried.
var phrases = []phrase{
	{before: inFront(`\S( ?\(` + length + `)`), after: ")"},
	{before: inFront(`\((` + length + `)`), after: ", "},
	{before: inFront(`\w["')\]]*((?:[,;:]| -| with)(?: an?| the)? ` + length + `)`)},
	{before: inFront(`\b` + again + `\b[^,;:."` + "`" + `]*?((?:` + link + `)+ )`)},
	{before: inFront(`\b` + again + `( )`), after: " later", stays: true},
	{before: inFront(`([,;] ` + waiting + `(?:` + link + `)* )`), after: ")", stays: true},
	{before: inFront(`\b` + waiting + `((?:` + link + `)* )`)},
}

// unit matches a unit of time behind its number.
var unit = pattern.New(`^ ?(?:second\(s\)|minute\(s\)|(?:ns|us|µs|ms|s|secs?|seconds?|millis|milliseconds?|m|mins?|minutes?)\b)`)

// inside matches what may follow the length of a delay.
var inside = pattern.New("^(?:$|[\\s.,:;)\\]}!…\"`\\\\])")

// cutLength returns what to cut of text, which has the length of a delay between from
// and to, with or without a unit: the words in front that need it as well.
//
//	"failed, retrying in %v"       ->  "failed, retrying"
//	"waiting %d ms before trying"  ->  "waiting before trying"
//	"failed (delay: %v)"           ->  "failed"
func cutLength(text string, from, to int) (first, end int, ok bool) {
	rest := text[to:]
	if by := unit().FindString(rest); by != "" {
		rest = rest[len(by):]
	}
	if !inside().MatchString(rest) {
		return 0, 0, false
	}
	for _, p := range phrases {
		m := p.before().FindStringSubmatchIndex(text[:from])
		if m != nil && strings.HasPrefix(rest, p.after) {
			if end = len(text) - len(rest); !p.stays {
				end += len(p.after)
			}
			return m[2], end, true
		}
	}
	return 0, 0, false
}

// Verbs returns where the verbs of a format are; plain is whether each is for the one
// argument that is its turn.
func Verbs(format string) (list [][2]int, plain bool) {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		end := i + 1
		for end < len(format) && strings.IndexByte("+-# 0123456789.", format[end]) >= 0 {
			end++
		}
		switch {
		case end == len(format) || format[end] == '*' || format[end] == '[':
			return nil, false
		case format[end] != '%':
			list = append(list, [2]int{i, end + 1})
		}
		i = end
	}
	return list, true
}
