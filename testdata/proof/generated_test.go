package proof

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/sharedretry/sharedretry/testdata/proof/gen"
	"github.com/sharedretry/sharedretry/testdata/proof/prove"
	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

const (
	perBatch   = 500 // programs in one module, which is fixed and built at once
	perPackage = 50
)

// programsOf returns how many programs to prove with a helper: most with the
// first, as far as CI is concerned.
func programsOf(h prove.Helper) int {
	switch {
	case *programs > 0:
		return *programs
	case h.Name == prove.Helpers[0].Name:
		return 500
	}
	return 60
}

// Generated programs do the same before and after their fix.
func TestGenerated(t *testing.T) {
	for _, h := range helpers(t) {
		t.Run(h.Name, func(t *testing.T) {
			total := &totals{refused: make(map[string]string)}
			t.Run("batch", func(t *testing.T) {
				for first := 0; first < programsOf(h); first += perBatch {
					t.Run(fmt.Sprint(first), func(t *testing.T) {
						t.Parallel()
						m := newModule(t, h)
						if err := addPrograms(m, *seed, first, min(perBatch, programsOf(h)-first)); err != nil {
							t.Fatal(err)
						}
						total.add(run(t, m, h))
					})
				}
			})
			t.Logf("%s: %d programs, %d fixed, %d refused, %d runs, %d differences\n%s", h.Name, programsOf(h),
				total.fixed, len(total.refused), total.report.Runs, len(total.report.Differences), histogram(total.refused))
		})
	}
}

// addPrograms adds n programs to m, the first with the given number.
func addPrograms(m *prove.Module, seed uint64, first, n int) error {
	for end := first + n; first < end; first += perPackage {
		pkg := fmt.Sprintf("g%d", first)
		src, err := gen.File(pkg, seed, first, min(perPackage, end-first))
		if err != nil {
			return err
		}
		if err := m.Add(pkg+"/programs.go", src); err != nil {
			return err
		}
		if err := m.Add(pkg+"/common.go", gen.Common(pkg)); err != nil {
			return err
		}
	}
	return nil
}

// totals sums up batches that run at the same time.
type totals struct {
	mu      sync.Mutex
	fixed   int
	refused map[string]string
	report  sim.Report
}

func (s *totals) add(res *prove.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fixed += len(res.Fixed)
	maps.Copy(s.refused, res.Refused)
	s.report.Runs += res.Report.Runs
	s.report.Differences = append(s.report.Differences, res.Report.Differences...)
}
