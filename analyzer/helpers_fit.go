package analyzer

import (
	"cmp"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// ValidateFor reports what [Options.Validate] does, and a helper that does not fit
// its own package: what its description calls must be there, and take what it is
// given. Packages are looked for as the module that holds dir sees them; of what
// is not at hand, nothing is said.
func (o Options) ValidateFor(dir string) error {
	if err := o.Validate(); err != nil {
		return err
	}
	h, err := o.chosen(dir)
	if err != nil {
		return err
	}
	return o.misfit(dir, h)
}

// HelperSources returns what [Options.ValidateFor] reads of all helpers that o
// describes or chooses, and that may change: files, and the import paths of the
// packages in the module of dir that helpers reach, which cannot call them.
func (o Options) HelperSources(dir string) (files, reached []string) {
	helpers := []*helper.Helper{helper.Preset(o.Helper)}
	specs := o.Helpers
	if isPath(o.Helper) {
		specs = append(slices.Clip(specs), HelperSpec{Package: o.Helper})
	}
	for _, spec := range specs {
		if h, err := o.described(dir, spec); err == nil && h != nil {
			helpers = append(helpers, h)
		}
	}
	for _, h := range helpers {
		files = append(files, helper.Sources(dir, h)...)
		reached = append(reached, helper.Reaches(dir, h)...)
	}
	return files, reached
}

// chosen returns the helper that o names for packages in dir, or nil if it names
// none.
func (o Options) chosen(dir string) (*helper.Helper, error) {
	for _, spec := range o.Helpers {
		if spec.Name == o.Helper {
			return o.described(dir, spec)
		}
	}
	if isPath(o.Helper) {
		return o.described(dir, HelperSpec{Package: o.Helper})
	}
	return helper.Preset(o.Helper), nil
}

// helperPackage returns the package that the helper which o names is read from.
func (o Options) helperPackage() string {
	for _, spec := range o.Helpers {
		if spec.Name == o.Helper {
			return spec.Package
		}
	}
	return o.Helper
}

// described returns the helper that spec describes, or nil if the package that says
// the rest is not at hand. Errors name the line of the configuration that says it.
func (o Options) described(dir string, spec HelperSpec) (*helper.Helper, error) {
	h, err := helperFor(dir, spec, o.Logs)
	if err != nil && o.origin != nil {
		return nil, o.origin.locate(cmp.Or(spec.Name, spec.Package), err)
	}
	return h, err
}

// helperFor is described without the place of errors.
func helperFor(dir string, spec HelperSpec, logs bool) (*helper.Helper, error) {
	if spec.Package == "" {
		return spec.Helper()
	}
	read, err := pointAt(dir, spec.Package, logs)
	if read == nil {
		return nil, err
	}
	path := spec.Package
	if spec = spec.Over(read.Spec); spec.Call == "" && spec.Header == "" && spec.Wait == "" {
		return nil, fmt.Errorf("helper %s: %s", path, read.Nothing())
	}
	return spec.Helper()
}

// misfit returns what does not fit of h, which o has chosen, with the line of the
// configuration that says it.
func (o Options) misfit(dir string, h *helper.Helper) error {
	err := helper.Misfit(dir, h)
	if err == nil || o.origin == nil {
		return err
	}
	return o.origin.locate(o.Helper, err)
}

// An origin is the configuration file that options come from.
type origin struct {
	file string
	root *yaml.Node
	base *origin // of the file that this one extends, or nil
}

// locate returns err, which came from the description of the named helper, with
// the file and the line of the key; as it is if the file has nothing of that.
func (o *origin) locate(name string, err error) error {
	for at := o; at != nil; at = at.base {
		if item := helperNamed(at.root, name); item != nil {
			return at.line(blame(item, err), err)
		}
	}
	for at := o; at != nil; at = at.base {
		if value := blameChoice(at.root, name); value != nil {
			return at.line(value, err)
		}
	}
	return err
}

// line returns err with the place of n, which is in the file.
func (o *origin) line(n *yaml.Node, err error) error {
	return fmt.Errorf("%s:%w", o.file, lineError(n, "%w", err))
}

// blameChoice returns the value of the key helper that is name, or nil.
func blameChoice(root *yaml.Node, name string) *yaml.Node {
	if value := valueOf(root, "helper"); value != root && (value.Value == name || isPath(name)) {
		return value
	}
	return nil
}

// helperNamed returns the description of the named helper, or nil.
func helperNamed(root *yaml.Node, name string) *yaml.Node {
	list := valueOf(root, "helpers")
	if list == root {
		return nil
	}
	for _, item := range list.Content {
		if item.Kind == yaml.AliasNode {
			item = item.Alias
		}
		if value := valueOf(item, "name"); value != item && value.Value == name {
			return item
		}
	}
	return nil
}
