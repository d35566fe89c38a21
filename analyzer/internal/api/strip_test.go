package api

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"testing"
)

// declarations returns a file without bodies of functions, as text.
func declarations(t *testing.T, src []byte, mode parser.Mode) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, mode)
	if err != nil {
		return "", err
	}
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			fn.Body = nil
		}
	}
	var out bytes.Buffer
	if err := format.Node(&out, fset, file); err != nil {
		t.Fatal(err)
	}
	return out.String(), nil
}

func TestWithoutBodies(t *testing.T) {
	const src = `package p // a
/* b
c */ import "fmt"
type T struct{ A int /* { */ }
func (T) F(a func() interface{ M() }, b struct{ x int }) (s struct { y string }) { if true { return struct{ y string }{"}"} } ; panic('}') }
func G[P interface{ ~int }](P) interface{} {
	fmt.Println("\"{", ` + "`{\\`" + `, '{', '\'') // }
	return func() int { return 1 / 2 }
}
func external(x int) (y int)
var V = func() int { return 2 }
var W = /* } */ []int{1, 2}
const R = '"'
func last() { }`
	const want = `package p 
` + "\n" + `  import "fmt"
type T struct{ A int   }
func (T) F(a func() interface{ M() }, b struct{ x int }) (s struct { y string }) 
func G[P interface{ ~int }](P) interface{} 


` + `
func external(x int) (y int)
var V = func() int { return 2 }
var W =   []int{1, 2}
const R = '"'
func last() `
	if got := string(withoutBodies([]byte(src))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of each file of some packages of the standard library the same is left as the
// parser sees.
func TestWithoutBodiesStandard(t *testing.T) {
	for _, pkg := range []string{"context", "time", "net/http", "go/parser", "reflect", "runtime", "encoding/json"} {
		files, _ := filepath.Glob(filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(pkg), "*.go"))
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := declarations(t, src, parser.SkipObjectResolution)
			if err != nil {
				continue
			}
			got, err := declarations(t, withoutBodies(src), parser.SkipObjectResolution)
			if err != nil || got != want {
				t.Errorf("%s: %v, got\n%s", file, err, got)
			}
		}
	}
}

// Whatever a file is, nothing but an error comes of it.
func FuzzWithoutBodies(f *testing.F) {
	f.Add("package p\nfunc f() { \"")
	f.Add("package p\nfunc f() { '\\")
	f.Add("/*")
	f.Add("func ")
	f.Fuzz(func(t *testing.T, src string) {
		if n := len(withoutBodies([]byte(src))); n > len(src) {
			t.Errorf("%d bytes of %d", n, len(src))
		}
	})
}
