package loggers

import (
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// fakes are loggers of others, as far as the tests call them.
var fakes = map[string]string{
	"go.uber.org/zap": `package zap
type Logger struct{}
type Field struct{}
func (*Logger) Warn(string, ...Field) {}
func (*Logger) Fatal(string, ...Field) {}
func (*Logger) Sugar() *SugaredLogger { return nil }
type SugaredLogger struct{}
func (*SugaredLogger) Warnw(string, ...any) {}
func Error(error) Field { return Field{} }
func Duration(string, any) Field { return Field{} }
func L() *Logger { return nil }`,
	"github.com/sirupsen/logrus": `package logrus
type Entry struct{}
func (*Entry) Warningf(string, ...any) {}
func (*Entry) Panicf(string, ...any) {}
func (*Entry) WithField(string, any) *Entry { return nil }
func WithError(error) *Entry { return nil }
func WithFields(map[string]any) *Entry { return nil }`,
	"github.com/rs/zerolog/log": `package log
type Event struct{}
func Warn() *Event { return nil }
func Fatal() *Event { return nil }
func (*Event) Err(error) *Event { return nil }
func (*Event) Dur(string, any) *Event { return nil }
func (*Event) Msg(string) {}`,
	"k8s.io/klog/v2": `package klog
type Verbose struct{}
func V(int) Verbose { return Verbose{} }
func (Verbose) Infof(string, ...any) {}
func ErrorS(error, string, ...any) {}`,
	"github.com/go-logr/logr": `package logr
type Logger struct{}
func (Logger) V(int) Logger { return Logger{} }
func (Logger) Error(error, string, ...any) {}`,
	"github.com/hashicorp/go-hclog": `package hclog
type Logger interface{ Warn(string, ...any); With(...any) Logger }`,
	"example.com/m/own": `package own
type World struct{}
func (*World) Log(string, ...any) {}
func (*World) Note(string, ...any) {}
func Logf(string, ...any) {}`,
}

type fakeImporter struct{ std types.Importer }

func (f fakeImporter) Import(path string) (*types.Package, error) {
	src, ok := fakes[path]
	if !ok {
		return f.std.Import(path)
	}
	pkg, _, err := check(path, src, new(types.Info), f)
	return pkg, err
}

func check(path, src string, info *types.Info, imp types.Importer) (*types.Package, *ast.File, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", src, 0)
	if err != nil {
		return nil, nil, err
	}
	pkg, err := (&types.Config{Importer: imp}).Check(path, fset, []*ast.File{file}, info)
	return pkg, file, err
}

const head = `package p
import ("log"; "log/slog"; "fmt"; "time"; "testing"; "errors"; "context"
"go.uber.org/zap"; "github.com/sirupsen/logrus"; zlog "github.com/rs/zerolog/log"; "k8s.io/klog/v2"; "github.com/go-logr/logr"; "github.com/hashicorp/go-hclog"; "example.com/m/own")
var _ = log.Print; var _ = slog.Warn; var _ = fmt.Sprint; var _ = time.Now; var _ testing.TB; var _ = errors.Is; var _ context.Context
var _ *zap.Logger; var _ *logrus.Entry; var _ *zlog.Event; var _ klog.Verbose; var _ logr.Logger; var _ hclog.Logger; var _ *own.World
var ( err error; n int; delay time.Duration; ctx context.Context; t *testing.T; z *zap.Logger; lr logr.Logger; h hclog.Logger; w *own.World; std *log.Logger; sl *slog.Logger; ch chan int )
func count() int { n++; return n }
func f() {
`

var std = importer.Default() // keeps what it has read

// Only what writes lines and does nothing else is a line.
func TestLine(t *testing.T) {
	if build.Default.GOROOT == "" {
		t.Skip("no standard library")
	}
	table, err := New([]string{"example.com/m/own.World.Log", "example.com/m/own.L*f"})
	if err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]bool{
		`log.Printf("failed: %v", err)`:                                             true,
		`log.Println("attempt", n+1, "of", max(n, 3), err.Error())`:                 true,
		`std.Print(fmt.Sprintf("%v", err), time.Since(time.Now()), delay.Round(1))`: true,
		`slog.Warn("failed", "err", err, "wait", delay)`:                            true,
		`slog.LogAttrs(ctx, slog.LevelWarn, "x", slog.Any("err", err))`:             true,
		`sl.With("n", n).WarnContext(ctx, "failed")`:                                true,
		`t.Logf("failed: %v", err)`:                                                 true,
		`z.Warn("failed", zap.Error(err))`:                                          true,
		`zap.L().Sugar().Warnw("failed", "err", err)`:                               true,
		`logrus.WithError(err).Warningf("failed %d", n)`:                            true,
		`zlog.Warn().Err(err).Msg("failed")`:                                        true,
		`klog.V(2).Infof("failed: %v", err)`:                                        true,
		`klog.ErrorS(err, "failed")`:                                                true,
		`lr.V(1).Error(err, "failed")`:                                              true,
		`h.With("n", n).Warn("failed")`:                                             true,
		`w.Log("failed: %v", err)`:                                                  true,
		`own.Logf("failed: %v", err)`:                                               true,
		`if n%2 == 0 { w.Log("x") }`:                                                true,
		`if n > 1 { w.Log("x") } else if errors.Is(err, ctx.Err()) { w.Log("y") }`:  true,

		`log.Fatalf("failed: %v", err)`:             false,
		`log.SetPrefix("x")`:                        false,
		`log.Printf("attempt %d", count())`:         false,
		`log.Printf("%v", <-ch)`:                    false,
		`log.Printf("%v", func() int { return 1 })`: false,
		`t.Fatalf("failed: %v", err)`:               false,
		`t.Log(time.After(1))`:                      false,
		`z.Fatal("failed")`:                         false,
		`zlog.Fatal().Err(err).Msg("failed")`:       false,
		`logrus.WithError(err).Panicf("failed")`:    false,
		`w.Note("failed")`:                          false,
		`fmt.Println("failed")`:                     false,
		`n++`:                                       false,
		`if n%2 == 0 { w.Log("x"); n++ }`:           false,
		`if count() > 1 { w.Log("x") }`:             false,
		`if n > 1 { }`:                              false,
		`_ = fmt.Sprint(err)`:                       false,
	} {
		info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue), Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection)}
		_, file, err := check("p", head+src+"\n}", info, fakeImporter{std})
		if err != nil && !strings.Contains(err.Error(), "not used") {
			t.Fatalf("%s: %v", src, err)
		}
		body := file.Decls[len(file.Decls)-1].(*ast.FuncDecl).Body
		if got := table.Line(info, body.List[0]); got != want {
			t.Errorf("%s: got %v, want %v", src, got, want)
		}
	}
}

func TestNewErrors(t *testing.T) {
	for _, id := range []string{"", "Printf", "example.com/m/log", "example.com/m/log.[", "log/Printf"} {
		if _, err := New([]string{id}); err == nil {
			t.Errorf("%q is taken", id)
		}
	}
}

// A project's own functions that write lines are told by their form.
func TestLike(t *testing.T) {
	const src = `package p

type logger struct{}

func (logger) Warnf(format string, args ...any)            {}
func (logger) Errorf(format string, args ...any) error     { return nil }
func (logger) Info(msg string, codes ...int)               {}
func (logger) Debug(msg string)                            {}
func (logger) Fatalf(format string, args ...any)           {}
func logf(format string, args ...interface{})              {}
func infoContext(ctx, msg any, args ...any)                {}
func send(format string, args ...any)                      {}
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	if _, err := new(types.Config).Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && Like(info.Defs[fn.Name].(*types.Func)) {
			got = append(got, fn.Name.Name)
		}
	}
	if want := []string{"Warnf", "logf", "infoContext"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
