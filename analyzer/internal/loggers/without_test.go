package loggers

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// The length of a delay goes, with the words that it needs; where it cannot go in whole,
// "" is wanted, and all stays. The delay is called delay, or takes 10s.
func TestWithout(t *testing.T) {
	for src, want := range map[string]string{
		// Formats.
		`log.Printf("failed: %v, retrying in %v", err, delay)`:                     `log.Printf("failed: %v, retrying", err)`,
		`log.Printf("will retry after %s: %v\n", delay, err)`:                      `log.Printf("will retry: %v\n", err)`,
		`log.Printf("retrying in %dms... (%d left)", delay/time.Millisecond, n)`:   `log.Printf("retrying... (%d left)", n)`,
		`log.Printf("trying again in %.1f seconds", delay.Seconds())`:              `log.Printf("trying again")`,
		`log.Printf("try %d/%d: sleeping %v: %v", n, 3, delay, err)`:               `log.Printf("try %d/%d: sleeping: %v", n, 3, err)`,
		`log.Printf("will retry %v later", delay)`:                                 `log.Printf("will retry later")`,
		`log.Printf("%d left, %v later", n, delay)`:                                ``,
		`log.Printf("retrying (attempt %d, waiting %v): %v", n, delay, err)`:       `log.Printf("retrying (attempt %d): %v", n, err)`,
		`log.Printf("waiting for %v before the next attempt", delay)`:              `log.Printf("waiting before the next attempt")`,
		`log.Printf("backing off for %s, error: %s", delay, err)`:                  `log.Printf("backing off, error: %s", err)`,
		`log.Printf("retrying the call (attempt %d) after %v: %v", n, delay, err)`: `log.Printf("retrying the call (attempt %d): %v", n, err)`,
		`log.Printf("sleeping for %d second(s)\n", delay/time.Second)`:             `log.Printf("sleeping\n")`,
		`log.Printf("failed: %v, next in %v", err, delay)`:                         `log.Printf("failed: %v", err)`,
		`log.Printf("failed: %v (retrying in %v)", err, delay)`:                    `log.Printf("failed: %v (retrying)", err)`,
		`log.Printf("failed: %v (delay: %v)", err, delay)`:                         `log.Printf("failed: %v", err)`,
		`log.Printf("failed (delay=%v, attempt=%d)", delay, n)`:                    `log.Printf("failed (attempt=%d)", n)`,
		`log.Printf("failed: %v, next attempt in %v", err, delay)`:                 `log.Printf("failed: %v", err)`,
		`log.Printf("failed: %v with delay: %v."+" Will retry\n", err, delay)`:     `log.Printf("failed: %v."+" Will retry\n", err)`,
		`log.Printf("100%% lost, retrying in %v", delay)`:                          `log.Printf("100%% lost, retrying")`,
		"log.Printf(`retrying in %v`, delay)":                                      "log.Printf(`retrying`)",
		`log.Print(fmt.Sprintf("failed: %v, retrying in %v", err, delay))`:         `log.Print(fmt.Sprintf("failed: %v, retrying", err))`,
		`logIf(fmt.Errorf("failed: %w, retrying in %v", err, delay))`:              `logIf(fmt.Errorf("failed: %w, retrying", err))`,
		`logIf(record(fmt.Errorf("failed: %w, retrying in %v", err, delay)))`:      ``,
		`log.Print(record(fmt.Errorf("failed: %w, retrying in %v", err, delay)))`:  ``,
		`logrus.WithError(err).Warningf("failed, retry in %v (%d)", delay, n)`:     `logrus.WithError(err).Warningf("failed, retry (%d)", n)`,
		`own.Logf("failed: %v, retrying in %v", err, delay)`:                       `own.Logf("failed: %v, retrying", err)`,
		`h.Warn("failed: %v (retrying in %s)", err, delay)`:                        `h.Warn("failed: %v (retrying)", err)`,
		`logf("failed: %v, retrying in %v", err, delay)`:                           `logf("failed: %v, retrying", err)`,
		`log.Printf("retrying in %d second%s", delay/time.Second, "s")`:            ``,
		`log.Printf("retrying in %*d", n, delay)`:                                  ``,
		`log.Printf("retrying %[2]d in %[1]v", delay, n)`:                          ``,
		`log.Printf("until %v", time.Now().Add(delay))`:                            ``,
		`log.Printf("retrying in %v", later(delay))`:                               ``,
		`log.Printf("took %v", delay)`:                                             ``,
		`log.Printf("retrying in %v" /* as told */, delay)`:                        ``,
		`log.Printf(format, delay)`:                                                ``,
		`log.Fatalf("retrying in %v", delay)`:                                      ``,
		`run("retrying in %v", delay)`:                                             ``,

		// Text alone.
		`log.Print("failed, retrying in 10s")`:                 `log.Print("failed, retrying")`,
		`z.Warn("failed, retrying in 10 seconds")`:             `z.Warn("failed, retrying")`,
		`log.Print("failed, retrying every ten seconds: ", n)`: `log.Print("failed, retrying: ", n)`,
		`log.Println("failed, retrying in", delay)`:            `log.Println("failed, retrying")`,
		`log.Print("retrying in ", delay, ": ", err)`:          `log.Print("retrying", ": ", err)`,
		`log.Println("sleeping", delay, "before retry")`:       `log.Println("sleeping", "before retry")`,
		`log.Println("retrying in", delay, err)`:               `log.Println("retrying", err)`,
		`log.Println("retrying in", delay, "seconds")`:         ``,
		`log.Println("took", delay)`:                           ``,
		`log.Print("10 seconds are long")`:                     ``,

		// Keys and fields.
		`slog.Warn("failed", "delay", delay, "err", err)`:                          `slog.Warn("failed", "err", err)`,
		`slog.Warn("failed", "err", err, "retry_in", delay.String())`:              `slog.Warn("failed", "err", err)`,
		`slog.Warn("failed", slog.Duration("delay", delay), slog.Any("err", err))`: `slog.Warn("failed", slog.Any("err", err))`,
		`sl.With("delay", delay, "n", n).Warn("failed")`:                           `sl.With("n", n).Warn("failed")`,
		`z.Warn("failed", zap.Error(err), zap.Duration("backoff", delay))`:         `z.Warn("failed", zap.Error(err))`,
		`z.Sugar().Warnw("failed", "delay", delay)`:                                `z.Sugar().Warnw("failed")`,
		`logrus.WithError(err).WithField("delay", delay).Warningf("failed")`:       `logrus.WithError(err).Warningf("failed")`,
		`zlog.Warn().Dur("delay", delay).Err(err).Msg("failed")`:                   `zlog.Warn().Err(err).Msg("failed")`,
		`logrus.WithFields(map[string]any{"delay": delay, "n": n}).Warningf("x")`:  `logrus.WithFields(map[string]any{"n": n}).Warningf("x")`,
		`h.Warn("failed", "error", err, "wait", delay)`:                            `h.Warn("failed", "error", err)`,
		`slog.Warn("failed", "in", delay)`:                                         `slog.Warn("failed")`,
		`keys("msg", "failed", "delay", delay)`:                                    ``,
		`slog.Warn("failed", "next", delay)`:                                       `slog.Warn("failed")`,
		`slog.Warn("failed", "size", delay)`:                                       ``,
		`slog.Warn("failed, retrying in 10s", "size", delay)`:                      ``,
	} {
		t.Run(src, func(t *testing.T) {
			info := code.NewInfo()
			text := head + src + "\n}\nfunc later(time.Duration) time.Time { return time.Now() }\nvar logf, run func(string, ...any)\nvar logIf func(error)\nvar record func(error) error\nvar format string\nfunc keys(...any) {}\n"
			_, file, err := check("p", text, info, fakeImporter{std})
			if err != nil && !strings.Contains(err.Error(), "not used") {
				t.Fatal(err)
			}
			call := bodyOf(file).List[0].(*ast.ExprStmt).X.(*ast.CallExpr)
			source := edit.Source{File: file, Src: []byte(text)}
			teller := &Teller{
				Info: info, Source: source, Makes: func(*ast.CallExpr) bool { return false },
				Logs: func(call *ast.CallExpr) bool { return types.ExprString(call.Fun) == "logIf" },
				Is:   func(e ast.Expr) bool { return types.ExprString(e) == "delay" },
				In:   func(text string) (int, int, bool) { return delays.Find(text, []time.Duration{10 * time.Second}) },
			}
			edits, gone, ok := teller.Without(call)
			got := ""
			if ok {
				got = source.Apply(call.Pos(), call.End(), edits)
			}
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if strings.Contains(src, "delay,") && ok && len(gone) == 0 {
				t.Error("no argument goes")
			}
		})
	}
}

// bodyOf returns the body of the function f.
func bodyOf(file *ast.File) *ast.BlockStmt {
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "f" {
			return fn.Body
		}
	}
	return nil
}
