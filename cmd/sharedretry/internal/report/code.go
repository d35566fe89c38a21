package report

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/visible"
	"golang.org/x/tools/go/packages"
)

// A codeLine is a line of source, or, without a number, a gap between two.
type codeLine struct {
	Number              int
	Before, Mark, After string // Mark is the delay
}

// Of long code, these many lines are shown at its start, on either side of the
// delay and at its end.
const (
	codeStart  = 14
	codeAround = 5
	codeEnd    = 2
)

// code returns the lines of the cycle that f is about, with the delay marked.
func (run *Run) code(f finding) []codeLine {
	from, to := f.delay()
	lines := run.lines.lines(f.at.Filename)
	first := min(f.at.Line, from.Line)
	last := max(f.to.Line, to.Line, f.pkg.Fset.PositionFor(run.cycleEnd(f), false).Line)
	if first < 1 || len(lines) < last {
		return nil
	}
	shown := lines[first-1 : last]
	indent := commonIndent(shown)
	var list []codeLine
	for i, text := range shown {
		n := first + i
		if n-first >= codeStart && last-n >= codeEnd && (n < from.Line-codeAround || to.Line+codeAround < n) {
			if list[len(list)-1].Number > 0 {
				list = append(list, codeLine{})
			}
			continue
		}
		line := marked(n, text, indent, from, to)
		line.Number = f.shown(n)
		list = append(list, line)
	}
	return list
}

// marked returns a line without its indentation and with the part between from
// and to marked.
func marked(n int, text string, indent int, from, to token.Position) codeLine {
	start, end := len(text), len(text)
	if from.Line <= n && n <= to.Line {
		start = len(text) - len(strings.TrimLeft(text, " \t"))
		if n == from.Line {
			start = from.Column - 1
		}
		if n == to.Line {
			end = to.Column - 1
		}
	}
	indent = min(indent, len(text))
	start = min(max(start, indent), len(text))
	end = min(max(end, start), len(text))
	if len(text) > maxLine {
		indent = 0
		text, start, end = clip(text, start, end)
	}
	return codeLine{n, visible.Text(text[indent:start]), visible.Text(text[start:end]), visible.Text(strings.TrimSuffix(text[end:], "\r"))}
}

// commonIndent returns how many tabs all lines begin with.
func commonIndent(lines []string) int {
	indent := -1
	for _, text := range lines {
		if tabs := len(text) - len(strings.TrimLeft(text, "\t")); strings.TrimSpace(text) != "" && (indent < 0 || tabs < indent) {
			indent = tabs
		}
	}
	return max(indent, 0)
}

// cycleEnd returns the end of the statement or function that begins where f is;
// f's own if there is none.
func (run *Run) cycleEnd(f finding) token.Pos {
	if run.ends == nil {
		run.ends = cycleEnds(run.findings)
	}
	return max(run.ends[f.pos], f.pos)
}

// cycleEnds returns the ends of the statements and functions that findings stand at, by
// their places, from one look at each file.
func cycleEnds(findings []finding) map[token.Pos]token.Pos {
	ends, pkgs := make(map[token.Pos]token.Pos), make(map[*packages.Package]bool)
	for _, f := range findings {
		ends[f.pos], pkgs[f.pkg] = f.pos, true
	}
	note := func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, *ast.FuncDecl, *ast.FuncLit:
			if end, ok := ends[n.Pos()]; ok {
				ends[n.Pos()] = max(end, n.End())
			}
		}
		return true
	}
	for pkg := range pkgs {
		for _, file := range pkg.Syntax {
			ast.Inspect(file, note)
		}
	}
	return ends
}
