package analyzer

import (
	"embed"
	"go/doc/comment"
	"go/parser"
	"go/token"
)

// The texts for users: this package's documentation and a page for each rule.
//
//go:embed doc.go rules/*.md
var texts embed.FS

// Manual returns the documentation of this package, the manual.
func Manual() *comment.Doc {
	src, _ := texts.ReadFile("doc.go") // it is there, or this would not compile
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", src, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		return new(comment.Doc) // as above
	}
	return new(comment.Parser).Parse(file.Doc.Text())
}

// pageDir is where the pages of the rules are found by a browser.
const pageDir = "https://github.com/sharedretry/sharedretry/blob/main/analyzer/rules/"

// URL returns the address of the rule's page: what it reports, why, what such code
// gets wrong, an example before and after, and when to turn it off.
func (r Rule) URL() string { return urlOf(r.Name) }

// Page returns the text of the rule's page, which is Markdown.
func (r Rule) Page() string {
	text, _ := texts.ReadFile("rules/" + r.Name + ".md") // tests look for each
	return string(text)
}

func urlOf(rule string) string { return pageDir + rule + ".md" }
