package helper

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// What a template may expand to.
type kind int

const (
	callKind   kind = iota // a call
	exprKind               // an expression
	resultKind             // what the operation returns
	headerKind             // what stands between for and the body
	stmtKind               // statements
)

// frameOf is the frame of each kind, as an index of frames.
var frameOf = map[kind]int{callKind: 0, exprKind: 0, resultKind: 0, headerKind: 1, stmtKind: 2}

// nouns say what each kind is.
var nouns = map[kind]string{
	callKind: "a call", exprKind: "an expression", resultKind: "what to return",
	headerKind: "what stands between for and the body", stmtKind: "a statement",
}

// parse parses text as k says.
func (k kind) parse(text string) (*ast.File, *ast.BlockStmt, error) {
	f := frames[frameOf[k]]
	file, err := parser.ParseFile(token.NewFileSet(), "", f.prefix+text+f.suffix, 0)
	if err != nil || len(file.Decls) != 1 || !k.fits(file.Decls[0].(*ast.FuncDecl).Body) {
		return nil, nil, errors.New("not " + nouns[k] + ": " + standIns().ReplaceAllString(strings.Join(strings.Fields(text), " "), "{{$1}}"))
	}
	return file, file.Decls[0].(*ast.FuncDecl).Body, nil
}

// fits reports whether body holds what k is.
func (k kind) fits(body *ast.BlockStmt) bool {
	if k == stmtKind {
		return len(body.List) > 0
	}
	if len(body.List) != 1 {
		return false
	}
	ret, ok := body.List[0].(*ast.ReturnStmt)
	switch k {
	case resultKind:
		return ok && len(ret.Results) > 0
	case exprKind:
		return ok && len(ret.Results) == 1
	case callKind:
		if !ok || len(ret.Results) != 1 {
			return false
		}
		_, ok = ret.Results[0].(*ast.CallExpr)
		return ok
	}
	return true
}
