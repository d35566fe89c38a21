package starter

import (
	"embed"
	"fmt"
	"go/token"
	"go/version"
	"strings"
)

// sources holds the helper that is written. It is a package of this module: what
// others get is what is built and tested here.
//
//go:embed retry/*.go
var sources embed.FS

// files are the files of the helper in sources, and those that take their place
// below Go 1.23, where a loop cannot range over a function.
var files = []struct{ name, older string }{
	{"retry.go", "retry.go"},
	{"attempts.go", "attempts_go121.go"},
	{"retry_test.go", "retry_test.go"},
	{"attempts_test.go", "attempts_go121_test.go"},
}

// constraint keeps the files for older versions out of this module's build.
const constraint = "//go:build !go1.23\n\n"

// helperFiles returns the files of the helper, by name, as a package with the
// given name in a module of the given version of Go, such as go1.24.
func helperFiles(pkg, lang string) (map[string][]byte, error) {
	switch {
	case !token.IsIdentifier(pkg) || pkg == "_" || pkg == "main":
		return nil, fmt.Errorf("%q is not a package name: name a directory that ends in one, such as ./internal/retry", pkg)
	case version.Compare(lang, "go1.21") < 0:
		return nil, fmt.Errorf("the helper needs Go 1.21, and go.mod says %s: run go get go@1.21", strings.TrimPrefix(lang, "go"))
	}
	renamed := strings.NewReplacer(constraint, "", "package retry", "package "+pkg, "Package retry", "Package "+pkg, "retry.", pkg+".")
	written := make(map[string][]byte)
	for _, f := range files {
		from := f.name
		if version.Compare(lang, "go1.23") < 0 {
			from = f.older
		}
		text, err := sources.ReadFile("retry/" + from)
		if err != nil {
			return nil, err
		}
		written[strings.Replace(f.name, "retry", pkg, 1)] = []byte(renamed.Replace(string(text)))
	}
	return written, nil
}
