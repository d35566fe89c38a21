package emptyresult

import "time"

// unready looks for what is not ready yet, and keeps it to be returned: nothing is tried
// again.
func unready(names func() []string, trim func(string) string) map[string]bool {
	var last map[string]bool
	for range 5 {
		found := make(map[string]bool)
		for _, name := range names() {
			found[trim(name)] = true
		}
		if len(found) == 0 {
			return nil
		}
		last = found
		time.Sleep(time.Second)
	}
	return last
}
