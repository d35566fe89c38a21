// Package version says which sharedretry this is.
package version

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Module returns the version of the module that this command was built from, such
// as v0.1.0, or "" if it was built without one.
func Module() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// Full returns the version with what it was built from and by, in one line:
//
//	sharedretry v0.1.0 (commit 1f3c6d0a9b2e, go1.26.0)
func Full() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "sharedretry, of an unknown version"
	}
	return full(Module(), info)
}

func full(module string, info *debug.BuildInfo) string {
	if module == "" {
		module = "devel"
	}
	return fmt.Sprintf("sharedretry %s (%s%s)", module, commit(info), info.GoVersion)
}

// commit returns "commit 1f3c6d0a9b2e, " where the build knows it: go build in a
// clone does, go install does not.
func commit(info *debug.BuildInfo) string {
	settings := make(map[string]string)
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	id := settings["vcs.revision"]
	if id == "" {
		return ""
	}
	text := "commit " + id[:min(len(id), 12)]
	if settings["vcs.modified"] == "true" && !strings.HasSuffix(info.Main.Version, "+dirty") {
		text += " with changes"
	}
	return text + ", "
}
