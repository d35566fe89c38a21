package analyzer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

func TestConfigLogs(t *testing.T) {
	file := filepath.Join(t.TempDir(), analyzer.ConfigName)
	for text, want := range map[string]string{
		"logs: true\nloggers: [example.com/m/log.Printf, example.com/m/log.Logger.*]\n": "",
		"logs: yes please\n":                     ":1: logs must be true or false",
		"tests: true\nloggers: log.Printf\n":     ":2: loggers must be a list of functions and methods, such as [example.com/m/log.Logger.Printf]",
		"loggers:\n  - log.Printf\n  - Printf\n": ":3: loggers: \"Printf\" is no logger: write a function, such as example.com/m/log.Printf, or a method, such as example.com/m/log.Logger.Printf",
	} {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		opts, err := analyzer.LoadOptions("", file)
		if want == "" {
			if err != nil || !opts.Logs || len(opts.Loggers) != 2 {
				t.Errorf("got %+v, %v", opts, err)
			}
		} else if err == nil || !strings.HasSuffix(err.Error(), analyzer.ConfigName+want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := (analyzer.Options{Loggers: []string{"Printf"}}).Validate(); err == nil {
		t.Error("a wrong logger is taken")
	}
}
