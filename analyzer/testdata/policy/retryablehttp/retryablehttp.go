package retryablehttp

import "github.com/hashicorp/go-retryablehttp"

func linear() {
	client := retryablehttp.NewClient()
	client.Backoff = retryablehttp.LinearJitterBackoff                             // want `retry policy with linear backoff by LinearJitterBackoff: take DefaultBackoff, with RetryWaitMax as the limit \(backoff-policy\)`
	_ = &retryablehttp.Client{Backoff: retryablehttp.RateLimitLinearJitterBackoff} // want `retry policy with linear backoff by RateLimitLinearJitterBackoff: take DefaultBackoff, with RetryWaitMax as the limit \(backoff-policy\)`
}

func fine() {
	client := retryablehttp.NewClient()
	client.Backoff = retryablehttp.DefaultBackoff
	_ = &retryablehttp.Client{Backoff: retryablehttp.LinearJitterBackoff, RetryMax: 1} // one delay
}
