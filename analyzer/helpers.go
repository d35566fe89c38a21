package analyzer

import (
	"fmt"
	"strings"
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A HelperSpec describes a retry helper of your own; see the section Helpers
// of the manual for its fields, which are the keys there.
type HelperSpec = helper.Spec

// checkHelpers reports what is wrong with o.Helper and o.Helpers.
func (o Options) checkHelpers() error {
	seen := make(map[string]bool)
	for _, spec := range o.Helpers {
		if err := spec.Check(); err != nil {
			return err
		}
		if seen[spec.Name] {
			return fmt.Errorf("helper %s: this name appears twice: choose another", spec.Name)
		}
		seen[spec.Name] = true
	}
	return o.checkHelper()
}

// checkHelper reports an o.Helper that is neither a preset nor in o.Helpers.
func (o Options) checkHelper() error {
	if o.Helper == "" || helper.Preset(o.Helper) != nil || isPath(o.Helper) {
		return nil
	}
	known := helper.Presets()
	for _, spec := range o.Helpers {
		if spec.Name == o.Helper {
			return nil
		}
		known = append(known, spec.Name)
	}
	return fmt.Errorf("unknown helper %q: known are %s", o.Helper, strings.Join(known, ", "))
}

// A helperCache makes the helper of each description once. It is safe for
// concurrent use.
type helperCache struct {
	mu   sync.Mutex
	made map[*HelperSpec]helperResult // the first element of the list that holds it is what tells lists apart
}

type helperResult struct {
	byName map[string]*helper.Helper
	err    error
}

// find returns the helper that opts names for packages in dir, or nil if it names
// none.
func (c *helperCache) find(dir string, opts Options) (*helper.Helper, error) {
	made := c.make(opts.Helpers)
	if made.err != nil {
		return nil, made.err
	}
	if err := opts.checkHelper(); err != nil || opts.Helper == "" {
		return nil, err
	}
	if h := made.byName[opts.Helper]; h != nil {
		return h, nil
	}
	return opts.chosen(dir)
}

// make returns the helpers that specs describe.
func (c *helperCache) make(specs []HelperSpec) helperResult {
	if len(specs) == 0 {
		return helperResult{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	res, ok := c.made[&specs[0]]
	if !ok {
		res = makeHelpers(specs)
		if c.made == nil {
			c.made = make(map[*HelperSpec]helperResult)
		}
		c.made[&specs[0]] = res
	}
	return res
}

func makeHelpers(specs []HelperSpec) helperResult {
	res := helperResult{byName: make(map[string]*helper.Helper)}
	if res.err = (Options{Helpers: specs}).checkHelpers(); res.err != nil {
		return res
	}
	for _, spec := range specs {
		if spec.Package == "" { // otherwise it depends on who asks
			res.byName[spec.Name], _ = spec.Helper() // checked above
		}
	}
	return res
}
