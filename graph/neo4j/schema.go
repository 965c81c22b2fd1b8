package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// SchemaItem is a constraint or index of ours.
type SchemaItem struct {
	// Name begins with entente_, so that no other application's is taken for ours.
	Name string `json:"name"`
	// Kind is constraint, index or fulltext.
	Kind string `json:"kind"`
	// On is what it is on: :Entity(id).
	On string `json:"on"`
	// State is ONLINE, POPULATING, FAILED, or missing.
	State string `json:"state"`

	create string
}

// migrations bring a database's schema from version i to i+1, in order. Never change one that was released: add another.
// Every statement can be repeated.
var migrations = [][]SchemaItem{
	append([]SchemaItem{
		constraint("entente_graph_id", "EntenteGraph"),
		constraint("entente_entity_id", graph.EntityLabel),
		constraint("entente_document_id", graph.DocumentLabel),
		constraint("entente_statement_id", graph.StatementLabel),
		index("entente_statement_relation", graph.StatementLabel, "relation"),
		index("entente_statement_start", graph.StatementLabel, "start"),
		index("entente_statement_edge", graph.StatementLabel, "edge"),
		index("entente_document_published", graph.DocumentLabel, "published"),
		// What the cookbook's questions begin with.
		index("entente_entity_name", graph.EntityLabel, "name"),
		index("entente_entity_nameJa", graph.EntityLabel, "nameJa"),
		index("entente_entity_country", graph.EntityLabel, "country"),
		index("entente_refresh_started", "Refresh", "started"),
		{Name: "entente_names", Kind: "fulltext", On: ":Entity(name, nameJa, aliases), analyzer cjk",
			create: "CREATE FULLTEXT INDEX entente_names IF NOT EXISTS FOR (e:Entity) ON EACH [e.name, e.nameJa, e.aliases] " +
				"OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"},
	}, bandIndexes()...),
}

func constraint(name, label string) SchemaItem {
	return SchemaItem{Name: name, Kind: "constraint", On: ":" + label + "(id)",
		create: "CREATE CONSTRAINT " + name + " IF NOT EXISTS FOR (n:" + label + ") REQUIRE n.id IS UNIQUE"}
}

func index(name, label, property string) SchemaItem {
	return SchemaItem{Name: name, Kind: "index", On: ":" + label + "(" + property + ")",
		create: "CREATE INDEX " + name + " IF NOT EXISTS FOR (n:" + label + ") ON (n." + property + ")"}
}

func bandIndexes() (out []SchemaItem) {
	for i := range graph.SketchBands {
		p := graph.BandProperty(i)
		out = append(out, index("entente_document_"+p, graph.DocumentLabel, p))
	}
	return out
}

// SchemaVersion is the version that this program makes.
const SchemaVersion = 1

// ErrNewerSchema says that a newer version of Entente wrote the database.
var ErrNewerSchema = errors.New("the database was written by a newer version of Entente: use that version, or entente schema drop and load anew")

// Migrate brings constraints and indexes up to date and waits until they answer. It may be run by several programs at once.
func (s *Store) Migrate(ctx context.Context) error {
	version, err := s.schemaVersion(ctx)
	if err != nil {
		return s.explain(err)
	}
	if version > SchemaVersion {
		return fmt.Errorf("neo4j: %s: %w (its schema is version %d, this program's %d)", s.opts.URI, ErrNewerSchema, version, SchemaVersion)
	}
	if version == SchemaVersion {
		return nil
	}
	return s.ApplySchema(ctx)
}

// ApplySchema makes every constraint and index that is missing, whatever version the database says it has.
func (s *Store) ApplySchema(ctx context.Context) error {
	for _, items := range migrations {
		for _, item := range items {
			if err := s.schemaStatement(ctx, item.create); err != nil {
				return fmt.Errorf("neo4j: making %s on %s: %w", item.Name, item.On, s.explain(err))
			}
		}
	}
	if _, err := s.read(ctx, "CALL db.awaitIndexes(300)", nil); err != nil {
		return s.explain(err)
	}
	return s.explain(s.write(ctx, func(tx neo4j.ManagedTransaction) error {
		_, err := collect(ctx, tx, "MERGE (g:EntenteGraph {id: 'graph'}) SET g.schema = $version", map[string]any{"version": SchemaVersion})
		return err
	}))
}

