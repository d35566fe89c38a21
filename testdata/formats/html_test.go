package formats

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The page is well formed and can be read without seeing it: one main heading,
// no level left out, names for what is named by others, tables with headings.
func TestHTML(t *testing.T) {
	t.Parallel()
	text := output(t, example(t), "-format=html", "./...")
	p := parsePage(t, text)
	if len(p.open) > 0 {
		t.Errorf("not closed: %v", p.open)
	}
	if p.levels[0] != "h1" || slices.Contains(p.levels[1:], "h1") || !slices.Contains(p.levels, "h3") || slices.Contains(p.levels, "h4") {
		t.Errorf("headings %v", p.levels)
	}
	for i := 1; i < len(p.levels); i++ {
		if p.levels[i] == "h3" && p.levels[i-1] == "h1" {
			t.Errorf("headings %v", p.levels)
		}
	}
	for id, n := range p.ids {
		if n != 1 {
			t.Errorf("%d elements are called %s", n, id)
		}
	}
	for _, id := range p.refs {
		if p.ids[id] == 0 {
			t.Errorf("nothing is called %s", id)
		}
	}
	if p.count["main"] != 1 || p.count["article"] != 3 || p.count["table"] < 2 || p.count["svg"] < 3 {
		t.Errorf("elements %v", p.count)
	}
	for _, problem := range p.problems {
		t.Error(problem)
	}
	if t.Failed() {
		t.Log(text)
	}
}

// A parsed page.
type parsedPage struct {
	levels   []string // the headings
	ids      map[string]int
	refs     []string // to ids
	count    map[string]int
	open     []string
	problems []string
}

// rulePages begin the only addresses elsewhere that the page links to.
const rulePages = "https://github.com/sharedretry/sharedretry/blob/main/analyzer/rules/"

// void are the elements without an end.
var void = []string{"meta", "br", "hr", "img", "input", "link"}

func parsePage(t *testing.T, text string) *parsedPage {
	t.Helper()
	p := &parsedPage{ids: make(map[string]int), count: make(map[string]int)}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.StartTagToken:
			tok := z.Token()
			p.element(tok)
			if !slices.Contains(void, tok.Data) {
				p.open = append(p.open, tok.Data)
			}
		case html.SelfClosingTagToken:
			p.element(z.Token())
		case html.EndTagToken:
			last := len(p.open) - 1
			if name := z.Token().Data; last < 0 || p.open[last] != name {
				t.Fatalf("</%s> ends %v", name, p.open)
			}
			p.open = p.open[:last]
		}
	}
}

// element notes what an element says of itself.
func (p *parsedPage) element(tok html.Token) {
	attr := make(map[string]string)
	for _, a := range tok.Attr {
		attr[a.Key] = a.Val
		if a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, rulePages) || strings.HasPrefix(a.Key, "on") {
			p.problems = append(p.problems, "it is not alone: "+tok.String())
		}
	}
	p.count[tok.Data]++
	if id := attr["id"]; id != "" {
		p.ids[id]++
	}
	for _, ref := range []string{attr["aria-labelledby"], strings.TrimPrefix(attr["href"], "#")} {
		if ref != "" && !strings.HasPrefix(ref, rulePages) {
			p.refs = append(p.refs, ref)
		}
	}
	switch tok.Data {
	case "h1", "h2", "h3", "h4":
		p.levels = append(p.levels, tok.Data)
	case "th":
		if attr["scope"] == "" {
			p.problems = append(p.problems, "it heads nothing: "+tok.String())
		}
	case "svg":
		if attr["aria-hidden"] != "true" && (attr["role"] != "img" || attr["aria-label"] == "") {
			p.problems = append(p.problems, "it has no words: "+tok.String())
		}
	case "html":
		if attr["lang"] == "" {
			p.problems = append(p.problems, "it has no language")
		}
	case "script", "link", "iframe", "img":
		p.problems = append(p.problems, "it is not alone: "+tok.String())
	}
}
