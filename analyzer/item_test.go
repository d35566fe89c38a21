package analyzer_test

import (
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

const itemPrelude = `package p; import ("bufio"; "container/heap"; "container/list"; "context"; "os"; "time"); ` +
	`var (_ context.Context; _ *bufio.Scanner; _ heap.Interface; _ *list.List); func save(string) error { _, err := os.Stat("x"); return err }; ` +
	`type pile []string; func (p pile) Len() int { return len(p) }; func (p pile) Less(i, j int) bool { return p[i] < p[j] }; func (p pile) Swap(i, j int) { p[i], p[j] = p[j], p[i] }; ` +
	`func (p *pile) Push(x any) { *p = append(*p, x.(string)) }; func (p *pile) Pop() any { o := *p; x := o[len(o)-1]; *p = o[:len(o)-1]; return x }; type work struct { h pile }; ` +
	`type queue struct { ch chan string; s *bufio.Scanner }; func (q *queue) put(s string) { q.ch <- s }` + "\n"

// Items are paced, in whatever way a pass takes the next of them; what is tried again after
// its failure is not.
var itemTests = []struct{ name, src, want string }{
	{"channel", `func f(ch chan string) { for { s, ok := <-ch; if !ok { return }; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"channel into a variable in front", `func f(ch chan string) { var s string; var ok bool; for { if s, ok = <-ch; !ok { return }; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"channel in a select", `func f(ctx context.Context, ch chan string) { for { select { case <-ctx.Done(): return; case s := <-ch: if save(s) != nil { time.Sleep(time.Second) } } } }`, "pace"},
	{"channel taken after success only", `func f(ch chan string) { s := <-ch; for { if save(s) != nil { time.Sleep(time.Second); continue }; s = <-ch } }`, "reconnect"},
	{"channel taken where there is none", `func f(ch chan string) { s := ""; for { if s == "" { s = <-ch }; if save(s) != nil { time.Sleep(time.Second); continue }; s = "" } }`, "reconnect"},
	{"channel of what is left", `func f(ch chan []byte) { var left []byte; for { b := left; if b == nil { b = <-ch }; if save(string(b)) != nil { left = b; time.Sleep(time.Second); continue }; left = nil } }`, "reconnect"},
	{"changed before it is used", `func f(ch chan string) { for { s := <-ch; s = s + "!"; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"put back", `func f(ch chan string) { for { s := <-ch; if save(s) != nil { time.Sleep(time.Second); ch <- s } } }`, "reconnect"},
	{"put back in a range", `func f(ch chan string) { for s := range ch { if save(s) != nil { time.Sleep(time.Second); ch <- s } } }`, "reconnect"},
	{"put back by a function", `func (q *queue) f() { for { s := <-q.ch; if save(s) != nil { time.Sleep(time.Second); q.put(s) } } }`, "reconnect"},
	{"put back by a copy of the channel", `func (q *queue) f() { again := q.ch; for { s := <-q.ch; if save(s) != nil { time.Sleep(time.Second); again <- s } } }`, "reconnect"},
	{"taken by a copy of the channel", `func f(ch chan string) { next := ch; for { s := <-next; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"scanner in a field", `func (q *queue) f() { for q.s.Scan() { if save(q.s.Text()) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"scanner in a field, moved on after success only", `func (q *queue) f() { for { if save(q.s.Text()) != nil { time.Sleep(time.Second); continue }; if !q.s.Scan() { break } } }`, "reconnect"},
	{"linked list", `func f(l *list.List) { for l.Len() > 0 { s := l.Remove(l.Front()).(string); if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"linked list, put in front of another", `func f(l *list.List) { for l.Len() > 0 { s := l.Remove(l.Front()).(string); if save(s) != nil { time.Sleep(time.Second); l.InsertBefore(s, l.Back()) } } }`, "reconnect"},
	{"linked list, put back", `func f(l *list.List) { for l.Len() > 0 { s := l.Remove(l.Front()).(string); if save(s) != nil { time.Sleep(time.Second); l.PushBack(s) } } }`, "reconnect"},
	{"heap", `func f(h heap.Interface) { for h.Len() > 0 { s := heap.Pop(h).(string); if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"heap, put back", `func f(h heap.Interface) { for h.Len() > 0 { s := heap.Pop(h).(string); if save(s) != nil { time.Sleep(time.Second); heap.Push(h, s) } } }`, "reconnect"},
	{"ticks, until there are no more", `func f(c <-chan time.Time, work func(time.Time) error) { for { now, ok := <-c; if !ok { return }; if work(now) != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"ticks", `func f(c <-chan time.Time, work func(time.Time) error) { for { now := <-c; if work(now) != nil { time.Sleep(time.Second) } } }`, "reconnect"},

	{"scanner", `func f(s *bufio.Scanner) { for s.Scan() { if save(s.Text()) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"scanner asked in the body", `func f(s *bufio.Scanner) { for { if !s.Scan() { break }; if save(s.Text()) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"scanner asked into a variable", `func f(s *bufio.Scanner) { for { more := s.Scan(); if !more { break }; if save(s.Text()) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"scanner into a variable in front", `func f(s *bufio.Scanner) { var l string; for s.Scan() { l = s.Text(); if save(l) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"scanner moved on after success only", `func f(s *bufio.Scanner) { for { if save(s.Text()) != nil { time.Sleep(time.Second); continue }; if !s.Scan() { break } } }`, "reconnect"},
	{"service as a parameter", `type link interface { Up() bool; Send() error }; func f(l link) { for l.Up() { if l.Send() != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"service with an Err", `type link struct { err error; up bool }; func (l *link) Err() error { return l.err }; func (l *link) Up() bool { return l.up };
func (l *link) f(send func(*link) error) { for l.Up() { if send(l) != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"service with an Err as a parameter", `type link struct { err error; up bool }; func (l *link) Err() error { return l.err }; func (l *link) Up() bool { return l.up };
func f(l *link, send func(*link) error) { for l.Up() { if send(l) != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"put back by a function that is given the channel", `func back(ch chan<- string, s string) { ch <- s }; func f(ch chan string) { for { s := <-ch; if save(s) != nil { time.Sleep(time.Second); back(ch, s) } } }`, "reconnect"},
	{"a count that a function is asked about", `func f(over func(int) bool) { n := 0; for { n++; if over(n) { return }; if save("x") != nil { time.Sleep(time.Second) } } }`, "reconnect"},

	{"list", `func f(l []string) { for len(l) > 0 { s := l[0]; l = l[1:]; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"list from its end", `func f(l []string) { for len(l) > 0 { s := l[len(l)-1]; l = l[:len(l)-1]; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"list, taken behind", `func f(l []string) { for len(l) > 0 { if save(l[0]) != nil { time.Sleep(time.Second) }; l = l[1:] } }`, "pace"},
	{"list, taken after success only", `func f(l []string) { for len(l) > 0 { if save(l[0]) != nil { time.Sleep(time.Second); continue }; l = l[1:] } }`, "reconnect"},
	{"list, put back", `func f(l []string) { for len(l) > 0 { s := l[0]; l = l[1:]; if save(s) != nil { l = append(l, s); time.Sleep(time.Second) } } }`, "reconnect"},
	{"list, put back by a closure", `func f(l []string) { again := func(s string) { l = append(l, s) }; for len(l) > 0 { s := l[0]; l = l[1:]; if save(s) != nil { again(s); time.Sleep(time.Second) } } }`, "reconnect"},
	{"what remains of a list", `func f(l []byte, write func([]byte) (int, error)) { for len(l) > 0 { n, err := write(l); l = l[n:]; if err != nil { time.Sleep(time.Second) } } }`, "reconnect"},

	{"work at each tick until there is none", `func f(t *time.Ticker, work func() error) { for range t.C { again: if work() == nil { goto again } } }`, "periodic"},
	{"work at each tick in a loop", `func f(stop chan bool, t *time.Ticker, work func() error) { for { select { case <-stop: return; case <-t.C: }; var err error; for err == nil { err = work() } } }`, "periodic"},
	{"work at each tick, left by a break", `func f(t *time.Ticker, work func() error) { for range t.C { for { if err := work(); err != nil { println(err.Error()); break } } } }`, "periodic"},
	{"a wait, and work until it fails", `func f(work func() error) { for { time.Sleep(time.Second); for { if work() != nil { break } } } }`, "reconnect"},
	{"work until it fails, and then a wait", `func f(work func() error) { for { var err error; for err == nil { err = work() }; time.Sleep(time.Second) } }`, "reconnect"},
	{"work of what each tick has made", `func f(t *time.Ticker, dial func() (func() error, error)) { for range t.C { work, err := dial(); if err != nil { continue }; for { if work() != nil { break } } } }`, "retry"},

	{"heap, by a pointer to it, and put back", `func (q *work) f() { h := &q.h; for len(q.h) > 0 { s := heap.Pop(h).(string); if save(s) != nil { heap.Push(&q.h, s); time.Sleep(time.Second) } } }`, "reconnect"},
	{"heap, put back by a method that makes it anew", `func (q *work) back(s string) { q.h = append(q.h, s); heap.Init(&q.h) }; func (q *work) f() { for len(q.h) > 0 { s := heap.Pop(&q.h).(string); if save(s) != nil { q.back(s); time.Sleep(time.Second) } } }`, "reconnect"},
	{"heap, put back by a method that a literal calls", `func (q *work) back(s string) { heap.Push(&q.h, s) }; func (q *work) f() { for len(q.h) > 0 { s := heap.Pop(&q.h).(string); if save(s) != nil { func() { q.back(s) }(); time.Sleep(time.Second) } } }`, "reconnect"},
	{"heap, by a method", `func (q *work) next() string { return heap.Pop(&q.h).(string) }; func (q *work) f() { for len(q.h) > 0 { s := heap.Pop(&q.h).(string); if save(s) != nil { println(len(q.h)); time.Sleep(time.Second) } } }`, "pace"},

	{"counted in the body", `func f(l []string) { i := 0; for i < len(l) { s := l[i]; i++; if save(s) != nil { time.Sleep(time.Second) } } }`, "pace"},
	{"counted on each way", `func f(l []string) { i := 0; for { if i >= len(l) { return }; if save(l[i]) != nil { time.Sleep(time.Second); i = i + 1; continue }; i += 1 } }`, "pace"},
	{"counted by as many as were written", `func f(l []byte, write func([]byte) (int, error)) { i := 0; for i < len(l) { n, err := write(l[i:]); i += n; if err != nil { time.Sleep(time.Second) } } }`, "reconnect"},
	{"counted after success only", `func f(l []string) { i := 0; for i < len(l) { if save(l[i]) != nil { time.Sleep(time.Second); continue }; i++ } }`, "reconnect"},
	{"failures are counted", `func f(l func() error) { n := 0; for n < 5 { if l() != nil { n++; time.Sleep(time.Second) } } }`, "reconnect"},
	{"failures in a row are counted", `func f(l func() error) { n := 0; for n < 5 { n++; if l() != nil { time.Sleep(time.Second); continue }; n = 0 } }`, "reconnect"},
	{"counted back by a closure", `func f(l func() error) { n := 0; ok := func() { n = 0 }; for n < 5 { n++; if l() != nil { time.Sleep(time.Second); continue }; ok() } }`, "reconnect"},
	{"counted, and ended after a failure", `func f(l func() error) { n := 0; for { n++; if l() != nil { if n > 5 { return }; time.Sleep(time.Second) } } }`, "reconnect"},
}

func TestItems(t *testing.T) {
	for _, test := range itemTests {
		t.Run(test.name, func(t *testing.T) {
			_, result, _ := snippet(t, analyzer.Options{Rules: loopRules}, itemPrelude+test.src)
			if len(result.Sites) != 1 {
				t.Fatalf("%d sites, want 1\n%s", len(result.Sites), test.src)
			}
			if got := result.Sites[0]; got.Intent != test.want {
				t.Errorf("got %s (%s), want %s\n%s", got.Intent, got.Explain(), test.want, test.src)
			}
		})
	}
}
