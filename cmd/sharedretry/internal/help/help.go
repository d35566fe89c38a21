// Package help prints the manual, topic by topic, and the pages of the rules.
package help

import (
	"fmt"
	"go/doc/comment"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
)

// A topic is a part of the manual.
type topic struct {
	name, about string
	headings    []string // of the manual
}

var topics = []topic{
	{"rules", "what is reported, what is not, and how it is decided", []string{
		"Rules", "Words", "How a retry is told from a poll", "Second helpers", "Policies", "Growth", "Bounds", "Faults", "What is not reported", "Time", "Limits"}},
	{"fixes", "what a fix changes, and why a finding may have none", []string{"Fixes", "Explanations"}},
	{"helpers", "which retry helpers fixes call, and how to describe your own", []string{"Helpers"}},
	{"config", "flags, " + analyzer.ConfigName + ", comments that turn findings off, baselines", []string{
		"Flags and configuration", "Monorepos", "Suppression", "Exclusions", "Baseline"}},
	{"ci", "go vet, CI systems, golangci-lint, Bazel, editors", []string{"Continuous integration", "Exit codes", "Formats", "Drivers", "Editors"}},
}

// width is that of a line of text.
const width = 100

// About lists the topics, a line each.
func About() string {
	var b strings.Builder
	for _, t := range topics {
		fmt.Fprintf(&b, "  sharedretry help %-8s %s\n", t.name, t.about)
	}
	fmt.Fprintf(&b, "  sharedretry help %-8s %s\n", "RULE", "the page of a rule: why, faults, before and after, when to turn it off")
	fmt.Fprintf(&b, "  sharedretry help %-8s %s\n", "manual", "all of the manual")
	return b.String()
}

// On returns what there is to read on name: a topic, a rule, or manual for all.
// An unknown name is an error that lists those that there are.
func On(name string) (string, error) {
	if name == "manual" {
		return text(analyzer.Manual().Content), nil
	}
	for _, r := range analyzer.Rules {
		if r.Name == name {
			return r.Page(), nil
		}
	}
	i := slices.IndexFunc(topics, func(t topic) bool { return t.name == name })
	if i < 0 {
		return "", fmt.Errorf("no help on %q: there is help on %s", name, strings.Join(names(), ", "))
	}
	return topics[i].text(), nil
}

// names returns what there is help on.
func names() []string {
	var list []string
	for _, t := range topics {
		list = append(list, t.name)
	}
	for _, r := range analyzer.Rules {
		list = append(list, r.Name)
	}
	return append(list, "manual")
}

// text returns the sections of t, in its order.
func (t topic) text() string {
	var blocks []comment.Block
	for _, name := range t.headings {
		blocks = append(blocks, section(name)...)
	}
	return text(blocks)
}

// section returns a section of the manual with its heading.
func section(name string) []comment.Block {
	var blocks []comment.Block
	in := false
	for _, b := range analyzer.Manual().Content {
		if h, ok := b.(*comment.Heading); ok {
			in = len(h.Text) == 1 && h.Text[0] == comment.Plain(name)
		}
		if in {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func text(blocks []comment.Block) string {
	p := comment.Printer{TextWidth: width}
	return strings.TrimSuffix(string(p.Text(&comment.Doc{Content: blocks})), "\n") + "\n"
}
