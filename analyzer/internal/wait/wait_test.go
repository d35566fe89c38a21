package wait

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

// A helper that takes a context, and returns its error.
var acme = helper.Spec{
	Name: "acme", Shape: "wait", Imports: map[string]string{"acme": "go.acme.dev/acme"},
	Init: "w := acme.NewWait({{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()",
}

// A helper that takes a channel, and tells whether it waited.
var done = helper.Spec{
	Name: "done", Shape: "wait", Imports: acme.Imports, Init: "b := acme.NewBackoff({{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})",
	Wait: "b.Wait({{done}})", WaitReturns: "bool", Reset: "b.Reset()",
}

// Each source in testdata is fixed, by helpers that only wait, as it says there.
func TestWait(t *testing.T) {
	byDone := writetest.Fixed(New, &done)
	byDone.Name = "by done"
	sourcetest.Tables(t, writetest.Fixed(New, &acme), byDone)
}
