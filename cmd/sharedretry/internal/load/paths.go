package load

import (
	"cmp"
	"go/token"
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
