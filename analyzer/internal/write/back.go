package write

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/restate"
)

// Back returns f, a fix in form parsed at base, as a fix of the file: of decl.
func (f *Fix) Back(form *restate.Form, base token.Pos, decl ast.Node) *Fix {
	back := *f
	back.Decl = decl
	back.Pos, back.End, back.Stale = form.Pos, form.End, nil
	back.more += form.More
	for _, pos := range f.Stale {
		if at := form.Origin(pos, base); at.IsValid() {
			back.Stale = append(back.Stale, at)
		}
	}
	back.set(form.Of.Source, form.Back(f.List(), base))
	if f.Check != nil {
		back.Check = form.Back(f.Check, base)
	}
	return &back
}
