// Package policy finds where code gives a retry library delays that do not
// grow, or grow by a step only.
package policy

// A Row is an identifier of a library that stands for such delays.
type Row struct {
	// Library is the import path of the package, without its major version; * is
	// any run of characters within an element.
	Library string

	// Name is a function, a variable, a type, or a method or field behind its
	// type and a dot; * is any run of characters.
	Name string

	// Arg and Values make the value of an argument, counted from 1, or that of the
	// field decide: only these count.
	Arg    int
	Values []float64

	// Absent says that a literal that leaves the field out counts as well.
	Absent bool

	// Growth is how the delay grows, and Remedy what to do, in words for the user.
	Growth, Remedy string

	// Instead takes the place of the name, or of the value, in a fix; "" if more
	// than that would have to change.
	Instead string

	// Delay is where the first delay stands: the field beside it, the option
	// beside it, or the argument with that number; "" if that is not known.
	Delay string

	// Unlimited says that the delays of Instead grow without a limit unless one is
	// set.
	Unlimited bool

	// Needs and Bars are fields of a literal with and without which the fix would
	// not do what it says.
	Needs, Bars string
}

// The import paths of the libraries.
const (
	cenkalti  = "github.com/cenkalti/backoff"
	avast     = "github.com/avast/retry-go"
	sethvargo = "github.com/sethvargo/go-retry"
	failsafe  = "github.com/failsafe-go/failsafe-go/retrypolicy"
	hashicorp = "github.com/hashicorp/go-retryablehttp"
	k8sWait   = "k8s.io/apimachinery/pkg/util/wait"
	k8sRetry  = "k8s.io/client-go/util/retry"
	gax       = "github.com/googleapis/gax-go"
	juju      = "github.com/juju/retry"
	grpcRetry = "github.com/grpc-ecosystem/go-grpc-middleware/interceptors/retry"
	grpcOld   = "github.com/grpc-ecosystem/go-grpc-middleware/retry"
	teleport  = "github.com/gravitational/teleport/api/utils/retryutils"
)

// Known are the rows of the libraries that are known.
var Known = []Row{
	{Library: cenkalti, Name: "NewConstantBackOff", Growth: "constant", Remedy: "take NewExponentialBackOff"},
	{Library: cenkalti, Name: "ConstantBackOff", Growth: "constant", Remedy: "take NewExponentialBackOff"},
	{Library: cenkalti, Name: "ZeroBackOff", Growth: "constant", Remedy: "take NewExponentialBackOff"},
	{Library: cenkalti, Name: "ExponentialBackOff.Multiplier", Values: []float64{0, 1}, Absent: true, Growth: "constant",
		Remedy: "set Multiplier to 2", Instead: "2", Delay: "InitialInterval", Needs: "MaxInterval"},
	{Library: cenkalti, Name: "WithMultiplier", Arg: 1, Values: []float64{0, 1}, Growth: "constant",
		Remedy: "set the multiplier to 2", Instead: "2", Delay: "WithInitialInterval"},

	{Library: avast, Name: "FixedDelay", Growth: "constant",
		Remedy: "take BackOffDelay", Instead: "BackOffDelay", Delay: "Delay", Unlimited: true},
	{Library: avast, Name: "RandomDelay", Growth: "random", Remedy: "combine it with BackOffDelay"},

	{Library: sethvargo, Name: "NewConstant", Growth: "constant",
		Remedy: "take NewExponential", Instead: "NewExponential", Delay: "1", Unlimited: true},
	{Library: sethvargo, Name: "Constant", Growth: "constant",
		Remedy: "take Exponential"}, // it has no end, and so no fix

	{Library: failsafe, Name: "*Builder.WithDelay", Growth: "constant", Remedy: "take WithBackoff"},
	{Library: failsafe, Name: "*Builder.WithRandomDelay", Growth: "random", Remedy: "take WithBackoff and WithJitter"},
	{Library: failsafe, Name: "*Builder.WithBackoffFactor", Arg: 3, Values: []float64{1}, Growth: "constant",
		Remedy: "set the factor to 2", Instead: "2", Delay: "1"},
	{Library: failsafe, Name: "*WithDefaults", Growth: "constant", Remedy: "take NewBuilder and WithBackoff"},

	{Library: hashicorp, Name: "LinearJitterBackoff", Growth: "linear", Remedy: "take DefaultBackoff, with RetryWaitMax as the limit"},
	{Library: hashicorp, Name: "RateLimitLinearJitterBackoff", Growth: "linear", Remedy: "take DefaultBackoff, with RetryWaitMax as the limit"},

	// A delay that would grow beyond Cap ends the attempts.
	{Library: k8sWait, Name: "Backoff.Factor", Values: []float64{0, 1}, Absent: true, Growth: "constant",
		Remedy: "set Factor to 2", Instead: "2", Delay: "Duration", Unlimited: true, Bars: "Cap"},
	{Library: gax, Name: "Backoff.Multiplier", Values: []float64{1}, Growth: "constant",
		Remedy: "set Multiplier to 2", Instead: "2", Delay: "Initial"},
	{Library: juju, Name: "CallArgs.BackoffFunc", Absent: true, Growth: "constant", Remedy: "set BackoffFunc to DoubleDelay"},

	{Library: grpcRetry, Name: "BackoffLinear", Growth: "constant",
		Remedy: "take BackoffExponential", Instead: "BackoffExponential", Delay: "1", Unlimited: true},
	{Library: grpcRetry, Name: "BackoffLinearWithJitter", Growth: "constant",
		Remedy: "take BackoffExponentialWithJitter", Instead: "BackoffExponentialWithJitter", Delay: "1", Unlimited: true},
	{Library: grpcOld, Name: "BackoffLinear", Growth: "constant",
		Remedy: "take BackoffExponential", Instead: "BackoffExponential", Delay: "1", Unlimited: true},
	{Library: grpcOld, Name: "BackoffLinearWithJitter", Growth: "constant",
		Remedy: "take BackoffExponentialWithJitter", Instead: "BackoffExponentialWithJitter", Delay: "1", Unlimited: true},

	{Library: teleport, Name: "NewLinear", Growth: "linear", Remedy: "take NewRetryV2 with NewExponentialDriver"},
	{Library: teleport, Name: "LinearConfig", Growth: "linear", Remedy: "take RetryV2Config with NewExponentialDriver"},
	{Library: teleport, Name: "NewConstant", Growth: "constant", Remedy: "take NewRetryV2 with NewExponentialDriver"},
}
