package report

import (
	_ "embed"
	"html/template"
	"sync"
	"time"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/words"
)

// writeHTML writes a page for a person who plans the clean-up. It needs no
// network, no script and no other file.
func writeHTML(w *out.Writer, run *Run) error {
	return htmlTemplate().Execute(w, newPage(run, time.Now()))
}

//go:embed report.css
var htmlStyle string

//go:embed report.gohtml
var htmlText string

// htmlTemplate is parsed when it is needed: go vet starts this command for each
// package.
var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"count": words.Count,
		"tallies": func(what string, list []tally) any {
			return struct {
				What    string
				Tallies []tally
			}{what, list}
		},
		"style": func() template.CSS { return template.CSS(htmlStyle) },
	}).Parse(htmlText))
})
