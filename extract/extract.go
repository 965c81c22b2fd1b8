// Package extract reads a Japanese document and returns what it states. The package is the façade over the stages
// sentence → morph → chunk → clause, mention → entity, timex, and statement; it has no database in its dependency tree.
//
//	x, err := extract.New(extract.Options{})
//	result, err := x.Document(ctx, doc)
package extract

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/extract/chunk"
	"github.com/entente-kg/entente/extract/clause"
	"github.com/entente-kg/entente/extract/entity"
	"github.com/entente-kg/entente/extract/mention"
	"github.com/entente-kg/entente/extract/morph"
	"github.com/entente-kg/entente/extract/rules"
	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/extract/statement"
	"github.com/entente-kg/entente/extract/timex"
	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

// Options configure an Extractor. The zero value reads with the embedded rules and keeps every statement.
type Options struct {
	// Rules are folders of further frames and relations (*.yaml in their roots), added to the embedded ones.
	Rules []fs.FS
	// MinConfidence leaves out statements of a lower confidence, 0 to 1. Default: 0, all.
	MinConfidence float64
	// Published is the date of documents that have none, RFC 3339 or 2006-01-02. Default: unknown; relative dates then
	// stay unresolved.
	Published string
	// Curation merges, splits, renames and blocks entities as the user decided. Default: nothing.
	Curation *entity.Curation
	// Trace keeps the results of every stage in Result.Trace. Default: no.
	Trace bool
}

// EnsureDefaults fills what is zero. There is nothing to fill yet.
func (o *Options) EnsureDefaults() {}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	var faults []error
	if o.MinConfidence < 0 || o.MinConfidence > 1 {
		faults = append(faults, fmt.Errorf("extract: MinConfidence %v, want 0 to 1", o.MinConfidence))
	}
	for i, r := range o.Rules {
		if r == nil {
			faults = append(faults, fmt.Errorf("extract: Rules[%d] is nil, want a folder", i))
		}
	}
	return errors.Join(faults...)
}

// Extractor reads documents. It is immutable and safe for concurrent use; the same document gives the same result.
type Extractor struct {
	opts       Options
	version    string
	ontology   *schema.Ontology
	tokens     *morph.Analyzer
	bunsetsu   *chunk.Parser
	clauses    *clause.Analyzer
	mentions   *mention.Finder
	entities   *entity.Resolver
	statements *statement.Builder
}

// New loads the dictionary and the rules, which takes about half a second once a process.
func New(opts Options) (*Extractor, error) {
	opts.EnsureDefaults()
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	x := &Extractor{opts: opts}
	var err error
	if x.tokens, err = morph.New(morph.Options{}); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	if x.bunsetsu, err = chunk.New(chunk.Options{}); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	cues, err := rules.LoadCues()
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	if x.clauses, err = clause.New(cues, clause.Options{}); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	if x.mentions, err = mention.New(); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	if x.entities, err = entity.New(entity.Options{Curation: opts.Curation}); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	frames, err := rules.LoadFrames(opts.Rules...)
	if err != nil {
		return nil, fmt.Errorf("extract: rules: %w", err)
	}
	x.statements = statement.New(frames)
	x.ontology = frames.Ontology
	if x.version, err = version(opts.Rules, opts.Curation); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	return x, nil
}

// Version names code, rules, dictionary and ontology: equal versions give equal results. It is written into every
// statement.
func (x *Extractor) Version() string { return x.version }

// Ontology is the embedded vocabulary with the relations that the rule folders add. A store needs it to take their
// statements.
func Ontology(folders ...fs.FS) (*schema.Ontology, error) {
	if len(folders) == 0 {
		return schema.Relations(), nil
	}
	frames, err := rules.LoadFrames(folders...)
	if err != nil {
		return nil, fmt.Errorf("extract: rules: %w", err)
	}
	return frames.Ontology, nil
}

// Ontology is the vocabulary of what the extractor says: the embedded one with the relations of Options.Rules.
func (x *Extractor) Ontology() *schema.Ontology { return x.ontology }

// Result is what a document gives.
type Result struct {
	schema.Extraction
	// Sentences is the number of sentences read, title and captions included.
	Sentences int
	// Trace holds every stage's result; nil unless Options.Trace.
	Trace *Trace
}

// Trace holds what every stage made of a document.
type Trace struct {
	Sentences  []chunk.Sentence
	Clauses    []clause.Sentence
	Times      []timex.Expression
	Resolution entity.Resolution
	Candidates []statement.Candidate
}

// Document reads one document. An error names the document: a cancelled context, text that is not UTF-8, or a defect of a
// stage, which is turned into an error so that one document cannot stop the others.
func (x *Extractor) Document(ctx context.Context, doc schema.Document) (result Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			result, err = Result{}, fmt.Errorf("extract: document %q: defect: %v\n%s", doc.ID, r, debug.Stack())
		}
	}()
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("extract: document %q: %w", doc.ID, err)
	}
	if !utf8.ValidString(doc.Text) || !utf8.ValidString(doc.Title) {
		return Result{}, fmt.Errorf("extract: document %q: not UTF-8", doc.ID)
	}
	if doc.Published == "" {
		doc.Published = x.opts.Published
	}
	var sents []chunk.Sentence
	for i, s := range sentence.Split(doc) {
		if i%256 == 255 {
			if err := ctx.Err(); err != nil {
				return Result{}, fmt.Errorf("extract: document %q: %w", doc.ID, err)
			}
		}
		sents = append(sents, x.bunsetsu.Parse(s, x.tokens.Tokens(doc.In(s.Part), s)))
	}
	clauses := x.clauses.Document(sents)
	texts := wording.Document(sents)
	times := timex.Resolve(texts, doc.Published)
	resolution := x.entities.Resolve(doc, sents, x.mentions.Document(sents, texts))
	said := x.statements.Build(statement.Input{
		Document: doc, Sentences: sents, Clauses: clauses, Resolution: resolution, Times: times, Version: x.version,
	})
	result.Extraction = schema.Extraction{
		Source: schema.Source{
			ID: doc.ID, URL: doc.URL, Title: doc.Title, Outlet: doc.Outlet, Published: doc.Published,
			Hash: schema.ContentHash(doc.Title, doc.Text), Extractor: x.version,
		},
		Entities: counted(resolution),
	}
	result.Sentences = len(sents)
	result.Statements = []schema.Statement{} // never null in JSON
	source := result.Source
	for _, st := range said.Statements {
		if st.Confidence >= x.opts.MinConfidence {
			st.Source = &source
			result.Statements = append(result.Statements, st)
		}
	}
	if x.opts.Trace {
		result.Trace = &Trace{Sentences: sents, Clauses: clauses, Times: times, Resolution: resolution, Candidates: said.Candidates}
	}
	if doc.Published == "" {
		result.Warnings = append(result.Warnings, "the document has no date: relative times are unresolved")
	}
	return result, nil
}

// counted is the entities with how often they are mentioned.
func counted(r entity.Resolution) []schema.EntityMention {
	counts := make([]int, len(r.Entities))
	for _, refs := range r.Refs {
		for _, ref := range refs {
			counts[ref.Entity]++
		}
	}
	var out []schema.EntityMention
	for i, e := range r.Entities {
		if counts[i] > 0 && strings.TrimSpace(e.NameJa) != "" {
			out = append(out, schema.EntityMention{Entity: e, Count: counts[i]})
		}
	}
	return out
}
