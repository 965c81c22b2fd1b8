// Which agreements were signed, by whom, and who witnessed or brokered them?
// ja: どの協定に誰が署名し、誰が立ち会い、仲介したか。
// columns: agreement, signatories, witnesses, mediators, first
MATCH (p:Entity)<-[:SUBJECT]-(s:Statement {relation: 'signs'})-[:OBJECT]->(a:Entity) WHERE s.status = 'actual'
WITH a, collect(DISTINCT p.name) AS signatories, min(s.start) AS first
OPTIONAL MATCH (w:Entity)-[:WITNESSES {status: 'actual'}]->(a)
WITH a, signatories, first, collect(DISTINCT w.name) AS witnesses
OPTIONAL MATCH (m:Entity)-[:MEDIATES {status: 'actual'}]->(a)
WITH a, signatories, first, witnesses, collect(DISTINCT m.name) AS mediators
UNWIND signatories AS one
WITH a, first, witnesses, mediators, one ORDER BY one
RETURN a.name AS agreement, collect(one) AS signatories, witnesses, mediators, first
ORDER BY first, agreement
