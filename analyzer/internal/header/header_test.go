package header

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
	"github.com/sharedretry/sharedretry/analyzer/internal/write/writetest"
)

var acme = helper.Spec{
	Name: "acme", Shape: "loop", Imports: map[string]string{"acme": "go.acme.dev/acme"}, Unlimited: true,
	Header: "range acme.Attempts({{ctx}}, {{if has_attempts}}{{attempts}}{{else}}-1{{end}}, {{delay}}{{if has_max_delay}}, {{max_delay}}{{end}})",
}

// Each source in testdata is fixed, by a helper that gives the attempts, as it says there.
func TestHeader(t *testing.T) { sourcetest.Tables(t, writetest.Fixed(New, &acme)) }
