// Who mediates between whom, or for which agreement?
// ja: 誰が誰の間を、どの合意を仲介しているか。
// columns: mediator, for, status, documents, first, last
MATCH (m:Entity)<-[:SUBJECT]-(s:Statement {relation: 'mediates'})-[:OBJECT]->(o:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN m.name AS mediator, o.name AS for, s.status AS status, count(DISTINCT d) AS documents, min(s.start) AS first, max(s.end) AS last
ORDER BY mediator, for, status
