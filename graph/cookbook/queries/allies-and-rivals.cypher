// A country's partners ranked by supportive against hostile acts, officials and bodies included.
// ja: ある国の友好国と対立国。
// param country entity country/JPN — the country
// columns: partner, friendly, hostile
MATCH (c:Entity {id: $country})
CALL (c) { RETURN c AS e UNION MATCH (e:Entity {country: c.id}) RETURN e }
MATCH (e)<-[:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(o:Entity)
WHERE s.status = 'actual' AND s.quad IS NOT NULL AND o <> c AND (o:Country OR o.country <> c.id)
WITH s, CASE WHEN o:Country THEN o.id ELSE o.country END AS partner WHERE partner IS NOT NULL
WITH partner, count(DISTINCT CASE WHEN s.quad <= 2 THEN s END) AS friendly, count(DISTINCT CASE WHEN s.quad >= 3 THEN s END) AS hostile
MATCH (p:Entity {id: partner})
RETURN p.name AS partner, friendly, hostile
ORDER BY friendly - hostile DESC, partner
