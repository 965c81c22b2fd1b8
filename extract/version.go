package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"

	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/schema"
)

// codeVersion is raised whenever code changes what is extracted.
const codeVersion = "0.2"

// Dictionary is the dictionary that tokens come from.
const Dictionary = "ipa-1.2.6"

// Version names the code, embedded rules, dictionary and ontology of an Extractor without rules of one's own.
func Version() string {
	v, err := version(nil, nil)
	if err != nil {
		return codeVersion
	}
	return v
}

// version joins the version of the code, a hash of all rules and the ontology, and the dictionary.
func version(extra []fs.FS, curation *entity.Curation) (string, error) {
	h := sha256.New()
	h.Write(schema.OntologySource())
	for _, folder := range append([]fs.FS{rules.Files()}, extra...) {
		err := fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(folder, path)
			h.Write([]byte(path))
			h.Write([]byte{0})
			h.Write(data)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	if curation != nil {
		// A changed decision makes a rebuild read again what the old one touched.
		decisions, err := json.Marshal(curation)
		if err != nil {
			return "", err
		}
		h.Write(decisions)
	}
	return codeVersion + "+rules." + hex.EncodeToString(h.Sum(nil)[:5]) + "+" + Dictionary, nil
}
