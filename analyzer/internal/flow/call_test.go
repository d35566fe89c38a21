package flow

import "testing"

func TestOfErrors(t *testing.T) {
	for path, want := range map[string]bool{
		"errors": true, "github.com/pkg/errors": true, "golang.org/x/xerrors": true, "example.com/m/myerrors": false, "errors/v2/io": false,
	} {
		if got := ofErrors(path); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
}
