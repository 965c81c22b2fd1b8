package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// completeWord is the hidden first argument by which the shells ask for candidates: the words typed so far follow, the
// last of them being the one to complete (maybe empty).
const completeWord = "__complete"

const bashCompletion = `# bash completion for entente: source <(entente completion bash)
_entente() {
	local cur="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
	COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)" -- "$cur"))
}
complete -o default -F _entente entente
`

const zshCompletion = `#compdef entente
# zsh completion for entente: source <(entente completion zsh)
_entente() {
	local -a candidates
	candidates=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null | sed -e 's/:/\\:/g' -e 's/\t/:/')}")
	if [[ -n "${candidates[1]}" ]]; then
		_describe 'entente' candidates
	else
		_files
	fi
}
compdef _entente entente
`

const fishCompletion = `# fish completion for entente: entente completion fish | source
complete -c entente -a '(set -l words (commandline -opc) (commandline -ct); $words[1] __complete $words[2..-1] 2>/dev/null)'
`

func completionCommand() *cli.Command {
	script := func(text string) cli.ActionFunc {
		return func(c *cli.Context) error {
			_, err := io.WriteString(c.App.Writer, text)
			return err
		}
	}
	return &cli.Command{
		Name:  "completion",
		Usage: "print a completion script for bash, zsh or fish",
		Description: `Put one of these lines into your shell's start-up file:

   source <(entente completion bash)
   source <(entente completion zsh)
   entente completion fish | source`,
		Subcommands: []*cli.Command{
			{Name: "bash", Usage: "for bash", Action: script(bashCompletion)},
			{Name: "zsh", Usage: "for zsh", Action: script(zshCompletion)},
			{Name: "fish", Usage: "for fish", Action: script(fishCompletion)},
		},
	}
}

// complete prints a line "candidate<TAB>what it is" for every way to go on with the last of words. It prints nothing
// where a file or a flag's value is expected, so that the shell falls back to files.
func complete(app *cli.App, words []string, w io.Writer) {
	if len(words) == 0 {
		words = []string{""}
	}
	commands, flags := app.Commands, app.Flags
	typed, last := words[:len(words)-1], words[len(words)-1]
	arguments := false
	for i := 0; i < len(typed); i++ {
		word := typed[i]
		switch c := find(commands, word); {
		case word == "--":
			return
		case strings.HasPrefix(word, "-") && word != "-":
			f := lookup(append(flags[:len(flags):len(flags)], app.Flags...), strings.TrimLeft(word, "-"))
			if f != nil && takesValue(f) && !strings.Contains(word, "=") {
				if i++; i == len(typed) {
					return // the last word is this flag's value
				}
			}
		case c != nil && !arguments:
			commands, flags = c.Subcommands, c.Flags
		default:
			arguments = true
		}
	}
	if strings.HasPrefix(last, "-") {
		for _, f := range append(flags[:len(flags):len(flags)], cli.HelpFlag) {
			completeFlag(f, last, w)
		}
		return
	}
	if arguments {
		return
	}
	for _, c := range commands {
		if !c.Hidden && strings.HasPrefix(c.Name, last) {
			fmt.Fprintf(w, "%s\t%s\n", c.Name, c.Usage)
		}
	}
}

func completeFlag(f cli.Flag, typed string, w io.Writer) {
	usage := ""
	if d, ok := f.(cli.DocGenerationFlag); ok {
		usage = strings.ReplaceAll(d.GetUsage(), "`", "")
	}
	if word := "--" + f.Names()[0]; strings.HasPrefix(word, typed) {
		fmt.Fprintf(w, "%s\t%s\n", word, usage)
	}
}
