package write

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/restate"
)

// Back returns f, a fix in form parsed at base, as a fix of the file: of decl.
func (f *Fix) Back(form *restate.Form, base token.Pos, decl ast.Node) *Fix {
	back := *f
	back.Edits, back.Lines, back.Decl = nil, 0, decl
	back.Pos, back.End, back.Stale = form.Pos, form.End, nil
	back.more += form.More
	for _, pos := range f.Stale {
		if at := form.Origin(pos, base); at.IsValid() {
			back.Stale = append(back.Stale, at)
		}
	}
	for _, e := range form.Back(f.List(), base) {
		back.Edits = append(back.Edits, analysis.TextEdit{Pos: e.Pos, End: e.End, NewText: []byte(e.Text)})
		back.Lines += strings.Count(form.Of.Between(e.Pos, e.End), "\n") - strings.Count(e.Text, "\n")
	}
	if f.Check != nil {
		back.Check = form.Back(f.Check, base)
	}
	return &back
}
