package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// pageOf returns the page on the packages in dir.
func pageOf(t *testing.T, dir string, patterns ...string) string {
	t.Helper()
	res := tool(t, dir, append([]string{"-format=html"}, patterns...)...)
	res.want(t, 0)
	return res.stdout
}

// The page has totals, the findings by growth and by package, and of each its
// code and whether there is a fix.
func TestHTML(t *testing.T) {
	t.Parallel()
	dir := write(t, fixable)
	text := pageOf(t, dir, "-tests=false", "./...")
	for _, want := range []string{
		"<h1>Retry loops in example.com/m</h1>",
		"<dt>findings</dt><dd>6</dd>",
		"<dt>of 4 packages with findings</dt><dd>3</dd>",
		"</dt><dd>5</dd>", // fixes
		`<tr><th scope="row">constant</th><td class="n">4</td><td class="n">3</td>`,
		`<tr><th scope="row"><a href="#p1">example.com/m</a></th><td class="n">4</td><td class="n">3</td><td>2 constant, 1 exponential, 1 linear</td><td>`,
		`<tr><th scope="row">defer in the loop body runs once per attempt</th><td class="n">1</td></tr>`,
		`<h3 id="p1-1">client.go:39 <span class="func">in client.linear</span></h3>`,
		`<mark>time.Sleep(time.Duration(attempt) * time.Millisecond)</mark>`,
		"</svg>today: 1ms, 2ms, 3ms, 4ms, 5ms (15ms in all)</li>",
		"</svg>with acme: 1ms, 2ms, 4ms, 8ms (15ms in all)</li>",
		`<li class="no">no fix</li>`,
		`<span class="row del">-		time.Sleep(delay)</span>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// What -fix says of its lines is what the page says.
func TestHTMLLines(t *testing.T) {
	t.Parallel()
	dir := write(t, fixable)
	summary := regexp.MustCompile(`(\d+) lines? (saved|longer)`)
	text := pageOf(t, dir, "./...")
	m := summary.FindStringSubmatch(tool(t, dir, "-fix", "./...").stderr)
	if m == nil || !strings.Contains(text, "<dt>lines "+m[2]+" with all fixes</dt><dd>"+m[1]+"</dd>") {
		t.Errorf("-fix says %q", m)
	}
}

// Source text is text, whatever it looks like, and the page loads nothing.
func TestHTMLEscapes(t *testing.T) {
	t.Parallel()
	hostile := "</code></pre><script>alert(1)</script><img src=x onerror=alert(2)>"
	dir := write(t, modFile+"-- x.go --\n"+strings.Replace(retryCode, "{ for", "{ for /* "+hostile+" */", 1))
	text := pageOf(t, dir, ".")
	if !strings.Contains(text, "&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;") {
		t.Errorf("the comment is missing in\n%s", text)
	}
	for _, r := range analyzer.Rules { // a link loads nothing by itself
		text = strings.ReplaceAll(text, `<a href="`+r.URL()+`">`, "")
	}
	for _, bad := range []string{"<script", "<img", "<link", "<iframe", "http:", "https:", "url(", "@import", "src=\""} {
		if strings.Contains(text, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
}

// Without findings the page says so; what could not be analysed is told.
func TestHTMLWithout(t *testing.T) {
	t.Parallel()
	dir := write(t, modFile+"-- x.go --\npackage p\n-- broken/x.go --\npackage p\n\nvar x int = \"\"\n")
	if text := pageOf(t, dir, "."); !strings.Contains(text, "no finding") || strings.Contains(text, "Not analysed") {
		t.Errorf("got\n%s", text)
	}
	tool(t, dir, "-format=html", "./...").want(t, 1, `<h2 id="errors">Not analysed</h2>`, "cannot use &#34;&#34;")
}
