package prove

import (
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// A Helper is a helper to prove.
type Helper struct {
	Name   string     // of a preset, or of the configured helper
	Config string     // the tool's configuration; "" for a preset
	May    sim.Helper // the deviations that are documented
}

// Args are the flags by which the tool uses the helper.
func (h Helper) Args() []string { return []string{"-helper=" + h.Name} }

// Helpers are all helpers to prove: the presets, and one of each shape that is
// described in a configuration.
var Helpers = []Helper{
	{Name: "avast/retry-go/v5", May: sim.Helper{ReturnsCause: true}},
	{Name: "avast/retry-go/v4", May: sim.Helper{ReturnsCause: true}},
	{Name: "cenkalti/backoff/v5", May: sim.Helper{OpsIfCancelled: 1, ReturnsCause: true, WaitsAfterLast: true, NoContext: true}},
	{Name: "cenkalti/backoff/v4", May: sim.Helper{OpsIfCancelled: 1, WaitsAfterLast: true, NoContext: true}},
	{Name: "sethvargo/go-retry", May: sim.Helper{ReturnsCause: true}},
	{Name: "failsafe-go", May: sim.Helper{OpsIfCancelled: 1, DropsSuccess: true}},
	{Name: "k8s-wait", May: sim.Helper{WaitsAfterLast: true, NoContext: true}},
	{Name: "client-go", May: sim.Helper{OpsIfCancelled: 1, NoContext: true}},
	{Name: "acme", May: sim.Helper{OpsIfCancelled: 1}, Config: described("acme", "callback", "retry", `
    call: 'retry.Do({{ctx}}, `+policy("retry.Policy")+`, {{op}})'
    value_call: 'retry.Value({{ctx}}, `+policy("retry.Policy")+`, {{op}})'
    value_on_error: last
    unlimited: true
    permanent: 'retry.Stop({{err}})'
`)},
	{Name: "acme-iter", May: sim.Helper{OpsIfCancelled: 1}, Config: described("acme-iter", "loop", "iter", `
    at_least_once: true
    unlimited: true
    header: 'r := iter.Start({{ctx}}, `+policy("iter.Options")+`); r.Next();'
`)},
	{Name: "acme-range", May: sim.Helper{OpsIfCancelled: 1}, Config: described("acme-range", "loop", "iter", `
    at_least_once: true
    unlimited: true
    header: 'range iter.Attempts({{ctx}}, `+policy("iter.Options")+`)'
`)},
	{Name: "acme-again", May: sim.Helper{OpsIfCancelled: 1, Limit: 10 * time.Second}, Config: described("acme-again", "callback", "again", `
    op_params: ctx
    call: 'again.Do({{ctx}}, {{op}}, {{if has_attempts}}again.Attempts({{attempts}}){{else}}again.Endless(){{end}}, `+delayOptions+`)'
    permanent: 'again.Never({{err}})'
`)},
	{Name: "acme-five", May: sim.Helper{OpsIfCancelled: 1, Limit: 10 * time.Second}, Config: described("acme-five", "callback", "again", `
    op_params: ctx
    call: 'again.Do({{ctx}}, {{op}}, {{if has_attempts}}again.Attempts({{attempts}}), {{end}}`+delayOptions+`)'
    permanent: 'again.Never({{err}})'
`)},
	{Name: "acme-wait", May: sim.Helper{OpsIfCancelled: 1, WaitsAfterLast: true, NoReset: true}, Config: described("acme-wait", "wait", "waiter", `
    init: 'wait := waiter.Waiter{Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}'
    wait: 'wait.Wait({{ctx}})'
`)},
	{Name: "acme-sleep", May: sim.Helper{OpsIfCancelled: 1, WaitsAfterLast: true, SameWaits: true}, Config: described("acme-sleep", "wait", "waiter", `
    wait: 'waiter.Sleep({{ctx}}, {{delay}})'
`)},
	{Name: "acme-forms", May: sim.Helper{OpsIfCancelled: 1, WaitsAfterLast: true}, Config: described("acme-forms", "", "forms", `
    unlimited: true
    at_least_once: true
    call: 'forms.Do({{ctx}}, `+policy("forms.Policy")+`, {{op}})'
    value_call: 'forms.Value({{ctx}}, `+policy("forms.Policy")+`, {{op}})'
    permanent: 'forms.Permanent({{err}})'
    permanent_of: true
    header: 'range forms.Attempts({{ctx}}, `+policy("forms.Policy")+`)'
    init: 'b := forms.Policy{Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}.Backoff()'
    wait: 'b.Wait({{done}})'
    wait_returns: bool
    reset: 'b.Reset()'
`)},
}

// delayOptions are the options for the delays.
const delayOptions = `again.First({{delay}}){{if has_max_delay}}, again.Longest({{max_delay}}){{end}}`

// described returns the configuration with a helper of this module.
func described(name, shape, pkg, templates string) string {
	return `helper: ` + name + `
helpers:
  - name: ` + name + `
` + shaped(shape) + `    imports: {` + pkg + `: ` + proofPath + `/acme/` + pkg + `}` + strings.ReplaceAll(templates, "\t", "")
}

// shaped says the helper's shape, if it has one only.
func shaped(shape string) string {
	if shape == "" {
		return ""
	}
	return "    shape: " + shape + "\n"
}

// policy returns the template of a literal of a type of options.
func policy(typ string) string {
	return typ + `{ {{if has_attempts}}Attempts: {{attempts}}, {{end}}Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}`
}
