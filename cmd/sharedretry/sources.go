package main

import "sync"

// sources keeps the text of each file as it was analysed: a fix may only be
// applied to that. It is safe for concurrent use.
type sources struct {
	mu   sync.Mutex
	text map[string][]byte
}

// keep adds the text of a file.
func (s *sources) keep(name string, src []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.text == nil {
		s.text = make(map[string][]byte)
	}
	s.text[name] = src
}
