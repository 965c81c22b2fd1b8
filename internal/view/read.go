package view

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/entente-kg/entente/graph"
)

// FromStore is the whole graph of a store.
func FromStore(ctx context.Context, w graph.Walker) (graph.Graph, error) {
	var c collector
	err := w.Walk(ctx, &c)
	return c.Graph, err
}

// collector is a graph.Visitor that keeps everything.
type collector struct{ graph.Graph }

func (c *collector) Entity(e graph.Entity, edges []graph.Edge) error {
	c.Entities, c.Edges = append(c.Entities, e), append(c.Edges, edges...)
	return nil
}

func (c *collector) Document(d graph.Document, mentions []graph.Mention) error {
	c.Documents, c.Mentions = append(c.Documents, d), append(c.Mentions, mentions...)
	return nil
}

func (c *collector) Statement(s graph.Statement, fulfilledBy string) error {
	c.Statements = append(c.Statements, s)
	if fulfilledBy != "" {
		c.Fulfilled = append(c.Fulfilled, graph.Fulfilment{Planned: s.ID, Actual: fulfilledBy})
	}
	return nil
}

// dumpLine is a node (Labels) or a relationship (Type) of a dump.
type dumpLine struct {
	Labels     []string         `json:"labels"`
	Type       string           `json:"type"`
	From       string           `json:"from"`
	To         string           `json:"to"`
	Properties graph.Properties `json:"properties"`
}

// Read takes a graph in canonical form, as graph.Store.Dump and entente dump write it. An error names the line.
func Read(r io.Reader) (graph.Graph, error) {
	var g graph.Graph
	in := bufio.NewReaderSize(r, 256<<10)
	for n := 1; ; n++ {
		text, err := in.ReadBytes('\n')
		if len(text) > 0 {
			var l dumpLine
			if bad := json.Unmarshal(text, &l); bad != nil {
				return g, fmt.Errorf("line %d: %w: want a line of entente dump", n, bad)
			}
			l.Properties = integers(l.Properties)
			if bad := add(&g, l); bad != nil {
				return g, fmt.Errorf("line %d: %w", n, bad)
			}
		}
		if err == io.EOF {
			return g, nil
		}
		if err != nil {
			return g, err
		}
	}
}

// add appends what a line says. Relationships follow the node that they leave.
func add(g *graph.Graph, l dumpLine) error {
	if l.Type == "" {
		switch id := l.Properties.Get("id"); {
		case id == "":
			return errors.New("a node without id: want a line of entente dump")
		case l.is(graph.EntityLabel):
			g.Entities = append(g.Entities, graph.ReadEntity(l.Properties))
		case l.is(graph.DocumentLabel):
			g.Documents = append(g.Documents, graph.ReadDocument(l.Properties))
		case l.is(graph.StatementLabel):
			g.Statements = append(g.Statements, graph.ReadStatement(l.Properties))
		default:
			return fmt.Errorf("node %q is no Entity, Document or Statement", id)
		}
		return nil
	}
	switch l.Type {
	case graph.CopyOfType, graph.MentionsType:
		if len(g.Documents) == 0 || g.Documents[len(g.Documents)-1].ID != l.From {
			return fmt.Errorf("%s of document %q, which is not the one above", l.Type, l.From)
		}
		if l.Type == graph.CopyOfType {
			g.Documents[len(g.Documents)-1].CopyOf = l.To
		} else {
			g.Mentions = append(g.Mentions, graph.ReadMention(l.From, l.To, l.Properties))
		}
	case graph.SubjectType, graph.ObjectType, graph.AttributedToType, graph.FulfilledByType, graph.StatedInType:
		if len(g.Statements) == 0 || g.Statements[len(g.Statements)-1].ID != l.From {
			return fmt.Errorf("%s of statement %q, which is not the one above", l.Type, l.From)
		}
		s := &g.Statements[len(g.Statements)-1]
		end := graph.Reference{Entity: l.To, Mention: l.Properties.Get("mention")}
		switch l.Type {
		case graph.SubjectType:
			s.Subject = end
		case graph.ObjectType:
			s.Object = end
		case graph.AttributedToType:
			s.Attribution = append(s.Attribution, end)
		case graph.FulfilledByType:
			g.Fulfilled = append(g.Fulfilled, graph.Fulfilment{Planned: l.From, Actual: l.To})
		}
	default:
		k := graph.EdgeKey{Relation: graph.RelationOf(l.Type), Status: statusOf(l.Properties), From: l.From, To: l.To}
		g.Edges = append(g.Edges, graph.ReadEdge(k, l.Properties))
	}
	return nil
}

func (l dumpLine) is(label string) bool {
	for _, have := range l.Labels {
		if have == label {
			return true
		}
	}
	return false
}

// integers turns the numbers of JSON into those that a store gives: whole ones into int64, except where the graph has
// a share.
func integers(p graph.Properties) graph.Properties {
	for key, v := range p {
		switch v := v.(type) {
		case float64:
			if key != "confidence" {
				p[key] = int64(v)
			}
		case []any:
			for i, e := range v {
				if f, ok := e.(float64); ok {
					v[i] = int64(f)
				}
			}
		}
	}
	return p
}
