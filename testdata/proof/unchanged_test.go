package proof

import (
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/testdata/proof/prove"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// Without a fix functions run twice, and nothing differs but the waits: neither
// they nor the scripts depend on chance.
func TestUnchanged(t *testing.T) {
	m := newModule(t, prove.Helper{})
	if err := addSubjects(m); err != nil {
		t.Fatal(err)
	}
	if err := addPrograms(m, *seed, 0, perBatch); err != nil {
		t.Fatal(err)
	}
	rep, err := m.Execute(sim.Helper{OpsIfCancelled: 1, WaitsAfterLast: true, NoContext: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range rep.Differences {
		if !strings.HasPrefix(d.Text, "waits ") {
			t.Errorf("%s by script %s: %s\n%s", d.Name, d.Script, d.Text, d.Before)
		}
	}
	t.Logf("%d functions, %d runs", rep.Pairs, rep.Runs)
}
