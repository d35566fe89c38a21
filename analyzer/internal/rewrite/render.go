package rewrite

import (
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
)

// A caller writes the statements that take the place of the loop.
type caller struct {
	*operation
	lines     []string
	firstText string // the first delay
	stub      string // the text with a call that needs no package
}

// write returns the text of the fix.
func (o *operation) write(body string) (*caller, string, Refusal) {
	w := &caller{operation: o}
	args, refusal := w.args()
	if refusal != nil {
		return nil, "", refusal
	}
	args.Op = w.literal("func("+w.params()+") "+w.results(&args), body)
	if name := w.bareCall(body); name != "" {
		args.Op = name
	}
	t := w.Helper.Call
	if w.valueForm() {
		t = w.Helper.ValueCall
	}
	call := w.render(t, args)
	stub := w.stubCall(args)
	if w.limitText != "" {
		w.add(w.limitText + " := " + w.limitSource())
		if w.floor {
			w.add("if "+w.limitText+" < 1 {", w.limitText+" = 1", "}")
		} else {
			w.guard = w.limitText + w.guard
		}
	}
	w.lines = append(w.lines, w.liftedDecls()...)
	w.firstText = args.Delay
	if w.guard != "" {
		w.add("if " + w.guard + " {")
	}
	w.before()
	w.use(callMark, args)
	if w.guard != "" {
		w.add("}")
	}
	text := strings.Join(w.lines, "\n")
	if tidy.DropsError(text, w.loop.sig.Results().Len() > 0) {
		w.refusal = errorDropped
	}
	w.stub = tidy.Tail(strings.Replace(text, callMark, stub, 1))
	return w, tidy.Tail(strings.Replace(text, callMark, call, 1)), w.refusal
}

// callMark stands for the call of the helper in the text around it.
const callMark = "callOfTheHelper()"

// stubCall returns a call in the place of the helper's, with the same operation
// and results, that type-checks without the helper's package.
func (w *caller) stubCall(a helper.Args) string {
	results := "error"
	if w.valueForm() {
		results = "(" + a.T + ", error)"
	} else if w.Helper.DropsValue {
		results = "(struct{}, error)"
	}
	op := "func(" + w.params() + ") " + w.results(&a)
	var given []string
	for _, arg := range []string{a.Ctx, a.Attempts, a.Delay, a.MaxDelay} {
		if arg != "" {
			given = append(given, arg)
		}
	}
	return "func(...any) func(" + op + ") " + results + " { return nil }(" + strings.Join(given, ", ") + ")(" + a.Op + ")"
}

func (w *caller) add(lines ...string) { w.lines = append(w.lines, lines...) }

func (w *caller) params() string {
	if w.Helper.OpParams == "" {
		return ""
	}
	params := w.Helper.OpParams
	if w.useCtx != "ctx" {
		params = strings.Replace(params, "ctx ", "_ ", 1)
	}
	w.imports["context"] = "context"
	return params
}

func (w *caller) results(args *helper.Args) string {
	if !w.valueForm() {
		return w.Helper.OpResults
	}
	args.T, _ = w.scope.TypeString(w.loop.sig.Results().At(w.valueAt).Type())
	return "(" + args.T + ", error)"
}

// before writes what stands before the call.
func (w *caller) before() {
	if w.counterDecl != "" {
		w.add(w.counterDecl)
	}
	w.firstDecls()
	if w.deadline != "" {
		w.addDeadline()
	}
	if w.hoisted != nil {
		for _, lhs := range w.hoisted.Lhs {
			if obj := code.Local(w.info, lhs); obj != nil {
				t, _ := w.scope.TypeString(obj.Type())
				w.add("var " + obj.Name() + " " + t)
			}
		}
	}
	if w.keepsLast() {
		w.add("var " + w.lastName() + " error")
	}
	w.addLead()
}
