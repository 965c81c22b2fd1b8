// Coverage of a country by outlet: documents that mention it and statements about it.
// ja: 媒体ごとの報道量。
// param country entity country/JPN — the country
// columns: outlet, documents, mentions
MATCH (c:Entity {id: $country})<-[m:MENTIONS]-(d:Document)
RETURN d.outlet AS outlet, count(d) AS documents, sum(m.count) AS mentions
ORDER BY documents DESC, outlet
