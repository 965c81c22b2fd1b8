package rules

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestCuesOfTheDataFiles(t *testing.T) {
	c, err := LoadCues()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Light["行う"]) == 0 || len(c.Verbs["検討"]) == 0 || len(c.Nouns["予定"]) == 0 {
		t.Errorf("行う, 検討 and 予定 have %d, %d and %d entries, want at least one each", len(c.Light["行う"]), len(c.Verbs["検討"]), len(c.Nouns["予定"]))
	}
}

// TestCueFaults: a fault in a data file is told with its file and line.
func TestCueFaults(t *testing.T) {
	for name, tc := range map[string]struct {
		file, old, new string
		want           []string
	}{
		"unknown effect": {
			"cues_auxiliaries.yaml", "set: [past]", "set: [passed]",
			[]string{"cues_auxiliaries.yaml:", `"passed" is no effect`},
		},
		"id twice": {
			"cues_auxiliaries.yaml", "id: aux.passive", "id: aux.past",
			[]string{"cues_auxiliaries.yaml:", `"aux.past" stands at cues_auxiliaries.yaml:`},
		},
		"pattern twice": {
			"cues_auxiliaries.yaml", "after: れる|られる", "after: た",
			[]string{"cues_auxiliaries.yaml:", `the pattern "た" stands twice`},
		},
		"unknown case": {
			"cues_particles.yaml", "case: ga,", "case: gaa,",
			[]string{"cues_particles.yaml:", `"gaa" is no case`},
		},
		"unknown form": {
			"cues_particles.yaml", "forms: [adverbial, adnominal]", "forms: [adverbs]",
			[]string{"cues_particles.yaml:", `"adverbs" is no form`},
		},
		"unknown key": {
			"cues_light.yaml", "  in: wo", "  inn: wo",
			[]string{"cues_light.yaml:", "inn"},
		},
		"event noun in an odd case": {
			"cues_light.yaml", "  in: wo", "  in: to",
			[]string{"cues_light.yaml:", `stands in "to"`},
		},
		"noun twice": {
			"cues_events.yaml", "nouns: [首脳会談,", "nouns: [首脳会談, 首脳会談,",
			[]string{"cues_events.yaml:", `"首脳会談" stands twice`},
		},
		"word embedded twice": {
			"cues_embedding.yaml", "words: [警告, 脅す,", "words: [求める, 警告, 脅す,",
			[]string{"cues_embedding.yaml:", `"求める" stands in`},
		},
		"unknown way to embed": {
			"cues_embedding.yaml", "by: [noun, clause]", "by: [nouns]",
			[]string{"cues_embedding.yaml:", `"nouns" is no way to embed`},
		},
		"missing key": {
			"cues_speech.yaml", "\nperformatives:", "\nperformative:",
			[]string{"cues_speech.yaml:", `the key "performatives" is missing`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			files, err := fs.Glob(cueFiles, "data/cues_*.yaml")
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				data, err := fs.ReadFile(cueFiles, f)
				if err != nil {
					t.Fatal(err)
				}
				text := string(data)
				base := strings.TrimPrefix(f, "data/")
				if base == tc.file {
					if !strings.Contains(text, tc.old) {
						t.Fatalf("%s has no %q any more: choose another line to break", f, tc.old)
					}
					text = strings.Replace(text, tc.old, tc.new, 1)
				}
				fsys[base] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err = ReadCues(fsys)
			if err == nil {
				t.Fatal("no fault was told")
			}
			for _, want := range tc.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
			if !strings.Contains(err.Error(), tc.file+":") || strings.Contains(err.Error(), tc.file+":0:") {
				t.Errorf("the error does not name file and line:\n%v", err)
			}
		})
	}
}

func TestPatterns(t *testing.T) {
	p := &Patterns[string]{}
	for _, s := range []string{"ない", "かも しれる ない|ぬ", "=ざる を 得る ない", "て いる"} {
		if err := p.add(s, s); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct {
		words string // base/wording, or base alone
		want  string
		width int
	}{
		{"ない", "ない", 1},
		{"かも しれる/しれ ない", "かも しれる ない|ぬ", 3},
		{"かも しれる/しれ ぬ", "かも しれる ない|ぬ", 3},
		{"かも しれる/しれ", "", 0},
		{"ぬ/ざる を 得る/得 ない", "=ざる を 得る ない", 4},
		{"ぬ/ず", "", 0},
		{"ない て いる", "ない", 1},
		{"", "", 0},
	} {
		words := strings.Fields(tc.words)
		got, width := p.Longest(func(i int) (string, string) {
			if i >= len(words) {
				return "", ""
			}
			base, surface, ok := strings.Cut(words[i], "/")
			if !ok {
				surface = base
			}
			return base, surface
		})
		value := ""
		if got != nil {
			value = *got
		}
		if value != tc.want || width != tc.width {
			t.Errorf("%q: got %q over %d words, want %q over %d", tc.words, value, width, tc.want, tc.width)
		}
	}
	if err := p.add("ない", "again"); err == nil {
		t.Error("a pattern that stands twice was taken")
	}
}
