package load

import (
	"go/ast"
	"os"
	"runtime/debug"

	"github.com/sharedretry/sharedretry/analyzer"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// How much memory there may be before it is collected more often: enough for a few MiB of
// code, and for more code about what nothing but loops takes, so that little time goes into
// collecting what is still needed. With their fixes, such code may take more than that.
const (
	enough  = 450 << 20
	perByte = 108 // of code
)

// CollectAt lets memory grow by percent before it is collected, unless the user
// says when: what is loaded is needed to the end, so there is little to gain. There
// is more where much is loaded: see [Parsed].
func CollectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	setLimit(0)
}

// Parsed allows the memory that more code takes, which came to that many bytes
// before and comes to that many after.
func Parsed(before, after int64) {
	if before>>20 != after>>20 { // not for each file
		setLimit(after)
	}
}

// setLimit sets the limit for so many bytes of code, unless the user has set one.
func setLimit(code int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(max(enough, perByte*code))
	}
}

// Analyze runs the analyzer on pkgs, the text of whose files is that of src. It lists the
// nodes of a package itself, where it needs them.
func Analyze(pkgs []*packages.Package, src *Sources) (*checker.Graph, error) {
	for _, pkg := range pkgs {
		if pkg.TypesInfo != nil {
			pkg.TypesInfo.Scopes = nil // nobody asks
		}
	}
	a := *analyzer.Analyzer
	a.Requires = nil
	a.Run = func(pass *analysis.Pass) (any, error) {
		if big(pass.Files) {
			defer debug.FreeOSMemory()
		}
		loaded := *pass
		loaded.ReadFile = func(name string) ([]byte, error) {
			if text, ok := src.Text[name]; ok {
				return text, nil
			}
			return pass.ReadFile(name)
		}
		return analyzer.Analyzer.Run(&loaded)
	}
	return checker.Analyze([]*analysis.Analyzer{&a}, pkgs, nil)
}

// big reports whether there is so much code in files that what is garbage after each
// step adds up.
func big(files []*ast.File) bool {
	bytes := 0
	for _, file := range files {
		bytes += int(file.FileEnd - file.FileStart)
	}
	return bytes > 1<<20
}
