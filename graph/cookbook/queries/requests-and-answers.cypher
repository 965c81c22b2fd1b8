// Requests and what was answered to them: agreement, refusal or silence.
// ja: 要求とそれへの回答。
// columns: from, to, asked, answer, answered
MATCH (s:Statement {relation: 'requests'}) WHERE s.status = 'actual'
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
OPTIONAL MATCH (b)<-[:SUBJECT]-(t:Statement)-[:OBJECT]->(a)
WHERE t.relation IN ['rejects', 'agrees-with', 'supports', 'criticizes'] AND t.status = 'actual'
RETURN a.name AS from, b.name AS to, s.text AS asked, t.relation AS answer, t.text AS answered
ORDER BY from, to, asked, answer, answered
