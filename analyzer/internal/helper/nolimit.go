package helper

import (
	"go/scanner"
	"go/token"
)

// saysNoLimit reports whether t has something of its own for a site without a
// number of attempts, as {{else}} of {{if has_attempts}} writes it.
func (t *Template) saysNoLimit() bool {
	with := tokens(t.expand(&expansion{}))
	for _, tok := range tokens(t.expand(&expansion{lacks: map[string]bool{"attempts": true}})) {
		for len(with) > 0 && with[0] != tok {
			with = with[1:] // left out
		}
		if len(with) == 0 {
			return true
		}
		with = with[1:]
	}
	return false
}

// tokens returns the tokens of a piece of Go.
func tokens(text string) (list []string) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), func(token.Position, string) {}, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return list
		}
		if !tok.IsLiteral() {
			lit = tok.String()
		}
		list = append(list, lit)
	}
}
