package prove

import "github.com/sharedretry/sharedretry/testdata/proof/sim"

// A Helper is a helper to prove.
type Helper struct {
	Name   string     // of a preset, or of the configured helper
	Config string     // the tool's configuration; "" for a preset
	May    sim.Helper // the deviations that are documented
}

// Args are the flags by which the tool uses the helper.
func (h Helper) Args() []string { return []string{"-helper=" + h.Name} }

// Helpers are all helpers to prove.
var Helpers = []Helper{
	{Name: "avast/retry-go/v5", May: sim.Helper{ReturnsCause: true}},
	{Name: "avast/retry-go/v4", May: sim.Helper{ReturnsCause: true}},
	{Name: "cenkalti/backoff/v5", May: sim.Helper{OpsIfCancelled: 1, ReturnsCause: true}},
	{Name: "cenkalti/backoff/v4", May: sim.Helper{OpsIfCancelled: 1}},
	{Name: "sethvargo/go-retry", May: sim.Helper{}},
	{Name: "failsafe-go", May: sim.Helper{OpsIfCancelled: 1, DropsSuccess: true}},
	{Name: "k8s-wait", May: sim.Helper{OpsIfCancelled: 1}},
	{Name: "client-go", May: sim.Helper{OpsIfCancelled: 1}},
	{Name: "acme", May: sim.Helper{OpsIfCancelled: 1}, Config: `helper: acme
helpers:
  - name: acme
    shape: callback
    imports: {retry: github.com/sharedretry/sharedretry/testdata/proof/acme/retry}
    call: 'retry.Do({{ctx}}, retry.Policy{Attempts: {{attempts}}, Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}, {{op}})'
    value_call: 'retry.Value({{ctx}}, retry.Policy{Attempts: {{attempts}}, Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}, {{op}})'
    permanent: 'retry.Stop({{err}})'
`},
	{Name: "acme-iter", May: sim.Helper{OpsIfCancelled: 1}, Config: `helper: acme-iter
helpers:
  - name: acme-iter
    shape: loop
    imports: {iter: github.com/sharedretry/sharedretry/testdata/proof/acme/iter}
    header: 'r := iter.Start({{ctx}}, iter.Options{Attempts: {{attempts}}, Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}); r.Next(); '
`},
	{Name: "acme-range", May: sim.Helper{OpsIfCancelled: 1}, Config: `helper: acme-range
helpers:
  - name: acme-range
    shape: loop
    imports: {iter: github.com/sharedretry/sharedretry/testdata/proof/acme/iter}
    header: 'range iter.Attempts({{ctx}}, iter.Options{Attempts: {{attempts}}, Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}})'
`},
	{Name: "acme-wait", May: sim.Helper{OpsIfCancelled: 1, WaitsAfterLast: true}, Config: `helper: acme-wait
helpers:
  - name: acme-wait
    shape: wait
    imports: {waiter: github.com/sharedretry/sharedretry/testdata/proof/acme/waiter}
    init: 'wait := &waiter.Waiter{Delay: {{delay}}{{if has_max_delay}}, MaxDelay: {{max_delay}}{{end}}}'
    wait: 'wait.Wait({{ctx}})'
`},
}
