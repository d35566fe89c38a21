package sim

// Logf writes a line that is not compared: with a fix it may say less.
func Logf(string, ...any) {}

// Warn is [Logf] for keys and values.
func Warn(string, ...any) {}
