package write

import (
	"fmt"
	"go/parser"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// moreStatements is how many statements more a fix may have: of the shape wait two,
// what waits and the way out where that is cancelled; with a header the first of
// three clauses, and the way out, if there is one, less the delay.
func moreStatements(h *helper.Helper, wayOut bool) (n int) {
	switch h.Shape {
	case helper.Wait:
		return 2
	case helper.Loop:
		if len(h.Header.Declares(helper.Args{})) > 0 {
			n++
		}
		if wayOut {
			n++
		}
	}
	return n
}

// Sized returns f, a fix in src, with the statements of the declaration counted that it
// changes.
func (f *Fix) Sized(src edit.Source) *Fix {
	sized := *f
	var edits []edit.Edit
	for _, e := range f.List() {
		if f.Decl.Pos() <= e.Pos && e.End <= f.Decl.End() {
			edits = append(edits, e)
		}
	}
	sized.Before = code.Statements(f.Decl)
	sized.After = sized.Before
	after := "package p\n" + src.Apply(f.Decl.Pos(), f.Decl.End(), edits)
	sized.size = len(after)
	if file, err := parser.ParseFile(token.NewFileSet(), "", after, parser.SkipObjectResolution); err == nil {
		sized.After = code.Statements(file)
	}
	return &sized
}

// Worth returns why f is not worth to be offered: the code would have more
// statements than it has, or a new test that only keeps longer waits from the last
// attempt, which is worth it for a helper that has no form but this. Nil is worth it.
func (f *Fix) Worth(alone bool) reason.Refusal {
	if f.Guards && !alone {
		return reason.Longer
	}
	more := f.more
	if f.Resets {
		more++
	}
	if f.After > f.Before+more {
		return reason.Reason(fmt.Sprintf("%s (%d statements, %d today)", reason.Longer, f.After, f.Before))
	}
	return nil
}

// OnlyWaits reports whether f, the fix of another form of the loop, changes nothing but the
// delays of that, as g does of the loop as it stands: then the rest of it may stay, unless a
// context is handed on in one of them alone.
func (f *Fix) OnlyWaits(g *Fix) bool {
	return f.shape == helper.Wait && g.shape == helper.Wait && f.Ignores == g.Ignores
}

// Alike reports whether f, the fix of the loop in its normal form, does what g does for that
// of the loop as it stands, and shortens it no more: then the rest of it may stay as well.
func (f *Fix) Alike(g *Fix) bool {
	if f.shape != g.shape || f.Ignores != g.Ignores {
		return false
	}
	if f.shape == helper.Callback {
		return f.After >= g.After && f.Lines <= g.Lines
	}
	return f.saved <= g.Before-g.After
}

// Better reports whether f is better than g: it is for the file as it is and g for a newer
// one, or it hands a context on that g leaves unused, or does without a copy of the error, or
// is shorter, in statements or else in lines, or else, if it calls the same, in bytes.
func (f *Fix) Better(g *Fix) bool {
	if f.Newer != g.Newer {
		return g.Newer
	}
	if f.Ignores != g.Ignores {
		return g.Ignores
	}
	if f.Copies != g.Copies {
		return g.Copies
	}
	if f.After != g.After {
		return f.After < g.After
	}
	if f.Lines != g.Lines {
		return f.Lines > g.Lines
	}
	return f.Remedy == g.Remedy && f.size < g.size
}
