package helper

import (
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

// lined is like expand, but each line of the template begins with a comment by
// which the Go parser takes it for the line that it is in the template.
func (t *Template) lined(e *expansion) string {
	tree := t.parsed.Copy()
	t.markLines(tree.Root)
	marked, err := template.New("").Funcs(e.funcs()).AddParseTree("", tree)
	if err != nil {
		return ""
	}
	var out strings.Builder
	_ = marked.Execute(&out, nil) // parseTemplate has seen that no site makes it fail
	return lineMark(0) + out.String()
}

func (t *Template) markLines(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			line := t.line(n)
			var marked strings.Builder
			for i, part := range strings.Split(string(n.Text), "\n") {
				if i > 0 {
					marked.WriteString("\n" + lineMark(line+i))
				}
				marked.WriteString(part)
			}
			n.Text = []byte(marked.String())
		case *parse.IfNode:
			t.markLines(n.List)
			t.markLines(n.ElseList)
		}
	}
}

// lineMark is a comment that says which line of the template, counted from 0,
// follows.
func lineMark(line int) string { return "/*line :" + strconv.Itoa(line+1) + ":1*/" }
