package helper

import (
	"maps"
	"strings"
	"sync"
)

// A preset is a row of the table of known libraries. What a row leaves out is
// what most have: a callback that takes nothing and returns an error.
type preset struct {
	name       string
	module     string
	minVersion string
	language   string            // see [Helper.Go]
	imports    map[string]string // beside those of the standard library that templates name

	call, valueCall      string
	init, wait, reset    string // the form wait; see [Helper.Wait]
	opParams, opResults  string
	success, again       string
	permanent, exhausted string

	dropsValue, permanentBounded bool
	againNil, permanentNil       bool // see [Helper.AgainNil]
	checksContext                bool // see [Helper.ChecksContext]
	cancelsSuccess               bool // see [Helper.CancelsSuccess]
	lastValue                    bool // see [Helper.ValueOnError]
	positiveDelay                bool
	limited                      bool // see [Helper.WantsLimit]
	unlimited                    bool // see [Helper.complete]
	explicit                     bool // never chosen because go.mod requires it
}

// presets are the known libraries. Every default that a library would add
// itself is set, so that the waits are those that the call shows.
var presets = []preset{
	{
		name: "avast/retry-go/v5", module: "github.com/avast/retry-go/v5", minVersion: "v5.0.0", language: "go1.18",
		imports:   map[string]string{"retry": "github.com/avast/retry-go/v5"},
		call:      "retry.New(" + avastOptions + ").Do({{op}})",
		valueCall: "retry.NewWithData[{{T}}](" + avastOptions + ").Do({{op}})",
		permanent: "retry.Unrecoverable({{err}})", permanentBounded: true, // the wrapper comes back if there is no bound
		checksContext: true,
	},
	{
		name: "avast/retry-go/v4", module: "github.com/avast/retry-go/v4", minVersion: "v4.7.0", language: "go1.18",
		imports:   map[string]string{"retry": "github.com/avast/retry-go/v4"},
		call:      "retry.Do({{op}}," + avastOptions + ")",
		valueCall: "retry.DoWithData({{op}}," + avastOptions + ")",
		permanent: "retry.Unrecoverable({{err}})", permanentBounded: true,
		checksContext: true,
	},
	{
		// Permanent on the last attempt would come back with its wrapper.
		name: "cenkalti/backoff/v5", module: "github.com/cenkalti/backoff/v5", minVersion: "v5.0.3", language: "go1.18",
		imports: map[string]string{"backoff": "github.com/cenkalti/backoff/v5"},
		call:    backoff5, valueCall: backoff5, dropsValue: true,
		opResults: "(struct{}, error)", success: "struct{}{}, nil", again: "struct{}{}, {{err}}",
		lastValue: true, unlimited: true, limited: true,
		init: "b := &" + exponential5, wait: "time.Sleep(b.NextBackOff())", reset: "b.Reset()",
	},
	{
		name: "cenkalti/backoff/v4", module: "github.com/cenkalti/backoff/v4", minVersion: "v4.3.0", language: "go1.18",
		imports: map[string]string{"backoff": "github.com/cenkalti/backoff/v4"},
		call:    "backoff.Retry({{op}}, " + backoff4 + ")", valueCall: "backoff.RetryWithData({{op}}, " + backoff4 + ")",
		permanent: "backoff.Permanent({{err}})", permanentNil: true,
		lastValue: true, unlimited: true, limited: true,
		init: "b := " + exponential4, wait: "time.Sleep(b.NextBackOff())", reset: "b.Reset()",
	},
	{
		// Only what is marked is retried.
		name: "sethvargo/go-retry", module: "github.com/sethvargo/go-retry", minVersion: "v0.3.0", language: "go1.18",
		imports:  map[string]string{"retry": "github.com/sethvargo/go-retry"},
		call:     "retry.Do({{ctx}}, " + sethvargo + ", {{op}})",
		opParams: "ctx context.Context", valueCall: "retry.DoValue({{ctx}}, " + sethvargo + ", {{op}})",
		again: "retry.RetryableError({{err}})", againNil: true, permanent: "{{err}}", permanentNil: true,
		positiveDelay: true, checksContext: true, unlimited: true,
	},
	{
		name: "failsafe-go", module: "github.com/failsafe-go/failsafe-go", minVersion: "v0.9.0", language: "go1.18",
		imports: map[string]string{
			"failsafe":    "github.com/failsafe-go/failsafe-go",
			"retrypolicy": "github.com/failsafe-go/failsafe-go/retrypolicy",
		},
		call:      "failsafe.With(retrypolicy.NewBuilder[any]()." + failsafe + ".Run({{op}})",
		valueCall: "failsafe.With(retrypolicy.NewBuilder[{{T}}]()." + failsafe + ".Get({{op}})",
		lastValue: true, cancelsSuccess: true, limited: true,
	},
	{
		// A limit would end the retries, and without one no loop should run for ever.
		name: "k8s-wait", module: "k8s.io/apimachinery", minVersion: "v0.27.0", explicit: true,
		imports:  map[string]string{"wait": "k8s.io/apimachinery/pkg/util/wait"},
		call:     "wait.ExponentialBackoffWithContext({{ctx}}, " + waitBackoff + ", {{op}})",
		opParams: "ctx context.Context", opResults: "(bool, error)", success: "true, nil", again: "false, nil",
		exhausted:     "wait.Interrupted({{err}}){{if has_ctx}} && {{err}} != {{ctx}}.Err(){{end}}",
		checksContext: true,
		init:          waitSteps, wait: "time.Sleep(b.Step())",
	},
	{
		name: "client-go", module: "k8s.io/client-go", minVersion: "v0.27.0", explicit: true,
		imports: map[string]string{
			"retry": "k8s.io/client-go/util/retry",
			"wait":  "k8s.io/apimachinery/pkg/util/wait",
		},
		call: "retry.OnError(" + waitBackoff + ", func(error) bool { return true }, {{op}})",
	},
}

