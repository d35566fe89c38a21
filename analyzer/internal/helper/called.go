package helper

import (
	"go/ast"
	"go/parser"
	"go/types"
	"strings"
)

// Called returns what a call of h begins with, as code writes it: retry.Do,
// retry.New(...).Do, or the type of a value that waits; "" if that is not told.
func (h *Helper) Called() string {
	a := Args{Ctx: "ctx", Done: "done", Delay: "delay", Op: "op", T: "T", Attempts: "attempts"}
	for _, t := range []*Template{h.Call, h.Header, h.Init, h.Wait} {
		if t == nil {
			continue
		}
		text := t.Render(a, nil)
		if t == h.Header {
			text = "for " + text + " {}"
		}
		if name := h.calledIn(text); name != "" {
			return name
		}
	}
	return ""
}

// calledIn returns the outermost call, or value of a type, of h's packages in
// statements.
func (h *Helper) calledIn(text string) (name string) {
	e, err := parser.ParseExpr("func() {\n" + text + "\n}")
	if err != nil {
		return ""
	}
	ast.Inspect(e, func(n ast.Node) bool {
		e, isExpr := n.(ast.Expr)
		if _, isFunc := n.(*ast.FuncLit); name != "" || !isExpr || isFunc {
			return name == ""
		}
		var text string
		switch e := e.(type) {
		case *ast.CallExpr:
			text = shortened(e.Fun)
		case *ast.CompositeLit:
			text = shortened(e.Type)
		}
		qualifier, _, _ := strings.Cut(text, ".")
		if _, ok := h.Imports[qualifier]; ok && text != qualifier {
			name = text
		}
		return name == ""
	})
	return name
}

// shortened writes e without what the calls in it are given.
func shortened(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return shortened(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return shortened(e.Fun) + "(...)"
	case *ast.IndexExpr:
		return shortened(e.X)
	case *ast.ParenExpr:
		return shortened(e.X)
	case nil:
		return ""
	}
	return types.ExprString(e)
}
