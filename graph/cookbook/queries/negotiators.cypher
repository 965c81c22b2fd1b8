// Who negotiated with an official, and which sentences say so?
// ja: ある高官と誰が交渉したか。どの文がそう述べているか。
// param who string 何立峰 — a name, English or Japanese, of the official
// param from date 2000-01-01 — first day
// param to date 2099-12-31 — last day
// columns: negotiator, relation, status, day, outlet, sentence
MATCH (e:Entity) WHERE e.nameJa = $who OR e.name = $who
MATCH (e)<-[a:SUBJECT|OBJECT]-(s:Statement)-[b:SUBJECT|OBJECT]->(other:Entity)
WHERE s.relation IN ['negotiates-with', 'calls', 'meets'] AND other <> e
  AND (s.start IS NULL OR ($from <= s.start AND s.start <= $to))
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN DISTINCT other.name AS negotiator, s.relation AS relation, s.status AS status, s.start AS day, d.outlet AS outlet, s.text AS sentence
ORDER BY day, negotiator, relation, sentence
