package prove

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var positioned = regexp.MustCompile(`after/(\S+?\.go):(\d+):(?:\d+:)? (.*)`)

// vet builds and vets the fixed packages, and returns those that do not build.
func (m *Module) vet(res *Result, before, after tree, changed map[string]bool) map[string]bool {
	broken := make(map[string]bool)
	out, err := m.run([]int{0}, nil, "go", "vet", "./after/...")
	if err == nil {
		return broken
	}
	shown := make(map[string]bool)
	for line := range strings.Lines(out) {
		f := positioned.FindStringSubmatch(line)
		if f == nil {
			continue
		}
		if strings.Contains(line, "vet: ") {
			broken[filepath.ToSlash(filepath.Dir(f[1]))] = true
		}
		n, _ := strconv.Atoi(f[2])
		text := strings.TrimSpace(line)
		if fn := after.at(f[1], n); fn != nil && !shown[fn.name] {
			shown[fn.name] = true
			if was := before[fn.name]; was != nil {
				text += fmt.Sprintf("\n--- before\n%s\n", was.text)
			}
			text += fmt.Sprintf("--- after\n%s", fn.text)
		}
		res.Failures = append(res.Failures, "vet: "+text)
	}
	if len(shown) == 0 {
		res.Failures = append(res.Failures, err.Error())
	}
	return broken
}

// again runs the tool a second time: it must find nothing in functions that are
// fixed, change nothing, and leave files formatted. It returns the functions and
// files for which that does not hold, with what happened.
func (m *Module) again(tool string, args []string, sites []site) ([]string, error) {
	first, err := m.files()
	if err != nil {
		return nil, err
	}
	now, err := m.explain(tool, args)
	if err != nil {
		return nil, err
	}
	var failures []string
	before, err := m.parse("before")
	if err != nil {
		return nil, err
	}
	after, err := m.parse("after")
	if err != nil {
		return nil, err
	}
	changed := before.changed(after)
	was, is := reported(sites, before), reported(now, after)
	for name, n := range is {
		if changed[name] && n >= was[name] {
			failures = append(failures, name+" is still reported")
		}
	}
	if _, err := m.run([]int{0}, nil, tool, append(args, "-fix", "./after/...")...); err != nil {
		return nil, err
	}
	last, err := m.parse("after")
	if err != nil {
		return nil, err
	}
	several := make(map[string]int) // one of two nested loops may be fixed in a second run only
	later := make(map[string]bool)  // as may what the first was too much for
	for _, s := range sites {
		if fn := before.at(s.file, s.line); fn != nil {
			several[fn.name]++
			later[fn.name] = later[fn.name] || strings.Contains(s.text, ": the package has too many ")
		}
	}
	for name := range after.changed(last) {
		if several[name] > 1 || later[name] {
			continue
		}
		failures = append(failures, fmt.Sprintf("%s is changed by a second run:\n%s", name, last[name].text))
	}
	for name, data := range first {
		if tidy, err := format.Source(data); err == nil && !bytes.Equal(tidy, data) {
			failures = append(failures, name+" is not formatted")
		}
	}
	slices.Sort(failures)
	return failures, nil
}

// reported counts the findings in each function.
func reported(sites []site, t tree) map[string]int {
	counts := make(map[string]int)
	for _, s := range sites {
		if fn := t.at(s.file, s.line); fn != nil && strings.Contains(s.text, ": reported: ") {
			counts[fn.name]++
		}
	}
	return counts
}

// files reads all files below after/.
func (m *Module) files() (map[string][]byte, error) {
	files := make(map[string][]byte)
	root := filepath.Join(m.dir, "after")
	err := filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		files[strings.TrimPrefix(filepath.ToSlash(file), filepath.ToSlash(root)+"/")] = data
		return err
	})
	return files, err
}
