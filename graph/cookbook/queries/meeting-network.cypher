// The network of meetings as an edge list with weights, ready for igraph, networkx or Gephi.
// ja: 会談ネットワークの辺リスト。
// param from date 2000-01-01 — first day
// param to date 2099-12-31 — last day
// columns: source, target, weight, first, last
MATCH (s:Statement) WHERE s.relation IN ['meets', 'calls', 'negotiates-with'] AND s.status = 'actual'
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
WITH a, b, s, coalesce(s.start, d.published) AS day
WHERE $from <= day AND day <= $to
RETURN a.name AS source, b.name AS target, count(DISTINCT s) AS weight, min(day) AS first, max(day) AS last
ORDER BY weight DESC, source, target
