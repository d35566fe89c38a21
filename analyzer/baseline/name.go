package baseline

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// NoFunc is the name of what stands outside of functions and variables.
const NoFunc = "-"

// Funcs returns what [Entry.Func] may be for findings in file.
func Funcs(file *ast.File) map[string]bool {
	names := make(map[string]bool)
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			names[funcName(decl)] = true
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				names[specName(spec)] = true
			}
		}
	}
	return names
}

// FuncAt returns the name of the function or variable of file around pos.
func FuncAt(file *ast.File, pos token.Pos) string {
	switch decl := code.DeclAt(file, pos).(type) {
	case *ast.FuncDecl:
		return funcName(decl)
	case *ast.GenDecl:
		return specAt(decl, pos)
	}
	return NoFunc
}

func specAt(decl *ast.GenDecl, pos token.Pos) string {
	for _, spec := range decl.Specs {
		if spec.Pos() <= pos && pos < spec.End() {
			return specName(spec)
		}
	}
	return NoFunc
}

// specName returns the first name that the declaration of variables declares.
func specName(spec ast.Spec) string {
	if spec, ok := spec.(*ast.ValueSpec); ok {
		return spec.Names[0].Name
	}
	return NoFunc
}

// funcName returns the name of a function, with the type of its receiver:
// whether that is a pointer or has type parameters does not count.
func funcName(decl *ast.FuncDecl) string {
	if of := code.Receiver(decl); of != "" {
		return of + "." + decl.Name.Name
	}
	return decl.Name.Name
}
