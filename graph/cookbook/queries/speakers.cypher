// Who is quoted most as the source of statements about others?
// ja: 発言の出どころとして最も引用されている人・機関。
// param last integer 20 — how many rows
// columns: speaker, statements, documents
MATCH (s:Statement) WHERE s.relation IS NOT NULL
MATCH (s)-[:ATTRIBUTED_TO]->(e:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN e.name AS speaker, count(DISTINCT s) AS statements, count(DISTINCT d) AS documents
ORDER BY statements DESC, speaker LIMIT $last
