package site_test

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// TestFindLists checks that all nodes of a package are listed where something in it may
// be a delay, and only there.
func TestFindLists(t *testing.T) {
	t.Parallel()
	for body, sites := range map[string]int{
		"for op() != nil { time.Sleep(time.Second) }":                                                               1,
		"for op() != nil { <-time.After(time.Second) }":                                                             1,
		"for op() != nil { select { case <-time.NewTimer(time.Second).C: } }":                                       1,
		"for range time.Tick(time.Second) { op() }":                                                                 1,
		"for op() != nil { c, stop := context.WithTimeout(context.Background(), time.Second); <-c.Done(); stop() }": 1,
		"time.AfterFunc(time.Second, f)":                                                                            1,
		"for range 3 { op() }; <-make(chan time.Duration)":                                                          0,
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+"func f() { "+body+" }\n")
		if n := len(site.Find(pkg, &graph.Set{Package: pkg})); n != sites || pkg.IsListed() != (sites > 0) {
			t.Errorf("%s: %d sites, want %d; listed: %v", body, n, sites, pkg.IsListed())
		}
	}
}
