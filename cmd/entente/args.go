package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// flagsFirst moves the flags of a command line in front of its arguments, and the program's own flags in front of the
// subcommand, so that "entente build article.txt --published 2025-10-27 -q" means what it says: the flag package stops
// at the first argument. What follows "--" stays. A lone "-" is an argument (standard input).
func flagsFirst(app *cli.App, args []string) []string {
	if len(args) == 0 {
		return args
	}
	var global, path, flags, rest []string
	commands, known := app.Commands, slices.Clone(app.Flags)
	inPath := true // until the first argument that is no subcommand
	for i := 1; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i:]...)
			break
		}
		if arg == "-" || !strings.HasPrefix(arg, "-") {
			if c := find(commands, arg); inPath && c != nil {
				path = append(append(path, flags...), arg)
				flags, commands, known = nil, c.Subcommands, c.Flags
				continue
			}
			inPath = false
			rest = append(rest, arg)
			continue
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		to, flag := &flags, lookup(known, name)
		if flag == nil {
			if flag = lookup(app.Flags, name); flag != nil {
				to = &global
			}
		}
		*to = append(*to, arg)
		if flag != nil && takesValue(flag) && !hasValue && i+1 < len(args) {
			i++
			*to = append(*to, args[i])
		}
	}
	if len(path) > 0 && len(rest) > 0 && rest[0] != "--" && find(commands, rest[0]) != nil {
		rest = append([]string{"--"}, rest...) // an argument after flags that looks like a subcommand is still one
	}
	return slices.Concat(args[:1], global, path, flags, rest)
}

func find(commands []*cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(name) })
	if i < 0 {
		return nil
	}
	return commands[i]
}

func lookup(flags []cli.Flag, name string) cli.Flag {
	i := slices.IndexFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
	if i < 0 {
		return nil
	}
	return flags[i]
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}
