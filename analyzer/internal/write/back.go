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
	back.Pos, back.End, back.Stale, back.Untold = form.Pos, form.End, origins(form, f.Stale, base), origins(form, f.Untold, base)
	back.more += form.More
	back.saved = f.Before - f.After
	back.set(form.Of.Source, form.Back(f.List(), base))
	back.Check = form.Back(f.Check, base)
	return &back
}

// origins returns where places of a form, parsed at base, stand in the file.
func origins(form *restate.Form, places []token.Pos, base token.Pos) (list []token.Pos) {
	for _, pos := range places {
		if at := form.Origin(pos, base); at.IsValid() {
			list = append(list, at)
		}
	}
	return list
}
