package neo4j

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// shelfStatements is about how many statements a shelf holds.
const shelfStatements = 25_000

// shelves part a graph into files, so that each can be looked at alone: what says or mentions something and what it
// implies stand on the same shelf. Entities go by their id; statements, fulfilments and edges by relation and ends; those of a
// functional relation by relation and object, since the holders of one office end each other's tenures.
type shelves struct {
	dir   string
	files []shelfFile
}

type shelfFile struct {
	f   *os.File
	buf *bufio.Writer
	enc *gob.Encoder
	// next is what has not been written yet.
	next shelf
}

// shelf is what stands on one.
type shelf struct {
	Mentions   []graph.Mention
	Statements []graph.Statement
	// Entities, Edges and Fulfilled are as stored.
	Entities  []storedEntity
	Edges     []storedEdge
	Fulfilled []graph.Fulfilment
}

type storedEntity struct {
	ID         string
	Labels     []string
	Properties map[string]string
}

type storedEdge struct {
	Key        graph.EdgeKey
	Properties map[string]string
}

// newShelves makes n shelves, 200 at most, in a temporary folder.
func newShelves(n int) (*shelves, error) {
	dir, err := os.MkdirTemp("", "entente-verify-")
	if err != nil {
		return nil, fmt.Errorf("neo4j: verify: %w", err)
	}
	s := &shelves{dir: dir}
	for i := range min(n, 200) {
		f, err := os.Create(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("neo4j: verify: %w", err), s.close())
		}
		buf := bufio.NewWriter(f)
		s.files = append(s.files, shelfFile{f: f, buf: buf, enc: gob.NewEncoder(buf)})
	}
	return s, nil
}

func (s *shelves) close() error {
	var errs []error
	for i := range s.files {
		errs = append(errs, s.files[i].f.Close())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

func (s *shelves) at(key ...string) *shelf {
	h := fnv.New64a()
	io.WriteString(h, strings.Join(key, "\x00"))
	return &s.files[h.Sum64()%uint64(len(s.files))].next
}

func (s *shelves) ofEdge(o *schema.Ontology, k graph.EdgeKey) *shelf {
	if r, _ := o.Get(k.Relation); r.Functional {
		return s.at(k.Relation, k.To)
	}
	return s.at(k.Relation, k.From, k.To)
}

func (s *shelves) mention(m graph.Mention) {
	at := s.at(m.Entity)
	at.Mentions = append(at.Mentions, m)
}

func (s *shelves) statement(o *schema.Ontology, st graph.Statement, fulfilled []string) {
	at := s.ofEdge(o, st.Key(o))
	at.Statements = append(at.Statements, st)
	for _, actual := range fulfilled {
		at.Fulfilled = append(at.Fulfilled, graph.Fulfilment{Planned: st.ID, Actual: actual})
	}
}

func (s *shelves) entity(labels []string, p graph.Properties) {
	at := s.at(p.Get("id"))
	at.Entities = append(at.Entities, storedEntity{p.Get("id"), labels, texts(p)})
}

func (s *shelves) edge(o *schema.Ontology, k graph.EdgeKey, p graph.Properties) {
	at := s.ofEdge(o, k)
	at.Edges = append(at.Edges, storedEdge{k, texts(p)})
}

// flush writes what has been put on the shelves.
func (s *shelves) flush() error {
	for i := range s.files {
		f := &s.files[i]
		n := f.next
		if len(n.Mentions)+len(n.Statements)+len(n.Entities)+len(n.Edges)+len(n.Fulfilled) == 0 {
			continue
		}
		if err := f.enc.Encode(n); err != nil {
			return fmt.Errorf("neo4j: verify: %w", err)
		}
		f.next = shelf{}
	}
	return nil
}

// each reads the shelves back, one after the other. Nothing can be put on them afterwards.
func (s *shelves) each(f func(*shelf) error) error {
	for i := range s.files {
		whole, err := s.files[i].read()
		if err != nil {
			return fmt.Errorf("neo4j: verify: %w", err)
		}
		if err := f(whole); err != nil {
			return err
		}
	}
	return nil
}

func (f *shelfFile) read() (*shelf, error) {
	if err := f.buf.Flush(); err != nil {
		return nil, err
	}
	if _, err := f.f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	dec := gob.NewDecoder(bufio.NewReader(f.f))
	var whole shelf
	for {
		var s shelf
		switch err := dec.Decode(&s); {
		case errors.Is(err, io.EOF):
			return &whole, nil
		case err != nil:
			return nil, err
		}
		whole.Mentions = append(whole.Mentions, s.Mentions...)
		whole.Statements = append(whole.Statements, s.Statements...)
		whole.Entities = append(whole.Entities, s.Entities...)
		whole.Edges = append(whole.Edges, s.Edges...)
		whole.Fulfilled = append(whole.Fulfilled, s.Fulfilled...)
	}
}
