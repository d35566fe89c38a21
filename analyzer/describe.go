package analyzer

import (
	"fmt"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/claims"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A Description is what the package of a retry helper says of itself.
type Description struct {
	Path    string     // of the package
	Spec    HelperSpec // how fixes call it
	Hook    string     // what it calls before each wait, as it is declared; or ""
	Missing []string   // what it lacks, or cannot be told, in words
}

// Describe reads the package that the value of helper in a configuration names, by
// import path or by a directory relative to dir, as the module that holds dir sees
// it. There is an error if it is not found, or if nothing in it can be called.
func Describe(dir, name string) (Description, error) {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	path := helperPath(dir, name)
	mod, _ := gomod.At(dir)
	switch {
	case !isPath(path) || isLocal(path):
		return Description{}, fmt.Errorf("helper %s: name a package by its import path, or by its directory, as ./internal/retry", name)
	case mod == nil:
		return Description{}, fmt.Errorf("helper %s: there is no go.mod here: run in the module that uses the helper", name)
	}
	h, err := helperFor(dir, HelperSpec{Package: path}, false)
	if err == nil {
		err = helper.Misfit(dir, h)
	}
	switch {
	case err != nil:
		return Description{}, err
	case h == nil:
		return Description{}, fmt.Errorf("helper %s: the package cannot be found: go get it", name)
	}
	read, err := pointAt(dir, path, false)
	if err != nil {
		return Description{}, err
	}
	return Description{Path: path, Spec: read.Spec, Hook: read.Hook, Missing: read.Missing}, nil
}

// Libraries returns the names of the known retry libraries that the module which
// holds dir requires, directly and indirectly.
func Libraries(dir string) (direct, indirect []string) { return helper.Libraries(dir) }

// LibraryModule returns the path of the module of a known retry library, which name
// is, or the library's name; "" if there is no such library.
func LibraryModule(name string) string {
	if h := helper.Preset(name); h != nil {
		return h.Module
	}
	return ""
}

// DescribeTest returns a Go test, under testing/synctest, which asserts what fixes
// rely on of the helper that o names, as the module that holds dir sees it.
func (o Options) DescribeTest(dir string) ([]byte, error) {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	o.Helper = helperPath(dir, o.Helper)
	if err := o.ValidateFor(dir); err != nil {
		return nil, err
	}
	h, err := o.chosen(dir)
	switch {
	case err != nil:
		return nil, err
	case h == nil:
		return nil, fmt.Errorf("helper %s: the package cannot be found: go get it", o.Helper)
	}
	h = helper.Fitted(dir, h)
	return claims.Test(h, h.Package()+"_test")
}

// sampleArgs are those of a call as a fix would write it.
var sampleArgs = helper.Args{
	Ctx: "ctx", Done: "ctx.Done()", Attempts: "5", IsConst: true, Delay: "time.Second", MaxDelay: "time.Minute",
	Op: "op", T: "T", Err: "err", Name: `"op"`,
}

// Forms returns a call for each form of the helper, as a fix would write it, each
// with the name of the form.
func (d Description) Forms() (forms [][2]string) {
	h, err := d.Spec.Helper()
	if err != nil {
		return nil
	}
	add := func(name string, t *helper.Template, before, after string) {
		if t != nil {
			forms = append(forms, [2]string{name, before + strings.TrimSpace(t.Render(sampleArgs, nil)) + after})
		}
	}
	for _, form := range h.Forms() {
		do := "err := "
		if form.DropsValue {
			do = "_, err := "
		}
		add("do", form.Call, do, "")
		add("value", form.ValueCall, "v, err := ", "")
		add("final error", form.Permanent, "return ", "")
		if form.PermanentOf {
			forms = append(forms, [2]string{"", "return " + form.Permanent.Render(helper.Args{Err: "err, ErrGone, ErrForbidden"}, nil)})
		}
		if form.Permanent != nil && form.Again.Render(sampleArgs, nil) != sampleArgs.Err {
			add("other error", form.Again, "return ", "")
		}
		number := ""
		if form.YieldsNumber {
			number = "n := "
		}
		add("attempts", form.Header, "for "+number, " {")
		add("wait", form.Init, "", "")
		wait := "wait"
		if form.Init != nil {
			wait = ""
		}
		add(wait, form.Wait, "", "")
		add("", form.Reset, "", "")
	}
	return forms
}

// YAML returns the description as the key helpers of a configuration has it, to be
// pasted and corrected.
func (d Description) YAML() string {
	item := &yaml.Node{Kind: yaml.MappingNode}
	for _, k := range helperKeys {
		var value yaml.Node
		if err := value.Encode(k.field(&d.Spec)); err != nil || isZero(&value) {
			continue
		}
		if value.Kind == yaml.MappingNode {
			value.Style = yaml.FlowStyle
		}
		item.Content = append(item.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: k.name}, &value)
	}
	doc := map[string][]*yaml.Node{"helpers": {item}}
	text, err := yaml.Marshal(doc)
	if err != nil {
		return ""
	}
	return string(text)
}

// isZero reports whether a value is what a key has that is left out.
func isZero(value *yaml.Node) bool {
	return value.Kind == yaml.ScalarNode && (value.Value == "" || value.Value == "false" || value.Tag == "!!null") || len(value.Content) == 0 && value.Kind != yaml.ScalarNode
}
