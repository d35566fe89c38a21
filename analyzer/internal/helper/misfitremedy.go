package helper

// A remedy is another description of the operation, and how to write it.
type remedy struct {
	params, results string
	text            string
}

// remedies are the descriptions of operations that may be meant.
var remedies = []remedy{
	{"ctx context.Context", "error", "say op_params: ctx"},
	{"", "error", "leave out op_params"},
	{"", "(struct{}, error)", `say op_results: "struct{}, error"`},
	{"ctx context.Context", "(struct{}, error)", `say op_params: ctx and op_results: "struct{}, error"`},
	{"", "(bool, error)", `say op_results: "bool, error"`},
	{"ctx context.Context", "(bool, error)", `say op_params: ctx and op_results: "bool, error"`},
}

// remedy returns what to change of the description of the operation so that the
// calls fit, or "".
func (f *fitting) remedy() string {
	h := f.helper
	if h.Shape != Callback || f.trial {
		return ""
	}
	for _, r := range remedies {
		if r.params == h.OpParams && r.results == h.OpResults {
			continue
		}
		other := &Helper{
			Name: h.Name, Shape: Callback, Imports: h.Imports, Call: h.Call, ValueCall: h.ValueCall,
			OpParams: r.params, OpResults: r.results, DropsValue: r.results == "(struct{}, error)",
		}
		s, err := newSample(other)
		if err != nil {
			continue
		}
		try := &fitting{helper: other, places: f.places, set: f.set, trial: true}
		if try.checkSample(s) == nil {
			return r.text
		}
	}
	return ""
}
