package api

// withoutBodies returns the text of a Go file without the bodies of functions
// that it declares and without comments, which are most of it: parsing takes
// most of the time. Lines stay.
func withoutBodies(src []byte) []byte {
	s := &stripper{src: src, out: make([]byte, 0, len(src)/4)}
	for s.at < len(s.src) {
		if s.depth == 0 && s.word("func") {
			s.function()
			continue
		}
		s.next(true)
	}
	return s.out
}

// A stripper copies a part of a Go file.
type stripper struct {
	src, out []byte
	at       int
	depth    int // of parentheses, brackets and braces
}

// next passes over a token, or a part of one, and copies it if keep is true.
// Comments are never copied.
func (s *stripper) next(keep bool) {
	from := s.at
	switch c := s.src[s.at]; c {
	case '/':
		if s.comment() {
			return
		}
		s.at++
	case '"', '\'', '`':
		s.quoted(c)
	case '(', '[', '{':
		s.depth++
		s.at++
	case ')', ']', '}':
		s.depth--
		s.at++
	default:
		s.at++
	}
	if keep {
		s.out = append(s.out, s.src[from:s.at]...)
	}
}

// comment passes over a comment, if there is one.
func (s *stripper) comment() bool {
	if s.at+1 == len(s.src) || s.src[s.at+1] != '/' && s.src[s.at+1] != '*' {
		return false
	}
	line := s.src[s.at+1] == '/'
	for s.at += 2; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case c == '\n' && line:
			return true
		case c == '\n':
			s.out = append(s.out, '\n')
		case c == '/' && !line && s.src[s.at-1] == '*':
			s.at++
			s.out = append(s.out, ' ')
			return true
		}
	}
	return true
}

// quoted passes over a string or a rune.
func (s *stripper) quoted(quote byte) {
	for s.at++; s.at < len(s.src) && s.src[s.at] != quote; s.at++ {
		if s.src[s.at] == '\\' && quote != '`' {
			s.at++
		}
	}
	s.at = min(s.at+1, len(s.src))
}

// word reports whether a line begins with the given word here.
func (s *stripper) word(w string) bool {
	end := s.at + len(w)
	return end < len(s.src) && string(s.src[s.at:end]) == w && (s.src[end] == ' ' || s.src[end] == '(' || s.src[end] == '\t') &&
		(s.at == 0 || s.src[s.at-1] == '\n')
}

// function copies the signature of a function and passes over its body.
func (s *stripper) function() {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == '\n' && s.depth == 0:
			return // no body
		case c == '{' && s.depth == 0 && !s.isType():
			s.body()
			return
		}
		s.next(true)
	}
}

// isType reports whether a brace begins a type: interface{} or struct{}.
func (s *stripper) isType() bool {
	end := len(s.out)
	for end > 0 && s.out[end-1] == ' ' {
		end--
	}
	for _, w := range []string{"interface", "struct"} {
		if end >= len(w) && string(s.out[end-len(w):end]) == w {
			return true
		}
	}
	return false
}

// body passes over a body.
func (s *stripper) body() {
	for first := true; s.at < len(s.src) && (first || s.depth > 0); first = false {
		if s.src[s.at] == '\n' {
			s.out = append(s.out, '\n')
		}
		s.next(false)
	}
}
