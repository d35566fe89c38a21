package helper

import (
	"maps"
	"slices"
	"strings"
)

// Forms returns the ways to call h, each with one shape; h itself if it has one.
func (h *Helper) Forms() []*Helper {
	if len(h.forms) == 0 {
		return []*Helper{h}
	}
	return h.forms
}

// Only returns h with its forms that keep holds for, or nil if it has none.
func (h *Helper) Only(keep func(*Helper) bool) *Helper {
	only := *h
	only.forms = nil
	for _, form := range h.Forms() {
		if keep(form) {
			only.forms = append(only.forms, form)
		}
	}
	if len(only.forms) == 0 {
		return nil
	}
	return &only
}

// LogsTo returns h, given the logger that an expression names where its templates say
// [DefaultLogger].
func (h *Helper) LogsTo(logger string) *Helper {
	to := *h
	to.Logger = logger
	for i, form := range to.forms {
		to.forms = slices.Clone(to.forms)
		to.forms[i] = form.LogsTo(logger)
	}
	return &to
}

// split returns a spec for each shape of which s has the template that the shape
// requires.
func (s Spec) split() (forms []Spec, err error) {
	for _, shape := range []Shape{Callback, Loop, Wait} {
		form, key := s.of(shape)
		switch {
		case *form.template(required[shape]) != "":
			forms = append(forms, form)
		case key != "":
			return nil, &SpecError{Name: s.Name, Key: key, text: "means nothing without " + required[shape] + ": write that, or leave it out"}
		}
	}
	return forms, nil
}

// of returns the part of s that is about one shape, with the packages that its
// templates name, and the key of its last template.
func (s Spec) of(shape Shape) (form Spec, key string) {
	form = s
	form.Shape = string(shape)
	var text strings.Builder
	for _, p := range parts {
		switch value := p.value(&form); {
		case p.shape != shape:
			*value = ""
		case *value != "":
			key = p.key
			text.WriteString(*value)
		}
	}
	if shape != Callback {
		form.OpParams, form.OpResults, form.ValueOnError = "", "", ""
		form.ChecksContext, form.CancelsSuccess, form.PermanentOf = false, false, false
	}
	if shape != Wait {
		form.WaitReturns = ""
	}
	form.RetriesUnlimited = s.RetriesUnlimited && shape != Wait
	form.AtLeastOnce = s.AtLeastOnce && shape == Loop
	form.YieldsNumber = s.YieldsNumber && shape == Loop
	form.Unlimited = s.Unlimited && shape != Wait
	form.Imports = make(map[string]string)
	for name, path := range s.Imports {
		if strings.Contains(text.String(), name+".") {
			form.Imports[name] = path
		}
	}
	return form, key
}

// template returns the value of the template with the given key.
func (s *Spec) template(key string) *string {
	i := slices.IndexFunc(parts, func(p part) bool { return p.key == key })
	return parts[i].value(s)
}

// join returns the helper with the forms that s describes.
func (s Spec) join(forms []*Helper) (*Helper, error) {
	h := *forms[0]
	h.forms, h.own, h.Imports = forms, nil, make(map[string]string)
	for _, form := range forms {
		h.own = append(h.own, form.own...)
		maps.Copy(h.Imports, form.Imports)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Imports)) {
		if _, used := h.Imports[name]; !used {
			return nil, &SpecError{Name: s.Name, Key: "imports", text: name + " is used by no template: leave it out"}
		}
	}
	return &h, nil
}
