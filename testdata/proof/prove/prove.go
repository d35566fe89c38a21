package prove

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// A Result is what the proof of a module's functions found.
type Result struct {
	Fixed    []string          // functions with a fix
	Refused  map[string]string // functions with a site and no fix, and the reason
	Report   sim.Report
	Failures []string // everything that must not be
}

// Prove fixes the packages below after/ by the command tool with args, and
// compares them with those below before/.
func (m *Module) Prove(tool string, args []string, helper sim.Helper) (*Result, error) {
	before, err := m.parse("before")
	if err != nil {
		return nil, err
	}
	sites, err := m.explain(tool, args)
	if err != nil {
		return nil, err
	}
	if _, err := m.run([]int{0}, nil, tool, append(args, "-fix", "./after/...")...); err != nil {
		return nil, err
	}
	return m.Compare(before, sites, helper, func() ([]string, error) { return m.again(tool, args, sites) })
}

// CompareFixed compares packages that were fixed by hand.
func (m *Module) CompareFixed(helper sim.Helper) (*Result, error) {
	before, err := m.parse("before")
	if err != nil {
		return nil, err
	}
	return m.Compare(before, nil, helper, func() ([]string, error) { return nil, nil })
}

// Compare compares the packages below after/ with those below before/.
func (m *Module) Compare(before tree, sites []site, helper sim.Helper, again func() ([]string, error)) (*Result, error) {
	after, err := m.parse("after")
	if err != nil {
		return nil, err
	}
	changed := before.changed(after)
	res := &Result{Refused: make(map[string]string)}
	res.Fixed = slices.Sorted(maps.Keys(changed))
	for _, s := range sites {
		if fn := before.at(s.file, s.line); fn != nil && !changed[fn.name] {
			res.Refused[fn.name] = s.why()
		}
	}
	res.style(before, after)
	res.suppressed(before)
	if err := m.dropped(res, before, after); err != nil {
		return nil, err
	}
	broken := m.vet(res, before, after, changed)
	if failures, err := again(); err != nil {
		res.Failures = append(res.Failures, err.Error())
	} else {
		for _, name := range failures {
			res.Failures = append(res.Failures, fmt.Sprintf("%s\n%s", name, sources(before, after, strings.Fields(name)[0], changed)))
		}
	}
	if after, err = m.parse("after"); err != nil { // one of two nested loops is fixed only now
		return nil, err
	}
	entries := slices.DeleteFunc(before.entries(changed), func(fn *function) bool { return broken[fn.pkg] })
	if len(entries) == 0 {
		return res, nil
	}
	if err := m.execute(entries, helper, res); err != nil {
		return nil, err
	}
	for _, d := range res.Report.Differences {
		name, _, _ := strings.Cut(d.Name, "(")
		res.Failures = append(res.Failures, fmt.Sprintf("%s: %s\nscript %s\n%s--- trace before\n%s--- trace after\n%s",
			d.Name, d.Text, d.Script, sources(before, after, name, changed), d.Before, d.After))
	}
	return res, nil
}

// Execute runs all pairs as they stand.
func (m *Module) Execute(helper sim.Helper) (*sim.Report, error) {
	before, err := m.parse("before")
	if err != nil {
		return nil, err
	}
	all := make(map[string]bool)
	for name := range before {
		all[name] = true
	}
	res := &Result{}
	if err := m.execute(before.entries(all), helper, res); err != nil {
		return nil, err
	}
	if len(res.Failures) > 0 {
		return nil, errors.New(res.Failures[0])
	}
	return &res.Report, nil
}

// execute runs the pairs of entries and fills the report.
func (m *Module) execute(entries []*function, helper sim.Helper, res *Result) error {
	src, err := registry(entries)
	if err != nil {
		return err
	}
	if err := m.write("run/run_test.go", src); err != nil {
		return err
	}
	config, err := json.Marshal(helper)
	if err != nil {
		return err
	}
	report, running := filepath.Join(m.dir, "report.json"), filepath.Join(m.dir, "running")
	env := []string{"PROOF_HELPER=" + string(config), "PROOF_REPORT=" + report, "PROOF_RUNNING=" + running}
	if _, err := m.run([]int{0}, env, "go", "test", "-vet=off", "-count=1", "-timeout=300s", "./run"); err != nil {
		name, _ := os.ReadFile(running)
		res.Failures = append(res.Failures, fmt.Sprintf("%s stopped the test: %v", name, err))
		return nil
	}
	data, err := os.ReadFile(report)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, &res.Report)
}
