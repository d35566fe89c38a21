// Package helper describes the retry helpers that fixes call: how a call is
// written, what it needs, and which of them a package uses.
package helper

// A Shape says how a helper takes the place of a loop. A helper may have several:
// see [Helper.Forms].
type Shape string

// The shapes of helpers.
const (
	Callback Shape = "callback" // a function that is given the operation as a func value
	Loop     Shape = "loop"     // the header of a for statement; the body stays
	Wait     Shape = "wait"     // a call in the place of the delay; the loop stays
)

// A Feature is something that a site may need of a helper.
type Feature string

// What a helper may not be able to do; see [Helper.Unsupported].
const (
	MaxDelay  Feature = "max_delay" // a limit of the delay
	Unbounded Feature = "unbounded" // attempts without end
	Attempts  Feature = "attempts"  // a number of attempts
	Context   Feature = "context"   // an early end when a context is cancelled

	FinalErrors Feature = "permanent" // an end for errors that are final, by the template of that name
)

// A Helper is a shared retry function and how it is called. It does not change.
type Helper struct {
	Name  string
	Shape Shape

	// Imports maps the package names that the templates use to import paths.
	Imports map[string]string

	// Module is the path of the module that holds the packages, as go.mod
	// requires it, and MinVersion the first version that works; both "" for a
	// helper whose module is not known or does not matter.
	Module, MinVersion string

	// Go is the language version that a file needs, such as "go1.23"; "" for any.
	Go string

	// Unsupported lists what the helper cannot do.
	Unsupported map[Feature]bool

	// NoLimitUnsaid says that Unbounded is unsupported only because nothing says
	// what a call without a number of attempts does.
	NoLimitUnsaid bool

	// Call and ValueCall are expressions that run an operation: Call one that
	// returns an error, ValueCall one that returns a value and an error. ValueCall
	// is nil if there is none. For the shape callback.
	Call, ValueCall *Template

	// OpParams declares the parameters of the operation: "" or "ctx context.Context".
	OpParams string

	// OpResults declares the operation's results, for Call: "error", "(bool, error)"
	// for one that tells by a bool whether it is done, or "(struct{}, error)". The
	// operation of ValueCall returns (T, error).
	OpResults string

	// DropsValue says that Call returns a value before the error that is of no use,
	// as in _, err := backoff.Retry(...).
	DropsValue bool

	// Success, Again and Permanent are what the operation returns: when it has
	// worked ("nil"), when it has failed and is to be run again ("{{err}}"), and
	// when it has failed for good. Permanent is nil if the helper cannot tell, or
	// not on every attempt: such loops then take another form.
	Success, Again, Permanent *Template

	// ValueSuccess, ValueAgain and ValuePermanent are the same for the operation of
	// ValueCall: what follows the value. They are nil without ValueCall.
	ValueSuccess, ValueAgain, ValuePermanent *Template

	// PermanentNil says that Permanent of no error is none: the operation has worked.
	PermanentNil bool

	// AgainNil says the same of Again.
	AgainNil bool

	// PermanentOf says that Permanent may be given more errors behind the first one:
	// it marks that only if it is one of them.
	PermanentOf bool

	// PermanentBounded says that Permanent is right only where the number of
	// attempts has a bound; see [Helper.PermanentFor].
	PermanentBounded bool

	// ValueOnError says what ValueCall returns beside an error: "" for the zero
	// value, [LastValue] for what the last attempt returned.
	ValueOnError string

	// Logger is the [Args.Logger] of its calls.
	Logger string

	// ChecksContext says that no attempt is made on a context that has been
	// cancelled before.
	ChecksContext bool

	// WantsLimit says that a call reads better with a limit of the delays where it needs
	// none: the longest delay, as far as that is known.
	WantsLimit bool

	// CancelsSuccess says that an error comes back where the context is cancelled
	// during an attempt that works.
	CancelsSuccess bool

	// RetriesUnlimited says that 0 retries are no limit: it cannot be told to make
	// one attempt.
	RetriesUnlimited bool

	// Retries is what is given the number of retries by its name alone: it may be
	// one of attempts. It is "" if there is none, or somebody has said so.
	Retries string

	// PositiveDelay says that a delay that is not positive is a panic.
	PositiveDelay bool

	// Exhausted is a condition over {{err}}, {{ctx}} and {{last}} that holds if
	// the helper returned an error of its own in place of the last attempt's; nil
	// if it never does.
	Exhausted *Template

	// Header is what stands between for and the body, for the shape loop.
	Header *Template

	// Init is a statement before the loop and Wait an expression of type error
	// in place of the delay, for the shape wait. Init is nil if none is needed.
	Init, Wait *Template

	// TellsByBool says that Wait is not an error but a bool, which is false if the
	// wait ended early.
	TellsByBool bool

	// TellsNothing says that Wait is a call that returns nothing: nothing ends it
	// early.
	TellsNothing bool

	// Reset is a statement that lets the waiting start anew, for the shape wait;
	// nil if there is none.
	Reset *Template

	// YieldsNumber says that Header ranges over the numbers of the attempts, from 1.
	YieldsNumber bool

	// AtLeastOnce says that a loop makes its first pass even if the context has
	// ended, for the shape loop.
	AtLeastOnce bool

	forms []*Helper // the forms of a helper that has several; see [Helper.Forms]

	key string   // says all that the description says
	own []string // the paths of the packages that the helper itself is in
}

// DefaultLogger is what a template says for the logger of the lines that a helper
// writes itself.
const DefaultLogger = "slog.Default()"

// LastValue as [Helper.ValueOnError] is the value of the last attempt.
const LastValue = "last"

// Supports reports whether h can do f.
func (h *Helper) Supports(f Feature) bool { return !h.Unsupported[f] }

// Stateless reports whether h is told each delay where it waits, and keeps nothing: then
// all delays stay what they are.
func (h *Helper) Stateless() bool {
	return h.Shape == Wait && h.Wait.Uses("delay") && (h.Init == nil || !h.Init.Uses("delay"))
}

// PermanentFor returns Permanent, or ValuePermanent if value is true, for a
// site whose attempts have a bound or not; nil if the helper
// cannot tell.
func (h *Helper) PermanentFor(value, bounded bool) *Template {
	switch {
	case h.PermanentBounded && !bounded:
		return nil
	case value:
		return h.ValuePermanent
	}
	return h.Permanent
}

// Args are the parts of a call that come from the source, as source text; ""
// for what the site does not have.
type Args struct {
	Ctx      string // the context; "" renders as context.Background() where one is needed
	Done     string // the channel that says stop; "" renders as nil
	Attempts string // how many times the operation runs at most, an integer constant or an expression
	IsConst  bool   // Attempts is an integer constant in decimal

	// AttemptsType is the type of Attempts, such as "int64", [Untyped] for a named
	// constant that fits any type, or "" for int.
	AttemptsType string

	Delay    string // the first delay, of type time.Duration
	MaxDelay string // the limit of the delay
	Op       string // the operation, a function
	Name     string // a short name of it, a string literal
	Logger   string // what a template's slog.Default() stands for; "" for that itself
	T        string // the type of the operation's value
	Err      string // an error, for Success, Again, Permanent and Exhausted
	Last     string // the variable that holds the last error, for Exhausted
}

// Untyped as [Args.AttemptsType] means that no conversion is needed.
const Untyped = "untyped"
