package report

import "testing"

func TestGitHubEscapes(t *testing.T) {
	const text = "100%: a,b\r\n"
	if got := dataEscapes.Replace(text); got != "100%25: a,b%0D%0A" {
		t.Errorf("message: %q", got)
	}
	if got := propertyEscapes.Replace(text); got != "100%25%3A a%2Cb%0D%0A" {
		t.Errorf("property: %q", got)
	}
}
