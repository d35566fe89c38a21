package helper

import (
	"go/ast"
	"go/parser"
	"go/types"
	"strings"
)

// Remedy says what to do in the place of a loop, as code writes it: "call
// retry.Do", "call retry.New(...).Do", "wait with retry.Backoff". Value is whether
// the operation returns a value that h hands on.
func (h *Helper) Remedy(value bool) string {
	verb, call := "call ", h.Call
	if value && h.ValueCall != nil {
		call = h.ValueCall
	}
	if h.Shape == Wait {
		verb = "wait with "
	}
	if name := h.called(call, h.Header, h.Init, h.Wait); name != "" {
		return verb + name
	}
	return verb + h.Name
}

// called returns what the first of templates that calls something calls.
func (h *Helper) called(templates ...*Template) string {
	a := Args{Ctx: "ctx", Done: "done", Delay: "delay", Op: "op", T: "T", Attempts: "attempts", Name: `"op"`}
	for _, t := range templates {
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
	case *ast.CompositeLit:
		return shortened(e.Type) + "{...}"
	case nil:
		return ""
	}
	return types.ExprString(e)
}
