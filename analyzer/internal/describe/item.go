package describe

import "strings"

// An item is one of a list of arguments, fields or options.
type item struct {
	text string
	cond string // the condition under which it is there; "" for always
}

// list joins items by commas. Those under a condition bring theirs: before the
// first that is always there behind them, later ones in front.
func list(items []item) string {
	var b strings.Builder
	always := false
	for i, it := range items {
		switch {
		case it.cond == "" && always:
			b.WriteString(", " + it.text)
		case it.cond == "":
			b.WriteString(it.text)
			always = true
		case always:
			b.WriteString("{{if " + it.cond + "}}, " + it.text + "{{end}}")
		default:
			if i == 0 {
				b.WriteString(" ") // a brace may stand before it
			}
			b.WriteString("{{if " + it.cond + "}}" + it.text + ", {{end}}")
		}
	}
	return b.String()
}

// conditions are those under which a site has something for a role.
var conditions = map[role]string{ctx: "has_ctx", attempts: "has_attempts", retries: "has_attempts", maxDelay: "has_max_delay"}

// chain returns items as calls of methods, one behind the other.
func chain(items []item) string {
	var b strings.Builder
	for _, it := range items {
		if it.cond == "" {
			b.WriteString("." + it.text)
		} else {
			b.WriteString("{{if " + it.cond + "}}." + it.text + "{{end}}")
		}
	}
	return b.String()
}
