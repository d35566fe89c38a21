package help

import (
	"go/doc/comment"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// Every section of the manual is in one topic, and each topic is text.
func TestTopics(t *testing.T) {
	in := make(map[string]int)
	for _, topic := range topics {
		for _, h := range topic.headings {
			if len(section(h)) < 2 {
				t.Errorf("help %s: the manual has no section %q", topic.name, h)
			}
			in[h]++
		}
		if text, err := On(topic.name); err != nil || !strings.Contains(text, "# "+topic.headings[0]+"\n") {
			t.Errorf("help %s (%v): %.200s", topic.name, err, text)
		}
	}
	for _, b := range analyzer.Manual().Content {
		if h, ok := b.(*comment.Heading); ok && in[string(h.Text[0].(comment.Plain))] != 1 {
			t.Errorf("the section %q is in %d topics, want one", h.Text[0], in[string(h.Text[0].(comment.Plain))])
		}
	}
}

func TestOn(t *testing.T) {
	if text, err := On("manual"); err != nil || !strings.Contains(text, "# Helpers\n") {
		t.Errorf("help manual (%v): %.200s", err, text)
	}
	_, err := On("rule")
	for _, name := range []string{"rules", "ci", "retry-loop", "manual"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the error of an unknown name is %v, want one that says %s", err, name)
		}
	}
}
