package analyzer

// Options configures the analyzer.
type Options struct{}
