package unit

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/dependency"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/packages"
)

// A unit is a package that the go command wants to be analysed, as it describes
// it.
//
// The driver of x/tools type-checks all dependencies, to hand their types and
// facts on. We have no facts, and the go command has compiled the dependencies
// and says where: so units are done directly, with what the compiler tells of
// their imports. Where that cannot be, all units are left to that driver, which
// must have seen the dependencies: hence the flags decide, which are the same for
// all, and whether imports are at hand compiled.
type unit struct {
	unitchecker.Config // without VetxOutput if the result must not be kept
	direct             bool
	tests              *bool // what -tests says, or nil
}

func readUnit(file string, flags []string, known *flag.FlagSet) (*unit, error) {
	u := new(unit)
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &u.Config); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if u.Dir == "" {
		u.Dir, err = os.Getwd()
	}
	u.direct = dependency.Compiled(u.Compiler, u.ImportMap, u.PackageFile) && u.understands(flags, known)
	if u.VetxOnly && dependency.Own(u.ModulePath, u.ModuleVersion) {
		u.VetxOutput = ""
	}
	return u, err
}

// understands reports whether flags ask for findings as data and no more, as go vet
// does unless it is to apply fixes.
func (u *unit) understands(flags []string, known *flag.FlagSet) bool {
	err := known.Parse(slices.DeleteFunc(slices.Clone(flags), dependency.Legacy))
	known.Visit(func(f *flag.Flag) {
		if f.Name == "tests" {
			on := f.Value.String() == "true"
			u.tests = &on
		}
	})
	isOn := func(name string) bool { return known.Lookup(name).Value.String() != "false" }
	return err == nil && isOn("json") && !isOn("fix") && !isOn("diff")
}

// judged returns those of files that findings can be in. The go command adds the
// tests of a package to its files, which compile without them.
func judged(files []string, opts analyzer.Options) []string {
	if opts.Tests {
		return files
	}
	return slices.DeleteFunc(slices.Clone(files), func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

// analyse type-checks u and reports what is found in it.
func (u *unit) analyse(config string) int {
	load.CollectAt(400)
	if err := analyzer.Analyzer.Flags.Set("config", config); err != nil {
		return exit.Fail(exit.Error, err)
	}
	pkg, err := u.load()
	if err != nil {
		out.Note(err.Error()) // it begins with its place
		return exit.Error
	}
	graph, err := load.Analyze([]*packages.Package{pkg}, new(load.Sources))
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	return u.leave(graph)
}

// load parses and type-checks u.
func (u *unit) load() (*packages.Package, error) {
	pkg := &packages.Package{
		ID: u.ID, PkgPath: u.ImportPath, Dir: u.Dir,
		GoFiles: u.GoFiles, CompiledGoFiles: u.GoFiles, OtherFiles: u.NonGoFiles, IgnoredFiles: u.IgnoredFiles,
		Fset: token.NewFileSet(), TypesSizes: types.SizesFor(u.Compiler, build.Default.GOARCH),
		TypesInfo: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
			Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			FileVersions: make(map[*ast.File]string),
		},
	}
	var parsed int64
	for _, name := range u.GoFiles {
		file, err := parser.ParseFile(pkg.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		size := int64(file.FileEnd - file.FileStart)
		load.Parsed(parsed, parsed+size)
		parsed += size
		pkg.Syntax = append(pkg.Syntax, file)
	}
	config := types.Config{Importer: u.importer(pkg.Fset), Sizes: pkg.TypesSizes, GoVersion: u.GoVersion}
	var err error
	pkg.Types, err = config.Check(u.ImportPath, pkg.Fset, pkg.Syntax, pkg.TypesInfo)
	if err == nil {
		pkg.Name = pkg.Types.Name()
	}
	return pkg, err
}

// importer returns what reads the export data of u's imports.
func (u *unit) importer(fset *token.FileSet) types.Importer {
	byPath := importer.ForCompiler(fset, u.Compiler, func(path string) (io.ReadCloser, error) { return os.Open(u.PackageFile[path]) })
	return importerFunc(func(path string) (*types.Package, error) {
		if mapped := u.ImportMap[path]; mapped != "" { // vendored, or compiled for a test
			return byPath.Import(mapped)
		}
		return nil, fmt.Errorf("can't resolve import %q", path)
	})
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// leave gives the go command what was found, and a file of facts: without one it
// asks again next time.
func (u *unit) leave(found *checker.Graph) int {
	if u.VetxOutput != "" {
		if err := os.WriteFile(u.VetxOutput, nil, 0o666); err != nil {
			return exit.Fail(exit.Error, err)
		}
	}
	if u.VetxOnly {
		return exit.Clean
	}
	var b bytes.Buffer
	err := found.PrintJSON(&b)
	data := visible.Positions(b.Bytes(), u.owns)
	switch {
	case err != nil:
	case u.Stdout != "":
		err = os.WriteFile(u.Stdout, data, 0o666)
	default:
		out.Stdout.Printf("%s", data)
	}
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	return exit.Clean
}

// owns reports whether the named file is one of u's, or, as what cgo has made of it says,
// stands beside them.
func (u *unit) owns(file string) bool {
	if slices.Contains(u.GoFiles, file) {
		return true
	}
	info, err := os.Lstat(file)
	return err == nil && info.Mode().IsRegular() && filepath.Dir(file) == filepath.Clean(u.Dir) && filepath.Ext(file) == ".go"
}
