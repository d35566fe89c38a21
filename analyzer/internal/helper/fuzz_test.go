package helper

import "testing"

// FuzzTemplate reads descriptions of helpers: none makes it panic, and one that is
// right can be written.
func FuzzTemplate(f *testing.F) {
	for _, p := range presets {
		f.Add(p.call, "", "", "")
	}
	f.Add("acme.Do({{ctx}}, {{attempts}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}, {{op}})", "for r := acme.Start({{ctx}}); r.Next();", "w := acme.W{}", "w.Wait({{ctx}})")
	f.Add("{{", "{{end}}", "{{if}}", "{{template \"x\"}}")
	f.Add("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}", "{{range 1000000000}}{{end}}", "{{printf \"%1000000000d\" 1}}", "{{with op}}{{.}}{{end}}")
	f.Fuzz(func(t *testing.T, call, header, init, wait string) {
		spec := Spec{Name: "acme", Imports: map[string]string{"acme": "go.acme.dev/retry"}, Call: call, Header: header, Init: init, Wait: wait}
		h, err := spec.Helper()
		if err != nil {
			return
		}
		for _, form := range h.Forms() {
			form.Remedy(false)
			form.Remedy(true)
		}
	})
}
