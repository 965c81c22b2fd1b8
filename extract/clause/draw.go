package clause

import (
	"fmt"
	"strings"

	"github.com/entente-kg/entente/schema"
)

// Draw renders a predicate on one line for people and goldens: trigger, form, arguments as case=words, polarity,
// modality, what hangs on what. text gives the words of a span of a sentence. A mark behind the equals sign tells how an
// argument was found: nothing for overt, ~ for topic or relative clause, + for shared, ? for what was left out.
//
//	2 会談/light:行う  ga=首相 to=大統領  planned(予定)  <quoted 4
func (p *Predicate) Draw(text func(sentence int, s schema.Span) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s/%s", p.Index, p.Lemma, p.Form)
	if p.Light != "" {
		b.WriteString(":" + p.Light)
	}
	if p.Compound != "" && p.Compound != p.Lemma {
		b.WriteString("(" + p.Compound + ")")
	}
	if p.Voice != Active {
		b.WriteString(" " + string(p.Voice))
	}
	b.WriteString(" ")
	for i, a := range p.Args {
		if i > 0 && a.Case == p.Args[i-1].Case && a.Group == p.Args[i-1].Group {
			b.WriteString("・")
		} else {
			b.WriteString(" " + string(a.Case) + "=" + howMark[a.How])
		}
		b.WriteString(text(a.Sentence, a.Span))
		if a.Sentence != p.Sentence {
			fmt.Fprintf(&b, "@%d", a.Sentence)
		}
	}
	b.WriteString(" ")
	if p.Past {
		b.WriteString(" past")
	}
	if p.Progressive {
		b.WriteString(" ongoing")
	}
	if p.Polarity == schema.Negated {
		b.WriteString(" NOT")
	}
	if p.Modality != schema.Actual {
		b.WriteString(" " + string(p.Modality))
	}
	if p.Nonfactual != "" {
		b.WriteString(" !" + p.Nonfactual)
	}
	if len(p.Why) > 0 {
		b.WriteString(" {" + strings.Join(p.Why, "; ") + "}")
	}
	if p.InQuote {
		b.WriteString(" 「」")
	}
	for i, s := range p.Speakers {
		if i == 0 {
			b.WriteString(" says=")
		} else {
			b.WriteString("<")
		}
		b.WriteString(text(s.Sentence, s.Span))
	}
	fmt.Fprintf(&b, "  %s", p.Link)
	if p.Parent >= 0 {
		fmt.Fprintf(&b, "→%d", p.Parent)
	}
	return b.String()
}

var howMark = map[How]string{
	ByTopic: "~", ByRelative: "~", ByShared: "+", ByEllipsis: "?", ByContext: "?", BySpeaker: "!",
}
