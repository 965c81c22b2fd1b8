// Command entente-bench measures Entente: speed and memory of the extractor stage by stage, and of loads into stores.
// It also trains the dependency parser. It is for developers; people use command entente.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/urfave/cli/v2"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	app := &cli.App{
		Name:            "entente-bench",
		Usage:           "measure Entente and train its parser",
		HideHelpCommand: true,
		Commands:        []*cli.Command{extractBenchCommand(), mentionBenchCommand(), loadBenchCommand(), refreshBenchCommand(), memoryBenchCommand(), sampleCommand(), trainParserCommand(), trainClauseCommand()},
	}
	if err := app.RunContext(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "entente-bench:", err)
		os.Exit(1)
	}
}
