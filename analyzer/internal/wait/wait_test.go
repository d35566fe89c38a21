package wait

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

var acme = helper.Spec{
	Name: "acme", Shape: "wait", Imports: map[string]string{"acme": "go.acme.dev/acme"},
	Init: "w := acme.NewWait({{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})", Wait: "w.Wait({{ctx}})", Reset: "w.Reset()",
}

// Each source in testdata is fixed, by a helper that only waits, as it says there.
func TestWait(t *testing.T) { sourcetest.Tables(t, writetest.Fixed(New, &acme)) }
