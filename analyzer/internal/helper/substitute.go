package helper

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// substitute returns the text of f with the source text of a in the place of
// stand-ins, in parentheses where it would fall apart otherwise.
func (f *fragment) substitute(a Args) string {
	source := a.source()
	var edits []edit
	ast.PreorderStack(f.body, nil, func(n ast.Node, stack []ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if text, ok := source[id.Name]; ok {
			if binds(stack[len(stack)-1], id) && !isPrimary(text) {
				text = "(" + text + ")"
			}
			edits = append(edits, edit{f.offset(id.Pos()) - len(f.prefix), f.offset(id.End()) - len(f.prefix), text})
		}
		return true
	})
	return apply(f.text[len(f.prefix):len(f.text)-len(f.suffix)], edits)
}

// source returns the source text of a by stand-in.
func (a Args) source() map[string]string {
	return map[string]string{
		standIn("ctx"):       a.Ctx,
		standIn("attempts"):  a.Attempts,
		standIn("retries"):   lessOne(a.Attempts),
		standIn("delay"):     a.Delay,
		standIn("max_delay"): a.MaxDelay,
		standIn("op"):        a.Op,
		standIn("T"):         a.T,
		standIn("done"):      a.Done,
		standIn("err"):       a.Err,
		standIn("last"):      a.Last,
		standIn("name"):      a.Name,
		standIn("logger"):    a.Logger,
	}
}

// lessOne returns the expression text less one, as one would write it: n for
// n + 1.
func lessOne(text string) string {
	x, err := parser.ParseExpr(text)
	if err != nil {
		return text + " - 1"
	}
	if sum, ok := x.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		if one, ok := sum.Y.(*ast.BasicLit); ok && one.Value == "1" {
			return text[:sum.X.End()-1]
		}
	}
	return text + " - 1"
}

// binds reports whether parent holds its operand id tighter than a binary
// operator holds its own.
func binds(parent ast.Node, id *ast.Ident) bool {
	switch p := parent.(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr, *ast.StarExpr, *ast.SelectorExpr, *ast.TypeAssertExpr:
		return true
	case *ast.CallExpr:
		return p.Fun == id
	case *ast.IndexExpr:
		return p.X == id
	case *ast.SliceExpr:
		return p.X == id
	}
	return false
}

// isPrimary reports whether text is an expression that needs no parentheses
// anywhere, or no expression at all.
func isPrimary(text string) bool {
	x, err := parser.ParseExpr(text)
	if err != nil {
		return true
	}
	switch x.(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr, *ast.StarExpr, *ast.FuncLit, *ast.FuncType, *ast.ChanType:
		return false
	}
	return true
}

// An edit replaces text[start:end].
type edit struct {
	start, end int
	text       string
}

// apply returns text with edits, which may come in any order. Of edits that
// overlap, the one that starts first counts.
func apply(text string, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue
		}
		out.WriteString(text[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.WriteString(text[at:])
	return out.String()
}
