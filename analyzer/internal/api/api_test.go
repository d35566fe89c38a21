package api

import (
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// archive holds packages, by path.
const archive = `
-- acme/a.go --
package acme

import (
	"fmt"
	. "dotted"
	other "example.com/go-odd"
	"example.com/go-named/v2"
	"gone"
	"slow"
)

type Policy struct {
	N      int
	Inner  *inner
	hidden gone.Type
	*embedded
}

type inner struct{ D Delay }

type embedded struct{}

// Reset is promoted.
func (*embedded) Reset() { fmt.Println(slow.Sum()) }

const (
	One = iota + 1
	two
	Three
)

var Default = Policy{N: two}

var Typed other.Odd = other.New(slow.Sum())

func Do(p Policy, op func() error) error { return gone.Do(op) }
func Named(n named.Named) gone.Type { return slow.Sum() }
func Value[T any, P interface{ *T }](op func() (T, error)) (P, error) { return nil, nil }
-- acme/a_test.go --
package acme

func Tested() {}
-- acme/a_plan9.go --
package acme

func Plan9() {}
-- acme/ignored.go --
//go:build ignore

package main

func Ignored() {}
-- acme/doc.go --
package acme
-- dotted/d.go --
package dotted

type Delay int64
-- example.com/go-odd/o.go --
package odd

import "slow"

type Odd interface{ Odd() }

func New(int) Odd { return nil }

var Slow = slow.Sum()
-- example.com/go-named/v2/n.go --
package named

type Named struct{ hidden func() }
-- slow/s.go --
package slow

func Sum() int { return 1 }
-- broken/b.go --
package broken

func Fine() int { return 1 }

func Broken( {
`

// reading reads wants of packages, and returns which of them were looked for.
func reading(t *testing.T, wants ...Want) (*Set, []string) {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		file := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var asked []string
	set := Read(func(path string) string {
		asked = append(asked, path)
		dir := filepath.Join(root, filepath.FromSlash(path))
		if _, err := os.Stat(dir); err != nil {
			return ""
		}
		return dir
	}, wants...)
	slices.Sort(asked)
	return set, slices.Compact(asked)
}

// declared returns how a package declares names.
func declared(t *testing.T, set *Set, path string, names ...string) string {
	t.Helper()
	pkg, err := set.Import(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, n := range names {
		if obj := pkg.Scope().Lookup(n); obj != nil {
			list = append(list, types.ObjectString(obj, func(p *types.Package) string { return p.Name() }))
		} else {
			list = append(list, "no "+n)
		}
	}
	return strings.Join(list, "\n")
}

// All that a package exports is read, with what it names, and nothing else: fmt is
// looked for only since it might be called named.
func TestRead(t *testing.T) {
	set, asked := reading(t, Want{Path: "acme"})
	got := declared(t, set, "acme", "Policy", "One", "Three", "Default", "Typed", "Do", "Named", "Value", "Tested", "Plan9", "Ignored")
	want := `type acme.Policy struct{N int; Inner *acme.inner; hidden struct{}; *acme.embedded}
const acme.One untyped int
const acme.Three untyped int
var acme.Default acme.Policy
var acme.Typed odd.Odd
func acme.Do(p acme.Policy, op func() error) error
func acme.Named(n named.Named) invalid type
func acme.Value[T any, P interface{*T}](op func() (T, error)) (P, error)
no Tested
no Plan9
no Ignored`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if want := []string{"acme", "dotted", "example.com/go-named/v2", "example.com/go-odd", "fmt", "gone"}; !slices.Equal(asked, want) {
		t.Errorf("looked for %q, want %q", asked, want)
	}
	if got, want := set.Paths(), []string{"acme", "dotted", "example.com/go-named/v2", "example.com/go-odd"}; !slices.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
	if set.Complete {
		t.Error("complete without gone")
	}
	pkg, _ := set.Import("acme")
	methods := types.NewMethodSet(types.NewPointer(pkg.Scope().Lookup("Policy").Type()))
	if methods.Lookup(pkg, "Reset") == nil {
		t.Error("a promoted method is missing")
	}
}

// What nobody asked for is not looked at.
func TestReadNames(t *testing.T) {
	set, asked := reading(t, Want{Path: "acme", Names: []string{"Do", "None"}})
	if got, want := declared(t, set, "acme", "Do", "Named", "None"), "func acme.Do(p acme.Policy, op func() error) error\nno Named\nno None"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if want := []string{"acme", "dotted"}; !slices.Equal(asked, want) {
		t.Errorf("looked for %q, want %q", asked, want)
	}
	if !set.Complete {
		t.Error("not complete, though all that is asked for is there")
	}
	if got, want := strings.Join(set.Exported("acme", true), " "), "Do Named Value"; got != want {
		t.Errorf("functions: got %s, want %s", got, want)
	}
	if got, want := strings.Join(set.Exported("acme", false), " "), "Default One Policy Three Typed"; got != want {
		t.Errorf("others: got %s, want %s", got, want)
	}
}

func TestHas(t *testing.T) {
	set, _ := reading(t, Want{Path: "acme", Names: []string{"Do"}}, Want{Path: "broken", Names: []string{"Fine"}}, Want{Path: "gone"})
	for _, test := range []struct {
		path, name string
		has, sure  bool
	}{
		{"acme", "Do", true, true},
		{"acme", "None", false, true},
		{"acme", "Tested", false, true},
		{"acme", "Plan9", false, false},
		{"broken", "Fine", true, true},
		{"broken", "None", false, false},
		{"gone", "Do", false, false},
	} {
		if has, sure := set.Has(test.path, test.name); has != test.has || sure != test.sure {
			t.Errorf("%s.%s: got %v, %v", test.path, test.name, has, sure)
		}
	}
	if _, err := set.Import("gone"); err == nil {
		t.Error("what is not at hand can be imported")
	}
}

// What would take long is taken on trust.
func TestLimit(t *testing.T) {
	set, _ := reading(t, Want{Path: "slow"})
	set.spare = 10
	if u := set.unit("dotted"); u != nil {
		t.Error("more is read than may be")
	}
}
