package effort

// Keep adds what was found to what is known, and returns it. Where as much is known as
// is worth its memory, it begins anew: code may be of any size, and to find something
// once more takes little time.
func Keep[K comparable, V any](known map[K]V, most int, key K, found V) map[K]V {
	if known == nil || len(known) >= most {
		known = make(map[K]V)
	}
	known[key] = found
	return known
}
