package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
)

// A Keeper rewrites a loop whose body stays where it is. It collects edits of
// the loop, which become one edit with what stands before and behind it.
type Keeper struct {
	*Writer
	names  map[string]string // of the helper's packages and variables in this function
	Inside []edit.Edit       // edits of the loop
	Outer  []edit.Edit       // edits before it
	Before []string          // statements before the loop
	Behind []string          // statements behind it
	Stop   token.Pos         // where the text ends that is replaced
}

// NewKeeper returns the keeper of a loop that has been read.
func NewKeeper(b *reading.Reading) *Keeper {
	return &Keeper{Writer: NewWriter(b), Stop: b.Loop.End()}
}

// Declare chooses the names of the variables that t declares: those that t has, or
// others, before it numbers them.
func (k *Keeper) Declare(t *helper.Template, a helper.Args, others ...string) {
	k.names = maps.Clone(k.Packages.Names())
	if t == nil {
		return
	}
	for _, name := range t.Declares(a) {
		k.names[name] = k.Scope.Fresh(k.Loop.Decl, append([]string{name}, others...)...)
		k.Declared = append(k.Declared, k.names[name])
	}
}

// Expand renders a template for the names in this function, and notes which packages it
// needs.
func (k *Keeper) Expand(t *helper.Template, a helper.Args) string { return k.render(t, a, k.names) }

// Start declares what waits for the loop, before it.
func (k *Keeper) Start(a helper.Args) {
	k.Declare(k.Helper.Init, a, "backoff")
	if k.Helper.Init != nil {
		k.Before = append(k.Before, k.Expand(k.Helper.Init, a))
	}
}

// gap stands for a statement that is left out, until squeeze.
const gap = "\x00\n"

// Leave leaves out a statement of the loop, with its line.
func (k *Keeper) Leave(n ast.Node) {
	e := k.Drop(n)
	if e.Text == "" && e.End > n.End() {
		e.Text = gap
	}
	k.Inside = append(k.Inside, e)
}

// Put replaces n by text. A comment behind n comes before a text of several lines.
func (k *Keeper) Put(n ast.Node, text string) {
	if _, behind := k.Attached(n); behind != nil && strings.Contains(text, "\n") && !k.OnlyLength(behind) {
		k.Inside = append(k.Inside, edit.Span(n.End(), behind.End(), ""))
		text = k.Text(behind) + "\n" + text
	}
	k.Inside = append(k.Inside, edit.Replace(n, text))
}

// Squeeze removes the gaps of text, and the empty lines that would be left at
// the begin or the end of a block or twice.
func Squeeze(text string) string {
	if !strings.Contains(text, gap) {
		return text
	}
	lines := strings.Split(text, "\n")
	var out []string
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	opens := func(s string) bool { return strings.HasSuffix(s, "{") || strings.HasSuffix(s, ":") || blank(s) }
	for i := 0; i < len(lines); i++ {
		if lines[i]+"\n" != gap {
			out = append(out, lines[i])
			continue
		}
		for i+1 < len(lines) && (lines[i+1]+"\n" == gap || blank(lines[i+1]) && (len(out) == 0 || opens(out[len(out)-1]))) {
			i++
		}
		if i+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i+1]), "}") {
			for len(out) > 0 && blank(out[len(out)-1]) {
				out = out[:len(out)-1]
			}
		}
	}
	return strings.Join(out, "\n")
}

// Finish makes the fix of what has been collected; loop is the text of the
// loop.
func (k *Keeper) Finish(loop string) (*Fix, reason.Refusal) {
	if k.Refusal != nil {
		return nil, k.Refusal
	}
	loop = tidy.Unlabel(loop, k.Loop.Label, k.Text(k.Loop.Outer))
	text := strings.Join(slices.Concat([]string{loop}, k.Behind), "\n")
	return k.Fix(Draft{Above: strings.Join(k.Before, "\n"), Text: text, End: k.Stop, Others: k.CloseGaps(k.Outer), WayOut: len(k.Behind) > 0})
}

// LoopText returns the text of the loop with its edits.
func (k *Keeper) LoopText() string {
	return Squeeze(k.Apply(k.Loop.Outer.Pos(), k.Loop.End(), k.Inside))
}

// NamesBase puts what the variable of the delay begins with in its place, where
// the loop makes the variable grow, which is the helper's work now. A parameter stays:
// it is read before the loop.
func (k *Keeper) NamesBase(a *helper.Args) reason.Refusal {
	v := code.Local(k.Info, k.Delay)
	if v == nil || !k.Loop.Assigns(v) {
		return nil
	}
	base, most, refusal := k.FirstDelay()
	if refusal == nil && base == nil && v.Kind() == types.ParamVar {
		k.Delay = nil
		return nil
	}
	if refusal != nil || base == nil || !k.namedBefore(base) || k.Info.Types[base].Value == nil && (!k.Loop.VisibleBefore(base) || !k.staysFrom(v, base)) {
		return reason.DelayNotKnown.At(k.DelayPos())
	}
	text := k.AsDuration(base)
	if k.rule.Rule.OfFirst() || k.limitOfFirst {
		value, _ := k.DurationOf(base)
		if a.MaxDelay, refusal = k.limitDelays(text, value, most); refusal != nil {
			return refusal
		}
	}
	k.Delay, a.Delay = base, text
	return nil
}

// Passes returns how the passes end.
func (w *Writer) Passes() []pass.Exit {
	return w.Pass().Walk(pass.Watch{}).Exits // what it refuses stays where it is here
}

// Names reports whether the statements in text use the identifier name.
func Names(text, name string) bool {
	s := edit.ParseSnippet(text)
	return s == nil || slices.ContainsFunc(s.List, func(x ast.Stmt) bool { return NamesIdent(x, name) })
}

// NamesIdent reports whether n uses the identifier name.
func NamesIdent(n ast.Node, name string) bool {
	return code.AnyName(n, func(id *ast.Ident) bool { return id.Name == name })
}
