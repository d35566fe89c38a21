package analyzer_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/sharedretry/sharedretry/analyzer"
)

// fuzzed reports everything, so that everything is checked.
var fuzzed = analyzer.New(analyzer.Options{Rules: []string{"all"}, Config: analyzer.NoConfig})

// editRounds is how often TestEdits goes through testdata.
var editRounds = flag.Int("edits", 2, "change every file of testdata in `n` ways")

// FuzzAnalyzer gives the analyzer code that parses but need not type-check: it
// must not panic, and what it reports must lie in the file, once a site.
func FuzzAnalyzer(f *testing.F) {
	for _, src := range testdataSources(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if !survives(t, src) {
			t.Skip("not Go")
		}
	})
}

// TestEdits is the same for changes of the syntax tree. Few changes of the text
// leave Go behind; almost all of these do.
func TestEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(uint64(*editRounds), 1))
	sources := testdataSources(t)
	for range *editRounds {
		for _, src := range sources {
			for range 1 + random.IntN(6) {
				src = edit(src, random.IntN(editKinds), random.IntN(1000), random.IntN(1000))
			}
			survives(t, src)
			if t.Failed() {
				t.Fatalf("\n%s", src)
			}
		}
	}
}

// testdataSources returns the files of testdata.
func testdataSources(t testing.TB) (sources [][]byte) {
	t.Helper()
	dir := filepath.Join(moduleRoot(t), "testdata", "src")
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		src, err := os.ReadFile(name)
		sources = append(sources, src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// survives runs the analyzer on src. It returns false if src does not parse.
func survives(t *testing.T, src []byte) bool {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	keepImports(file)
	var diags []analysis.Diagnostic
	files := []*ast.File{file}
	result, err := fuzzed.Run(newPass(fuzzed, fset, files, &diags))
	if err != nil {
		t.Error(err)
		return true
	}
	checkDiagnostics(t, fset, files, result.(*analyzer.Result), diags)
	return true
}

// The ways in which a syntax tree is changed.
const (
	deleteStmt  = iota // delete a statement
	copyStmt           // place a statement behind another
	replaceStmt        // replace a statement by another
	replaceExpr        // replace an expression by another
	editKinds
)

// edit changes the at-th statement or expression of src with the from-th. It
// returns src itself if nothing comes of it.
func edit(src []byte, kind int, at, from int) (changed []byte) {
	defer func() {
		if recover() != nil { // the node does not fit there
			changed = src
		}
	}()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		return src
	}
	var nodes []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if eligible(kind, n) {
			nodes = append(nodes, n)
		}
		return true
	})
	if len(nodes) == 0 {
		return src
	}
	old, other := nodes[at%len(nodes)], nodes[from%len(nodes)]
	if other.Pos() <= old.Pos() && old.End() <= other.End() && kind != deleteStmt {
		return src // would hold itself
	}
	astutil.Apply(file, func(c *astutil.Cursor) bool {
		if c.Node() != old {
			return true
		}
		switch kind % editKinds {
		case deleteStmt:
			c.Delete()
		case copyStmt:
			c.InsertAfter(other)
		default:
			c.Replace(other)
		}
		return false
	}, nil)
	var buf bytes.Buffer
	if format.Node(&buf, fset, file) != nil {
		return src
	}
	return buf.Bytes()
}

// eligible reports whether an edit of that kind is about nodes such as n.
func eligible(kind int, n ast.Node) bool {
	if kind == replaceExpr {
		_, ok := n.(ast.Expr)
		return ok
	}
	_, ok := n.(ast.Stmt)
	return ok
}

// fuzzImports are the packages that fuzzed code can import: to look for others
// takes long.
var fuzzImports = map[string]bool{
	`"bufio"`: true, `"context"`: true, `"database/sql"`: true, `"encoding/json"`: true, `"errors"`: true,
	`"flag"`: true, `"fmt"`: true, `"io"`: true, `"log"`: true, `"log/slog"`: true, `"math"`: true,
	`"math/rand/v2"`: true, `"net"`: true, `"net/http"`: true, `"os"`: true, `"os/exec"`: true,
	`"runtime"`: true, `"strconv"`: true, `"strings"`: true, `"sync"`: true, `"sync/atomic"`: true,
	`"syscall"`: true, `"testing"`: true, `"time"`: true,
}

// keepImports makes the importer fail at once for every other package.
func keepImports(file *ast.File) {
	for _, imp := range file.Imports {
		if !fuzzImports[imp.Path.Value] {
			imp.Path.Value = `"-"`
		}
	}
}
