package morph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente/schema"
)

// line is a sentence whose tokens are being repaired.
type line struct {
	norm   string
	text   string
	kind   schema.SentenceKind
	tokens []Token
}

// merged is one token for tokens[i:j].
func (l *line) merged(i, j int) Token {
	t := l.tokens[i]
	if j == i+1 {
		return t
	}
	var b, reading strings.Builder
	read := true
	for k := i; k < j; k++ {
		b.WriteString(l.tokens[k].Norm)
		reading.WriteString(l.tokens[k].Reading)
		read = read && l.tokens[k].Reading != ""
	}
	t.Span.End = l.tokens[j-1].Span.End
	t.Surface = t.Span.In(l.text)
	t.Norm = b.String()
	t.Base = t.Norm
	t.Infl, t.Form, t.Reading, t.ISO3 = "", "", "", ""
	if read {
		t.Reading = reading.String()
	}
	t.Known = false
	return t
}

// adjacent reports whether tokens i and i+1 touch, or are divided by white space inside a word only.
func (l *line) adjacent(i int) bool {
	gap := l.text[l.tokens[i].Span.End:l.tokens[i+1].Span.Start]
	return gap == "" || !strings.ContainsRune(gap, '　')
}

// joinNumbers joins digits with their separators and powers of ten to one Number, and marks units of time after it.
func (l *line) joinNumbers() {
	first := 0
	for first < len(l.tokens) && l.tokens[first].Kind != Number {
		first++
	}
	out := l.tokens[:first]
	for i := first; i < len(l.tokens); {
		if l.tokens[i].Kind != Number {
			t := l.tokens[i]
			if len(out) > 0 && out[len(out)-1].Kind == Number && dateUnits[t.Norm] {
				t.Kind = DateUnit
			}
			out = append(out, t)
			i++
			continue
		}
		j := i + 1
		for j < len(l.tokens) && l.adjacent(j-1) {
			t := &l.tokens[j]
			if t.Kind == Number {
				j++
				continue
			}
			if j+1 < len(l.tokens) && l.tokens[j+1].Kind == Number && l.adjacent(j) && numberSeparator(l.tokens[j-1].Norm, t.Norm, l.tokens[j+1].Norm) {
				j += 2
				continue
			}
			break
		}
		t := l.merged(i, j)
		if j > i+1 {
			t.Norm = asciiSeparators.Replace(t.Norm)
			t.Base = t.Norm
		}
		t.Kind = Number
		t.Known = true
		out = append(out, t)
		i = j
	}
	l.tokens = out
}

// asciiSeparators writes joined numbers as NFKC does.
var asciiSeparators = strings.NewReplacer("，", ",", "．", ".")

// numberSeparator reports whether sep joins two digits: 3.5, 1,000, 三・五.
func numberSeparator(before, sep, after string) bool {
	switch sep {
	case "．":
		return endsInDigit(before) && endsInDigit(after)
	case "，":
		return endsInDigit(before) && len(after) >= 3 && endsInDigit(after[:3])
	case "・":
		return strings.Contains("一二三四五六七八九〇", before) && strings.Contains("一二三四五六七八九〇", after)
	}
	return false
}

func endsInDigit(s string) bool { return s != "" && '0' <= s[len(s)-1] && s[len(s)-1] <= '9' }

var dateUnits = func() map[string]bool {
	m := make(map[string]bool)
	for _, u := range strings.Fields("年 月 日 時 分 秒 年度 年間 日間 時間 週間 か月 カ月 ヶ月 ヵ月 ケ月 箇月 か月間 カ月間 世紀 年代 時半 年前 日前 年ぶり 日ぶり 月末 年末 月期 年春 年夏 年秋 年冬 分間 秒間 時前 時頃 日目 年目 年半 歳") {
		m[u] = true
	}
	delete(m, "歳")
	return m
}()

// joinWords joins tokens that together are a word of the user dictionary; the longest word that begins first wins.
func (l *line) joinWords(w *words) {
	if len(w.entry) == 0 {
		return
	}
	out := l.tokens[:0]
	for i := 0; i < len(l.tokens); {
		t := l.tokens[i]
		first, _ := utf8.DecodeRuneInString(t.Norm)
		reach, ok := w.reach[first]
		if !ok {
			out = append(out, t)
			i++
			continue
		}
		var best *Word
		to := i
		if e := w.entry[t.Norm]; e != nil {
			best, to = e, i+1
		}
		var buf [256]byte
		key := append(buf[:0], t.Norm...)
		for j := i + 1; j < len(l.tokens) && l.adjacent(j-1); j++ {
			key = append(key, l.tokens[j].Norm...)
			if len(key) > reach {
				break
			}
			if e := w.entry[string(key)]; e != nil {
				best, to = e, j+1
			}
		}
		if best == nil {
			out = append(out, t)
			i++
			continue
		}
		t = l.merged(i, to)
		t.POS, t.Kind, t.ISO3, t.Known = best.POS, best.Kind, best.ISO3, true
		if best.Reading != "" {
			t.Reading = best.Reading
		}
		out = append(out, t)
		i = to
	}
	l.tokens = out
}

func isLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isKatakanaWord(s string) bool {
	for _, r := range s {
		if !('ァ' <= r && r <= 'ヺ' || r == 'ー') {
			return false
		}
	}
	return s != ""
}

func isKanjiWord(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return s != ""
}
