// Package proof proves the suggested fixes by execution: functions that retry by
// hand run before and after their fix under a scripted operation and virtual
// time, and must do the same. Its tests are the proof; see proof_test.go.
package proof

// Fixed code calls these; nothing else here does.
import (
	_ "github.com/avast/retry-go/v4"
	_ "github.com/avast/retry-go/v5"
	_ "github.com/cenkalti/backoff/v4"
	_ "github.com/cenkalti/backoff/v5"
	_ "github.com/failsafe-go/failsafe-go"
	_ "github.com/failsafe-go/failsafe-go/retrypolicy"
	_ "github.com/sethvargo/go-retry"
	_ "k8s.io/apimachinery/pkg/util/wait"
	_ "k8s.io/client-go/util/retry"
)
