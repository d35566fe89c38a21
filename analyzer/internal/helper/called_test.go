package helper

import "testing"

// What a finding says to call is what the code of its fix calls.
func TestCalled(t *testing.T) {
	imports := map[string]string{"acme": "example.com/acme"}
	for _, test := range []struct {
		spec Spec
		want string
	}{
		{Spec{Shape: "callback", Call: "acme.Do({{ctx}}, {{op}})"}, "acme.Do"},
		{Spec{Shape: "callback", Call: "acme.New(acme.Delay({{delay}})).Run({{ctx}}, {{op}})"}, "acme.New(...).Run"},
		{Spec{Shape: "callback", Call: "acme.Default.Do({{op}}, max(2, {{attempts}}))"}, "acme.Default.Do"},
		{Spec{Shape: "loop", Header: "range acme.Attempts({{ctx}}, {{delay}})"}, "acme.Attempts"},
		{Spec{Shape: "loop", Header: "r := acme.Start({{ctx}}, acme.Delay({{delay}})); r.Next();"}, "acme.Start"},
		{Spec{Shape: "wait", Init: "w := acme.Waiter{Delay: {{delay}}}", Wait: "w.Wait({{ctx}})"}, "acme.Waiter"},
		{Spec{Shape: "wait", Init: "w := acme.NewWaiter({{delay}})", Wait: "w.Wait({{ctx}})"}, "acme.NewWaiter"},
		{Spec{Shape: "wait", Wait: "acme.Wait({{ctx}}, {{delay}})"}, "acme.Wait"},
	} {
		test.spec.Name, test.spec.Imports = "acme", imports
		h, err := test.spec.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Called(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
