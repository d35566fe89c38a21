package analyzer

import (
	"fmt"
	"go/doc/comment"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
)

// manual returns the blocks of the package's documentation by heading.
func manual(t *testing.T) map[string][]comment.Block {
	t.Helper()
	sections := make(map[string][]comment.Block)
	heading := ""
	for _, b := range Manual().Content {
		if h, ok := b.(*comment.Heading); ok {
			heading = h.DefaultID()
			continue
		}
		sections[heading] = append(sections[heading], b)
	}
	return sections
}

func plain(blocks []comment.Block) string {
	return string(new(comment.Printer).Comment(&comment.Doc{Content: blocks}))
}

// The manual names every rule, kind of growth, fault and key, as they are.
func TestManual(t *testing.T) {
	doc := manual(t)
	rules, kinds := strings.Join(strings.Fields(plain(doc["hdr-Rules"])), " "), plain(doc["hdr-Growth"])
	for _, r := range Rules {
		state := map[bool]string{true: "on", false: "off"}[r.Default]
		if text := fmt.Sprintf(" %s %s %s ", r.Name, state, r.Doc); !strings.Contains(rules, text) {
			t.Errorf("the section of rules lacks %q", text)
		}
	}
	for k := growth.Kind(0); k == 0 || k.String() != growth.Unknown.String(); k++ {
		if !strings.Contains(kinds, k.String()) {
			t.Errorf("the section of growth lacks %s", k)
		}
	}
	faults := strings.Fields(plain(doc["hdr-Faults"]))
	for _, name := range FaultNames() {
		if !slices.Contains(faults, name) {
			t.Errorf("the section of faults lacks %s", name)
		}
	}
	i := slices.IndexFunc(doc["hdr-Flags_and_configuration"], isCode)
	config := doc["hdr-Flags_and_configuration"][i].(*comment.Code).Text
	root := tree(t, map[string]string{"common.yml": ""})
	if _, err := parseConfig(filepath.Join(root, "m", "doc.go"), []byte(config)); err != nil {
		t.Error(err)
	}
	for _, key := range configKeys {
		if !strings.Contains("\n"+config, "\n"+key.name+":") {
			t.Errorf("the configuration lacks the key %s", key.name)
		}
	}
}

func isCode(b comment.Block) bool { _, ok := b.(*comment.Code); return ok }

var refusalText = regexp.MustCompile(`Reason = "(.*)"`)

// The manual lists every reason why there is no fix, in the words of messages.
func TestManualRefusals(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("internal", "reason", "reason.go"))
	if err != nil {
		t.Fatal(err)
	}
	section := strings.Join(strings.Fields(plain(manual(t)["hdr-Fixes"])), " ")
	found := refusalText.FindAllStringSubmatch(string(src), -1)
	if len(found) == 0 {
		t.Error("no refusals in reason.go")
	}
	for _, m := range found {
		if !strings.Contains(section, " - "+m[1]+".") {
			t.Errorf("the section of fixes lacks %q", m[1])
		}
	}
}
