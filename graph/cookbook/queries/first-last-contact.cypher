// First and last contact (meeting, call, visit, talks) of a country or official with each partner.
// ja: 相手ごとの最初と最後の接触。
// param who string 日本 — a name, English or Japanese
// columns: partner, contacts, first, last
MATCH (e:Entity) WHERE e.nameJa = $who OR e.name = $who
CALL (e) { RETURN e AS x UNION MATCH (x:Entity {country: e.id}) RETURN x }
MATCH (x)<-[:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(p:Entity)
WHERE s.relation IN ['meets', 'calls', 'negotiates-with', 'visits', 'hosts'] AND s.status = 'actual' AND p <> x
MATCH (s)-[:STATED_IN]->(d:Document)
WITH p, s, coalesce(s.start, d.published) AS day
RETURN p.name AS partner, count(DISTINCT s) AS contacts, min(day) AS first, max(day) AS last
ORDER BY contacts DESC, partner
