package helper

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A sample is a file that uses the templates of a helper as fixes do, with
// stand-ins of the right types for what the source of a site gives.
type sample struct {
	text  strings.Builder
	spans []span
	fset  *token.FileSet
	file  *ast.File
}

// A span is where a template has expanded to, as offsets in the text.
type span struct {
	key      string
	from, to int
}

// Names of the sample for what its own code needs of other packages: a template
// may give their names to others.
const (
	sampleContext = "standIn_context_"
	sampleTime    = "standIn_time_"
)

// newSample writes the sample for a helper of one shape, and for a site that
// lacks some parts. Its lines are those of the templates.
func newSample(h *Helper, lacks map[string]bool) (*sample, error) {
	s := &sample{fset: token.NewFileSet()}
	s.write("package p\n\nimport (\n")
	for _, name := range slices.Sorted(maps.Keys(h.Imports)) {
		s.write(name + " " + strconv.Quote(h.Imports[name]) + "\n")
	}
	s.write(sampleContext + " \"context\"\n" + sampleTime + " \"time\"\n)\n\ntype " + standIn("T") + " struct{ _ int }\n")
	use := func(key string, t *Template, before, after string) {
		if t == nil {
			return
		}
		s.write(before)
		from := s.text.Len()
		s.write(t.lined(&expansion{lacks: lacks}))
		s.spans = append(s.spans, span{key, from, s.text.Len()})
		s.write(after)
	}
	switch h.Shape {
	case Callback:
		s.callback(h, use)
	case Loop:
		use("header", h.Header, sampleFunc("")+"for ", " {\n}\n}\n")
	case Wait:
		s.write(sampleFunc(""))
		use("init", h.Init, "", "\n")
		use("wait", h.Wait, "for {\n", "\n")
		use("reset", h.Reset, "", "\n")
		s.write("}\n}\n")
	}
	var err error
	s.file, err = parser.ParseFile(s.fset, "", s.text.String(), parser.SkipObjectResolution)
	return s, err
}

func (s *sample) write(text string) { s.text.WriteString(text) }

// callback writes the sample of a callback: the calls, and what operations
// return.
func (s *sample) callback(h *Helper, use func(key string, t *Template, before, after string)) {
	params := ""
	if h.OpParams != "" {
		params = "ctx " + sampleContext + ".Context"
	}
	op := "func(" + params + ") "
	value := "(" + standIn("T") + ", error)"
	use("call", h.Call, sampleFunc(op+h.OpResults), "\n}\n")
	use("value_call", h.ValueCall, sampleFunc(op+value), "\n}\n")
	returns := "func _(" + standIn("err") + " error) "
	use("success", h.Success, returns+h.OpResults+" {\nreturn ", "\n}\n")
	use("again", h.Again, returns+h.OpResults+" {\nreturn ", "\n}\n")
	use("permanent", h.Permanent, returns+h.OpResults+" {\nreturn ", "\n}\n")
	withValue := returns + value + " {\nreturn " + standIn("T") + "{}, "
	use("value_again", h.ValueAgain, withValue, "\n}\n")
	use("value_permanent", h.ValuePermanent, withValue, "\n}\n")
	use("exhausted", h.Exhausted, sampleFunc("")+"if ", " {\n}\n}\n")
}

// sampleFunc begins a function with the stand-ins of a site; the operation has
// the given type, if there is one.
func sampleFunc(op string) string {
	params := standIn("ctx") + " " + sampleContext + ".Context, " + standIn("attempts") + ", " + standIn("retries") + " int, " +
		standIn("delay") + ", " + standIn("max_delay") + " " + sampleTime + ".Duration, " + standIn("err") + ", " + standIn("last") + " error, " +
		standIn("done") + " <-chan struct{}"
	if op != "" {
		params += ", " + standIn("op") + " " + op
	}
	return "func _(" + params + ") {\n"
}

// at returns the template that has expanded to pos, and the line in it, counted
// from 0.
func (s *sample) at(pos token.Pos) (key string, line int, ok bool) {
	offset := s.fset.PositionFor(pos, false).Offset
	for _, sp := range s.spans {
		if sp.from <= offset && offset <= sp.to {
			return sp.key, max(0, s.fset.Position(pos).Line-1), true
		}
	}
	return "", 0, false
}

// named returns the names that the sample takes of each package, by path.
func (s *sample) named(h *Helper) map[string][]string {
	named := map[string][]string{"context": {"Context"}, "time": {"Duration"}}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				if path, ok := h.Imports[id.Name]; ok {
					named[path] = append(named[path], sel.Sel.Name)
				}
			}
		}
		return true
	})
	return named
}
