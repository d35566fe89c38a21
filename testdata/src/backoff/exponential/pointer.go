package exponential

import (
	"os"
	"time"
)

func double(d *time.Duration) { *d *= 2 }

// pointer has another function double its delay.
func pointer(name string) {
	delay := time.Second
	for os.Remove(name) != nil { // want `retry loop with exponential backoff`
		time.Sleep(delay)
		double(&delay)
	}
}

type pause time.Duration

func (p *pause) longer() {
	if *p *= 2; *p > pause(time.Minute) {
		*p = pause(time.Minute)
	}
}

// method has its delay doubled by a method of its type.
func method(name string) {
	p := pause(time.Second)
	for os.Remove(name) != nil { // want `retry loop with exponential backoff`
		time.Sleep(time.Duration(p))
		p.longer()
	}
}
