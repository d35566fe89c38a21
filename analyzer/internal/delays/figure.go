package delays

import "time"

// figures are the numbers of a unit of time that people choose as a limit.
var figures = []time.Duration{1, 2, 5, 10, 15, 20, 30, 60}

// Figure returns the longest round duration that is not longer than d.
func Figure(d time.Duration) (round time.Duration) {
	unit, list := time.Hour, figures
	switch {
	case d >= time.Hour:
	case d >= time.Minute:
		unit = time.Minute
	default:
		for unit = time.Second; d < unit && unit > 1; {
			unit, list = unit/10, figures[:3]
		}
	}
	for _, n := range list {
		if n*unit <= d {
			round = n * unit
		}
	}
	return round
}

// Rounded returns a delay that is a mean of random ones, with two digits.
func Rounded(d time.Duration) time.Duration { return d.Round(secondDigit(d)) }

// Shortened returns a delay that was computed, with about two digits.
func Shortened(d time.Duration) time.Duration {
	if d%(100*time.Microsecond) == 0 {
		return d
	}
	return d.Truncate(secondDigit(d))
}

// secondDigit returns the unit of the second digit of d.
func secondDigit(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 100 {
		unit *= 10
	}
	return unit
}

// Near reports whether a delay is about the mean of random ones, which are drawn around it: what
// is added is no longer than the delay itself, as jitter is.
func Near(d, mean time.Duration) bool { return 3*d >= 2*mean && 2*d <= 3*mean }
