// Package analyzer finds hand-written retry loops: code that waits because a call
// failed and then calls again. Replace each of them with a call of the one retry
// helper that your team shares.
//
// This page is the manual. [Analyzer] is the analyzer with its defaults, [New]
// makes one with other options, and the command sharedretry runs it.
//
// # Words
//
//   - A delay is what waits: time.Sleep; a receive from time.After, a timer or
//     a ticker (alone, in a select or in a range); a clock's method that
//     sleeps; or a call of a function in the same package that does one of
//     these and nothing else that can fail.
//   - A site is a cycle with a delay between one pass and the next: a for or
//     range loop, a goto to an earlier label, or functions that call themselves
//     or each other, even if from a goroutine that waits or through
//     time.AfterFunc. A delay belongs to the innermost cycle that it spaces out.
//   - The operation is the call in a site whose failure is the reason for
//     another pass.
//   - Its outcome is what tells failure from success: an error, a bool that
//     says whether something was done, a status code.
//   - The intent is why a site goes round: retry, reconnect, poll, periodic,
//     pace or unknown.
//   - Growth is how the delay changes from attempt to attempt.
//   - The helper is the function that should do the retrying: a library's, or
//     your own.
//
// # How a retry is told from a poll
//
// Names decide nothing: half of the loops that wait for a state call themselves
// retries. Instead, each call in a site is tried as the operation, and the control
// flow is followed from it twice: once as if it had failed, once as if it had
// succeeded. At each test of its outcome only the branch that agrees is followed;
// at every other branch, both are.
//
//	a delay leads to another pass   what success does           intent
//	after failure only              leaves the site             retry
//	after failure only              goes round without it       reconnect
//	after both                      waits as well               periodic, poll or pace
//	after success only              waits for another state     poll
//
// Some loops that wait after success too are reconnects as well: where the delay
// grows after failure only; where failure has a delay of its own, in addition to
// the one after success or of another length; where only failure sets the timer;
// and where the operation blocks while all is well, so that it returns only when
// it has failed. A loop that waits after an item failed and goes on to the next one
// is pace, wherever each pass takes it from: a range, a channel, an iterator or the rest
// of a list. So is a loop that counts each pass, whether it failed or not.
//
// # Rules
//
// A diagnostic has the name of its rule as its category and at the end of its
// message. The message names the growth if that is known, what is wrong (see Faults)
// and what to call, and says whether -fix does it. A site has one diagnostic.
//
//	rule                default  reports
//	retry-loop          on       a loop that repeats a failed operation after a delay
//	linear-backoff      on       a retry or reconnect loop whose delay grows linearly (reported
//	                             instead of by its own rule)
//	reconnect-loop      on       a service loop that starts again after a failure, with a delay
//	retry-helper        on       a function that takes an operation and repeats it by hand after
//	                             a failure (reported instead of its loop)
//	backoff-policy      on       a retry library that is given delays that do not grow, or grow
//	                             linearly
//	poll-loop           off      a loop that sleeps until a state is reached
//	unused-suppression  on       a comment that turns findings off where there are none
//
// Each rule has a page that says why it exists, what such code gets wrong, what it
// looks like before and after, and when to turn the rule off. The diagnostic has
// the page's URL, and sharedretry help NAME prints the page.
//
// # Second helpers
//
// The rule retry-helper reports retries whose operation is a parameter of a function
// around them, or a field of such a parameter that takes nothing but a context or the
// attempt's number. The function may be a method, a literal or generic. The loop may
// call the operation inside a function literal, or pass it to a function of the package
// that runs it.
//
// A function is reported once, where it is declared, however many loops it has.
// The message says how many calls it has in the package, not counting tests. Calls
// of functions that only pass their own parameter on to it count too; those
// functions are not reported. -explain has a line for the function and one for
// the loop.
//
// A function that takes a condition and waits until it holds is not a retry: only
// poll-loop reports its loop. The packages of the configured helper, and of the known
// libraries (see Policies and Helpers), are never reported. A func value in a field of
// the receiver belongs to the type rather than to the caller: there, the loop is
// reported instead of the function.
//
// The fix is that of the loop, under the same conditions. The signature stays, so
// callers do not change.
//
// # Policies
//
// The rule backoff-policy reports these. They are recognised by their packages and
// types: imports may be renamed or use a dot, types may have an alias, and the
// library may be a copy in a vendor directory or under another path, of any major
// version.
//
//	library                            reported
//	github.com/cenkalti/backoff        NewConstantBackOff, ConstantBackOff, ZeroBackOff,
//	                                   ExponentialBackOff with a Multiplier of 0 or 1,
//	                                   WithMultiplier of 0 or 1
//	github.com/avast/retry-go          FixedDelay; RandomDelay that is not combined
//	                                   with another one
//	github.com/sethvargo/go-retry      NewConstant, Constant
//	github.com/failsafe-go             WithDelay and WithRandomDelay without WithBackoff;
//	                                   WithBackoffFactor of 1; NewWithDefaults
//	github.com/hashicorp/              LinearJitterBackoff, RateLimitLinearJitterBackoff
//	    go-retryablehttp
//	k8s.io/apimachinery/pkg/util/wait  Backoff with a Factor of 0 or 1
//	github.com/googleapis/gax-go       Backoff with a Multiplier of 1
//	github.com/juju/retry              CallArgs without BackoffFunc
//	github.com/grpc-ecosystem/         BackoffLinear, BackoffLinearWithJitter
//	    go-grpc-middleware
//	github.com/gravitational/teleport  NewLinear, LinearConfig, NewConstant of retryutils
//
// A number may come from a constant, or from a variable (or a field of one) that
// is assigned once in the function. Such a policy is not reported where:
//
//   - there is room for one delay only, as with Attempts(2).
//   - another branch of the same statement takes delays that grow: whoever runs
//     the code decides.
//   - a later option, field or method replaces it, or it is added to one that
//     grows.
//   - it waits for a state, as wait.PollUntilContextTimeout does, and as
//     wait.ExponentialBackoff does with a condition that stops at an error. A
//     wait.Backoff in a variable that the package does not read may do so too.
//   - it is for conflicts, as client-go's DefaultRetry and RetryOnConflict are.
//   - it is the Fibonacci backoff of sethvargo/go-retry, which grows by a factor.
//
// There is a fix where changing one name or number is enough and changes nothing but
// the delays. Its message lists the delays before and after where constants tell them,
// and says so if nothing else limits their growth. There is no fix where attempts
// without end would wait longer and longer: with avast's Attempts(0) or UntilSucceeded
// without MaxDelay, and with sethvargo's NewConstant outside WithMaxRetries,
// WithMaxDuration and WithCappedDuration. A context does not count as an end. Nor is
// there a fix for a wait.Backoff with a Cap, which would end the attempts early.
//
// The key policies adds identifiers of your own libraries, and allowed_policies says
// where delays that do not grow are right, and why. An identifier is an import path
// without a major version, a dot, and the name of a function, a variable or a type; a
// method or a field is written after its type and a dot. * stands for any run of
// characters except slashes.
//
// # Growth
//
//   - constant: the site does not change the delay; jitter around a fixed delay
//     is constant too.
//   - linear: grows by a step, as in attempt*d or d += step.
//   - exponential: grows by a factor, as in d *= 2 or d << attempt. Messages
//     also say exponential where the delay grows with a power of the attempt,
//     such as attempt*attempt*d; -explain tells that polynomial growth apart.
//   - random: drawn anew each time, around nothing that grows.
//   - table: the next of a list of delays.
//   - server: what the other side asked for, such as Retry-After.
//   - unknown: it depends on something that the package does not show. Messages
//     then name no growth.
//
// If a site has several delays, the one that grows fastest counts. -explain adds
// "capped" where the delay stops growing, and "jittered" where a random part is
// added.
//
// # Bounds
//
// -explain names what ends the attempts besides success and a final failure: a
// number of attempts, a context (or a channel or flag that says stop), a
// deadline, or "no bound"; nothing, where only something that is not understood may.
// Where constants tell all delays, it lists them:
//
//	waits 1s, 2s, 3s, 4s (10s in all)
//
// # Faults
//
// A finding says what is wrong with its loop: the message has its two gravest faults;
// -explain, SARIF (properties and tags) and the HTML page, which can filter by them,
// have all. The summary counts the most frequent ones. Faults are not findings of
// their own. The gravest come first:
//
//	fault              means
//	overflow           the delay becomes negative or zero by shifting or multiplying,
//	                   from the attempt on that is named: the loop spins
//	retries-cancelled  the end of the context that the operation is given counts as a
//	                   failure to try again, and nothing else asks for it
//	ignores-context    a context is in scope, and the wait does not end with it
//	no-wait            the first wait between two attempts, or every one, is zero
//	loses-error        what is returned at the end does not hold the last error: neither
//	                   that error nor one that wraps it
//	unbounded          no number of attempts, deadline, context or signal to stop ends
//	                   it; not told where something that is not understood may
//	no-limit           the delay grows by a factor for more than ten attempts, or without
//	                   a bound, and nothing limits it
//	waits-after-last   the last failed attempt is followed by a delay that leads to no other
//	no-jitter          many clients would wait in step: by -explain and in HTML only
//
// A context is in scope if a parameter or variable that holds it can be named where the
// loop waits, unless it is made anew for each pass or never ends (context.Background).
// The key faults chooses which of them are told: a list of names, all or none.
//
// # What is not reported
//
//   - Periodic sites: the same work at every interval, whatever happened.
//   - Pace: delays between different items, rate limits.
//   - Unknown sites: nothing tells failure from success, or there are too many
//     ways through the code to follow all of them. A wrong finding costs more
//     than a missing one.
//   - Sites that go round both after a failure and after "not yet": their delay
//     comes after success too.
//   - Attempts without a delay between them.
//   - Test files, unless you ask for them, and generated files.
//
// # Flags and configuration
//
// Everywhere, under go vet too:
//
//   - -rules names: report these rules, separated by commas, or all.
//   - -tests: analyse _test.go files too.
//   - -helper name: the retry helper that fixes call, instead of the one that the
//     configuration names. See Helpers.
//   - -baseline file: report only what this file does not list; off reports
//     everything. Under go vet, the flag takes only off; to name a file, set
//     SHAREDRETRY_BASELINE in the environment.
//   - -config file: read this configuration instead of the nearest one; off reads
//     none. Under go vet, set SHAREDRETRY_CONFIG in the environment instead.
//   - -fix: replace loops with calls of the retry helper, where that is safe.
//     Standalone, -fix=10 stops after ten. Only what -rules and the named packages
//     cover is replaced.
//   - -diff: with -fix, print the changes as a diff and leave the files alone; the
//     findings go to standard error.
//   - -c n: print the line of a finding and n lines around it.
//   - -json: print findings as every driver of go/analysis does.
//
// Standalone only:
//
//   - -explain: print every place that waits, and why it is reported or not.
//   - -format name: print findings as text, json, sarif, github or html. See Formats.
//   - -o file: write the report to this file instead of standard output.
//   - -write-baseline file: list all findings in this new file.
//   - -prune-baseline: remove from the baseline what no longer occurs.
//   - -version: print the version, the commit and the Go version of the command.
//
// Without -config, the nearest .sharedretry.yml applies, from the package's directory
// up to the root of its module, or else the one beside the go.work file. Outside a
// module the search goes on to the root of the file system; under go vet, nothing is
// read there. Flags and [Options] override the file. An unknown key, a wrong type
// and an unknown name are errors that give the line.
//
//	extends: ../common.yml
//	rules: [retry-loop, linear-backoff, reconnect-loop, poll-loop, unused-suppression]
//	tests: true
//	faults: [ignores-context, unbounded, loses-error] # the default is all
//	helper: acme
//	helpers:
//	  - name: acme
//	    imports: {acme: go.acme.dev/retry}
//	    call: acme.Do({{ctx}}, {{attempts}}, {{delay}}, {{op}})
//	logs: true
//	loggers: [example.com/m/log.Logger.*]
//	exclude:
//	  - path: internal/legacy
//	    reason: it is replaced this year
//	baseline: .sharedretry.baseline
//	policies:
//	  - identifier: go.acme.dev/retry.New*Linear
//	    growth: linear # or constant, random
//	    remedy: call retry.NewExponential
//	allowed_policies:
//	  - identifier: github.com/cenkalti/backoff.NewConstantBackOff
//	    packages: [example.com/m/store/...]
//	    reason: the store limits its own load
//
// The keys of the file named by extends apply where this file does not set them, and
// the items of its lists are added. That file may extend another one. Paths are
// relative to the file that they are written in. To copy from:
// testdata/recipes/sharedretry.yml in the repository has every key, with comments.
//
// # Monorepos
//
// In a workspace, one configuration beside go.work is enough, and one run covers all
// modules if it is given the go command's pattern for them:
//
//	sharedretry work
//	go vet -vettool="$tool" work
//
// A team that needs other settings has a configuration of its own, in its module or
// above its packages, that extends the common one:
//
//	extends: ../../retries.yml
//	helper: ./internal/retry
//	baseline: .sharedretry.baseline
//
// The common file may have any name that ends in .yml. Like the others, it is part of
// go vet's cache key.
//
// If the repository has a CODEOWNERS file, -format=html groups findings by owner, and
// -format=json and -format=sarif give the owners of each.
//
// # Suppression
//
// A comment with a reason turns a finding off. It has the form that golangci-lint or
// staticcheck use, and means the same in every driver except golangci-lint:
//
//	//nolint:sharedretry // the disk needs pauses of this length
//	//lint:ignore sharedretry the disk needs pauses of this length
//	//lint:ignore retry-loop,linear-backoff the disk needs pauses of this length
//	//lint:file-ignore sharedretry the disk needs pauses of this length
//
// At the end of a line, it applies to the findings on that line. On a line of its
// own, even among other comments, it applies to the whole statement, declaration
// or function that begins on the next line. Above the package clause, and as a
// file-ignore, it applies to the file.
//
// The names are a list, separated by commas, that may include other linters.
// //nolint takes the linter's name; the other two take that name, the name of a rule
// (with or without the linter's name before it, as in sharedretry/retry-loop), or a
// pattern, such as *. //nolint and //nolint:all turn everything off, but need a
// reason here too.
//
// Without a reason the finding stays, and says what to write. A finding that is
// turned off has no fix; -explain prints it with the reason after "suppressed:".
//
// The rule unused-suppression reports comments that turn nothing off; if one stands
// at a delay, it says where the finding is. It ignores comments that name only other
// linters or a rule that is off, and, if a rule is off that is on by default,
// comments that name all rules.
//
// golangci-lint acts on //nolint itself, even without a reason. Its own nolintlint
// asks for reasons if require-explanation is set, and reports unused comments.
// The comment turns off what is reported at that place: for a second helper that
// is the function, not the loop.
//
// # Exclusions
//
// The key exclude lists parts of the code where nothing is reported. Each item has a
// reason, which -explain prints after "excluded:", and either path or package:
//
//	exclude:
//	  - path: internal/legacy            # a directory with all below it
//	    reason: it is replaced this year
//	  - path: "**/*_old.go"
//	    reason: it is replaced this year
//	  - package: ./cmd/...
//	    rules: [linear-backoff]          # all rules without this key
//	    reason: the server asks for it
//
// A path is a pattern for files and directories, with slashes on every system:
// * and ? stand for parts of a name, ** for any number of directories. Put it in
// quotes if it begins with *. A package is a pattern as the go command takes it: an
// import path or a directory, with ... for anything. A package and its tests
// count as one. Paths and directories are relative to the configuration file,
// under go vet too, and cannot leave its directory. If you name files instead of
// packages, as in sharedretry p/x.go, their package is command-line-arguments, which
// no import path matches and no entry of a baseline.
//
// Standalone runs say which items of exclude and allowed_policies match no file,
// package or policy, and when a baseline has no entry for any module here.
//
// # Baseline
//
// A baseline lists the findings of today. They are no longer reported: only new
// ones fail, and the old ones can be worked off over time:
//
//	sharedretry -write-baseline .sharedretry.baseline ./...
//
// Name it with the key baseline, relative to the configuration file, or with
// -baseline. An entry is a line with the package, the function, the rule and a
// fingerprint of the loop:
//
//	example.com/fleet/backup Store.Upload linear-backoff 0f3c5b6a79e1d824
//
// It is valid until the loop changes, or the name of its function or package. The
// code above the loop, its file, comments, layout, the values of literals and the
// names of local variables may change. Identical loops in one function have an entry
// each; if another is added, the last one is reported. Lines may be merged, sorted
// or deleted as in any text file. The file is read strictly: a line that is not an
// entry is an error that gives its number.
//
// A baseline only shrinks: -write-baseline does not touch an existing file. Standalone
// runs list the entries whose finding is gone, and -prune-baseline removes them. They
// judge only what they have seen: no rules that are off, no packages with errors, no
// functions in files for other systems, and no tests without -tests. Findings that are
// suppressed or excluded count as gone.
//
// With a baseline, -fix replaces new loops only; with -baseline=off, or without one,
// old ones too. -explain marks old ones "in the baseline".
//
// # Fixes
//
// A retry has a fix where the helper is known and nothing but the waiting would
// change: for any sequence of outcomes, the operation runs as often as before, the
// code around it runs in the same order, and the same values and the same error come
// back. What does change:
//
//   - The delays grow exponentially from the same first delay, by a factor of two.
//     A random delay starts from its mean, in two digits, or from what the code adds
//     the random part to, or computes it of, if that is about the mean; the fix says
//     that the jitter goes, unless the helper has its own. Until a deadline, longer
//     delays leave room for fewer attempts.
//   - There is no delay after the last attempt. With a helper of the form wait the
//     loop asks before the delay whether another attempt follows. Where that cannot be
//     asked, the last delay stays if it becomes no longer; so it does where the delays
//     are those of today, and nothing ends them early.
//   - A context in scope ends a delay early, if cancellation can then be told from
//     success, and nothing that has to be done is left out. It is a parameter, or what
//     the operation is given: a field such as s.ctx, a variable of a package, or
//     r.Context() where it sends a request r; and none that may have ended before the
//     loop. A loop that is deferred, or that tries a few times in a goroutine, needs one
//     that its attempts are given.
//   - A timer that is made before the loop, and that a select asks when to give up,
//     becomes a context.WithTimeout of the context that the loop uses.
//   - If the source does not limit the delays, the fix does, so that the total wait is
//     at most about twice today's; up to five attempts need no limit. The limit is
//     twice a constant delay, or today's longest delay where they grow or are random,
//     or a round figure below that if the total wait is no less then than today.
//     Delays that grow by a factor of two or more until something ends the attempts
//     need none; for slower growth without a known longest delay there is no fix.
//     Where the call names no limit, one that the helper has by itself holds. What a
//     delay is compared with before it grows, as in if d < most { d *= 2 }, is its
//     limit.
//   - If nothing but success ends the attempts, a constant delay doubles once, and one
//     of 30s or more stays as it is. Delays that grow today double at most six times,
//     and not beyond 30s: the limit is a round figure, such as 5s for a first delay of
//     100ms, and min(64*delay, max(delay, 30*time.Second)) for one that constants do
//     not tell. Delays that double today without a limit grow to 30s.
//   - A limit that the package sets to 0 somewhere, for no delay, is written as in
//     max(limit, 1), since 0 is no limit to most helpers.
//   - A limit that is up to twenty times a first delay with a name is written by that
//     name, as in 2 * retryDelay, and a number of attempts by the constant that the
//     loop compares with.
//   - If each pass asks whether to stop, and the helper cannot be given what it asks,
//     a constant delay stays constant.
//
// A call of the helper can replace a plain loop. Success leaves such a loop in one way,
// with at most one value; what happens then may move behind the call. A failure that
// is tried again does so with its error, and any other error ends the attempts through
// the helper's mark for final errors. Nothing but the returned error tells what has
// happened: no counter, no error of an earlier attempt, no variable that other code
// sees. A loop that is not plain has a fix if the helper has a form that leaves the
// body in place.
//
// If the helper logs every failed attempt, lines that do so by hand are redundant. With
// logs: true, fixes that call the helper leave out log lines that run only after a
// failed attempt that is tried again, and what only serves them, such as a counter; the
// fix's message and -explain list each. A log line is a call of log, log/slog, zap,
// logrus, zerolog, klog, glog, logr, hclog or testing.T, or of what the key loggers
// names, whose arguments do nothing else, or a condition around such calls alone. Lines
// that log success or the end stay.
//
//	logs: true
//	loggers: [example.com/m/log.Warnf, example.com/m/log.Logger.*f]
//
// A helper that is named by its path and takes a *slog.Logger in its policy is then
// given the one that wrote those lines, or else slog.Default(), and the name of the
// operation if it takes one. So is a helper whose description says slog.Default().
//
// A function that ends by calling itself is replaced like the equivalent loop, and so
// is a loop whose first attempt stands before it.
//
// The fix's message and -explain list the waits before and after, where constants tell
// them; of random waits they list the means. A log line that tells a delay which the fix
// changes goes on without it: "failed: %v, retrying in %v" becomes "failed: %v,
// retrying", and a key or a field goes with its value. That is done for calls of the
// loggers named above, and of what has a name such as Warnf and the parameters of one.
// The message and -explain name these lines, and those that stay and state the length of
// a wait: other calls, a comment, or what is said of the field that tells a constant
// delay, and of the option that sets it. -fix prints where these are afterwards. A
// comment about a delay is removed with it, and so are one behind a line that goes, if
// it is one clause and gives no reason, one of a line or two on a return that the fix
// leaves out, and an unexported function, constant or variable in the file that no file
// of the package, tests and other builds included, names any more; where only several
// fixes together leave it unused, their messages say so. An import that nothing else in
// the file needs goes with the fix, too. A fix is offered only if the result
// type-checks, alone and together with the fixes of other loops in the function, and
// drops no error of the helper. If there is no fix, the finding's message ends with the
// reason, after "no fix:", and with the line that stands in the way:
//
//   - only loops, gotos and functions that end by calling themselves are replaced.
//   - only a retry is replaced, not a loop that goes on after success.
//   - the file's source is not at hand.
//   - the loop goes through different items.
//   - defer in the loop body runs once per attempt.
//   - a context that a pass makes would not be cancelled where the attempts end.
//   - the delay is part of an inner loop, a goroutine or an expression.
//   - the timer may serve more than this delay.
//   - the function that waits, or tells how long, does something else as well.
//   - a variable or an interface does the waiting, which tests may replace.
//   - the loop waits for different times.
//   - the server sets the delay.
//   - more than the number of attempts may decide the delay.
//   - the first delay cannot be told from the code.
//   - the code does not tell by which factor the delay grows.
//   - the delay cannot be read safely before the first attempt.
//   - the delay is 0.
//   - the limit of the delay cannot be told from the code.
//   - the limit of the delay may be 0, which is none to a helper.
//   - the helper would wait much longer in all.
//   - the helper would wait much less in all.
//   - each pass asks whether to stop, which a longer delay would put off.
//   - the first attempt stands before the loop, and more than a delay comes
//     between two attempts.
//   - the loop waits before the first attempt, too.
//   - the helper would wait before the first attempt, where the delay is 0.
//   - the loop waits after success, too.
//   - code between the delay and the next attempt would run before the wait.
//   - the helper would wait behind the last attempt, for longer than today.
//   - another attempt stands behind the loop, and a delay in front of it.
//   - the helper would wait as long as the loop does, and end no sooner.
//   - a log tells the delay, which the helper keeps to itself.
//   - a sum, a metric or a bound counts the delay, which the helper keeps to itself.
//   - some ways lead to the next attempt without the delay.
//   - the number of attempts may be zero, where a loop and a helper differ.
//   - the number of attempts cannot be told from the code.
//   - the attempts are counted in another way than the helper does.
//   - the last attempt leaves out what the others do before the delay.
//   - an attempt may change the number of attempts.
//   - a channel that is no context ends the wait.
//   - a deadline that is no context ends the wait.
//   - more than one channel ends the wait.
//   - what is done on cancellation has no place in a call of the helper.
//   - cancellation is answered in different ways.
//   - the loop has several different exits.
//   - the loop is left by a jump to an outer loop or label.
//   - a goto leads to the loop from elsewhere.
//   - the results of the loop have no simple place in a call of the helper.
//   - the error of a failed attempt is not at hand where the loop goes round.
//   - recover and runtime.Caller mean something else in a function literal.
//   - the operation marks its errors for the helper already.
//   - the function that calls itself is given the outcome of the attempt.
//   - a comment suppresses it that only lacks its reason.
//   - the helper's error would be dropped.
//   - the attempt's number is used in a way that a call of the helper cannot
//     keep.
//   - a type that the fix needs cannot be named in this file.
//   - the helper cannot do what the loop does: it takes no number of attempts.
//   - the helper cannot do what the loop does: it takes one attempt for no limit.
//   - the helper cannot do what the loop does: it needs a number of attempts.
//   - the helper cannot do what the loop does: its description does not say
//     how a loop without a bound is written.
//   - the helper cannot do what the loop does: it has no limit of the delay.
//   - the helper cannot do what the loop does: it takes no context.
//   - the helper cannot do what the loop does: it hands on no value.
//   - the helper cannot do what the loop does: it has no mark for final errors.
//   - the helper cannot do what the loop does: it does not return the error of
//     the last attempt.
//   - the helper cannot do what the loop does: it cannot start its delays
//     anew.
//   - the helper cannot do what the loop does: it fails where the context ends
//     during an attempt that succeeds.
//   - the helper cannot do what the loop does: it panics where there is no
//     delay.
//   - the helper cannot do what the loop does: it counts the attempts itself.
//   - the file's Go version is too old for the helper.
//   - range over functions needs go 1.23 in go.mod.
//   - the loop's condition asks for more than the number of attempts.
//   - the code does not tell where the delays of the helper are to start anew.
//   - another loop that is reported stands inside or around it: fix one, then
//     the other.
//   - its fix and that of another loop in the function would not compile
//     together: apply the other, then run again.
//   - the function has too many loops, or too long ones: fix what can be fixed, or
//     split it.
//   - the package has too many sites that are no plain loops.
//   - the package has too many fixes: apply them, then run again.
//   - the call would be longer than the loop.
//   - the result would not compile.
//   - sharedretry fails on this loop: please report it.
//
// Generated files and files of cgo have no fixes.
//
// # Helpers
//
// A fix calls the helper that -helper or the key helper names. Without either, it
// calls the one known library that go.mod requires; an indirect requirement, as
// go get writes it, counts if there is no direct one. With none or several of
// them, findings have no fix and say what to set. The known libraries:
//
//	name                 module and first version                  limits
//	avast/retry-go/v5    github.com/avast/retry-go/v5 v5.0.0
//	avast/retry-go/v4    github.com/avast/retry-go/v4 v4.7.0
//	cenkalti/backoff/v5  github.com/cenkalti/backoff/v5 v5.0.3
//	cenkalti/backoff/v4  github.com/cenkalti/backoff/v4 v4.3.0
//	sethvargo/go-retry   github.com/sethvargo/go-retry v0.3.0
//	failsafe-go          github.com/failsafe-go/failsafe-go v0.9.0
//	k8s-wait             k8s.io/apimachinery v0.27.0               max_delay, unbounded; by name only
//	client-go            k8s.io/client-go v0.27.0                  context, max_delay, unbounded; by name only
//
// With cenkalti/backoff and with k8s-wait, whose Backoff has Step, fixes may also take
// just the delays, as in time.Sleep(b.NextBackOff()), where a call cannot hold the
// loop; the limits are those of the call.
//
// A module path is a valid name too. Earlier versions wait differently, or return
// something else. There is a fix only where it would build: go.mod requires the
// module at such a version, or the helper is in the same module, is not a command,
// may be imported under the rule for internal packages, and does not import the
// package of the site; and the file's language version allows the call.
//
// The packages of the helper, those below them and their tests are never
// reported, nor are those of the libraries above.
//
// Name a helper of your own by the import path of its package, or by its directory.
// The directory is relative to the configuration file; in a flag, and in
// golangci-lint's settings, to the root of the module:
//
//	helper: ./internal/retry
//
// Its exported functions, types and methods say how it is called: a function that
// takes a func() error; one that returns an iter.Seq[int], or a type with a method
// Next; a method Wait or Sleep. Parameters in any order, fields of a policy, options
// and setters are recognised, by type first and by name second, as a context, a number
// of attempts or retries, a delay, or its limit. A policy is a struct, a pointer to
// one, or what a function of the package returns; the struct may be of a package beside
// or below the helper's. A function from error to error that is called Permanent,
// Unrecoverable, Stop, Final or Abort marks final errors; one called Retryable, say,
// marks those to try again. Of several functions, the one that takes the most of this is
// used, or else the one with the usual name.
//
// Comments say the rest: that zero attempts mean no limit, that there is at least one
// attempt, that numbers are yielded from 1, that a mark with more errors behind the first
// one is only for one of these, what it means to leave a limit of the delay out of a
// struct. Without such a comment, fixes rely on none of this, and give the longest
// duration there is where a loop has no limit. A number that is called one of retries is taken as one less than the
// attempts, unless its comment says that it counts all of them; where the comment says
// neither, -describe and each fix that relies on it point that out.
//
// sharedretry -describe prints what was understood, what is missing or in doubt, and a
// description that says the same, to correct.
//
// What no signature says is tested: sharedretry -describe -test prints a Go test that
// runs the helper the way fixes call it, under testing/synctest. It asserts that the
// number of attempts, the delays and their limit are what was asked for, that there is
// no delay after the last attempt, that the last error or the final one comes back
// unchanged, that the context ends the delays, and what the keys below say about a
// context that has ended. A failure says which key to set. Put the test beside the
// helper, as one of its package's tests:
//
//	sharedretry -describe -test ./internal/retry > internal/retry/fixes_test.go
//
// A description may correct single points and leave the rest to the package. Each of
// its keys overrides what is read from there, even one that is false or empty:
//
//	helper: acme
//	helpers:
//	  - name: acme
//	    package: ./internal/retry
//	    permanent: retry.NotAgain({{err}})
//	    at_least_once: false
//	    unsupported: [unbounded]
//
// sharedretry -init writes the configuration. It names the one known library that
// go.mod requires, or the one package of the module in which retry-helper finds a
// helper. If there is neither, it writes a helper into internal/retry, with tests: it
// has all forms, needs Go 1.21 or later, and has no dependencies. To name a helper or
// another directory, write -init=./pkg/retry. Existing files are never overwritten.
//
// A helper whose package does not say enough is described in full by an item of the
// key helpers. It may be called in up to three ways; a fix takes the one that makes
// the code shortest:
//
//   - callback: a function that is given the operation. Keys: call, value_call
//     (an expression that returns a value and an error; without it, loops with a
//     value take another form), op_params (ctx if the operation takes a context),
//     op_results, success, again, permanent (what the operation returns),
//     again_nil and permanent_nil if these make a success of a nil error, permanent_of
//     if permanent takes more errors behind the first one and then marks only one of
//     these, and exhausted (a condition that holds if the helper returned an error of
//     its own in place of the last attempt's).
//   - loop: the header of a for statement, between for and the body, with three
//     clauses or a range over a function. Keys: header, at_least_once if there is
//     a first pass even on a context that has ended, and yields_number if the range
//     is over the numbers of the attempts, from 1.
//   - wait: a call in place of the delay. If it ends early it returns an error, or
//     false with wait_returns: bool; with wait_returns: nothing, it never ends early,
//     as in time.Sleep(b.Next()). Keys: wait, wait_returns, init for a statement
//     before the loop, and reset for one that makes the next delay the first again.
//
// The keys of every helper:
//
//   - name.
//   - imports: the packages that the templates name, with their paths.
//   - min_version and module: what go.mod must require. Without module, it is the one
//     that has the packages.
//   - go: the language version that a file must have.
//   - positive_delay: a delay of 0 panics.
//   - checks_context: a call makes no attempt on a context that has ended.
//   - cancels_success: it fails if the context ends during an attempt that succeeds.
//   - retries_unlimited: 0 retries, for one attempt, mean no limit.
//   - unsupported: what the helper cannot do of context, attempts, unbounded,
//     max_delay and permanent. What no template has a placeholder for is unsupported
//     anyway, and so is unbounded where attempts stand outside {{if has_attempts}}.
//   - shape: which of the ways the other keys are about; it is optional.
//
// Many helpers make a number of attempts of their own if none is given: an endless
// loop would become ten attempts. A loop without a bound therefore has a fix only if
// the description says how the helper goes on for ever. Write what means no limit, as
// in {{if has_attempts}}{{attempts}}{{else}}-1{{end}}, or, if a call that leaves the
// number out has no limit, unlimited: true. Neither is needed for a field whose comment
// in the helper's package says so, as in "Attempts int // 0 for no limit", nor for the
// form wait, where the loop keeps its count.
//
//	helpers:
//	  - name: acme
//	    imports: {acme: go.acme.dev/retry}
//	    min_version: v1.2.0
//	    call: |
//	      acme.Do({{ctx}}, {{op}},
//	        {{if has_attempts}}acme.Attempts({{attempts}}),{{else}}acme.Forever(),{{end}}
//	        acme.Delay({{delay}}),
//	        {{if has_max_delay}}acme.MaxDelay({{max_delay}}),{{end}}
//	      )
//	    op_params: ctx
//	    permanent: acme.Stop({{err}})
//	  - name: acme-loop
//	    imports: {acme: go.acme.dev/retry}
//	    header: r := acme.Start({{ctx}}, {{delay}}, {{retries "uint"}}); r.Next();
//	  - name: acme-wait
//	    imports: {acme: go.acme.dev/retry}
//	    init: w := acme.NewWaiter({{delay}})
//	    wait: w.Wait({{ctx}})
//	    reset: w.Reset()
//
// A fix of the form loop replaces the header and leaves out the delays, what
// computed them, and the test for the last attempt, whose consequences move
// behind the loop, unless a pass changes after the test what they tell; everything
// else in the body stays. What the condition asks beside the count and the context, the
// body asks first. A number of attempts that the body uses is the one that the helper
// gives, or becomes a variable before the loop. The helper is given a context
// only if the code after the loop does not take its end for success: what the
// case of ctx.Done() did follows the loop, and so does a test of ctx.Err() without
// at_least_once, or where an attempt that the end of the context lets fail leaves the
// loop with its error.
//
// A fix of the form wait replaces the delays that follow a failure and leaves out what
// computed them. The loop, its count and its exits stay, and so do the delays after
// success, such as a timer in a select; where time.Sleep would stay, there is no fix.
// It is the only form for reconnects. A range over a ticker becomes a loop whose
// condition waits. On cancellation the code does what the case of ctx.Done() did, or
// returns the error of the wait if the function returns an error, beside what its other
// failures return. A context or channel that each pass asks first, or right in front of
// a delay, to leave the loop, ends the delays as well. So does one that is asked later
// in the pass, if all that it does then is to return an error, or nothing, and a
// context whose end a failed attempt is asked for, to return at once. Otherwise the
// helper is not given the context. Nor is it where a pass takes back, or puts right,
// behind a delay what it has done before, such as by mu.Lock(). A channel that the
// package sends to, in place of closing it, ends a delay only where it is asked right
// in front of it. Where the source goes back to the first delay, the helper needs
// reset. It is also called where a reconnect with a constant delay succeeds, if the
// code tells where that is; if not, the delays never exceed twice the constant one.
//
// The values are Go with placeholders, each in {{ }}: ctx, attempts, retries (attempts
// less one), delay, max_delay, op (the operation), name (its short name, as a string),
// T (the type of its value), err, last (the last attempt's error) and, for wait, done
// (the channel that says stop, such as ctx.Done(), or nil). A number may name its type,
// as in {{attempts "uint"}}; the default is int. If a site has no context, {{ctx}} is
// context.Background(). Conditions are has_ctx, has_attempts and has_max_delay; lines
// that they leave empty disappear. Variables and packages are renamed where a site
// uses their names for something else.
//
// By default the operation returns nil or the error. Inverted helpers, which retry only
// what is marked, say again: retry.RetryableError({{err}}) and permanent: '{{err}}'.
// permanent must be right on the last attempt too; without it, a loop with a final
// error takes another form. op_results is error, "bool, error" or "struct{}, error";
// "bool, error" needs success and again as well. Beside an error, value_call returns
// the zero value, or with value_on_error: last that of the last attempt; its operation
// returns the value and success nil, value_again or value_permanent.
//
// Every template is checked when it is read, for each combination of what a
// site may have. An error names the line, the key and the placeholder.
//
// The chosen helper is compared with its own package if that can be found: in the
// module or its workspace, in a directory that replaces it, in vendor, or in the
// module cache. What the templates call must exist, take what it is given, and return
// what fixes expect. Anything else is an error, and nothing is analysed:
//
//	.sharedretry.yml:6: helper acme: call: acme.Dx is not in go.acme.dev/retry v1.2.0; it has Do, Max
//	.sharedretry.yml:6: helper acme: call: say op_params: ctx: acme.Do takes func(context.Context) error where {{op}} is given
//
// The packages are read from source, without the go command and without the network.
// Of files for other systems, only the names count. If go.mod requires a known library
// in another version, and no configuration names it, the finding says which version is
// needed.
//
// How a cancelled context is reported is up to the helper. For the known libraries,
// this is what comes back, by when the cancellation happens: the attempt's error,
// context.Canceled, the cause of the cancellation, or nil. The number is how many
// attempts are made on a context that is already cancelled.
//
//	cancelled            before      waiting   attempt   last      success
//	avast/retry-go/v5    0 cause     cause     cause     error     nil
//	avast/retry-go/v4    0 cause     cause     cause     error     nil
//	cenkalti/backoff/v5  1 cause     cause     cause     error     nil
//	cenkalti/backoff/v4  1 Canceled  Canceled  Canceled  Canceled  nil
//	sethvargo/go-retry   0 cause     cause     cause     error     nil
//	failsafe-go          1 Canceled  Canceled  Canceled  Canceled  Canceled
//	k8s-wait             0 Canceled  Canceled  Canceled  error     nil
//	client-go            -           -         -         -         -
//
// There is no wait after an attempt that was cancelled. Where another error comes back,
// that of the last attempt is lost. Before v0.4.0, sethvargo/go-retry returns Canceled
// instead of the cause. client-go takes no context. In cenkalti/backoff and failsafe-go,
// the limit does not apply to the first delay. sethvargo/go-retry panics if the delay
// is not positive.
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
// # Formats
//
//   - text: a line of file:line:column: message for each finding. On a terminal, the
//     source line follows, with a mark under the delay, in colour unless NO_COLOR is
//     set.
//   - json: what every driver of go/analysis prints with -json.
//   - sarif: SARIF 2.1.0 with rules, fixes and fingerprints, for code scanning and
//     editors.
//   - github: commands that make GitHub Actions show each finding beside the code. It
//     shows ten per step; the log has all of them.
//   - html: one page for planning the clean-up, with the code, the waits before and
//     after, and what each fix saves.
//
// In sarif and github, file names are relative to GITHUB_WORKSPACE, or else to the
// root of the repository.
//
// # Exit codes
//
//	                              sharedretry  go vet  golangci-lint
//	nothing found                      0         0           0
//	findings, as text or github,
//	    or with -explain               3         1           1
//	findings as json, sarif, html,
//	    or with -fix                   0         0           1; with --fix if some remain
//	changes printed by -fix -diff      0         1           -
//	-write-baseline                    0         -           -
//	a package is wrong, or a fix
//	    could not be applied           1         1           1
//	the configuration is wrong         1         1           3
//	wrong use                          2      1 or 2         3
//
// Findings as data are for a later step, which decides what fails. With -fix, findings
// that have no fix do not change the exit code: run without it to see them. go fix
// -fixtool exits as go vet -fix does. Findings in the baseline do not count. A report
// that cannot be written is an error. go tool keeps the exit code; go run turns every
// code but 0 into 1. Under Bazel a finding fails the build.
//
// # Continuous integration
//
// Pin the version in go.mod with go get -tool, and let go vet be the gate. Use two
// lines: if the tool is missing, $(...) is empty, and plain go vet would pass.
//
//	tool=$(go tool -n sharedretry)
//	go vet -vettool="$tool" ./...
//
// That needs Go 1.26, and raises the go line of an older go.mod. To leave that line
// alone, keep the tool in a module file of its own: run go mod init -modfile=tools.mod
// example.com/m once, and write -modfile=tools.mod after go get -tool and go tool.
//
// Tested recipes to copy are in testdata/recipes of the repository: for make, GitHub
// Actions, GitLab, pre-commit, golangci-lint, Bazel and VS Code.
//
// # Drivers
//
// The command sharedretry runs standalone, as go vet -vettool and as go fix
// -fixtool. Under go vet the paths in SHAREDRETRY_CONFIG and SHAREDRETRY_BASELINE must
// be absolute. The go command caches results; configuration, baseline and the helper's
// package are part of the cache key, so that changing them takes effect at once. With a
// helper that only the flag -helper names, go vet keeps nothing; with go vet -fix and go
// fix, name it in .sharedretry.yml. With -diff, both may print nothing for a package that
// they have met before as an import of another: run sharedretry -fix -diff instead.
//
// The analyzer has no facts and needs type information: other drivers of go/analysis can
// run it like any other.
//
// The package golangci makes it a module plugin of golangci-lint. Its settings there
// are the keys of .sharedretry.yml. That file itself is not read, and paths are
// relative to where golangci-lint runs: run it beside .golangci.yml. golangci-lint
// custom builds a golangci-lint with the plugin; so does a main of a few lines, from
// module downloads alone: see testdata/golangci. --new-from-merge-base=origin/main
// reports changed lines only.
//
// Bazel's nogo takes [Analyzer], with flags from analyzer_flags. An action sees the
// files of one package, and finds neither a configuration nor a baseline: set config
// to off or to the path of a file that the action has, or give nogo an analyzer with
// your own [Options], as the recipe does. No go.mod says there what may be imported,
// so name the helper: a known library by its name, one of your own by a description,
// since its package cannot be read. rules_go writes fixes to nogo.patch, in the output
// group nogo_fix.
//
// # Editors
//
// gopls, which most editors use for Go, runs no analyzers but its own. What works
// without it:
//
//   - VS Code: a task with a problem matcher (testdata/recipes/vscode/tasks.json in the
//     repository), or golangci-lint with the plugin as the lint tool of the Go
//     extension (settings.json beside it), on each save.
//   - Vim and Emacs: what reads file:line:column: message, such as makeprg=go\ tool\
//     sharedretry\ ./... and M-x compile.
//   - Any editor that shows SARIF: sharedretry -format=sarif -o report.sarif ./...
//
// On a terminal, the lines of source below a finding begin with a space; NO_COLOR=1
// turns the colours off.
//
// # Time
//
// The analysis takes time in proportion to the size of the code, whatever the code
// is. Each step has a bound, counted in steps rather than time, so that the same code
// has the same outcome everywhere:
//
//   - a site: 200,000 steps through its cycle, some three times what the worst real
//     code takes; a package: 2 million and 16 for each byte. Beyond that sites are
//     unknown: too many ways lead to the next pass.
//
//   - the delays of a package: 1 million statements and 8 for each byte, executed on
//     constants. Beyond that they are not known.
//
//   - the fixes of a declaration: 64 KiB and 32 times its length are read for them.
//     A loop counts the more the longer it is. Beyond that the function has too
//     many loops to be fixed, or too long ones.
//
//   - goto and recursion, which are written as loops first: for that 1 MiB and twice
//     the package are read. Beyond that it has too many such sites.
//
//   - the fixes of a package: 2,000. Beyond that it has too many.
//
//   - the changes that html and sarif show of a file: 1 MiB and four times the file are
//     formatted for them. Beyond that fixes are not shown; -fix applies them.
//
// In the worst case that is a few seconds on top of the time that the go command takes
// to compile the package. Of lines that are very long, the part around the delay is shown.
//
// # Limits
//
// One package is read at a time. Of a function in another package only the signature
// is known: not whether a bool that it returns means failure, and not whether it
// waits, unless it is called Sleep and takes a duration. But a function of the same
// module that takes numbers, and returns one, is read where it tells a delay. A package
// that does not import time is not looked at.
package analyzer

const doc = `find retry loops written by hand

Reports loops, gotos and recursion that wait because an operation failed and
then run it again, and delays that grow linearly. They are told from polling,
tickers and rate limits by following the code after failure and after success.`
