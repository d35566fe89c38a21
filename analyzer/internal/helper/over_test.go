package helper

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// Each key of a description wins over what is read from the package, also one that is
// false or empty.
func TestOver(t *testing.T) {
	read := Spec{
		Imports: map[string]string{"acme": "go.acme.dev/retry"}, Header: "range acme.Attempts({{ctx}})",
		AtLeastOnce: true, YieldsNumber: true, OpParams: "ctx", Unsupported: []string{"permanent"},
	}
	for _, test := range []struct {
		name, text string
		change     func(*Spec) // what is read
	}{
		{"nothing", `{}`, func(*Spec) {}},
		{"a text", `{"header": "range acme.Again({{ctx}})"}`, func(s *Spec) { s.Header = "range acme.Again({{ctx}})" }},
		{"no text", `{"op_params": ""}`, func(s *Spec) { s.OpParams = "" }},
		{"true", `{"unlimited": true}`, func(s *Spec) { s.Unlimited = true }},
		{"false", `{"at_least_once": false}`, func(s *Spec) { s.AtLeastOnce = false }},
		{"a list", `{"unsupported": ["context"]}`, func(s *Spec) { s.Unsupported = []string{"context"} }},
		{"no list", `{"unsupported": []}`, func(s *Spec) { s.Unsupported = []string{} }},
		{"null", `{"unsupported": null}`, func(s *Spec) { s.Unsupported = nil }},
	} {
		t.Run(test.name, func(t *testing.T) {
			var own Spec
			if err := json.Unmarshal([]byte(test.text), &own); err != nil {
				t.Fatal(err)
			}
			want := read
			test.change(&want)
			if got := own.Over(read); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
	var own Spec
	if err := json.Unmarshal([]byte(`{"at_most_once": true}`), &own); err == nil || !strings.Contains(err.Error(), `unknown field "at_most_once"`) {
		t.Errorf("an unknown key: %v", err)
	}
}
