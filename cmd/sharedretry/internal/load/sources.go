package load

import "sync"

// Sources keeps the text of each file as it was analysed: a fix may only be
// applied to that. It is safe for concurrent use.
type Sources struct {
	mu   sync.Mutex
	Text map[string][]byte
}

// keep adds the text of a file.
func (s *Sources) keep(name string, src []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Text == nil {
		s.Text = make(map[string][]byte)
	}
	s.Text[name] = src
}
