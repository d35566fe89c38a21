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
	seen  map[string]bool // functions
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

// newSample writes the sample for a helper of one shape. Its lines are those of
// the templates. It has each function once for all combinations of what a site
// may lack, as far as they differ.
func newSample(h *Helper) (*sample, error) {
	s := &sample{fset: token.NewFileSet(), seen: make(map[string]bool)}
	s.write("package p\n\nimport (\n")
	for _, name := range slices.Sorted(maps.Keys(h.Imports)) {
		s.write(name + " " + strconv.Quote(h.Imports[name]) + "\n")
	}
	s.write(sampleContext + " \"context\"\n" + sampleTime + " \"time\"\n)\n\ntype " + standIn("T") + " struct{ _ int }\n")
	for _, lacks := range combinations() {
		if h.asksFor(lacks) {
			s.shape(h, &expansion{lacks: lacks})
		}
	}
	var err error
	s.file, err = parser.ParseFile(s.fset, "", s.text.String(), parser.SkipObjectResolution)
	return s, err
}

func (s *sample) write(text string) { s.text.WriteString(text) }

// A use is how a template is used in a function, with the text around it.
type use struct {
	key           string
	template      *Template // nil if the helper has none
	before, after string
}

// function writes a function that uses templates, unless it is there already.
func (s *sample) function(e *expansion, begin, end string, uses ...use) {
	var text strings.Builder
	var spans []span
	text.WriteString(begin)
	for _, u := range uses {
		text.WriteString(u.before)
		if u.template != nil {
			from := s.text.Len() + text.Len()
			text.WriteString(u.template.lined(e))
			spans = append(spans, span{u.key, from, s.text.Len() + text.Len()})
		}
		text.WriteString(u.after)
	}
	text.WriteString(end)
	if len(spans) == 0 || s.seen[text.String()] {
		return
	}
	s.seen[text.String()] = true
	s.spans = append(s.spans, spans...)
	s.write(text.String())
}

// shape writes the functions for the shape of h.
func (s *sample) shape(h *Helper, e *expansion) {
	switch h.Shape {
	case Callback:
		s.callback(h, e)
	case Loop:
		s.function(e, sampleFunc(""), "}\n", use{"header", h.Header, "for ", " {\n}\n"})
	case Wait:
		s.function(e, sampleFunc(""), "}\n}\n", use{"init", h.Init, "", "\nfor {\n"}, use{"wait", h.Wait, "", "\n"}, use{"reset", h.Reset, "", "\n"})
	}
}

// callback writes the functions of a callback: the calls, and what operations
// return.
func (s *sample) callback(h *Helper, e *expansion) {
	params := ""
	if h.OpParams != "" {
		params = "ctx " + sampleContext + ".Context"
	}
	op := "func(" + params + ") "
	value := "(" + standIn("T") + ", error)"
	s.function(e, sampleFunc(op+h.OpResults), "\n}\n", use{key: "call", template: h.Call})
	s.function(e, sampleFunc(op+value), "\n}\n", use{key: "value_call", template: h.ValueCall})
	returns := "func _(" + standIn("err") + " error) "
	for _, u := range []use{{key: "success", template: h.Success}, {key: "again", template: h.Again}, {key: "permanent", template: h.Permanent}} {
		s.function(e, returns+h.OpResults+" {\nreturn ", "\n}\n", u)
	}
	if h.PermanentOf {
		s.function(e, returns+h.OpResults+" {\nreturn ", "\n}\n", use{key: "permanent_of", template: h.Permanent.ofErrors()})
	}
	for _, u := range []use{{key: "value_again", template: h.ValueAgain}, {key: "value_permanent", template: h.ValuePermanent}} {
		s.function(e, returns+value+" {\nreturn "+standIn("T")+"{}, ", "\n}\n", u)
	}
	s.function(e, sampleFunc(""), "}\n", use{"exhausted", h.Exhausted, "if ", " {\n}\n"})
}

// sampleFunc begins a function with the stand-ins of a site; the operation has
// the given type, if there is one.
func sampleFunc(op string) string {
	params := standIn("ctx") + " " + sampleContext + ".Context, " + standIn("attempts") + ", " + standIn("retries") + " int, " +
		standIn("delay") + ", " + standIn("max_delay") + " " + sampleTime + ".Duration, " + standIn("err") + ", " + standIn("last") + " error, " +
		standIn("done") + " <-chan struct{}, " + standIn("name") + " string"
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
