package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/internal/fault"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Fault is what is wrong with a loop that is reported.
type Fault struct {
	Name      string // such as ignores-context
	Text      string // what the loop does, such as "ignores ctx while it waits"
	One, Many string // what one loop and what several do: "ignores its context", "ignore their context"
	Quiet     bool   // told by -explain and the page in HTML only
}

// Names that stand for several faults in [Options.Faults].
const (
	allFaults = "all"
	noFaults  = "none"
)

// FaultNames returns the names of all faults, the gravest first.
func FaultNames() []string { return fault.Names() }

// checkFault returns an error that lists the known faults if name is none.
func checkFault(name string) error {
	if known := fault.Names(); name != allFaults && name != noFaults && !slices.Contains(known, name) {
		return fmt.Errorf("unknown fault %q: known faults are %s, or %s, or %s", name, strings.Join(known, ", "), allFaults, noFaults)
	}
	return nil
}

func (o Options) checkFaults() error {
	for _, name := range o.Faults {
		if err := checkFault(name); err != nil {
			return err
		}
	}
	return nil
}

func setFaults(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.SequenceNode || len(value.Content) == 0 {
		return lineError(value, "faults must be a list of names, such as [%s]", strings.Join(fault.Names()[:2], ", "))
	}
	for _, name := range value.Content {
		if name.Kind != yaml.ScalarNode {
			return lineError(name, "a fault must be a name")
		}
		if err := checkFault(name.Value); err != nil {
			return lineError(name, "%w", err)
		}
		opts.Faults = append(opts.Faults, name.Value)
	}
	return nil
}

// faultSet returns the faults that names have told; no names have all told.
func faultSet(names []string) map[string]bool {
	on := make(map[string]bool)
	for _, name := range fault.Names() {
		on[name] = len(names) == 0 || slices.Contains(names, allFaults) || slices.Contains(names, name)
	}
	return on
}

// readFaults finds what is wrong with the loop, of what is to be told.
func (f *finding) readFaults(pkg *source.Package, on map[string]bool) {
	if f.answersFailure() {
		read := fault.Read(pkg, f.site, f.verdict, f.waits, f.growth)
		f.mayEnd = read.MayEnd
		f.faults = slices.DeleteFunc(fault.Of(read), func(x fault.Fault) bool { return !on[x.Name] })
	}
}

// allFaults are those of [Site].
func (f *finding) allFaults() []Fault {
	var all []Fault
	for _, x := range f.faults {
		all = append(all, Fault(x))
	}
	return all
}

// gravest says in a clause what is wrong most of all, or nothing.
func (f *finding) gravest() string {
	var texts []string
	for _, x := range f.faults {
		if !x.Quiet && len(texts) < 2 {
			texts = append(texts, x.Text)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return ", which " + strings.Join(texts, " and ")
}

// faultTexts says all that is wrong, each fault by its name: "ignores ctx while it waits
// (ignores-context)".
func (f *finding) faultTexts() string {
	var texts []string
	for _, x := range f.faults {
		texts = append(texts, x.Text+" ("+x.Name+")")
	}
	return strings.Join(texts, ", ")
}
