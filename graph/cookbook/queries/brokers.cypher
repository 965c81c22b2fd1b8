// Officials who link the most others by actual meetings (degree in the meeting network).
// ja: 会談ネットワークで最も多くの相手とつながる高官。
// param last integer 20 — how many rows
// columns: official, country, partners
MATCH (s:Statement) WHERE s.relation IN ['meets', 'negotiates-with', 'calls'] AND s.status = 'actual'
MATCH (a:Official)<-[:SUBJECT|OBJECT]-(s)-[:SUBJECT|OBJECT]->(b:Official)
RETURN a.name AS official, a.country AS country, count(DISTINCT b) AS partners
ORDER BY partners DESC, official LIMIT $last
