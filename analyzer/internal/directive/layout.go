package directive

import (
	"go/ast"
	"go/token"
)

// A layout tells what stands on the lines of a file.
type layout struct {
	tok    *token.File
	file   *ast.File
	starts map[int]ast.Node // the outermost node that begins on a line
	filled map[int]bool     // lines with more than a comment
}

func newLayout(tok *token.File, file *ast.File) *layout {
	l := &layout{tok: tok, file: file, starts: make(map[int]ast.Node), filled: make(map[int]bool)}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup, *ast.Comment:
			return false
		}
		first, last := l.line(n.Pos()), l.line(n.End()-1)
		if l.starts[first] == nil {
			l.starts[first] = n // what holds others is visited before them
		}
		l.filled[first], l.filled[last] = true, true
		return true
	})
	return l
}

// line returns the number of the line of pos, or of the nearest position in
// the file: nodes of code that does not parse may end anywhere.
func (l *layout) line(pos token.Pos) int {
	base := token.Pos(l.tok.Base())
	pos = min(max(pos, base), base+token.Pos(l.tok.Size()))
	return l.tok.PositionFor(pos, false).Line
}

// lineStart returns where a line starts, or the end of the file.
func (l *layout) lineStart(line int) token.Pos {
	if line > l.tok.LineCount() {
		return l.file.FileEnd
	}
	return l.tok.LineStart(line)
}

// scope returns the part of the file for which d, in group, holds.
func (l *layout) scope(d *Directive, group *ast.CommentGroup) (from, to token.Pos) {
	if d.kind.file {
		return l.file.FileStart, l.file.FileEnd
	}
	line := l.line(d.Comment.Pos())
	if l.filled[line] {
		return l.lineStart(line), l.lineStart(line + 1)
	}
	switch n := l.starts[l.line(group.End())+1].(type) {
	case nil:
		return d.Comment.Pos(), d.Comment.End()
	case *ast.File:
		return l.file.FileStart, l.file.FileEnd
	default:
		return n.Pos(), n.End()
	}
}
