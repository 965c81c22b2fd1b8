// Who took part in which summit or conference, and who hosted it?
// ja: 会議ごとの参加者と主催者。
// columns: event, hosts, participants
MATCH (p:Entity)<-[:SUBJECT]-(s:Statement {relation: 'attends'})-[:OBJECT]->(e:Entity) WHERE s.status IN ['actual', 'planned']
WITH e, p ORDER BY p.name
WITH e, collect(DISTINCT p.name) AS participants
OPTIONAL MATCH (h:Entity)-[:HOSTS]->(e)
WITH e, participants, h ORDER BY h.name
RETURN e.name AS event, collect(DISTINCT h.name) AS hosts, participants
ORDER BY event
