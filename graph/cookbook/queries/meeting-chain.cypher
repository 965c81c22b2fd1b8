// The shortest chain of actual meetings between two officials.
// ja: 二人の高官をつなぐ最短の会談の連鎖。
// param from_name string 高市早苗 — a name, English or Japanese
// param to_name string 習近平 — a name, English or Japanese
// columns: length, chain
MATCH (a:Entity) WHERE a.nameJa = $from_name OR a.name = $from_name
MATCH (b:Entity) WHERE b.nameJa = $to_name OR b.name = $to_name
MATCH p = shortestPath((a)-[:MEETS|NEGOTIATES_WITH|CALLS*..8]-(b))
WHERE all(r IN relationships(p) WHERE r.status = 'actual')
RETURN length(p) AS length, [n IN nodes(p) | n.name] AS chain
ORDER BY length, chain
