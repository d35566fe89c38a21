package api

import (
	"go/build"
	"go/types"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"
)

// Of some packages of the standard library the same is read as the compiler
// exports.
func TestReadStandard(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes},
		"context", "time", "iter", "sync", "bufio", "encoding/json", "text/template", "slices")
	if err != nil {
		t.Fatal(err)
	}
	locate := func(path string) string {
		return filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(path))
	}
	for _, pkg := range pkgs {
		got, err := Read(locate, Want{Path: pkg.PkgPath}).Import(pkg.PkgPath)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pkg.Types.Scope().Names() {
			want, read := pkg.Types.Scope().Lookup(name), got.Scope().Lookup(name)
			if !want.Exported() {
				continue
			}
			if read == nil {
				t.Errorf("%s.%s is missing", pkg.PkgPath, name)
			} else if got, want := offers(read), offers(want); !slices.Equal(got, want) {
				t.Errorf("%s.%s: got %q, want %q", pkg.PkgPath, name, got, want)
			}
		}
	}
}

// offers returns how an object is declared, or the methods of a type.
func offers(obj types.Object) (list []string) {
	named, ok := obj.(*types.TypeName)
	if !ok {
		return []string{types.ObjectString(obj, (*types.Package).Name)}
	}
	for m := range types.NewMethodSet(types.NewPointer(named.Type())).Methods() {
		if m.Obj().Exported() {
			list = append(list, types.ObjectString(m.Obj(), (*types.Package).Name))
		}
	}
	return list
}
