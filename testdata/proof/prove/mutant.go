package prove

import (
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Fix fixes the packages below after/.
func (m *Module) Fix(tool string, args []string) error {
	_, err := m.run([]int{0}, nil, tool, append(slices.Clone(args), "-fix", "./after/...")...)
	return err
}

// Mutate changes the fixed files by edit, runs them, and puts them back. It
// returns the functions that edit has changed, those of them in which a
// difference was found, and those in which none was.
func (m *Module) Mutate(helper sim.Helper, edit func(src string) string) (found, missed []string, err error) {
	fixed, err := m.parse("after")
	if err != nil {
		return nil, nil, err
	}
	files, err := m.files()
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		for name, data := range files {
			m.write("after/"+name, data)
		}
	}()
	for name, data := range files {
		if err := m.write("after/"+name, []byte(edit(string(data)))); err != nil {
			return nil, nil, err
		}
	}
	mutated, err := m.parse("after")
	if err != nil {
		return nil, nil, err
	}
	before, err := m.parse("before")
	if err != nil {
		return nil, nil, err
	}
	res := &Result{}
	entries := before.entries(fixed.changed(mutated))
	if err := m.execute(entries, helper, res); err != nil {
		return nil, nil, err
	}
	differs := make(map[string]bool)
	for _, d := range res.Report.Differences {
		name, _, _ := strings.Cut(d.Name, "(")
		differs[name] = true
	}
	for _, fn := range entries {
		if !differs[fn.name] {
			missed = append(missed, fn.name)
		}
	}
	if len(res.Failures) > 0 { // it does not build, or a run stopped it all
		missed = append(missed, res.Failures...)
	}
	return slices.Sorted(maps.Keys(differs)), missed, nil
}
