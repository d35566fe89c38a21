package helper

import "testing"

// What a finding says to call is what the code of its fix calls.
func TestRemedy(t *testing.T) {
	imports := map[string]string{"acme": "example.com/acme"}
	for _, test := range []struct {
		spec  Spec
		value bool
		want  string
	}{
		{Spec{Shape: "callback", Call: "acme.Do({{ctx}}, {{op}})"}, true, "call acme.Do"},
		{Spec{Shape: "callback", Call: "acme.Do({{ctx}}, {{op}})", ValueCall: "acme.Value[{{T}}]({{ctx}}, {{op}})"}, false, "call acme.Do"},
		{Spec{Shape: "callback", Call: "acme.Do({{ctx}}, {{op}})", ValueCall: "acme.Value[{{T}}]({{ctx}}, {{op}})"}, true, "call acme.Value"},
		{Spec{Shape: "callback", Call: "acme.New(acme.Delay({{delay}})).Run({{ctx}}, {{op}})"}, false, "call acme.New(...).Run"},
		{Spec{Shape: "callback", Call: "acme.Default.Do({{op}}, max(2, {{attempts}}))"}, false, "call acme.Default.Do"},
		{Spec{Shape: "loop", Header: "range acme.Attempts({{ctx}}, {{delay}})"}, false, "call acme.Attempts"},
		{Spec{Shape: "loop", Header: "r := acme.Start({{ctx}}, acme.Delay({{delay}})); r.Next();"}, false, "call acme.Start"},
		{Spec{Shape: "wait", Init: "w := acme.Waiter{Delay: {{delay}}}", Wait: "w.Wait({{ctx}})"}, false, "wait with acme.Waiter"},
		{Spec{Shape: "wait", Init: "w := acme.NewWaiter({{delay}})", Wait: "w.Wait({{ctx}})"}, false, "wait with acme.NewWaiter"},
		{Spec{Shape: "wait", Init: "w := acme.Policy{Delay: {{delay}}}.Start()", Wait: "w.Wait({{ctx}})"}, false, "wait with acme.Policy{...}.Start"},
		{Spec{Shape: "wait", Wait: "acme.Wait({{ctx}}, {{delay}})"}, false, "wait with acme.Wait"},
		{Spec{Shape: "loop", Header: "range (acme.Plan{Delay: {{delay}}}).All({{ctx}})"}, false, "call acme.Plan{...}.All"},
	} {
		test.spec.Name, test.spec.Imports = "acme", imports
		h, err := test.spec.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Remedy(test.value); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
