package helper

import (
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// What the operation of a helper returns where its description does not say.
var results = map[string]struct{ success, again string }{
	"error":             {"nil", "{{err}}"},
	"(struct{}, error)": {"struct{}{}, nil", "struct{}{}, {{err}}"},
}

// complete fills in what follows from the rest of h's description.
// Unlimited says that a call without a number of attempts has no limit.
func (h *Helper) complete(unlimited bool) {
	if h.Shape == Callback {
		h.completeResults()
	}
	h.findUnsupported(unlimited)
	h.findOwn()
}

func (h *Helper) completeResults() {
	usual := results[h.OpResults]
	if h.Success == nil {
		h.Success = optional(usual.success)
	}
	if h.Again == nil {
		h.Again = optional(usual.again)
	}
	if h.ValueCall == nil {
		return
	}
	h.ValueSuccess = mustParse("nil")
	if h.OpResults == "error" && h.ValueAgain == nil {
		h.ValueAgain = h.Again
	}
	if h.OpResults == "error" && h.ValuePermanent == nil {
		h.ValuePermanent = h.Permanent
	}
	if h.ValueAgain == nil {
		h.ValueAgain = mustParse("{{err}}")
	}
}

// findUnsupported adds to h.Unsupported what no call of h says.
func (h *Helper) findUnsupported(unlimited bool) {
	says := func(name string) bool {
		return h.Call.Uses(name) || h.Header.Uses(name) || h.Init.Uses(name) || h.Wait.Uses(name)
	}
	needs := func(name string) bool { return h.Call.Needs(name) || h.Header.Needs(name) }
	for f, lacks := range map[Feature]bool{
		Context:   !says("ctx") && !says("done"),
		MaxDelay:  !says("max_delay"),
		Attempts:  h.Shape != Wait && !says("attempts") && !says("retries"),
		Unbounded: needs("attempts") || needs("retries"),
	} {
		if lacks {
			h.Unsupported[f] = true
		}
	}
	if h.Supports(Unbounded) && !unlimited && h.Shape != Wait && !h.saysNoLimit() {
		h.Unsupported[Unbounded], h.NoLimitUnsaid = true, true
	}
}

// saysNoLimit reports whether the call says in so many words that there is no
// limit of the attempts: one that only leaves the limit out gets the default
// number of many helpers.
func (h *Helper) saysNoLimit() bool {
	for _, t := range []*Template{h.Call, h.ValueCall, h.Header} {
		if t != nil && !t.saysNoLimit() {
			return false
		}
	}
	return true
}

// findOwn notes the packages that h itself is in: those of the functions that
// its templates call. What else they name, such as a type of options, may be
// anywhere.
func (h *Helper) findOwn() {
	own := make(map[string]bool)
	for _, t := range []*Template{h.Call, h.ValueCall, h.Header, h.Init, h.Wait} {
		if t == nil {
			continue
		}
		frag, err := parseFragment(t.expand(&expansion{}))
		if err != nil {
			continue
		}
		for _, name := range frag.called() {
			if path, ok := h.Imports[name]; ok && !gomod.IsStandard(path) {
				own[path] = true
			}
		}
	}
	h.own = slices.Sorted(maps.Keys(own))
}

// Package returns the name of the package that h is in, as its templates write it.
func (h *Helper) Package() string {
	for _, name := range slices.Sorted(maps.Keys(h.Imports)) {
		if slices.Contains(h.own, h.Imports[name]) {
			return name
		}
	}
	return "helper"
}

// Owns reports whether the package with the given path is h's own or a test
// double of it: it is below h's package, or of its tests.
func (h *Helper) Owns(path string) bool {
	if h == nil {
		return false
	}
	path = plainPath(path)
	for _, own := range h.own {
		if within(path, own) {
			return true
		}
	}
	return false
}

// Owned reports whether the package with the given path belongs to h, which
// may be nil, or to a retry library: whoever else is chosen, it does not call
// itself.
func Owned(path string, h *Helper) bool {
	if h.Owns(path) {
		return true
	}
	for _, p := range presets {
		if !p.explicit && within(plainPath(path), p.module) {
			return true
		}
	}
	return false
}

// plainPath returns the path of a package without what marks its tests:
// p_test, p.test and p [p.test] are p.
func plainPath(path string) string {
	path, _, _ = strings.Cut(path, " ")
	path = strings.TrimSuffix(path, ".test")
	return strings.TrimSuffix(path, "_test")
}

// within reports whether path is dir or below it.
func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, dir+"/")
}
