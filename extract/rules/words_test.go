package rules

import (
	"strings"
	"testing"
)

func TestWordLists(t *testing.T) {
	l := Words() // panics where the file is faulty
	if !l.Vicinity.Has("南部") || l.Vicinity.Has("部") {
		t.Errorf("vicinity: %v, want 南部 on it and 部 not", l.Vicinity.All())
	}
	for i, w := range l.Vicinity.All()[1:] {
		if len(w) > len(l.Vicinity.All()[i]) {
			t.Errorf("vicinity: %s after %s, want the longest first", w, l.Vicinity.All()[i])
		}
	}
	if !l.OwnNames.Ends("高等裁判所") || l.OwnNames.Ends("高等裁判") || !l.AfterNoOffice.Starts("杯を") || l.AfterNoOffice.Starts("の杯") || !l.Politics.In("次の総選挙で") || l.Politics.In("総選") {
		t.Error("Ends, Starts or In finds too much or too little")
	}
}

func TestParseWordsFaults(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a list of another name": {"[vicinity]", "[vicinities]", `no list is named "vicinities"`},
		"a list twice":           {"[vicinity]", "[not-names]", "there twice"},
		"a word twice":           {"\n国境付近", "\n国境付近 国境付近", `"国境付近" is on this list already`},
		"a list without words":   {"[korean-kana]", "[korean-kana]\n#", ""},
		"words before any list":  {"# Closed lists", "迷子\n# Closed lists", `"迷子" stands before the first list`},
	} {
		t.Run(name, func(t *testing.T) {
			data := strings.Replace(wordsText, c.old, c.new, 1)
			if data == wordsText {
				t.Fatalf("%q is not in the file", c.old)
			}
			_, err := ParseWords("w.txt", data)
			if c.want == "" {
				if err != nil {
					t.Errorf("error %v, want none", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "w.txt:") {
				t.Errorf("error %v, want w.txt:… %s", err, c.want)
			}
		})
	}
	if _, err := ParseWords("w.txt", "[vicinity]\n南部\n"); err == nil || !strings.Contains(err.Error(), "missing or empty") {
		t.Errorf("one list of many: error %v, want that others are missing", err)
	}
}

func TestParseAnaphorsFaults(t *testing.T) {
	const head = "word\tclass\tnumber\n"
	for row, want := range map[string]string{
		"両国\tcountries\t2": "class is", "同省\torganization:\t1": "head word after the colon", "両国\tcountry\tmany": "number is", "同国\tcountry:国\t1": "head word after the colon",
		"両国\tcountry\t2\n両国\tcountry\t2": "there twice",
	} {
		if _, err := ParseAnaphors("a.tsv", []byte(head+row+"\n")); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.tsv:") {
			t.Errorf("%q: error %v, want a.tsv:… %s", row, err, want)
		}
	}
	if n := len(Anaphors()); n < 90 {
		t.Errorf("%d anaphors, want those of the file", n)
	}
}
