package version

import (
	"runtime/debug"
	"testing"
)

func TestFull(t *testing.T) {
	const id = "1f3c6d0a9b2e4f5061728394a5b6c7d8e9f00112"
	for _, test := range []struct {
		module   string
		settings []debug.BuildSetting
		want     string
	}{
		{"v0.1.0", []debug.BuildSetting{{Key: "vcs.revision", Value: id}, {Key: "vcs.modified", Value: "false"}}, "sharedretry v0.1.0 (commit 1f3c6d0a9b2e, go1.26.0)"},
		{"v0.1.1-0.2026+dirty", []debug.BuildSetting{{Key: "vcs.revision", Value: id}, {Key: "vcs.modified", Value: "true"}}, "sharedretry v0.1.1-0.2026+dirty (commit 1f3c6d0a9b2e, go1.26.0)"},
		{"", []debug.BuildSetting{{Key: "vcs.revision", Value: id}, {Key: "vcs.modified", Value: "true"}}, "sharedretry devel (commit 1f3c6d0a9b2e with changes, go1.26.0)"},
		{"v0.1.0", nil, "sharedretry v0.1.0 (go1.26.0)"},
	} {
		info := &debug.BuildInfo{GoVersion: "go1.26.0", Settings: test.settings}
		info.Main.Version = test.module
		if got := full(test.module, info); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
