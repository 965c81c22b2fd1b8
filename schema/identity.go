package schema

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strconv"
	"strings"
)

// ContentHash identifies a document's wording: the hex SHA-256 of title and text.
func ContentHash(title, text string) string {
	h := sha256.New()
	h.Write([]byte(title))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// StatementID is Ontology.StatementID of the embedded ontology.
func StatementID(s Statement) string { return Relations().StatementID(s) }

// StatementID is the statement's stable id, 26 lower-case base-32 characters, made from its document, sentence, relation,
// subject, object, polarity, modality and first day. The arguments of a relation that is symmetric in o are put in order first.
func (o *Ontology) StatementID(s Statement) string {
	a, b := s.Subject.ID, s.Object.ID
	if r, ok := o.Get(s.Relation); ok && r.Symmetric && b < a {
		a, b = b, a
	}
	day := ""
	if s.Time != nil {
		day = s.Time.Start
	}
	parts := []string{s.Document, strconv.Itoa(s.Sentence), s.Relation, a, b, string(s.Polarity), string(s.Modality), day}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}
