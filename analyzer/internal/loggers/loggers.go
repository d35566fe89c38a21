// Package loggers knows the calls that write a line of a log and do nothing else.
package loggers

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"regexp"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A logger is a row of the table: functions of a package and methods of its types
// that write a line.
type logger struct {
	pkg   string // import path, without a major version
	names func() *regexp.Regexp
}

// levels are the names of functions that write a line; those that end the program
// are not among them.
const levels = `(Trace|Debug|Info|Print|Notice|Warn|Warning|Error|Log)`

var table = []logger{
	{"log", pattern.New(`^Print(f|ln)?$`)},
	{"log/slog", pattern.New(`^((Debug|Info|Warn|Error)(Context)?|Log|LogAttrs)$`)},
	{"testing", pattern.New(`^Logf?$`)},
	{"go.uber.org/zap", pattern.New(`^` + levels + `(f|w|ln)?$`)},
	{"github.com/sirupsen/logrus", pattern.New(`^` + levels + `(f|ln)?$`)},
	{"github.com/rs/zerolog", pattern.New(`^(Msgf?|Send|Printf?)$`)},
	{"k8s.io/klog", pattern.New(`^(Info|Warning|Error)(f|ln|S|Depth)?$`)},
	{"github.com/golang/glog", pattern.New(`^(Info|Warning|Error)(f|ln|Depth)?$`)},
	{"github.com/go-logr/logr", pattern.New(`^(Info|Error)$`)},
	{"github.com/hashicorp/go-hclog", pattern.New(`^` + levels + `$`)},
}

// A Table tells which calls write a line: those of the known loggers, and of a
// user's own.
type Table struct{ own []string }

// New returns a table with identifiers beside the known loggers: an import path, a
// dot and a function, or a type and a method behind another dot. * stands for any
// run of characters but slashes. The error says what is wrong with one.
func New(identifiers []string) (*Table, error) {
	for _, id := range identifiers {
		if _, err := path.Match(id, ""); err != nil || !strings.Contains(id[strings.LastIndex(id, "/")+1:], ".") {
			return nil, fmt.Errorf("%q is no logger: write a function, such as example.com/m/log.Printf, or a method, such as example.com/m/log.Logger.Printf", id)
		}
	}
	return &Table{identifiers}, nil
}

// Line reports whether s does nothing but write lines of a log: a call whose
// arguments do nothing else, or a condition with such lines alone.
func (t *Table) Line(info *types.Info, s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		return ok && t.writes(info, call) && t.harmless(info, call)
	case *ast.BlockStmt:
		for _, line := range s.List {
			if !t.Line(info, line) {
				return false
			}
		}
		return len(s.List) > 0
	case *ast.IfStmt:
		return s.Init == nil && t.harmless(info, s.Cond) && t.Line(info, s.Body) && (s.Else == nil || t.Line(info, s.Else))
	}
	return false
}

// writes reports whether call writes a line.
func (t *Table) writes(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	pkg := plain(fn.Pkg().Path())
	for _, l := range table {
		if within(pkg, l.pkg) && l.names().MatchString(fn.Name()) {
			return true
		}
	}
	for _, id := range t.own {
		if ok, _ := path.Match(id, pkg+"."+nameOf(fn)); ok {
			return true
		}
	}
	return false
}

var line = pattern.New(`(?i)^` + levels + `(f|w|ln|Context|Ctx)?$`)

// Like reports whether fn looks as if it wrote a line: a project's own
//
//	func (l *Logger) Warnf(format string, args ...any)
func Like(fn *types.Func) bool {
	sig := fn.Signature()
	if !sig.Variadic() || sig.Results().Len() > 0 || !line().MatchString(fn.Name()) {
		return false
	}
	rest := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	any, ok := rest.Elem().Underlying().(*types.Interface)
	return ok && any.Empty()
}

// nameOf returns the name of a function, that of a method behind its type.
func nameOf(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t := recv.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name() + "." + fn.Name()
	}
	return fn.Name()
}

// ofLogger reports whether a package is one of the known loggers, or of their
// parts: its functions and methods make what a line says.
func ofLogger(pkg string) bool {
	for _, l := range table {
		if within(pkg, l.pkg) {
			return true
		}
	}
	return false
}

func within(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

var major = pattern.New(`/v[0-9]+(/|$)`)

// plain returns an import path without a vendor directory and a major version.
func plain(path string) string {
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		path = path[i+len("/vendor/"):]
	}
	return strings.TrimSuffix(major().ReplaceAllString(path, "$1"), "/")
}
