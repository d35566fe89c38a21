package edit

import (
	"go/ast"
	"go/format"
	"go/scanner"
	"go/token"
	"strings"
)

// LayoutAt formats statements that take the place of s and what follows it. A label
// stands out from the statements around it.
func (src *Source) LayoutAt(s ast.Stmt, text string) (string, bool) {
	by := src.Indent(s.Pos())
	if _, labeled := s.(*ast.LabeledStmt); !labeled {
		return Layout(text, by)
	}
	text, ok := Layout(text, by+"\t")
	if first, _, _ := strings.Cut(text, "\n"); !strings.HasSuffix(first, ":") {
		text = "\t" + text
	}
	return text, ok
}

// Layout formats statements as they stand behind an indentation.
func Layout(text, by string) (string, bool) {
	src, err := format.Source([]byte(snippetHead + text + "\n}\n"))
	if err != nil {
		return "", false
	}
	lines := strings.Split(string(src), "\n")
	raw := rawLines(src)
	first, last := 0, len(lines)-1
	for i, l := range lines {
		if strings.HasPrefix(l, "func _() {") {
			first = i + 1
			break
		}
	}
	for last > first && lines[last] != "}" {
		last--
	}
	var out []string
	for i := first; i < last; i++ {
		l := lines[i]
		if !raw[i] {
			inner, ok := strings.CutPrefix(l, "\t")
			switch {
			case inner == "" || len(out) == 0:
				l = inner
			case ok:
				l = by + inner
			default: // a label
				l = strings.TrimSuffix(by, "\t") + inner
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n"), true
}

// rawLines returns the lines, counted from 0, that begin inside a raw string.
func rawLines(src []byte) map[int]bool {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	raw := make(map[int]bool)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return raw
		}
		if tok == token.STRING && lit[0] == '`' || tok == token.COMMENT && strings.HasPrefix(lit, "/*") {
			line := file.Line(pos) - 1
			for i := range strings.Count(lit, "\n") {
				raw[line+1+i] = true
			}
		}
	}
}