// schemaStatement runs one schema command in a transaction of its own. Two programs that make the same index at the same moment
// can disturb each other despite IF NOT EXISTS: the second try finds it made.
func (s *Store) schemaStatement(ctx context.Context, cypher string) error {
	var err error
	for try := range 4 {
		err = s.write(ctx, func(tx neo4j.ManagedTransaction) error {
			_, err := collect(ctx, tx, cypher, nil)
			return err
		})
		var server *neo4j.Neo4jError
		if err == nil || !errors.As(err, &server) || server.Title() == "ConstraintCreationFailed" || server.Title() == "Forbidden" {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try+1) * 250 * time.Millisecond):
		}
	}
	return err
}

func (s *Store) schemaVersion(ctx context.Context) (int, error) {
	records, err := s.read(ctx, "MATCH (g:EntenteGraph {id: 'graph'}) RETURN coalesce(g.schema, 0)", nil)
	if err != nil || len(records) == 0 {
		return 0, err
	}
	v, _ := records[0].Values[0].(int64)
	return int(v), nil
}

// Schema lists our constraints and indexes as the database has them, and the version it says it has.
func (s *Store) Schema(ctx context.Context) (version int, items []SchemaItem, err error) {
	if version, err = s.schemaVersion(ctx); err != nil {
		return 0, nil, s.explain(err)
	}
	records, err := s.read(ctx, "SHOW INDEXES YIELD name, state RETURN name, state", nil) // a constraint has an index of its name
	if err != nil {
		return 0, nil, s.explain(err)
	}
	states := map[string]string{}
	for _, r := range records {
		states[text(r.Values[0])] = text(r.Values[1])
	}
	for _, item := range slices.Concat(migrations...) {
		item.State = states[item.Name]
		if item.State == "" {
			item.State = "missing"
		}
		items = append(items, item)
	}
	return version, items, nil
}

// DropSchema takes away our constraints and indexes, and nothing else.
func (s *Store) DropSchema(ctx context.Context) error {
	for _, item := range slices.Concat(migrations...) {
		kind := "INDEX "
		if item.Kind == "constraint" {
			kind = "CONSTRAINT "
		}
		if err := s.schemaStatement(ctx, "DROP "+kind+item.Name+" IF EXISTS"); err != nil {
			return fmt.Errorf("neo4j: dropping %s: %w", item.Name, s.explain(err))
		}
	}
	return s.explain(s.write(ctx, func(tx neo4j.ManagedTransaction) error {
		_, err := collect(ctx, tx, "MATCH (g:EntenteGraph {id: 'graph'}) SET g.schema = 0", nil)
		return err
	}))
}

// clearing are the queries that empty a graph of ours, each repeated until it deletes nothing: one transaction over everything
// would exceed the server's memory limit.
var clearing = []string{
	"MATCH (s:Statement) WHERE s.edge IS NOT NULL WITH s LIMIT $rows DETACH DELETE s RETURN count(*)",
	"MATCH (d:Document)-[m:MENTIONS|COPY_OF]->() WHERE d.digest IS NOT NULL WITH m LIMIT $rows DELETE m RETURN count(*)",
	"MATCH (d:Document) WHERE d.digest IS NOT NULL WITH d LIMIT $rows DETACH DELETE d RETURN count(*)",
	"MATCH (e:Entity)-[r]->(:Entity) WHERE e.documents IS NOT NULL AND r.weight IS NOT NULL WITH r LIMIT $rows DELETE r RETURN count(*)",
	"MATCH (e:Entity) WHERE e.documents IS NOT NULL WITH e LIMIT $rows DETACH DELETE e RETURN count(*)",
}

// Clear deletes every node of ours, in bounded transactions.
func (s *Store) Clear(ctx context.Context) error {
	for _, query := range clearing {
		for {
			var n int64
			err := s.write(ctx, func(tx neo4j.ManagedTransaction) error {
				if err := s.takeTurn(ctx, tx); err != nil {
					return err
				}
				records, err := collect(ctx, tx, query, map[string]any{"rows": 10_000})
				if err != nil {
					return err
				}
				n, _ = records[0].Values[0].(int64)
				return nil
			})
			if err != nil {
				return s.explain(err)
			}
			if n == 0 {
				break
			}
		}
	}
	return nil
}

// Forget deletes the nodes in which we keep account of ourselves: the lock, the schema's version, and the refreshes.
func (s *Store) Forget(ctx context.Context) error {
	return s.explain(s.write(ctx, func(tx neo4j.ManagedTransaction) error {
		if _, err := collect(ctx, tx, "MATCH (r:Refresh) WHERE r.started IS NOT NULL AND r.statementsAdded IS NOT NULL DELETE r", nil); err != nil {
			return err
		}
		_, err := collect(ctx, tx, "MATCH (g:EntenteGraph {id: 'graph'}) DELETE g", nil)
		return err
	}))
}
