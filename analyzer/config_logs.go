package analyzer

import (
	"go.yaml.in/yaml/v3"

	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
)

func setLogs(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.ScalarNode || value.Tag != "!!bool" || value.Decode(&opts.Logs) != nil {
		return lineError(value, "logs must be true or false")
	}
	return nil
}

func setLoggers(opts *Options, value *yaml.Node) error {
	if value.Kind != yaml.SequenceNode || len(value.Content) == 0 {
		return lineError(value, "loggers must be a list of functions and methods, such as [example.com/m/log.Logger.Printf]")
	}
	for _, name := range value.Content {
		if _, err := loggers.New([]string{name.Value}); err != nil {
			return lineError(name, "loggers: %w", err)
		}
		opts.Loggers = append(opts.Loggers, name.Value)
	}
	return nil
}

// checkLoggers reports what is wrong with o.Loggers.
func (o Options) checkLoggers() error {
	_, err := loggers.New(o.Loggers)
	return err
}

// loggerTable returns what is known to write lines of a log, or nil if the helper
// does not log.
func (o Options) loggerTable() *loggers.Table {
	if !o.Logs {
		return nil
	}
	table, err := loggers.New(o.Loggers)
	if err != nil { // it has been checked
		return nil
	}
	return table
}
