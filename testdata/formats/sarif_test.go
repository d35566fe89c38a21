package formats

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // has the schema
)

// schemaID names the schema that OASIS publishes for SARIF 2.1.0.
const schemaID = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// A report with findings, fixes and errors, and one with nothing, are what the
// schema says.
func TestSARIFSchema(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	for _, test := range []struct{ name, pattern, has string }{
		{"findings", "./...", `"replacements"`},
		{"clean", "./clean", `"results": []`},
		{"broken", "./broken ./missing", `"toolExecutionNotifications"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := output(t, example(t), append([]string{"-format=sarif"}, strings.Fields(test.pattern)...)...)
			if !strings.Contains(out, test.has) {
				t.Fatalf("%s is missing in\n%s", test.has, out)
			}
			if err := validate(schema, out); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// The schema as it is read here does find mistakes.
func TestSchemaIsStrict(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	out := output(t, example(t), "-format=sarif", "./...")
	for _, change := range [][2]string{
		{`"startLine": `, `"startLine": -`},
		{`"level": "warning"`, `"level": "severe"`},
		{`"uri": "`, `"uri": "%`},
		{`"columnKind"`, `"columnType"`},
		{`"text": "hand-rolled`, `"words": "hand-rolled`},
	} {
		changed := strings.Replace(out, change[0], change[1], 1)
		if changed == out || validate(schema, changed) == nil {
			t.Errorf("%s in place of %s is no mistake", change[1], change[0])
		}
	}
}

// compile returns the schema of SARIF.
func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schemaText(t)))
	if err != nil {
		t.Fatal(err)
	}
	if id := doc.(map[string]any)["id"]; id != schemaID {
		t.Fatalf("the schema is %v", id)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(schemaID, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(schemaID)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// schemaText returns the schema, which is a constant in the source of the
// module go-sarif.
func schemaText(t *testing.T) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	decl := file.Decls[0].(*ast.GenDecl).Specs[0].(*ast.ValueSpec)
	text, err := strconv.Unquote(decl.Values[0].(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func validate(schema *jsonschema.Schema, text string) error {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(doc)
}
