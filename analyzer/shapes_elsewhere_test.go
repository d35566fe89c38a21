package analyzer_test

import (
	"strings"
	"testing"
)

// Functions that wait, or tell how long, may stand in another file, which imports packages of
// its own.
func TestElsewhere(t *testing.T) {
	const loop = `package m

func f() (err error) {
	for i := 0; i < 3; i++ {
		if err = op(); err == nil {
			return nil
		}
		pause(i)
	}
	return err
}
`
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, test := range []struct{ name, more, want string }{
		{"a constant of package time", `func pause(int) { time.Sleep(time.Second) }`, "time.Second"},
		{"several seconds", `func pause(int) { time.Sleep(3 * time.Second) }`, "3*time.Second"},
		{"a constant of the package", `func pause(int) { time.Sleep(second) }`, "second"},
		{"a constant of its own", `func pause(i int) { const first = 2 * time.Second; time.Sleep(first << i) }`, "2*time.Second"},
		{"what the function makes of the attempt", `func pause(i int) { d := time.Second << i; if d > time.Minute { d = time.Minute }; time.Sleep(d) }`, "time.Second, time.Minute"},
		{"another function there", `func pause(i int) { time.Sleep(delay(i)) }; func delay(i int) time.Duration { return second * time.Duration(i+1) }`, "second"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := (&shapeModule{t: t, dir: dir, helper: "loop", more: "\n" + test.more + "\n"}).outcome(loop)
			_, args, _ := strings.Cut(got, "acme.Start(context.Background(), 3, ")
			if args, _, _ = strings.Cut(args, "); r.Next()"); args != test.want {
				t.Errorf("got %s\nwith %s, want %s", got, args, test.want)
			}
		})
	}
}
