package report

import (
	"fmt"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
)

// maxFaults is how many faults a summary counts.
const maxFaults = 3

// byFault returns "; 7 ignore their context, 5 wait after the last attempt", or "":
// the faults that most findings have.
func (r *Report) byFault() string {
	counts, faults := make(counter), make(map[string]analyzer.Fault)
	for _, f := range r.findings {
		for _, x := range f.site.Faults {
			if !x.Quiet {
				counts.add(x.Name, 0)
				faults[x.Name] = x
			}
		}
	}
	var texts []string
	for _, t := range counts.list(0) {
		text := faults[t.Name].Many
		if t.Findings == 1 {
			text = faults[t.Name].One
		}
		texts = append(texts, fmt.Sprintf("%d %s", t.Findings, text))
	}
	if len(texts) == 0 {
		return ""
	}
	return "; " + strings.Join(texts[:min(len(texts), maxFaults)], ", ")
}

// faultNames returns the names of what is wrong with f, the gravest first; without
// those that are quiet unless they are asked for.
func faultNames(f finding, quiet bool) []string {
	var names []string
	for _, x := range f.site.Faults {
		if quiet || !x.Quiet {
			names = append(names, x.Name)
		}
	}
	return names
}

// faultTexts returns what is wrong with f in words, by name.
func faultTexts(f finding) map[string]string {
	texts := make(map[string]string)
	for _, x := range f.site.Faults {
		if !x.Quiet {
			texts[x.Name] = x.Text
		}
	}
	return texts
}
