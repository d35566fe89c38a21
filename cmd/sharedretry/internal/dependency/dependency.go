// Package dependency answers the go command where it asks about a package that others
// import. Nothing is reported of such packages, and there are no facts about them:
// the file that would have these is empty, or missing where the answer must not be kept.
//
// There are many times more of them than packages that are analysed, and most of
// what each took was to initialise the command. So the answer is given in an init:
// Go initialises packages in the order of their import paths, each as soon as what
// it imports is, and this one imports next to nothing.
package dependency

import (
	"encoding/json"
	"os"
	"strings"
)

func init() {
	if args := os.Args[1:]; len(args) > 0 && Answered(args) {
		os.Exit(0)
	}
}

// A unit is what the go command says of a package, as far as it matters here.
type unit struct {
	Compiler      string
	ModulePath    string
	ModuleVersion string
	ImportMap     map[string]string
	PackageFile   map[string]string
	VetxOnly      bool
	VetxOutput    string
}

// Answered reports whether args asked about a dependency, which is answered then.
// Whatever is not plain, or wrong, is left to others.
func Answered(args []string) bool {
	flags, file := args[:len(args)-1], args[len(args)-1]
	if !strings.HasSuffix(file, ".cfg") || !dataOnly(flags) {
		return false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	var u unit
	if json.Unmarshal(data, &u) != nil || !u.VetxOnly || u.VetxOutput == "" || !Compiled(u.Compiler, u.ImportMap, u.PackageFile) {
		return false
	}
	return Own(u.ModulePath, u.ModuleVersion) || os.WriteFile(u.VetxOutput, nil, 0o666) == nil
}

// Own reports whether a module is the user's own, which has no version. The go command
// keeps an answer together with its file of facts, and takes one about a dependency for
// one about the package itself, when it is asked for that: so there must be no file of
// facts about a dependency that may be asked for.
func Own(module, version string) bool { return module != "" && version == "" }

// Legacy reports whether flag is one that go vet hands on, and that says nothing to a
// tool: which files a package has is decided by then.
func Legacy(flag string) bool { return strings.HasPrefix(strings.TrimLeft(flag, "-"), "tags=") }

// dataOnly reports whether flags ask for findings as data and, as far as can be told
// without knowing them, for nothing else.
func dataOnly(flags []string) bool {
	asked := false
	for _, flag := range flags {
		name, value, given := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		switch {
		case Legacy(flag):
		case name == "json" && (!given || value == "true"):
			asked = true
		case !given || !strings.HasPrefix(flag, "-") || name == "fix" || name == "diff" || name == "json":
			return false
		}
	}
	return asked
}

// Compiled reports whether a package has imports, by what they are mapped to, and
// the compiler's export data of all of them is at hand.
func Compiled(compiler string, imports, files map[string]string) bool {
	found := false
	for _, path := range imports {
		if path == "unsafe" || path == "C" {
			continue
		}
		if found = true; files[path] == "" {
			return false
		}
	}
	return compiler == "gc" && found
}
