// Who mediates between whom, or for which agreement?
// ja: 誰が誰の間を、どの合意を仲介しているか。
// columns: mediator, for, status, documents, first, last
MATCH (m:Entity)-[r:MEDIATES]->(o:Entity)
RETURN m.name AS mediator, o.name AS for, r.status AS status, r.documents AS documents, r.first AS first, r.last AS last
ORDER BY mediator, for, status
