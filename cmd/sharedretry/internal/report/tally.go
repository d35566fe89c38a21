package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A tally counts the findings that have something in common.
type tally struct {
	Name            string
	Findings, Fixes int
	Percent         int // of all findings
}

// A counter counts findings by name.
type counter map[string]*tally

func (c counter) add(name string, fixes int) {
	t := c[name]
	if t == nil {
		t = &tally{Name: name}
		c[name] = t
	}
	t.Findings++
	t.Fixes += fixes
}

// list returns the counts, the highest first, with their share of all.
func (c counter) list(all int) []tally {
	var list []tally
	for _, t := range c {
		t.Percent = 100 * t.Findings / max(all, 1)
		list = append(list, *t)
	}
	slices.SortFunc(list, func(a, b tally) int { return cmp.Or(b.Findings-a.Findings, cmp.Compare(a.Name, b.Name)) })
	return list
}

// text returns the counts in words.
func (c counter) text() string {
	var list []string
	for _, t := range c.list(0) {
		list = append(list, fmt.Sprintf("%d %s", t.Findings, t.Name))
	}
	return strings.Join(list, ", ")
}
