package growth

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

var (
	fset = token.NewFileSet()
	std  = importer.ForCompiler(fset, "gc", nil)
)

// others are packages whose functions' bodies are not at hand.
var others = map[string]string{
	"example.com/random": `package random
import "time"
func Jitter(time.Duration) time.Duration
func N(time.Duration) time.Duration
`,
	"example.com/clock": `package clock
import "time"
type Clock interface { Now() time.Time; NewTimer(time.Duration) Timer; After(time.Duration) <-chan time.Time }
type Timer interface { C() <-chan time.Time; Reset(time.Duration) bool; WithJitter(time.Duration) time.Duration }
`,
}

type imports struct{}

func (imports) Import(path string) (*types.Package, error) {
	src, ok := others[path]
	if !ok {
		return std.Import(path)
	}
	file, err := parser.ParseFile(fset, path, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	conf := types.Config{Importer: std, IgnoreFuncBodies: true}
	return conf.Check(path, fset, []*ast.File{file}, nil)
}

const prelude = `package p

import (
	"context"
	crand "crypto/rand"
	"errors"
	"log"
	"math"
	"math/big"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"example.com/clock"
	"example.com/random"
)

var (
	_ clock.Clock
	_ = random.N
	_ context.Context
	_ = crand.Reader
	_ = errors.New
	_ = log.Print
	_ = os.Exit
	_ testing.TB
	_ = math.Pow
	_ big.Int
	_ = rand.Intn
	_ http.Client
	_ = strconv.Atoi
	_ atomic.Int32
	_ = time.Sleep
)

func op() error { return nil }
func cond() bool { return time.Now().IsZero() }

type config struct {
	delay, max time.Duration
	attempts   int
	backoff    func(int) time.Duration
}

type policy interface {
	NextBackOff() time.Duration
	Reset()
}

`

// load type-checks the declarations in src behind the prelude and returns the
// site in func f.
func load(t *testing.T, src string) (*Analysis, *site.Site) {
	t.Helper()
	file, err := parser.ParseFile(fset, "p.go", prelude+src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{},
	}
	conf := types.Config{Importer: imports{}}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	p := &source.Package{Fset: fset, Types: pkg, Info: info, Files: []*ast.File{file}}
	return New(p), findSite(t, p, file)
}

// findSite returns the first cycle in func f: a loop, a label that a goto
// returns to, or f itself.
func findSite(t *testing.T, p *source.Package, file *ast.File) *site.Site {
	t.Helper()
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Name.Name != "f" {
			continue
		}
		s := &site.Site{Func: &source.Func{Node: fn, Obj: p.Info.Defs[fn.Name], Type: fn.Type, Body: fn.Body}}
		scope := ast.Node(fn)
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				if s.Cycle == nil && len(delays(p, n, 0)) > 0 && !hasGoto(n) {
					s.Cycle, scope = n, n
				}
			case *ast.LabeledStmt:
				if _, loop := n.(*ast.LabeledStmt).Stmt.(*ast.ForStmt); s.Cycle == nil && !loop {
					s.Cycle = n
				}
			}
			return true
		})
		if s.Cycle == nil {
			s.Cycle = fn
		}
		if s.Delays = delays(p, scope, 0); len(s.Delays) == 0 {
			t.Fatal("no delay in f")
		}
		return s
	}
	t.Fatal("no func f")
	return nil
}

func hasGoto(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
			found = true
		}
		return !found
	})
	return found
}

// delays finds the delays in n in the simplest way that serves the tests.
func delays(p *source.Package, n ast.Node, depth int) (found []*site.Delay) {
	if depth > 3 {
		return nil
	}
	if r, ok := n.(*ast.RangeStmt); ok && timeChan(p, r.X) {
		found = append(found, &site.Delay{Node: r})
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && timeChan(p, n.X) {
				d := &site.Delay{Node: n}
				if call, ok := n.X.(*ast.CallExpr); ok && len(call.Args) > 0 {
					d.Duration = call.Args[0]
				}
				found = append(found, d)
			}
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sleep" {
				found = append(found, &site.Delay{Node: n, Duration: n.Args[0]})
			} else if fn := p.Callee(n); fn != nil {
				if inner := delays(p, fn.Body, depth+1); len(inner) > 0 && selfFree(p, fn) {
					found = append(found, &site.Delay{Node: n, Waiter: fn, Inner: inner[0]})
				}
			}
		}
		return true
	})
	return found
}

func timeChan(p *source.Package, e ast.Expr) bool {
	c, ok := p.Info.TypeOf(e).Underlying().(*types.Chan)
	return ok && c.Elem().String() == "time.Time"
}

// selfFree reports whether fn does not call itself.
func selfFree(p *source.Package, fn *source.Func) bool {
	free := true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if c := p.Callee(call); c != nil && c.Node == fn.Node {
				free = false
			}
		}
		return free
	})
	return free
}
