package load

import (
	"cmp"
	"go/build"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// FilesPackage is the import path that the go command gives to files that are
// named instead of packages.
const FilesPackage = "command-line-arguments"

// ImportPath returns the path by which pkg is counted, which a package and its
// tests share, or "" for the main package of a test binary.
func ImportPath(pkg *packages.Package) string {
	if strings.HasSuffix(pkg.ID, ".test") {
		return ""
	}
	return cmp.Or(pkg.ForTest, pkg.PkgPath)
}

// EntryPath returns the package of entries for findings in pkg, or "" for the
// main package of a test binary.
func EntryPath(pkg *packages.Package) string {
	if ImportPath(pkg) == "" {
		return ""
	}
	return cmp.Or(pkg.PkgPath, pkg.ID)
}

// A Place is where a finding is.
type Place struct {
	file   string
	offset int
}

// Compare orders places by file and offset.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.file, q.file), cmp.Compare(p.offset, q.offset))
}

// PlaceOf returns the place of pos in file.
func PlaceOf(file *token.File, pos token.Pos) Place { return Place{file.Name(), file.Offset(pos)} }

// fewEntries is how many files and directories there are at most where the types of all
// packages take less time than to ask the go command for some of them.
const fewEntries = 40

// namesMany reports whether pattern may name many packages, as std does, and ./... unless
// there are few files below.
func namesMany(pattern string) bool {
	if !strings.Contains(pattern, "...") {
		return !strings.ContainsAny(pattern, "./")
	}
	dir, all := strings.CutSuffix(pattern, "/...")
	if !all || !build.IsLocalImport(dir) || strings.Contains(dir, "...") {
		return true
	}
	entries := 0
	err := filepath.WalkDir(dir, func(_ string, _ fs.DirEntry, err error) error {
		if entries++; entries > fewEntries {
			return fs.SkipAll
		}
		return err
	})
	return err != nil || entries > fewEntries
}
