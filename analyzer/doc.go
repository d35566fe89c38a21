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
// The message names the growth if it is known, what is wrong (see Faults) and what to
// call, and says whether -fix does it. There is one diagnostic a site.
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
// Each rule has a page that says why, what such code gets wrong, what it looks like
// before and after, and when to turn the rule off. The diagnostic has its address,
// and sharedretry help NAME prints it.
//
// # Second helpers
//
// These are what the rule retry-helper reports: a retry whose operation is a parameter
// of a function around it, or a field of one that takes nothing but a context
// or the attempt's number. Functions, methods and function literals count,
// generic ones too; the loop may call the operation in a function literal, or
// hand it to a function of the package that runs it.
//
// A function is reported once, where it is declared, however many loops it has.
// The message says how many calls it has in the package, tests left out. Those
// of functions that only hand their own parameter on to it count too; such
// variants are not reported. -explain has a line for the function and one for
// the loop.
//
// A function that takes a condition and waits until it holds is no retry: only
// poll-loop reports the loop in it. The packages of the configured helper, and of
// the libraries above, are never reported. A func value in a field of the
// receiver is what the type works with, not what it is told to do: the loop is
// reported.
//
// The fix is that of the loop: it calls the helper in its place, under the same
// conditions, and the signature stays. Callers do not change.
//
// # Policies
//
// These are what the rule backoff-policy reports. They are known by the packages and
// types that they belong to: imports may be renamed or have a dot, types may
// have an alias, and the library may be a copy in a vendor directory or below
// another path, of any major version.
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
// A number may come from a constant, or from a variable or a field of one that
// is given a value once in the function. Not reported are delays that are as
// they should be:
//
//   - there is room for one delay only, such as with Attempts(2).
//   - another branch of the same statement takes delays that grow: whoever runs
//     the code decides.
//   - another option, field or method behind it takes its place, or it is added
//     to one that grows.
//   - it waits for a state, as wait.PollUntilContextTimeout does, and
//     wait.ExponentialBackoff with a condition that does not go on after an error.
//     A wait.Backoff in a variable that the package does not read may do so, too.
//   - it is for conflicts, as client-go's DefaultRetry and RetryOnConflict are.
//   - the Fibonacci backoff of sethvargo/go-retry, which grows by a factor.
//
// There is a fix where one name or number is enough, and nothing but the delays
// changes. Its message tells them before and after, as far as constants do, and
// says so where nothing beside it limits their growth. There is none where an
// endless number of attempts would have ever longer delays: with avast's
// Attempts(0) or UntilSucceeded without MaxDelay, and with sethvargo's NewConstant
// in no WithMaxRetries, WithMaxDuration or WithCappedDuration. A context does not
// count as an end. There is none either for a wait.Backoff with a Cap, which would
// end the attempts early.
//
// The key policies adds identifiers of libraries of your own, and
// allowed_policies says where delays that do not grow are right, and why. An
// identifier is an import path without a major version, a dot and a name: that of
// a function, a variable or a type, or of a method or a field behind its type and
// a dot. * stands for any run of characters but slashes.
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
// # Faults
//
// What is wrong with a loop that is reported is told with it: the two gravest faults
// in the message, all of them by -explain, in SARIF (properties and tags) and on the
// page in HTML, which can show the loops with one of them alone. The summary counts
// the most frequent. They are no findings of their own. The gravest come first:
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
// A context counts as in scope if a parameter or a variable of it can be named where the
// loop waits, unless it is made for one pass or never ends (context.Background). The key
// faults chooses which are told: names, all or none.
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
// Everywhere, under go vet too:
//
//   - -rules names: report these rules, separated by commas, or all.
//   - -tests: report _test.go files too.
//   - -helper name: the retry helper that fixes call, instead of the one that the
//     configuration names. See Helpers.
//   - -baseline file: report only what this file does not list; off reports
//     everything. Under go vet it is off or SHAREDRETRY_BASELINE in the environment.
//   - -config file: read this configuration instead of the nearest one; off reads
//     none. Under go vet it is SHAREDRETRY_CONFIG in the environment.
//   - -fix: replace loops by calls of the retry helper, where that is safe.
//     Standalone, -fix=10 stops after ten. With -rules only what these rules report is
//     replaced, and only in the packages that are named.
//   - -diff: with -fix, print the changes as a diff and leave the files alone; the
//     findings go to standard error.
//   - -c n: print the line of a finding and n lines around it.
//   - -json: print findings as every driver of go/analysis does.
//
// Standalone only:
//
//   - -explain: print every place that waits, and why it is reported or not.
//   - -format name: print findings as text, json, sarif, github or html. See Formats.
//   - -o file: write the report to a file, as a whole, not to standard output.
//   - -write-baseline file: list all findings in a new file.
//   - -prune-baseline: take out of the baseline what no longer occurs.
//   - -version: print the version, the commit and the Go version of the command.
//
// Without -config the nearest file .sharedretry.yml counts, from the package's
// directory up to the root of its module, or else the one beside the go.work file.
// Outside a module the search ends at the root of the file system, and under go vet
// nothing is read there. Flags and [Options] win over it. An unknown key, a wrong
// type and an unknown name are errors with the line.
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
// The keys of the file that extends names count where this one does not have them,
// and the items of its lists are added. That file may extend another one. Paths are
// relative to the file that says them. testdata/recipes/sharedretry.yml in the
// repository has every key with comments, to copy.
//
// # Monorepos
//
// In a workspace one configuration beside go.work is enough, and one run sees all
// modules, by the go command's pattern for them:
//
//	sharedretry work
//	go vet -vettool="$tool" work
//
// Teams that want more have a configuration of their own, in their module or above
// their packages, that extends the common one:
//
//	extends: ../../retries.yml
//	helper: ./internal/retry
//	baseline: .sharedretry.baseline
//
// The common file may have any name that ends in .yml. It is part of the cache key of
// go vet as the others are.
//
// Where the repository has a CODEOWNERS file, -format=html groups findings by owner, and
// -format=json and sarif have the owners of each.
//
// # Suppression
//
// A comment with a reason turns a finding off. It is written as golangci-lint or
// staticcheck know it, and counts the same in every driver, but for golangci-lint:
//
//	//nolint:sharedretry // the disk needs pauses of this length
//	//lint:ignore sharedretry the disk needs pauses of this length
//	//lint:ignore retry-loop,linear-backoff the disk needs pauses of this length
//	//lint:file-ignore sharedretry the disk needs pauses of this length
//
// At the end of a line it holds for the findings of that line. On a line of its
// own, also among other comments, it holds for the whole statement, declaration
// or function that begins on the next line; above the package clause, and as a
// file-ignore, for the file.
//
// The names are a list, separated by commas, which may hold those of other
// linters too. //nolint takes the linter's name; the others take it, the name of
// a rule (also with the linter's before it, as in sharedretry/retry-loop), or a
// pattern, such as *. //nolint and //nolint:all turn everything off, but here they
// need a reason too.
//
// Without a reason the finding stays, and says what to write. A finding that is
// turned off has no fix; -explain gives it with the reason, behind "suppressed:".
//
// The rule unused-suppression reports what turns nothing off, and where the finding
// is if the comment stands at its delay. It leaves alone
// what names other linters only, what names a rule that is off, and, where a
// rule is off that is on by default, what names all of them.
//
// golangci-lint acts on //nolint itself, without a reason too. There its nolintlint
// asks for reasons if require-explanation is set, and reports what is not used.
// The comment turns off what is reported at that place: of a second helper that
// is the function, not the loop.
//
// # Exclusions
//
// The key exclude lists parts of the code of which nothing is reported. Each item
// has a reason, which -explain gives behind "excluded:", and either path or
// package:
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
// under go vet too, and cannot leave its directory. Where files are named instead
// of packages, as in sharedretry p/x.go, their package is command-line-arguments: no
// import path stands for it, and no entry of a baseline.
//
// Standalone runs say which items of exclude and allowed_policies match no file, no
// package or no policy, and which baseline is about no module here.
//
// # Baseline
//
// A baseline lists the findings of today. They are reported no more, so that
// only new ones fail, and the old ones can be worked off:
//
//	sharedretry -write-baseline .sharedretry.baseline ./...
//
// Name it by the key baseline, relative to the configuration file, or by
// -baseline. An entry is a line with the package, the function, the rule and a
// fingerprint of the loop:
//
//	example.com/fleet/backup Store.Upload linear-backoff 0f3c5b6a79e1d824
//
// It holds until the loop, its function or its package changes. What is above
// the loop, the file that it is in, comments, layout, the values of literals and
// the names of variables in the function may change. Of loops that are alike in
// one function each has an entry; if one comes to them, the last is reported. A
// line may be merged, sorted or deleted like any other. The file is read strictly:
// what is no entry is an error with its line.
//
// A baseline only shrinks: -write-baseline does not touch a file that exists. Standalone
// runs list the entries of which nothing is left, and -prune-baseline takes them
// out. They say so only of what they have seen: not of rules that are off, of
// packages with errors, or of functions in files for other systems; nor of tests
// without -tests. Findings that are suppressed or excluded count as gone.
//
// With a baseline, -fix replaces new loops only; with -baseline=off, or without one,
// the old ones too. -explain has them with "in the baseline".
//
// # Fixes
//
// A retry has a fix where the helper is known and nothing but the waiting would
// change: the operation runs as often, for any sequence of outcomes; what stands
// around it runs in the same order; the same values and the same error come
// back. What does change:
//
//   - The delays grow exponentially from the same first one, by a factor of two.
//     A random delay begins with its mean.
//   - There is no delay behind the last attempt. With a helper of the form wait
//     there is, where there was one, since the loop stays.
//   - A context in scope ends them early, if cancellation can be told from
//     success then. It is the innermost one, or the one that the loop asks.
//   - Where the source does not limit the delays, the fix does, so that the wait in
//     all is twice as long as today at most, but for up to five attempts, which
//     need no limit. It is twice a constant delay, and the longest delay of today
//     where they grow or are random. Delays that grow by a factor of two or more
//     until something ends the attempts need none; there is no fix for those that
//     grow by less where their longest is not known.
//   - Where nothing but success or a context ends the attempts, the delays double
//     six times at most, and not beyond 30s. A longer first one stays what it is.
//   - Where each pass asks whether to stop, and the helper is not given what it
//     asks, a constant delay stays constant.
//
// A call of the helper takes plain loops. Success leaves them in one way, and hands out
// one value at most; what it does then may stand behind the call. What is tried again
// goes on with its error, any other error ends the attempts by the helper's mark for
// it, and nothing but the error that comes back tells what has happened: no counter,
// no error of an earlier attempt, no variable that something else sees. A loop that is
// not plain has a fix where the helper has a form that leaves the body where it is.
//
// A helper that logs every failed attempt itself makes the lines that do so by hand
// needless. With logs: true fixes by a call of the helper leave out the lines that run
// only after a failed attempt, behind which the loop goes round, and what only serves
// them, such as a counter; the fix's message and -explain name them. A line of a log
// is a call of log, log/slog, zap, logrus, zerolog, klog, glog, logr, hclog or
// testing.T, or of what the key loggers names, whose arguments do nothing else, or a
// condition with nothing but such calls. What logs a success or the end stays.
//
//	logs: true
//	loggers: [example.com/m/log.Warnf, example.com/m/log.Logger.*f]
//
// A helper that is named by its path, and takes a *slog.Logger in its policy, is given
// slog.Default() then, and the name of the operation where it takes one.
//
// A function that ends by calling itself is replaced as the loop would be that
// does the same, and so is a loop whose first attempt stands before it.
//
// The fix's message and -explain list the waits today and with the helper,
// where constants tell them, of random ones the means, and name the lines that stay
// and say how long a wait is, such as that of a logger or a comment; -fix prints
// where these are then. A comment that is about a delay goes with it. A fix is
// offered only if the result type-checks, alone and together with the fixes of
// other loops in the function, and drops no error of the helper. The reason
// why there is none ends the finding's message, behind "no fix:" and with the line
// that stands in the way:
//
//   - only loops, gotos and functions that end by calling themselves are replaced.
//   - only a retry is replaced, not a loop that goes on after success.
//   - the file's source is not at hand.
//   - the loop goes through different items.
//   - defer in the loop body runs once per attempt.
//   - the delay is part of an inner loop, a goroutine or an expression.
//   - the function that waits does something else as well.
//   - the loop waits for different times.
//   - the server sets the delay.
//   - an attempt changes the delay.
//   - the first delay cannot be told from the code.
//   - the delay is 0.
//   - the limit of the delay cannot be told from the code.
//   - the helper would wait much longer in all.
//   - each pass asks whether to stop, which a longer delay would put off.
//   - the first attempt stands before the loop, and more than a delay comes
//     between two attempts.
//   - the loop waits before the first attempt, too.
//   - code between the delay and the next attempt would run before the wait.
//   - some ways lead to the next attempt without the delay.
//   - the number of attempts may be zero, where a loop and a helper differ.
//   - the number of attempts cannot be told from the code.
//   - the attempts are counted in another way than the helper does.
//   - the last attempt leaves out what the others do before the delay.
//   - an attempt may change the number of attempts.
//   - a channel that is no context ends the wait.
//   - what is done on cancellation has no place in a call of the helper.
//   - cancellation is answered in different ways.
//   - the loop has several different exits.
//   - the loop is left by a jump to an outer loop or label.
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
//   - the loop's condition asks for more than the number of attempts.
//   - the code does not tell where the delays of the helper are to start anew.
//   - another loop that is reported stands inside or around it: fix one, then
//     the other.
//   - its fix and that of another loop in the function would not compile
//     together: apply the other, then run again.
//   - the function has too many loops, or too long ones: fix what can be fixed, or
//     split it.
//   - the package has too many sites that are no plain loops.
//   - the call would be longer than the loop.
//   - the result would not compile.
//
// Generated files and files of cgo have no fixes.
//
// # Helpers
//
// A fix calls the helper that -helper or the key helper names. Without a name it
// calls the one known library that go.mod requires; an indirect requirement, as
// go get writes it, counts where there is no direct one. With none or several of
// them, findings have no fix and say what to set. The presets:
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
// Of cenkalti/backoff and of k8s-wait, whose Backoff has Step, fixes may also take the
// delays alone, as in time.Sleep(b.NextBackOff()), where a call has no room for the
// loop; the limits are those of the call.
//
// The path of the module is a name too. Earlier versions wait or return
// something else. There is a fix only where it would build: go.mod requires the
// module at such a version, or the helper is in the same module, is no command,
// may be imported by the rule of internal packages, and does not import the
// package of the site; and the file's language version allows the call.
//
// The packages of the helper, those below them and their tests are never
// reported, nor are those of the libraries above.
//
// A helper of your own is named by the import path of its package, or by its
// directory, relative to the configuration file or, in a flag and in settings of
// golangci-lint, to the root of the module:
//
//	helper: ./internal/retry
//
// Its exported functions, types and their methods say how it is called: what takes
// a func() error, what returns an iter.Seq[int] or has a method Next, what has a
// method Wait, or Sleep. Parameters in any order, fields of a policy, options and
// setters are a context, a number of attempts or retries, and a delay and its limit,
// by type first and by name second; a policy is a struct, a pointer to one, or what
// a function of the package makes. A function Permanent, Unrecoverable, Stop, Final
// or Abort from error to error marks what is final, one such as Retryable what is
// not. Comments say the rest: that zero attempts have no limit, that there is at
// least one attempt, that numbers are yielded from 1. Without a comment fixes take
// none of this for granted. Of several functions the one counts that takes most of
// this, or else the one with the usual name. sharedretry -describe prints what was
// understood, what is missing or in doubt, and the same as a description to correct.
//
// What no signature says is tested, not believed: sharedretry -describe -test prints
// a Go test, under testing/synctest, which runs the helper as fixes call it. It
// asserts that the number of attempts, the delays and their limit are what is asked
// for, that there is no delay behind the last attempt, that the last error or the
// final one comes back itself, that the context ends the delays, and what the keys
// below say of a context that has ended. What fails says which key to set. Put the
// test beside the helper, as one of its package's tests:
//
//	sharedretry -describe -test ./internal/retry > internal/retry/fixes_test.go
//
// A description may leave the rest to the package, in which case its keys win over
// what is read, one by one:
//
//	helper: acme
//	helpers:
//	  - name: acme
//	    package: ./internal/retry
//	    permanent: retry.NotAgain({{err}})
//	    unsupported: [unbounded]
//
// sharedretry -init writes the configuration: with the one known library that
// go.mod requires, or with the one package of the module in which retry-helper
// finds a helper. Where there is none, it writes a helper into internal/retry, with
// tests, that has all forms: for Go 1.21 and later, without dependencies. A helper
// or another directory is named as in -init=./pkg/retry. What is there is never
// overwritten.
//
// What the package does not say is described by a list item of the key helpers,
// which takes its place. It may be called in up to three ways; a fix takes the one
// that makes the code shortest:
//
//   - callback: a function that is given the operation. Keys: call, value_call
//     (an expression that returns a value and an error; without it loops with a
//     value take another form), op_params (ctx if the operation takes a context),
//     op_results, success, again, permanent (what the operation returns), and
//     exhausted (a condition that holds if the helper returned an error of its
//     own in place of the last attempt's).
//   - loop: the header of a for statement, as between for and the body, with
//     three clauses or a range over a function. Keys: header, at_least_once if the
//     first pass takes place even on a context that has ended, and yields_number
//     if the range is over the numbers of the attempts, from 1.
//   - wait: a call in the place of the delay that returns an error if it ended
//     early, or with wait_returns: bool false; with wait_returns: nothing it is one
//     that nothing ends, such as time.Sleep(b.Next()). Keys: wait, wait_returns, init for a
//     statement before the loop, and reset for one that makes the next delay the
//     first again.
//
// The keys of every helper are name, imports (the packages that the
// templates name, with their paths), min_version and module (what go.mod must
// require; the module is otherwise the one that has the packages), go (the
// language version that a file must have), positive_delay (a delay of 0 is a
// panic), first_uncapped (the limit does not hold for the first delay),
// checks_context (a call makes no attempt on a context that has ended),
// cancels_success (it fails where the context ends during an attempt that
// succeeds), retries_unlimited (0 retries, of one attempt, are no limit) and unsupported: what the helper cannot do of context, attempts, unbounded,
// max_delay and permanent. The key shape may say which way the others are about; it is not
// needed. What no template has a placeholder for is unsupported anyway, and
// so is unbounded where attempts are asked for without {{if has_attempts}}.
//
// Many helpers make a number of attempts of their own where none is given: an
// endless loop would become ten attempts. A loop without a bound therefore has a
// fix only if the description says how the helper goes on for ever. Write what
// means no limit, as in {{if has_attempts}}{{attempts}}{{else}}-1{{end}}, or, if
// the call is without limit where it leaves the number out, unlimited: true. That
// is not needed for a field of options beside which the helper's package says so,
// as in "Attempts int // 0 for no limit". The form wait needs none of it: the loop
// keeps its count.
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
// behind the loop; all else in the body stays. A number of attempts that the
// body uses becomes a variable before the loop. The helper is given a context
// only if what follows the loop does not take its end for success: what the
// case of ctx.Done() did follows the loop, too, and without at_least_once so
// does a test of ctx.Err().
//
// A fix of the form wait replaces the delays that answer a failure and leaves out
// what computed them; what success waits for stays, and so do the loop, its count and
// its exits. It is the only form for reconnects. A range over a ticker becomes a loop
// whose condition waits. On cancellation the code does what the case of ctx.Done()
// did, or returns the error of the wait where the function returns an error. A context
// or a channel that each pass asks first, to leave the loop, ends the delays as well.
// Elsewhere the helper is not given the context. Where the source makes the delay its
// first again, the helper needs reset; it is called as well where a reconnect of
// constant delay succeeds, if the code tells where that is: delays that do not start
// anew are twice the constant one at most.
//
// The values are Go with the placeholders ctx, attempts, retries (attempts less
// one), delay, max_delay, op (the operation), name (a short name of it, as a text), T (the type of its value), err,
// last (the last attempt's error) and, for wait, done (the channel that says stop,
// such as ctx.Done(); nil where there is none), each in {{ }}. A number may name its type, as
// in {{attempts "uint"}}; it is int otherwise. Where a site has no context,
// {{ctx}} is context.Background(). Conditions are has_ctx, has_attempts and
// has_max_delay. Lines that they leave empty disappear. Variables and packages
// are renamed where a site needs their names for something else.
//
// What the operation returns is by default nil or the error. Inverted helpers,
// which retry only what is marked, say again: retry.RetryableError({{err}}) and
// permanent: '{{err}}'. Without permanent, which must be right on the last
// attempt too, a loop with a final error takes another form. op_results is one of
// error, "bool, error" and "struct{}, error"; for the first of the latter success
// and again must be given. What value_call returns beside an error is the zero
// value, or that of the last attempt with value_on_error: last; its operation
// returns the value and success nil, value_again or value_permanent.
//
// Every template is checked when it is read, for each combination of what a
// site may have. An error names the line, the key and the placeholder.
//
// The helper that is chosen is compared with its own package, where that is at
// hand: in the module or its workspace, in a directory that replaces it or is
// vendored, or in the module cache. What the templates call must be there, take
// what it is given, and return what fixes expect. What does not fit is an error,
// and nothing is analysed:
//
//	.sharedretry.yml:6: helper acme: call: acme.Dx is not in go.acme.dev/retry v1.2.0; it has Do, Max
//	.sharedretry.yml:6: helper acme: call: say op_params: ctx: acme.Do takes func(context.Context) error where {{op}} is given
//
// The packages are read from their source, without the go command and without
// network. Files for other systems count as far as names go. Of a known library
// that go.mod requires, and nobody named, the finding says that another version is
// needed.
//
// What becomes of a cancelled context is the helper's affair. For the presets,
// by the time of the cancellation, here is what comes back: the attempt's error,
// context.Canceled, the cause of the cancellation, or nil. The number is that of
// the attempts made on a context that is already cancelled.
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
// The wait after an attempt that was cancelled does not take place. The last
// attempt's error is lost where another comes back. sethvargo/go-retry returns
// Canceled in place of the cause before v0.4.0. client-go takes no context. Of
// cenkalti/backoff and failsafe-go the first delay is not cut by the limit.
// sethvargo/go-retry panics if the delay is not positive.
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
//     shows ten a step; the log has all.
//   - html: one page for who plans the clean-up, with the code, the waits today and
//     with the helper, and what a fix saves.
//
// In sarif and github, names of files are relative to GITHUB_WORKSPACE, or else to
// the root of the repository.
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
// Findings as data are for a later step, which decides what fails. With -fix it does
// not matter whether findings without a fix remain: run without it to see them. go
// fix -fixtool exits as go vet -fix does. Findings in the baseline do not count.
// go tool keeps the exit code; go run makes 1 of all but 0. Under Bazel a finding
// fails the build.
//
// # Continuous integration
//
// Pin the version in go.mod by go get -tool, and let go vet be the gate. Take two
// lines for it: where the tool is missing, $(...) is empty, and go vet alone would
// pass.
//
//	tool=$(go tool -n sharedretry)
//	go vet -vettool="$tool" ./...
//
// That needs Go 1.26, and raises the go line of an older go.mod. To leave it alone,
// keep the tool in a module file of its own: go mod init -modfile=tools.mod
// example.com/m, and -modfile=tools.mod behind go get -tool and go tool.
//
// Recipes to copy are in testdata/recipes of the repository, and are tested: for make,
// GitHub Actions, GitLab, pre-commit, golangci-lint, Bazel and VS Code.
//
// # Drivers
//
// The command sharedretry runs standalone, as go vet -vettool and as go fix
// -fixtool. Under go vet the paths in SHAREDRETRY_CONFIG and SHAREDRETRY_BASELINE are
// absolute. The go command caches results: configuration and baseline are part of
// the cache key, so that a change of them counts at once. The analyzer has no facts
// and needs type information: other drivers of go/analysis run it as they run any.
//
// The package golangci makes it a module plugin of golangci-lint. Its settings there
// are the keys of .sharedretry.yml, which is not read, and paths in them are relative
// to where golangci-lint runs: run it beside .golangci.yml. golangci-lint custom makes
// a golangci-lint with the plugin; so does a main of a few lines, from module
// downloads alone: see testdata/golangci. --new-from-merge-base=origin/main reports
// changed lines only.
//
// Bazel's nogo takes [Analyzer], and its flags from analyzer_flags. An action sees the
// files of one package, and finds neither a configuration nor a baseline: set config
// to off, or to the path of a file that the action has, or give nogo an analyzer with
// [Options] of your own, as the recipe does. There is no go.mod that says what may be
// imported, so the helper that is named counts: a known library by its name alone,
// one of your own if it is described, since its package cannot be read. rules_go
// writes fixes to nogo.patch, in the output group nogo_fix.
//
// # Editors
//
// gopls, which most editors ask about Go, loads no analyzers but its own. What works
// without it:
//
//   - VS Code: a task with a problem matcher (testdata/recipes/vscode/tasks.json in the
//     repository), or golangci-lint with the plugin as the lint tool of the Go
//     extension (settings.json beside it), on each save.
//   - Vim and Emacs: what reads file:line:column: message, such as makeprg=go\ tool\
//     sharedretry\ ./... and M-x compile.
//   - Any editor that shows SARIF: sharedretry -format=sarif -o report.sarif ./...
//
// Where text goes to a terminal, the lines of source below a finding begin with a
// blank; NO_COLOR=1 leaves out the colours.
//
// # Time
//
// The analysis takes time in proportion to the size of the code, whatever the code
// is. Each step has a bound, which is counted and not timed, so that the same code
// has the same outcome everywhere:
//
//   - a site: 200,000 steps through its cycle, some three times what the worst real
//     code takes; a package: 2 million and 16 for each byte. Beyond that sites are
//     unknown: too many ways lead to the next pass.
//   - the delays of a package: 1 million statements and 8 for each byte, executed on
//     constants. Beyond that they are not known.
//   - the fixes of a declaration: 64 KiB and 32 times its length are read for them.
//     A loop counts the more the longer it is. Beyond that the function has too
//     many loops to be fixed, or too long ones.
//   - goto and recursion, which are written as loops first: for that 1 MiB and twice
//     the package are read. Beyond that it has too many such sites.
//
// In the worst case that is some seconds beside the time that the go command takes to
// compile the package.
//
// # Limits
//
// One package is read at a time. Of a function in another package only its
// signature is known: whether a bool that it returns means failure, or whether
// it waits, is not, unless it is called Sleep and takes a duration. A package
// that does not import time is not looked at.
package analyzer

const doc = `find retry loops written by hand

Reports loops, gotos and recursion that wait because an operation failed and
then run it again, and delays that grow linearly. They are told from polling,
tickers and rate limits by following the code after failure and after success.`
