package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/visible"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
)

// writeJSON writes what every driver of go/analysis prints with -json; to each
// finding it adds the owners of its file, where the repository says who that is.
func writeJSON(w *out.Writer, run *Run) error {
	var b bytes.Buffer
	if err := run.Graph.PrintJSON(&b); err != nil {
		return err
	}
	if !run.owners.Known() {
		w.Printf("%s", visible.Positions(b.Bytes(), nil))
		return nil
	}
	tree := make(map[string]map[string]json.RawMessage) // by package and analyzer
	if err := json.Unmarshal(b.Bytes(), &tree); err != nil {
		return err
	}
	for _, results := range tree {
		for name, list := range results {
			owned, err := run.withOwners(list)
			if err != nil {
				return err
			}
			results[name] = owned
		}
	}
	text, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	w.Printf("%s\n", visible.Positions(text, nil))
	return nil
}

// withOwners adds owners to each finding of a list; what is no list, such as an
// error, stays as it is.
func (run *Run) withOwners(list json.RawMessage) (json.RawMessage, error) {
	var findings []json.RawMessage
	if json.Unmarshal(list, &findings) != nil {
		return list, nil
	}
	for i, f := range findings {
		var at struct{ Posn string }
		if err := json.Unmarshal(f, &at); err != nil {
			return nil, err
		}
		names, err := json.Marshal(append([]string{}, run.owners.Of(fileOf(at.Posn))...))
		if err != nil {
			return nil, err
		}
		findings[i] = fmt.Appendf(nil, "{\"owners\":%s,%s", names, bytes.TrimPrefix(f, []byte("{")))
	}
	return json.Marshal(findings)
}

// fileOf returns the file of a position, such as x.go:3:5.
func fileOf(posn string) string {
	for range 2 {
		if i := strings.LastIndexByte(posn, ':'); i > 0 {
			posn = posn[:i]
		}
	}
	return posn
}
