// Package analyzer finds retry loops written by hand: code that waits because
// a call failed and then calls again. Replace each by a call of the one retry
// helper that your team shares.
//
// This page is the manual. [Analyzer] is the analyzer with its defaults, [New]
// makes one with other options; the command sharedretry runs it.
//
// # Words
//
//   - A delay is what waits: time.Sleep, a receive from time.After, a timer or
//     a ticker (alone, in a select or in a range), a method of a clock that
//     sleeps, or a call of a function of the package that does one of these
//     and nothing else that can fail.
//   - A site is a cycle with a delay between one pass and the next: a for or
//     range loop, a goto to an earlier label, functions that call themselves
//     or each other, also from a goroutine that waits or by time.AfterFunc. A
//     delay belongs to the innermost cycle that it spaces.
//   - The operation is the call in a site whose failure is the reason for
//     another pass.
//   - Its outcome is what tells failure from success: an error, a bool that
//     says whether it was done, a status code.
//   - The intent is why a site goes round: retry, reconnect, poll, periodic,
//     pace or unknown.
//   - Growth is how the delay changes from attempt to attempt.
//   - The helper is the function that should do the retrying: a library's, or
//     your own.
//
// # How a retry is told from a poll
//
// No names decide: half of the loops that wait for a state call themselves a
// retry. Each call in a site is tried as the operation, and the control flow is
// followed from it twice: in one world it failed, in the other it succeeded. At
// each test of its outcome only the branch that agrees is taken, at all other
// branches both are.
//
//	a delay leads to another pass   what success does           intent
//	after failure only              leaves the site             retry
//	after failure only              goes round without it       reconnect
//	after both                      waits as well               periodic, poll or pace
//	after success only              waits for another state     poll
//
// These are reconnects as well: a delay that comes after success too, but becomes
// longer after failure only; one that failure takes in addition to, or for
// another time than, the one after success; a timer that only failure sets; a
// delay after an operation that blocks while all is well, and returns only when
// it failed. A loop over different items that waits after one that failed, and
// goes on to the next, is pace.
//
// # Rules
//
// The name of its rule is the category of a diagnostic and ends its message.
// The message names the growth if it is known. There is one diagnostic a site.
//
// retry-loop (on) reports a retry: call the helper with the operation, and let
// it count and wait.
//
//	for attempt := 0; attempt < 5; attempt++ { // hand-rolled retry loop with constant backoff: ...
//		if err = send(msg); err == nil {
//			return nil
//		}
//		time.Sleep(time.Second)
//	}
//
// linear-backoff (on) reports a retry or a reconnect whose delay grows linearly,
// instead of the rules for these. Take exponential backoff: a linear one is too
// slow at first or too fast in the end.
//
//	for attempt := 1; ; attempt++ { // hand-rolled retry loop with linear backoff: ...
//		if err := send(msg); err == nil || attempt == 5 {
//			return err
//		}
//		time.Sleep(time.Duration(attempt) * time.Second)
//	}
//
// reconnect-loop (on) reports a service loop that starts again after a failure:
// take the delays from the helper, set back by success.
//
//	for { // hand-rolled reconnect loop with constant backoff: ...
//		conn, err := l.Accept()
//		if err != nil {
//			time.Sleep(time.Second)
//			continue
//		}
//		go serve(conn)
//	}
//
// poll-loop (off) reports a loop that waits for a state: wait with the helper
// for that.
//
//	for !ready() { // hand-rolled poll loop: ...
//		time.Sleep(time.Second)
//	}
//
// # Growth
//
//   - constant: the site does not change the delay; jitter around a fixed delay
//     is constant too.
//   - linear: grows by a step, as in attempt*d or d += step.
//   - exponential: grows by a factor, as in d *= 2 or d << attempt. Messages
//     say exponential also where the delay grows with a power of the attempt,
//     such as attempt*attempt*d; -explain calls that polynomial.
//   - random: drawn anew each time, around nothing that grows.
//   - table: the next of a list of delays.
//   - server: what the other side asked for, such as Retry-After.
//   - unknown: something decides that the package does not show. Messages then
//     name no growth.
//
// Of several delays in a site the one that grows fastest counts. -explain adds
// "capped" where the delay stops growing, and "jittered" where a random part is
// added.
//
// # Bounds
//
// -explain names what ends the attempts besides success and a final failure: a
// number of attempts, a context (or a channel or flag that says stop), a
// deadline; or "no bound". Where constants tell all delays, it lists them:
//
//	waits 1s, 2s, 3s, 4s (10s in all)
//
// # What is not reported
//
//   - Periodic sites: what is done every interval, whatever happened.
//   - Pace: delays between different items, rate limits.
//   - Unknown sites: nothing tells failure from success, or there are too many
//     ways through the code to follow all of them. A wrong finding costs more
//     than one that is missing.
//   - Sites that go round both after failure and after "not yet": their delay
//     comes after success too.
//   - Attempts without a delay between them.
//   - Test files unless asked for, generated files in any case.
//
// # Flags and configuration
//
//   - -rules: the rules to report, separated by commas, or all.
//   - -tests: report _test.go files too.
//   - -config: the configuration file to read; off reads none.
//
// Without -config the nearest file .sharedretry.yml counts, from the package's
// directory up to the root of its module. Flags and [Options] win over it. An
// unknown key, a wrong type and an unknown rule are errors.
//
//	rules: [retry-loop, linear-backoff, reconnect-loop, poll-loop]
//	tests: true
//
// # Explanations
//
// sharedretry -explain prints a line for every site, reported or not: its
// intent and growth, what it was judged from, bounds and delays. The same lines
// are in the [Result] of the analyzer.
//
//	upload.go:29:2: retry, linear backoff: reported: the delay at line 35 is taken only
//	after a failure of store.Put (line 40); 5 attempts, a context; waits 2s, 4s, 6s, 8s
//	(20s in all) (linear-backoff)
//
// # Drivers
//
// The command sharedretry runs standalone, as go vet -vettool and as go fix
// -fixtool. Under go vet the environment variable SHAREDRETRY_CONFIG takes the
// place of -config, since the go command caches results: the configuration is
// part of the cache key, so that a change of it counts at once. -explain is for
// standalone use. The analyzer itself has no facts and needs type information:
// other drivers of go/analysis run it as they run any.
//
// # Limits
//
// One package is read at a time. Of a function in another package only its
// signature is known: whether a bool that it returns means failure, or whether
// it waits, is not, unless it is called Sleep and takes a duration. A package
// that does not import time is not looked at. No comment turns off a single
// finding, and no fixes are offered yet.
package analyzer

const doc = `find retry loops written by hand

Reports loops, gotos and recursion that wait because an operation failed and
then run it again, and delays that grow linearly. They are told from polling,
tickers and rate limits by following the code after failure and after success.`
