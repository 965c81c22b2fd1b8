"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const words = {
    en: {
      skip: "Skip to the statements", filter: "Filter", who: "Who or what", from: "From", to: "To", reset: "Show all", status: "Status",
      relations: "Relations", all: "All", none: "None", network: "Network", zoomin: "Closer", zoomout: "Farther", fit: "Whole",
      nethelp: "Drag to move, Ctrl and wheel or the buttons to zoom. With the keyboard: arrows move, + and − zoom, 0 shows the whole. Choose a node to see only what concerns it, a line to read its sentences beside the picture. The same is in the lists below.",
      timeline: "Timeline", timehelp: "Statements by the day of the event, where the text gives one, else of publication. Choose a bar to see only that time.",
      astable: "As a table", matrix: "Who deals with whom", matrixhelp: "Countries, with their officials and organizations. Rows act towards columns; relations without a direction count both ways. Blue: mostly cooperation, orange: mostly conflict. Choose a number to read the sentences.",
      list: "Statements", listhelp: "The best documented first. Open an entry to read the sentences; words are marked as", subject: "subject", object: "object", trigger: "trigger", more: "More",
      actual: "actual", planned: "planned", possible: "possible", threatened: "threatened", denied: "denied",
      quads: ["no code", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"], time: "time", sum: "all", undated: "no day", nothing: "Nothing fits the filter.",
      best: "Most connected", besthelp: "Choose one, or a node or line of the picture.", back: "← Back", partners: (n) => n === 1 ? "1 counterpart" : `${n} counterparts`, before: "before", after: "after",
      types: { Country: "country", Official: "official", Organization: "organization", Agreement: "agreement", Event: "event", Place: "place" },
      says: "says", published: "published", sure: "confidence", conflicts: "of conflict", lang: "日本語",
      summary: (e, s, d) => `${e} relations, ${s} statements, ${d} articles`, shown: (e, all) => e === all ? "" : ` (of ${all} relations)`,
      docs: (n) => n === 1 ? "1 article" : `${n} articles`, drawn: (n, all) => n < all ? `The ${n} best documented of ${all} relations are drawn; a filter draws what it leaves.` : `All ${all} relations are drawn.`,
      made: (of, v) => `Made by entente report from a graph of ${of.Entities} entities, ${of.Edges} relations, ${of.Statements} statements and ${of.Documents} articles. Statements are extracted by machine: read the sentence before you rely on one. Extractor: ${v}`,
    },
    ja: {
      skip: "記述へ移動", filter: "絞り込み", who: "人・国・組織など", from: "開始日", to: "終了日", reset: "すべて表示", status: "状態",
      relations: "関係", all: "すべて選択", none: "選択解除", network: "関係図", zoomin: "拡大", zoomout: "縮小", fit: "全体",
      nethelp: "ドラッグで移動、Ctrl＋ホイールまたはボタンで拡大縮小。キーボードでは矢印で移動、＋と−で拡大縮小、0で全体。節を選ぶとそれに関するものだけを、線を選ぶと根拠の文を脇に表示します。同じ内容が下の一覧にあります。",
      timeline: "年表", timehelp: "本文に日付があれば出来事の日、なければ掲載日で数えます。棒を選ぶとその期間だけを表示します。",
      astable: "表で見る", matrix: "誰が誰と", matrixhelp: "国ごとに、その高官と組織を含めて数えます。行が主体、列が相手。向きのない関係は両方に数えます。青は協力、橙は対立が多いことを示します。数字を選ぶと根拠の文を表示します。",
      list: "記述", listhelp: "記事の多い順。開くと根拠の文が出ます。印は", subject: "主体", object: "相手", trigger: "手がかり", more: "続き",
      actual: "事実", planned: "予定", possible: "可能性", threatened: "威嚇", denied: "否定",
      quads: ["分類なし", "言葉の協力", "行動の協力", "言葉の対立", "行動の対立"], time: "時期", sum: "計", undated: "日付なし", nothing: "条件に合うものがありません。",
      best: "相手の多いもの", besthelp: "選ぶか、図の節や線を選んでください。", back: "← 戻る", partners: (n) => `相手${n}`, before: "以前", after: "以後",
      types: { Country: "国", Official: "高官", Organization: "組織", Agreement: "協定", Event: "行事", Place: "場所" },
      says: "による", published: "掲載", sure: "確信度", conflicts: "件が対立", lang: "English",
      summary: (e, s, d) => `関係${e}件、記述${s}件、記事${d}本`, shown: (e, all) => e === all ? "" : `（全${all}件中）`,
      docs: (n) => `記事${n}本`, drawn: (n, all) => n < all ? `${all}件の関係のうち、記事の多い${n}件を描いています。絞り込むと、残ったものを描きます。` : `全${all}件の関係を描いています。`,
      made: (of, v) => `entente report が、実体${of.Entities}、関係${of.Edges}、記述${of.Statements}、記事${of.Documents}本のグラフから作成。記述は機械による抽出です。使う前に文を確かめてください。抽出器：${v}`,
    },
  };
  let lang = data.lang || ((navigator.language || "").startsWith("ja") ? "ja" : "en");
  const t = () => words[lang];

  // make builds an element: text only ever becomes text.
  function make(name, props, ...children) {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(props || {})) {
      if (v === undefined || v === null || v === false) continue;
      if (k === "on") e.addEventListener("click", v);
      else e.setAttribute(k, v === true ? "" : v);
    }
    e.append(...children.filter((c) => c !== undefined && c !== null));
    return e;
  }
  const name = (i) => data.ents[i][lang];
  const relation = (i) => lang === "ja" ? data.rels[i].ja : data.rels[i].id.replaceAll("-", " ");
  const status = (i) => t()[data.stats[i]];

  // What is selected.
  const off = { rels: new Set(), stats: new Set() };
  const pick = { who: "", from: "", to: "", pair: null, node: -1, edge: -1 };

  const fold = (s) => s.normalize("NFKC").toLowerCase();
  const named = data.ents.map((e) => fold(e.en + "\n" + e.ja + "\n" + (e.office || "")));
  const inPair = (e) => {
    const [a, b] = pick.pair, x = data.ents[e.a].of, y = data.ents[e.b].of;
    return x === a && y === b || data.rels[e.r].sym && x === b && y === a;
  };
  const inTime = (s) => !pick.from && !pick.to || s.f && (!pick.to || s.f <= pick.to) && (!pick.from || (s.l || s.f) >= pick.from);
  let seen = []; // {i, e, s: statements} of what fits, in the order of data.edges

  function select() {
    const who = fold(pick.who.trim());
    seen = [];
    data.edges.forEach((e, i) => {
      if (off.rels.has(e.r) || off.stats.has(e.s)) return;
      if (pick.node >= 0 && e.a !== pick.node && e.b !== pick.node) return;
      if (who && !named[e.a].includes(who) && !named[e.b].includes(who)) return;
      if (pick.pair && !inPair(e)) return;
      const s = e.e.filter(inTime);
      if (s.length) seen.push({ i, e, s });
    });
  }

  function show() {
    select();
    const docs = new Set();
    let n = 0;
    for (const x of seen) for (const s of x.s) { n++; docs.add(s.d); }
    $("summary").textContent = seen.length ? t().summary(seen.length, n, docs.size) + t().shown(seen.length, data.edges.length) : t().nothing;
    showChips(); showPicture(); showPanel(); showTime(); showMatrix(); showList();
  }

  function showChips() {
    const chips = [];
    const chip = (text, clear) => chips.push(make("button", { type: "button", on: () => { clear(); show(); } }, text + " ✕"), " ");
    if (pick.pair) chip(`${name(pick.pair[0])} → ${name(pick.pair[1])}`, () => { pick.pair = null; });
    if (pick.node >= 0) chip(name(pick.node), () => { pick.node = -1; pick.edge = -1; });
    $("chips").replaceChildren(...chips);
  }

  // The picture: the one that came with the page as long as it holds all that is to be seen, else a fresh one.
  const svg = $("svg"), given = svg.getAttribute("viewBox").split(" ").map(Number);
  let whole = given, box = given.slice();
  const edgeShapes = new Map(), nodeShapes = new Map();
  const edgeUse = (g, i) => {
    const path = g.querySelector("path"), hit = path.cloneNode();
    hit.removeAttribute("stroke-dasharray"); hit.removeAttribute("stroke-width"); hit.setAttribute("class", "hit");
    g.append(hit, document.createElementNS(svg.namespaceURI, "title"));
    g.addEventListener("click", () => { if (!dragged) chooseEdge(i); });
  };
  const nodeUse = (g, i) => {
    g.setAttribute("role", "button"); g.setAttribute("tabindex", "0");
    g.addEventListener("click", () => { if (!dragged) chooseNode(i); });
    g.addEventListener("keydown", (k) => { if (k.key === "Enter" || k.key === " ") { k.preventDefault(); chooseNode(i); } });
  };
  for (const g of svg.querySelectorAll(".edge")) { const i = Number(g.id.slice(1)); edgeUse(g, i); edgeShapes.set(i, g); }
  for (const g of svg.querySelectorAll(".node")) { const i = Number(g.id.slice(1)); nodeUse(g, i); nodeShapes.set(i, g); }
  function chooseNode(i) { pick.node = pick.node === i ? -1 : i; pick.edge = -1; show(); toPanel(); }
  function chooseEdge(i) { pick.edge = i; showPanel(); markEdge(); toPanel(); }
  function toPanel() {
    $("h-panel").focus({ preventScroll: true });
    const r = $("panel").getBoundingClientRect();
    if (r.top > innerHeight - 80) $("panel").scrollIntoView({ block: "nearest" });
  }
  function markEdge() { for (const g of svg.querySelectorAll(".edge")) g.classList.toggle("chosen", g.id === "e" + pick.edge || g.id === "f" + pick.edge); }
  const columns = (s) => { let w = 0; for (const c of s) w += c.codePointAt(0) > 0x2e7f ? 2 : 1; return w; };
  const short = (s) => { // as wide as the node: 30 columns
    let w = 0, out = "";
    for (const c of s) { w += columns(c); if (w > 29) return out + "…"; out += c; }
    return out;
  };
  const nameEdge = (g, i) => { const e = data.edges[i]; g.lastChild.textContent = `${name(e.a)} — ${relation(e.r)} (${status(e.s)}) → ${name(e.b)}`; };
  const nameNode = (g, i, n) => {
    g.querySelector("text").textContent = short(name(i));
    g.setAttribute("aria-label", `${name(i)}, ${n}`);
    g.setAttribute("aria-pressed", String(pick.node === i));
  };
  const most = 150; // edges of a fresh picture
  function showPicture() {
    const wanted = seen.slice(0, most), all = seen.length === data.edges.length;
    const isGiven = all || pick.node < 0 && wanted.every((x) => edgeShapes.has(x.i));
    $("all").classList.toggle("off", !isGiven);
    if (isGiven) {
      const deg = new Map(), on = new Set();
      for (const x of seen) if (edgeShapes.has(x.i)) { on.add(x.i); for (const k of [x.e.a, x.e.b]) deg.set(k, (deg.get(k) || 0) + 1); }
      for (const [i, g] of edgeShapes) { g.classList.toggle("off", !on.has(i)); nameEdge(g, i); }
      for (const [i, g] of nodeShapes) { g.classList.toggle("off", !deg.has(i)); nameNode(g, i, deg.get(i) || 0); }
      $("fresh").replaceChildren();
      if (whole !== given) { whole = given; hub = givenHub; start(); }
      $("drawn").textContent = t().drawn(all ? data.drawn : on.size, seen.length);
    } else {
      drawFresh(wanted);
      $("drawn").textContent = t().drawn(wanted.length, seen.length);
    }
    markEdge();
  }
  // start shows the whole or, where its writing would be too small, the surroundings of the node with the most neighbours.
  function start() {
    const w = Math.max(svg.clientWidth, 1), h = Math.max(svg.clientHeight, 1), scale = Math.min(w / whole[2], h / whole[3]);
    const least = Math.max(w, 300) / 0.68; // so many points across are still legible
    box = whole.slice();
    if (scale < 0.68 && hub) {
      const high = least * h / w, within = (at, size, from, all) => size >= all ? from - (size - all) / 2 : Math.min(Math.max(from, at - size / 2), from + all - size);
      box = [within(hub[0], least, whole[0], whole[2]), within(hub[1], high, whole[1], whole[3]), least, high];
    }
    look();
  }
  const near = new Map(); // the drawn edges that end in a node
  for (const i of edgeShapes.keys()) for (const k of [data.edges[i].a, data.edges[i].b]) near.set(k, (near.get(k) || 0) + 1);
  const center = (text) => text && [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
  const busiest = [...nodeShapes.keys()].sort((a, b) => near.get(b) - near.get(a) || a - b)[0];
  const givenHub = busiest === undefined ? null : center(nodeShapes.get(busiest).querySelector("text"));
  let hub = givenHub;

  const fills = { Country: ["#fde7b0", "#8a6500"], Official: ["#dcebfa", "#2b5c8a"], Organization: ["#e3f0dd", "#3f6b2a"], Agreement: ["#f3e3f5", "#7a3b84"], Event: ["#fbe0dc", "#9a3a2a"], Place: ["#eeeeee", "#555555"] };
  const quadColours = ["#767676", "#2b7bba", "#0b4f8a", "#c9640a", "#a11212"], dashes = ["", "7,4", "2,4", "10,3,2,3", "1,5"];
  function shape(name, props, ...children) {
    const e = document.createElementNS(svg.namespaceURI, name);
    for (const [k, v] of Object.entries(props)) if (v !== "") e.setAttribute(k, v);
    e.append(...children);
    return e;
  }
  // place lays nodes by forces: all push one another away, edges pull; then moves apart what overlaps.
  function place(nodes, links) {
    const n = nodes.length, k = 90, rounds = n > 120 ? 120 : 240;
    nodes.forEach((p, i) => { const r = 60 * Math.sqrt(i), a = i * 2.399963; p.x = r * Math.cos(a); p.y = r * Math.sin(a); });
    for (let round = 0; round < rounds; round++) {
      const heat = 60 * (1 - round / rounds) + 1;
      for (const p of nodes) { p.dx = -p.x * 0.12; p.dy = -p.y * 0.2; }
      for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) {
        const p = nodes[i], q = nodes[j], x = p.x - q.x || 0.1, y = p.y - q.y || 0.1, d = x * x + y * y;
        if (d > 25 * k * k) continue; // what is far off does not matter
        const f = k * k / d;
        p.dx += x * f; p.dy += y * f; q.dx -= x * f; q.dy -= y * f;
      }
      for (const [p, q] of links) {
        const x = p.x - q.x, y = p.y - q.y, f = Math.sqrt(x * x + y * y) / k;
        p.dx -= x * f; p.dy -= y * f; q.dx += x * f; q.dy += y * f;
      }
      for (const p of nodes) { const d = Math.sqrt(p.dx * p.dx + p.dy * p.dy) || 1, s = Math.min(d, heat) / d; p.x += p.dx * s; p.y += p.dy * s; }
    }
    for (const p of nodes) p.x *= 1.3;
    for (let round = 0, again = true; again && round < 200; round++) {
      again = false;
      for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) {
        const p = nodes[i], q = nodes[j], x = q.x - p.x, y = q.y - p.y, ox = (p.w + q.w) / 2 + 12 - Math.abs(x), oy = (p.h + q.h) / 2 + 14 - Math.abs(y);
        if (ox <= 0 || oy <= 0) continue;
        again = true;
        if (ox < 2 * oy) { const s = x < 0 ? -ox / 2 : ox / 2; p.x -= s; q.x += s; } else { const s = y < 0 ? -oy / 2 : oy / 2; p.y -= s; q.y += s; }
      }
    }
  }
  function drawFresh(list) {
    const at = new Map(), lanes = new Map(), partners = new Map();
    const pair = (e) => Math.min(e.a, e.b) + "," + Math.max(e.a, e.b);
    for (const { e } of list) {
      for (const [x, y] of [[e.a, e.b], [e.b, e.a]]) { if (!partners.has(x)) partners.set(x, new Set()); partners.get(x).add(y); }
      lanes.set(pair(e), (lanes.get(pair(e)) || 0) + 1);
    }
    const order = [...partners.keys()].sort((a, b) => (b === pick.node) - (a === pick.node) || partners.get(b).size - partners.get(a).size || a - b);
    const nodes = order.map((i) => {
      const d = partners.get(i).size, font = d >= 10 ? 18 : d >= 5 ? 14 : 11, label = short(name(i));
      const p = { i, font, w: Math.max(4, columns(label)) * font * 0.564 + 18, h: font + 13 };
      at.set(i, p);
      return p;
    });
    const links = [...lanes.keys()].map((k) => k.split(",").map((i) => at.get(Number(i))));
    place(nodes, links);
    const rim = (p, x, y) => { // where the line to a point leaves a node
      const dx = x - p.x, dy = y - p.y, w = p.w / 2 + 2, h = p.h / 2 + 2, s = Math.min(1, 1 / Math.max(Math.abs(dx) / w, Math.abs(dy) / h, 1e-6));
      return [p.x + dx * s, p.y + dy * s];
    };
    const lane = new Map(), shapes = [];
    for (const { e, i } of list) {
      const p = at.get(e.a), q = at.get(e.b), k = pair(e), n = lanes.get(k), c = lane.get(k) || 0;
      lane.set(k, c + 1);
      let offset = (c - (n - 1) / 2) * Math.min(22, 220 / n);
      if (e.a > e.b) offset = -offset;
      const dx = q.x - p.x, dy = q.y - p.y, length = Math.sqrt(dx * dx + dy * dy) || 1;
      const mx = (p.x + q.x) / 2 + 2 * offset * dy / length, my = (p.y + q.y) / 2 - 2 * offset * dx / length;
      const [x1, y1] = rim(p, mx, my), [x2, y2] = rim(q, mx, my), colour = quadColours[e.q], pen = Math.min(5, 1.2 + 0.8 * Math.floor(Math.log2(Math.max(1, e.n))));
      const g = shape("g", { class: "edge", id: "f" + i, stroke: colour }, shape("path", { d: `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`, "stroke-width": pen.toFixed(1), "stroke-dasharray": dashes[e.s] }));
      if (!data.rels[e.r].sym) {
        const l = Math.sqrt((x2 - mx) ** 2 + (y2 - my) ** 2) || 1, ux = (x2 - mx) / l, uy = (y2 - my) / l, bx = x2 - ux * (6 + 1.2 * pen), by = y2 - uy * (6 + 1.2 * pen), wide = 2.6 + 0.7 * pen;
        g.append(shape("polygon", { points: [[x2, y2], [bx - uy * wide, by + ux * wide], [bx + uy * wide, by - ux * wide]].map((v) => v.map((u) => u.toFixed(1)).join()).join(" "), fill: colour, stroke: "none" }));
      }
      edgeUse(g, i); nameEdge(g, i);
      shapes.push(g);
    }
    const boxes = nodes.map((p) => {
      const type = data.ents[p.i].type, [fill, stroke] = fills[type];
      const body = type === "Country" ? shape("ellipse", { cx: p.x.toFixed(1), cy: p.y.toFixed(1), rx: (p.w / 2).toFixed(1), ry: p.h / 2 })
        : shape("rect", { x: (p.x - p.w / 2).toFixed(1), y: (p.y - p.h / 2).toFixed(1), width: p.w.toFixed(1), height: p.h, rx: type === "Official" ? 7 : 0 });
      const g = shape("g", { class: "node", id: "m" + p.i, fill, stroke }, body, shape("text", { x: p.x.toFixed(1), y: (p.y + p.font * 0.36).toFixed(1), "font-size": p.font, fill: "#111111", stroke: "none" }));
      nodeUse(g, p.i); nameNode(g, p.i, partners.get(p.i).size);
      return g;
    });
    $("fresh").replaceChildren(shape("g", { fill: "none" }, ...shapes), shape("g", { "font-family": "sans-serif", "text-anchor": "middle", "stroke-width": 1 }, ...boxes));
    const xs = nodes.flatMap((p) => [p.x - p.w / 2, p.x + p.w / 2]), ys = nodes.flatMap((p) => [p.y - p.h / 2, p.y + p.h / 2]);
    if (nodes.length) { const l = Math.min(...xs) - 20, u = Math.min(...ys) - 45; whole = [l, u, Math.max(300, Math.max(...xs) - l + 20), Math.max(200, Math.max(...ys) - u + 20)]; }
    else whole = [0, 0, 100, 20];
    hub = nodes.length ? [nodes[0].x, nodes[0].y] : null;
    start();
  }

  // Beside the picture: the sentences of a line, what concerns a node, or where to begin.
  function showPanel() {
    const into = $("inpanel"), head = $("h-panel"), list = (...items) => make("ul", {}, ...items);
    const x = pick.edge < 0 ? undefined : seen.find((s) => s.i === pick.edge);
    if (x) {
      const e = x.e;
      head.replaceChildren(make("bdi", {}, name(e.a)), " ", make("span", { class: "rel r" + e.q }, relation(e.r), data.rels[e.r].sym ? " ↔" : " →"), " ", make("bdi", {}, name(e.b)), " ", make("span", { class: "st s" + e.s }, status(e.s)));
      const back = make("button", { type: "button", class: "back", on: () => { pick.edge = -1; showPanel(); markEdge(); head.focus({ preventScroll: true }); } }, t().back);
      into.replaceChildren(back, ...x.s.map(evidence));
    } else if (pick.node >= 0) {
      const n = data.ents[pick.node], mine = seen.slice(0, 200);
      head.replaceChildren(make("bdi", {}, name(pick.node)));
      const about = [t().types[n.type], n.office, n.of >= 0 && n.of !== pick.node ? name(n.of) : ""].filter(Boolean).join(" · ");
      const back = make("button", { type: "button", class: "back", on: () => { pick.node = -1; show(); head.focus({ preventScroll: true }); } }, t().back);
      into.replaceChildren(back, make("p", {}, about), list(...mine.map((s) => make("li", {}, make("button", { type: "button", on: () => chooseEdge(s.i) },
        make("bdi", {}, name(s.e.a)), make("span", { class: "rel r" + s.e.q }, relation(s.e.r), data.rels[s.e.r].sym ? " ↔" : " →"), make("bdi", {}, name(s.e.b)), s.e.s ? make("span", { class: "st s" + s.e.s }, status(s.e.s)) : null)))));
    } else {
      const partners = new Map();
      for (const { e } of seen) for (const [p, q] of [[e.a, e.b], [e.b, e.a]]) { if (!partners.has(p)) partners.set(p, new Set()); partners.get(p).add(q); }
      const best = [...partners.keys()].sort((p, q) => partners.get(q).size - partners.get(p).size || p - q).slice(0, 20);
      head.textContent = t().best;
      into.replaceChildren(make("p", {}, t().besthelp), list(...best.map((i) => make("li", {}, make("button", { type: "button", on: () => chooseNode(i) }, make("bdi", {}, name(i)), make("span", { class: "num" }, t().partners(partners.get(i).size)))))));
    }
  }
  const look = () => svg.setAttribute("viewBox", box.map((v) => v.toFixed(1)).join(" "));
  function zoom(factor, cx, cy) {
    moved = true;
    const w = Math.min(Math.max(box[2] * factor, 60), whole[2] * 3), h = box[3] * w / box[2];
    box = [cx - (cx - box[0]) * w / box[2], cy - (cy - box[1]) * h / box[3], w, h];
    look();
  }
  const at = (ev) => { const p = new DOMPoint(ev.clientX, ev.clientY).matrixTransform(svg.getScreenCTM().inverse()); return [p.x, p.y]; };
  const middle = () => [box[0] + box[2] / 2, box[1] + box[3] / 2];
  $("in").addEventListener("click", () => zoom(0.7, ...middle()));
  $("out").addEventListener("click", () => zoom(1 / 0.7, ...middle()));
  $("fit").addEventListener("click", () => { box = whole.slice(); look(); });
  svg.addEventListener("wheel", (ev) => { if (ev.ctrlKey || ev.metaKey) { ev.preventDefault(); zoom(ev.deltaY < 0 ? 0.85 : 1 / 0.85, ...at(ev)); } }, { passive: false });
  svg.addEventListener("keydown", (ev) => {
    const step = 0.12, m = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[ev.key];
    if (m) { box[0] += m[0] * box[2] * step; box[1] += m[1] * box[3] * step; look(); }
    else if (ev.key === "+" || ev.key === "=") zoom(0.8, ...middle());
    else if (ev.key === "-") zoom(1.25, ...middle());
    else if (ev.key === "0") { box = whole.slice(); look(); }
    else return;
    ev.preventDefault();
  });
  let drag = null, dragged = false, moved = false; // moved: by the reader
  svg.addEventListener("pointerdown", (ev) => { if (ev.button === 0) { drag = { x: ev.clientX, y: ev.clientY, box: box.slice() }; dragged = false; } });
  addEventListener("pointermove", (ev) => {
    if (!drag) return;
    const scale = svg.getScreenCTM().a, dx = ev.clientX - drag.x, dy = ev.clientY - drag.y;
    if (!dragged && Math.abs(dx) + Math.abs(dy) < 5) return;
    dragged = moved = true; svg.classList.add("on");
    box[0] = drag.box[0] - dx / scale; box[1] = drag.box[1] - dy / scale; look();
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { drag = null; svg.classList.remove("on"); setTimeout(() => { dragged = false; }); });

  // The timeline.
  const days = data.edges.flatMap((e) => e.e.map((s) => s.f).filter(Boolean)).sort();
  // Single outliers must not flatten the rest: what lies before the first or after the last hundredth shares a bar.
  const early = days[Math.floor(days.length * 0.02)] || "", late = days[Math.ceil((days.length - 1) * 0.98)] || "";
  const unit = (() => {
    const months = (late.slice(0, 4) - early.slice(0, 4)) * 12 + (late.slice(5, 7) - early.slice(5, 7));
    return months <= 2 ? 10 : months <= 150 ? 7 : 4;
  })();
  const left = early.slice(0, unit), right = late.slice(0, unit);
  const bucket = (s) => { const k = s.f ? s.f.slice(0, unit) : ""; return !k ? "" : k < left ? "<" : k > right ? ">" : k; };
  const lastDay = (k) => k === "<" ? before(firstDay(left)) : k === ">" ? "" : unit === 10 ? k : unit === 4 ? k + "-12-31" : k + "-" + String(new Date(Date.UTC(+k.slice(0, 4), +k.slice(5, 7), 0)).getUTCDate()).padStart(2, "0");
  const firstDay = (k) => k === "<" ? "" : k === ">" ? after(lastDay(right)) : unit === 10 ? k : unit === 4 ? k + "-01-01" : k + "-01";
  const shift = (day, by) => new Date(Date.parse(day + "T00:00:00Z") + by * 864e5).toISOString().slice(0, 10);
  const before = (day) => shift(day, -1), after = (day) => shift(day, 1);
  const called = (k) => k === "<" ? `${t().before} ${left}` : k === ">" ? `${t().after} ${right}` : k;
  const none = [0, 0, 0, 0, 0];
  // withGaps adds the times in between without statements, unless they are too many.
  function withGaps(keys) {
    const all = [];
    if (!keys.length) return all;
    const day = new Date(firstDay(keys[0]) + "T00:00:00Z");
    for (let k = keys[0]; k <= keys[keys.length - 1]; k = day.toISOString().slice(0, unit)) {
      all.push(k);
      if (all.length > 400) return keys;
      if (unit === 10) day.setUTCDate(day.getUTCDate() + 1);
      else if (unit === 7) day.setUTCMonth(day.getUTCMonth() + 1);
      else day.setUTCFullYear(day.getUTCFullYear() + 1);
    }
    return all;
  }
  function showTime() {
    const counts = new Map();
    for (const x of seen) for (const s of x.s) {
      const k = bucket(s);
      if (!counts.has(k)) counts.set(k, [0, 0, 0, 0, 0]);
      counts.get(k)[x.e.q]++;
    }
    const plain = [...counts.keys()].filter((k) => k > "0" && k !== "<" && k !== ">").sort(), dated = [...(counts.has("<") ? ["<"] : []), ...withGaps(plain), ...(counts.has(">") ? [">"] : [])], keys = [...(counts.has("") ? [""] : []), ...dated.filter((k) => counts.has(k))], sum = (k) => (counts.get(k) || none).reduce((a, b) => a + b, 0);
    const most = Math.max(1, ...dated.map(sum));
    const step = Math.ceil(36 * dated.length / Math.max($("bars").clientWidth, 1)); // bars that a label takes
    let label = "", free = 0;
    $("bars").replaceChildren(...dated.map((k, i) => {
      const c = counts.get(k) || none, f = firstDay(k), l = lastDay(k), head = k === "<" || k === ">" ? "…" : unit === 7 ? k.slice(0, 4) : unit === 10 ? k.slice(0, 7) : dated.length <= 24 ? k : k.slice(0, 3) + "0";
      const bar = make("button", {
        type: "button", "aria-label": `${called(k)}: ${sum(k)} (${t().quads.map((q, j) => c[j] ? q + " " + c[j] : "").filter(Boolean).join(", ")})`, title: `${called(k)}: ${sum(k)}`,
        "aria-pressed": String(pick.from === f && pick.to === l),
        on: () => {
          const was = pick.from === f && pick.to === l;
          pick.from = $("from").value = was ? "" : f; pick.to = $("to").value = was ? "" : l; show();
          const again = $("bars").children[Math.min(i, $("bars").children.length - 1)];
          if (again) again.focus();
        },
      });
      for (const q of [4, 3, 0, 1, 2]) if (c[q]) { const b = make("b", { class: "k" + q }); b.style.height = 100 * c[q] / most + "%"; bar.append(b); }
      if (head !== label && i >= free) { label = head; free = i + step; bar.append(make("small", { "aria-hidden": "true" }, head)); }
      return bar;
    }));
    const head = make("tr", {}, make("th", { scope: "col" }, t().time), make("th", { scope: "col" }, t().sum), ...t().quads.map((q) => make("th", { scope: "col" }, q)));
    $("timetable").replaceChildren(make("thead", {}, head), make("tbody", {}, ...keys.map((k) =>
      make("tr", {}, make("th", { scope: "row" }, called(k) || t().undated), make("td", {}, String(sum(k))), ...counts.get(k).map((n) => make("td", {}, n ? String(n) : "–"))))));
  }

  // Who deals with whom.
  function showMatrix() {
    const n = new Map(), total = new Map();
    const add = (a, b, q, k) => {
      const key = a + ">" + b;
      if (!n.has(key)) n.set(key, [0, 0, 0]);
      n.get(key)[q >= 3 ? 1 : q >= 1 ? 0 : 2] += k;
      total.set(a, (total.get(a) || 0) + k); total.set(b, (total.get(b) || 0) + k);
    };
    for (const x of seen) {
      const a = data.ents[x.e.a].of, b = data.ents[x.e.b].of;
      if (a < 0 || b < 0 || a === b) continue;
      add(a, b, x.e.q, x.s.length);
      if (data.rels[x.e.r].sym) add(b, a, x.e.q, x.s.length);
    }
    const order = [...total.keys()].sort((a, b) => total.get(b) - total.get(a) || a - b).slice(0, 24);
    const rows = order.map((a) => make("tr", {}, make("th", { scope: "row" }, name(a)), ...order.map((b) => {
      const c = n.get(a + ">" + b);
      if (!c) return make("td", {});
      const [co, x, other] = c, all = co + x + other;
      const kind = co > x ? (co >= 5 ? "c2" : "c1") : x > co ? (x >= 5 ? "x2" : "x1") : "m";
      return make("td", {}, make("button", {
        type: "button", class: kind, "aria-label": `${name(a)} → ${name(b)}: ${all}, ${x} ${t().conflicts}`, title: `${name(a)} → ${name(b)}: ${all}, ${x} ${t().conflicts}`,
        on: () => { pick.pair = [a, b]; show(); $("list").scrollIntoView(); $("list").focus({ preventScroll: true }); },
      }, String(all)));
    })));
    $("cells").replaceChildren(make("thead", {}, make("tr", {}, make("td", {}), ...order.map((b) => make("th", { scope: "col" }, name(b))))), make("tbody", {}, ...rows));
  }

  // The statements.
  let shown = 0;
  function showList() { $("edges").replaceChildren(); shown = 0; more(60); }
  function more(n) {
    const until = Math.min(seen.length, shown + n);
    const items = [];
    for (; shown < until; shown++) items.push(item(seen[shown]));
    $("edges").append(...items);
    $("more").hidden = shown >= seen.length;
  }
  function item(x) {
    const e = x.e, first = x.s.map((s) => s.f).filter(Boolean).sort()[0] || "", last = x.s.map((s) => s.l || s.f).filter(Boolean).sort().pop() || "";
    const details = make("details", {}, make("summary", {},
      make("bdi", {}, name(e.a)), make("span", { class: "rel r" + e.q }, relation(e.r), data.rels[e.r].sym ? " ↔" : " →"), make("bdi", {}, name(e.b)),
      e.s ? make("span", { class: "st s" + e.s }, status(e.s)) : null,
      make("span", { class: "num" }, first === last ? first : first + " – " + last, make("span", {}, t().docs(new Set(x.s.map((s) => s.d)).size)))));
    details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(...x.s.map(evidence)); });
    const li = make("li", {}, details);
    li.dataset.edge = x.i;
    return li;
  }
  const kinds = { s: "subject", o: "object", t: "trigger" };
  function evidence(s) {
    const doc = data.docs[s.d];
    const p = make("p", { lang: "ja" }, ...s.p.map(([k, text]) => k ? make("mark", { class: k, title: t()[kinds[k]] }, text, make("span", { class: "vh", lang }, ` (${t()[kinds[k]]})`)) : text));
    const link = doc.u && /^https?:\/\//.test(doc.u) ? make("a", { href: doc.u, rel: "noopener noreferrer nofollow", target: "_blank" }, doc.t) : doc.t;
    const about = [doc.o, doc.d ? `${t().published} ${doc.d}` : "", s.w ? s.w.map(name).join(", ") + " " + t().says : "", s.n, `${t().sure} ${s.c.toFixed(2)}`].filter(Boolean).join(" · ");
    return make("blockquote", {}, p, make("cite", {}, make("bdi", { lang: "ja" }, link), " · ", s.f && !s.u ? (s.l ? s.f + " – " + s.l : s.f) + " · " : "", make("bdi", {}, about)));
  }
  $("more").addEventListener("click", () => { const k = shown; more(200); const li = $("edges").children[k]; if (li) li.querySelector("summary").focus(); });
  if ("IntersectionObserver" in window) new IntersectionObserver((list) => { if (list[0].isIntersecting && shown < seen.length) more(60); }, { rootMargin: "400px" }).observe($("more"));
  let opened = [];
  addEventListener("beforeprint", () => { svg.setAttribute("viewBox", whole.join(" ")); more(Math.max(0, 500 - shown)); opened = [...document.querySelectorAll("#edges details:not([open])")].slice(0, 500); for (const d of opened) { d.open = true; d.dispatchEvent(new Event("toggle")); } });
  addEventListener("afterprint", () => { look(); for (const d of opened) d.open = false; });

  // The filter's controls.
  function boxes(into, count, label, set) {
    into.append(...Array.from({ length: count }, (_, i) => {
      const box = make("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => { if (box.checked) set.delete(i); else set.add(i); show(); });
      const l = make("label", {}, box, " ", make("span", {}));
      l.dataset.label = i;
      return l;
    }));
    return () => { for (const l of into.querySelectorAll("label")) l.querySelector("span").textContent = label(+l.dataset.label); };
  }
  const nameStatuses = boxes($("statuses"), data.stats.length, status, off.stats), nameRelations = boxes($("relations"), data.rels.length, relation, off.rels);
  const setAll = (into, set, on) => { for (const b of into.querySelectorAll("input")) b.checked = on; set.clear(); if (!on) data.rels.forEach((_, i) => set.add(i)); };
  $("relall").addEventListener("click", () => { setAll($("relations"), off.rels, true); show(); });
  $("relnone").addEventListener("click", () => { setAll($("relations"), off.rels, false); show(); });
  let wait = 0;
  $("who").addEventListener("input", (ev) => { pick.who = ev.target.value; clearTimeout(wait); wait = setTimeout(show, 150); });
  for (const k of ["from", "to"]) $(k).addEventListener("change", (ev) => { pick[k] = ev.target.value; show(); });
  $("reset").addEventListener("click", () => {
    Object.assign(pick, { who: "", from: "", to: "", pair: null, node: -1, edge: -1 });
    off.stats.clear(); off.rels.clear();
    for (const b of document.querySelectorAll("#form input")) if (b.type === "checkbox") b.checked = true; else b.value = "";
    show();
  });
  $("form").addEventListener("submit", (ev) => ev.preventDefault());

  function translate() {
    document.documentElement.lang = lang;
    for (const e of document.querySelectorAll("[data-t]")) e.textContent = t()[e.dataset.t];
    $("lang").textContent = t().lang; $("lang").lang = lang === "ja" ? "en" : "ja";
    nameStatuses(); nameRelations();
    $("names").replaceChildren(...data.ents.slice(0, 2000).map((e) => make("option", { value: e[lang] })));
    $("key").replaceChildren(
      ...t().quads.map((q, i) => make("span", {}, make("i", { class: "k" + i }), q)), ...data.stats.map((_, i) => make("span", {}, make("i", { class: "l s" + i }), status(i))));
    $("made").textContent = t().made(data.of, data.readers.join(", "));
    show();
  }
  $("lang").addEventListener("click", () => { lang = lang === "ja" ? "en" : "ja"; translate(); });
  translate();
  start();
  addEventListener("resize", () => { if (whole === given && !moved) start(); });
})();