const avastOptions = `
	{{if has_ctx}}retry.Context({{ctx}}),{{end}}
	{{if has_attempts}}retry.Attempts({{attempts "uint"}}),{{else}}retry.UntilSucceeded(),{{end}}
	retry.Delay({{delay}}),
	{{if has_max_delay}}retry.MaxDelay({{max_delay}}),{{end}}
	retry.DelayType(retry.BackOffDelay),
	{{if has_attempts}}retry.LastErrorOnly(true),{{end}}
`

const backoff5 = `backoff.Retry({{ctx}}, {{op}},
	backoff.WithBackOff(&` + exponential5 + `),
	{{if has_attempts}}backoff.WithMaxTries({{attempts "uint"}}),{{end}}
	backoff.WithMaxElapsedTime(0),
)`

const exponential5 = `backoff.ExponentialBackOff{
		InitialInterval: {{delay}},
		Multiplier:      2,
		MaxInterval:     {{if has_max_delay}}{{max_delay}}{{else}}1<<63 - 1{{end}},
	}`

const exponential4 = `backoff.NewExponentialBackOff(
	backoff.WithInitialInterval({{delay}}),
	backoff.WithMultiplier(2),
	backoff.WithRandomizationFactor(0),
	backoff.WithMaxInterval({{if has_max_delay}}{{max_delay}}{{else}}1<<63 - 1{{end}}),
	backoff.WithMaxElapsedTime(0),
)`

const backoff4 = `{{if has_ctx}}backoff.WithContext({{end}}{{if has_attempts}}backoff.WithMaxRetries({{end}}` + exponential4 + `{{if has_attempts}}, {{retries "uint64"}}){{end}}{{if has_ctx}}, {{ctx}}){{end}}`

const sethvargo = `{{if has_attempts}}retry.WithMaxRetries({{retries "uint64"}}, {{end}}` +
	`{{if has_max_delay}}retry.WithCappedDuration({{max_delay}}, {{end}}retry.NewExponential({{delay}})` +
	`{{if has_max_delay}}){{end}}{{if has_attempts}}){{end}}`

const failsafe = `
	WithMaxAttempts({{if has_attempts}}{{attempts}}{{else}}-1{{end}}).
	WithBackoff({{delay}}, {{if has_max_delay}}{{max_delay}}{{else}}1<<63 - 1{{end}}).
	ReturnLastFailure().
	Build()){{if has_ctx}}.WithContext({{ctx}}){{end}}`

const waitBackoff = `wait.Backoff{
	Duration: {{delay}},
	Factor:   2,
	Steps:    {{attempts}},
}`

// A Backoff that has come to its Cap has no steps left, and stays there.
const waitSteps = `b := wait.Backoff{
	Duration: {{delay}},
	Factor:   2,
	Steps:    1<<31 - 1,{{if has_max_delay}}
	Cap:      {{max_delay}},{{end}}
}`

// Presets returns the names of the known libraries.
func Presets() []string {
	var names []string
	for _, p := range presets {
		names = append(names, p.name)
	}
	return names
}

// Preset returns the helper for a known library, by its name or by the path of
// its module; nil if there is none.
func Preset(name string) *Helper {
	for i, p := range presets {
		if name == p.name || name == p.module {
			return built[i]()
		}
	}
	return nil
}

// built makes the helper of each preset when it is first asked for.
var built = func() []func() *Helper {
	var all []func() *Helper
	for _, p := range presets {
		all = append(all, sync.OnceValue(p.helper))
	}
	return all
}()

// helper makes the helper that p describes.
func (p preset) helper() *Helper {
	h := &Helper{
		Name: p.name, key: p.name, Shape: Callback, Module: p.module, MinVersion: p.minVersion, Go: p.language,
		Imports:  map[string]string{"context": "context"},
		OpParams: p.opParams, OpResults: either(p.opResults, "error"), DropsValue: p.dropsValue, ChecksContext: p.checksContext, CancelsSuccess: p.cancelsSuccess,
		AgainNil: p.againNil, PermanentNil: p.permanentNil, PermanentBounded: p.permanentBounded, PositiveDelay: p.positiveDelay, WantsLimit: p.limited,
		Unsupported: make(map[Feature]bool),
		Call:        mustParse(p.call), ValueCall: optional(p.valueCall),
		Success: optional(p.success), Again: optional(p.again), Permanent: optional(p.permanent),
		Exhausted: optional(p.exhausted),
	}
	for name, path := range p.imports {
		h.Imports[name] = path
	}
	if p.lastValue {
		h.ValueOnError = LastValue
	}
	h.complete(p.unlimited)
	if p.wait != "" {
		h.forms = []*Helper{h.alone(), p.waiter(h)}
	}
	return h
}

// alone returns h as one form of several.
func (h *Helper) alone() *Helper {
	form := *h
	return &form
}

// waiter returns the form wait of h, the helper for p: nothing ends a delay early.
func (p preset) waiter(h *Helper) *Helper {
	w := &Helper{
		Name: h.Name, key: h.key + " wait", Shape: Wait, Module: h.Module, MinVersion: h.MinVersion, Go: h.Go,
		Imports:      map[string]string{"time": "time"},
		TellsNothing: true, WantsLimit: p.limited, Unsupported: make(map[Feature]bool),
		Init: mustParse(p.init), Wait: mustParse(p.wait), Reset: optional(p.reset),
	}
	maps.Copy(w.Imports, p.imports)
	w.complete(false)
	return w
}

func optional(text string) *Template {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return mustParse(text)
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
