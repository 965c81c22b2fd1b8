// Which officials nominated, praised or criticised someone, by month?
// ja: 誰がその人物・国を推薦・称賛・批判したか（月別）。
// param who string ドナルド・トランプ — a name, English or Japanese, of the one spoken of
// columns: month, relation, by, statements, documents
MATCH (e:Entity) WHERE e.nameJa = $who OR e.name = $who
MATCH (e)<-[:OBJECT]-(s:Statement)-[:SUBJECT]->(by:Entity)
WHERE s.relation IN ['nominates', 'praises', 'criticizes', 'supports', 'protests-to'] AND s.status = 'actual'
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN substring(coalesce(s.start, d.published), 0, 7) AS month, s.relation AS relation, by.name AS by,
       count(DISTINCT s) AS statements, count(DISTINCT d) AS documents
ORDER BY month, relation, by
