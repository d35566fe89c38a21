package proof

import (
	"testing"
)

// Helpers do what their descriptions claim, and the known libraries what the table
// of them does.
func TestClaims(t *testing.T) {
	for _, h := range helpers(t) {
		t.Run(h.Name, func(t *testing.T) {
			t.Parallel()
			if err := newModule(t, h).Claims(tool, h); err != nil {
				t.Error(err)
			}
		})
	}
}
