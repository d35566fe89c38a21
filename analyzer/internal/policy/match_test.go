package policy

import (
	"slices"
	"strings"
	"testing"
)

func TestInLibrary(t *testing.T) {
	for _, test := range []struct {
		library, pkg string
		want         bool
	}{
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff", true},
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff/v5", true},
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff/v10", true},
		{"github.com/cenkalti/backoff", "gopkg.in/cenkalti/backoff.v2", true},
		{"github.com/cenkalti/backoff", "example.com/m/vendor/github.com/cenkalti/backoff/v4", true},
		{"github.com/cenkalti/backoff", "example.com/third_party/github.com/cenkalti/backoff", true},
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff [m.test]", true},
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff/v5/sub", false},
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff/v1", false},
		{"github.com/cenkalti/backoff", "github.com/other/backoff", false},
		{"backoff", "example.com/backoff", false},
		{"example.com/*/retry", "example.com/acme/retry/v2", true},
		{"example.com/*/retry", "example.com/a/b/retry", false},
	} {
		if got := InLibrary(test.library, test.pkg); got != test.want {
			t.Errorf("%s, %s: got %v", test.library, test.pkg, got)
		}
		if got := NewTable([]Row{{Library: test.library}}).Covers(test.pkg); got != test.want {
			t.Errorf("a table of %s covers %s: %v", test.library, test.pkg, got)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"NewLinear", "NewLinear", true}, {"NewLinear", "NewLinear2", false}, {"New*", "NewLinear", true}, {"*Builder.WithDelay", "builder.WithDelay", false},
		{"*Builder.WithDelay", "RetryBuilder.WithDelay", true}, {"*", "a/b", false}, {"[", "[", false},
	} {
		if got := Match(test.pattern, test.name); got != test.want {
			t.Errorf("%s, %s: got %v", test.pattern, test.name, got)
		}
	}
}

// Every row says what to do, and what only fixes need is there for fixes alone.
func TestKnown(t *testing.T) {
	for _, r := range Known {
		name := r.Library + "." + r.Name
		switch {
		case !slices.Contains([]string{"constant", "linear", "random"}, r.Growth):
			t.Errorf("%s grows %s", name, r.Growth)
		case r.Remedy == "" || strings.HasSuffix(r.Remedy, "."):
			t.Errorf("%s: the remedy is %q", name, r.Remedy)
		case r.Instead == "" && (r.Delay != "" || r.Unlimited || r.Needs != "" || r.Bars != ""):
			t.Errorf("%s has no fix, and says what one needs", name)
		case r.Arg > 0 && len(r.Values) == 0:
			t.Errorf("%s: no value of argument %d counts", name, r.Arg)
		}
	}
}
