"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const words = {
    en: {
      skip: "Skip to the statements", filter: "Filter", who: "Who or what", from: "From", to: "To", reset: "Show all", status: "Status",
      relations: "Relations", all: "All", none: "None", network: "Network", zoomin: "Closer", zoomout: "Farther", fit: "Whole",
      nethelp: "Drag to move, Ctrl and wheel or the buttons to zoom. With the keyboard: arrows move, + and − zoom, 0 shows the whole. Choose a node to see only what concerns it, a line to read its sentences. The same is in the lists below.",
      timeline: "Timeline", timehelp: "Statements by the day of the event, where the text gives one, else of publication. Choose a bar to see only that time.",
      astable: "As a table", matrix: "Who deals with whom", matrixhelp: "Countries, with their officials and organizations. Rows act towards columns; relations without a direction count both ways. Blue: mostly cooperation, orange: mostly conflict. Choose a number to read the sentences.",
      list: "Statements", listhelp: "The best documented first. Open an entry to read the sentences; words are marked as", subject: "subject", object: "object", trigger: "trigger", more: "More",
      actual: "actual", planned: "planned", possible: "possible", threatened: "threatened", denied: "denied",
      quads: ["no code", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"], time: "time", sum: "all", undated: "no day", nothing: "Nothing fits the filter.",
      says: "says", published: "published", sure: "confidence", conflicts: "of conflict", lang: "日本語",
      summary: (e, s, d) => `${e} relations, ${s} statements, ${d} articles`, shown: (e, all) => e === all ? "" : ` (of ${all} relations)`,
      docs: (n) => n === 1 ? "1 article" : `${n} articles`, drawn: (n, all) => n < all ? `The ${n} best documented of ${all} relations are drawn.` : `All ${all} relations are drawn.`,
      made: (of, v) => `Made by entente report from a graph of ${of.Entities} entities, ${of.Edges} relations, ${of.Statements} statements and ${of.Documents} articles. Statements are extracted by machine: read the sentence before you rely on one. Extractor: ${v}`,
    },
    ja: {
      skip: "記述へ移動", filter: "絞り込み", who: "人・国・組織など", from: "開始日", to: "終了日", reset: "すべて表示", status: "状態",
      relations: "関係", all: "すべて選択", none: "選択解除", network: "関係図", zoomin: "拡大", zoomout: "縮小", fit: "全体",
      nethelp: "ドラッグで移動、Ctrl＋ホイールまたはボタンで拡大縮小。キーボードでは矢印で移動、＋と−で拡大縮小、0で全体。節を選ぶとそれに関するものだけを、線を選ぶと根拠の文を表示します。同じ内容が下の一覧にあります。",
      timeline: "年表", timehelp: "本文に日付があれば出来事の日、なければ掲載日で数えます。棒を選ぶとその期間だけを表示します。",
      astable: "表で見る", matrix: "誰が誰と", matrixhelp: "国ごとに、その高官と組織を含めて数えます。行が主体、列が相手。向きのない関係は両方に数えます。青は協力、橙は対立が多いことを示します。数字を選ぶと根拠の文を表示します。",
      list: "記述", listhelp: "記事の多い順。開くと根拠の文が出ます。印は", subject: "主体", object: "相手", trigger: "手がかり", more: "続き",
      actual: "事実", planned: "予定", possible: "可能性", threatened: "威嚇", denied: "否定",
      quads: ["分類なし", "言葉の協力", "行動の協力", "言葉の対立", "行動の対立"], time: "時期", sum: "計", undated: "日付なし", nothing: "条件に合うものがありません。",
      says: "による", published: "掲載", sure: "確信度", conflicts: "件が対立", lang: "English",
      summary: (e, s, d) => `関係${e}件、記述${s}件、記事${d}本`, shown: (e, all) => e === all ? "" : `（全${all}件中）`,
      docs: (n) => `記事${n}本`, drawn: (n, all) => n < all ? `全${all}件の関係のうち、記事の多い${n}件を描いています。` : `全${all}件の関係を描いています。`,
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
  const pick = { who: "", from: "", to: "", pair: null, node: -1 };

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
      if (pick.node >= 0 && e.a !== pick.node && e.b !== pick.node && data.ents[e.a].of !== pick.node && data.ents[e.b].of !== pick.node) return;
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
    showChips(); showPicture(); showTime(); showMatrix(); showList();
  }

  function showChips() {
    const chips = [];
    const chip = (text, clear) => chips.push(make("button", { type: "button", on: () => { clear(); show(); } }, text + " ✕"), " ");
    if (pick.pair) chip(`${name(pick.pair[0])} → ${name(pick.pair[1])}`, () => { pick.pair = null; });
    if (pick.node >= 0) chip(name(pick.node), () => { pick.node = -1; });
    $("chips").replaceChildren(...chips);
  }

  // The picture.
  const svg = $("svg"), whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = whole.slice();
  const edgeShapes = new Map(), nodeShapes = new Map();
  for (const g of svg.querySelectorAll(".edge")) {
    const i = Number(g.id.slice(1)), path = g.querySelector("path"), hit = path.cloneNode();
    hit.removeAttribute("stroke-dasharray"); hit.removeAttribute("stroke-width"); hit.setAttribute("class", "hit");
    g.append(hit, document.createElementNS(svg.namespaceURI, "title"));
    g.addEventListener("click", () => { if (!dragged) openEdge(i); });
    edgeShapes.set(i, g);
  }
  for (const g of svg.querySelectorAll(".node")) {
    const i = Number(g.id.slice(1));
    g.setAttribute("role", "button"); g.setAttribute("tabindex", "0");
    const choose = () => { pick.node = pick.node === i ? -1 : i; show(); };
    g.addEventListener("click", () => { if (!dragged) choose(); });
    g.addEventListener("keydown", (k) => { if (k.key === "Enter" || k.key === " ") { k.preventDefault(); choose(); } });
    nodeShapes.set(i, g);
  }
  const short = (s) => { // as wide as the node: 30 columns
    let w = 0, out = "";
    for (const c of s) { w += c.codePointAt(0) > 0x2e7f ? 2 : 1; if (w > 29) return out + "…"; out += c; }
    return out;
  };
  function showPicture() {
    const on = new Set(), deg = new Map();
    for (const x of seen) if (edgeShapes.has(x.i)) { on.add(x.i); for (const k of [x.e.a, x.e.b]) deg.set(k, (deg.get(k) || 0) + 1); }
    for (const [i, g] of edgeShapes) {
      g.classList.toggle("off", !on.has(i));
      const e = data.edges[i];
      g.lastChild.textContent = `${name(e.a)} — ${relation(e.r)} (${status(e.s)}) → ${name(e.b)}`;
    }
    for (const [i, g] of nodeShapes) {
      g.classList.toggle("off", !deg.has(i));
      g.querySelector("text").textContent = short(name(i));
      g.setAttribute("aria-label", `${name(i)}, ${deg.get(i) || 0}`);
      g.setAttribute("aria-pressed", String(pick.node === i));
    }
    $("drawn").textContent = t().drawn(data.drawn, data.edges.length);
  }
  const look = () => svg.setAttribute("viewBox", box.map((v) => v.toFixed(1)).join(" "));
  function zoom(factor, cx, cy) {
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
  let drag = null, dragged = false;
  svg.addEventListener("pointerdown", (ev) => { if (ev.button === 0) { drag = { x: ev.clientX, y: ev.clientY, box: box.slice() }; dragged = false; } });
  addEventListener("pointermove", (ev) => {
    if (!drag) return;
    const scale = svg.getScreenCTM().a, dx = ev.clientX - drag.x, dy = ev.clientY - drag.y;
    if (!dragged && Math.abs(dx) + Math.abs(dy) < 5) return;
    dragged = true; svg.classList.add("on");
    box[0] = drag.box[0] - dx / scale; box[1] = drag.box[1] - dy / scale; look();
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { drag = null; svg.classList.remove("on"); setTimeout(() => { dragged = false; }); });

  // The timeline.
  const days = data.edges.flatMap((e) => e.e.map((s) => s.f).filter(Boolean)).sort();
  const unit = (() => {
    if (!days.length) return 7;
    // Single outliers must not flatten the rest: the unit fits all but a hundredth at each end.
    const a = days[Math.floor(days.length * 0.01)], b = days[Math.floor((days.length - 1) * 0.99)];
    const months = (b.slice(0, 4) - a.slice(0, 4)) * 12 + (b.slice(5, 7) - a.slice(5, 7));
    return months <= 2 ? 10 : months <= 120 ? 7 : 4;
  })();
  const bucket = (s) => s.f ? s.f.slice(0, unit) : "";
  const lastDay = (k) => unit === 10 ? k : unit === 4 ? k + "-12-31" : k + "-" + String(new Date(Date.UTC(+k.slice(0, 4), +k.slice(5, 7), 0)).getUTCDate()).padStart(2, "0");
  const firstDay = (k) => unit === 10 ? k : unit === 4 ? k + "-01-01" : k + "-01";
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
    const keys = [...counts.keys()].sort(), dated = withGaps(keys.filter(Boolean)), sum = (k) => (counts.get(k) || none).reduce((a, b) => a + b, 0);
    const most = Math.max(1, ...dated.map(sum));
    let label = "";
    $("bars").replaceChildren(...dated.map((k, i) => {
      const c = counts.get(k) || none, f = firstDay(k), l = lastDay(k), head = unit === 7 ? k.slice(0, 4) : unit === 10 ? k.slice(0, 7) : k.slice(0, 3) + "0";
      const bar = make("button", {
        type: "button", "aria-label": `${k}: ${sum(k)} (${t().quads.map((q, j) => c[j] ? q + " " + c[j] : "").filter(Boolean).join(", ")})`, title: `${k}: ${sum(k)}`,
        "aria-pressed": String(pick.from === f && pick.to === l),
        on: () => {
          const was = pick.from === f && pick.to === l;
          pick.from = $("from").value = was ? "" : f; pick.to = $("to").value = was ? "" : l; show();
          const again = $("bars").children[Math.min(i, $("bars").children.length - 1)];
          if (again) again.focus();
        },
      });
      for (const q of [4, 3, 0, 1, 2]) if (c[q]) { const b = make("b", { class: "k" + q }); b.style.height = 100 * c[q] / most + "%"; bar.append(b); }
      if (head !== label) { label = head; bar.append(make("small", { "aria-hidden": "true" }, head)); }
      return bar;
    }));
    const head = make("tr", {}, make("th", { scope: "col" }, t().time), make("th", { scope: "col" }, t().sum), ...t().quads.map((q) => make("th", { scope: "col" }, q)));
    $("timetable").replaceChildren(make("thead", {}, head), make("tbody", {}, ...keys.map((k) =>
      make("tr", {}, make("th", { scope: "row" }, k || t().undated), make("td", {}, String(sum(k))), ...counts.get(k).map((n) => make("td", {}, n ? String(n) : "–"))))));
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
      make("span", { class: "num" }, (first === last ? first : first + " – " + last) + "  " + t().docs(new Set(x.s.map((s) => s.d)).size))));
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
  function openEdge(i) {
    const k = seen.findIndex((x) => x.i === i);
    if (k < 0) return;
    if (k >= shown) more(k - shown + 20);
    const d = $("edges").children[k].firstChild;
    d.open = true; d.scrollIntoView({ block: "center" }); d.firstChild.focus({ preventScroll: true });
  }
  let opened = [];
  addEventListener("beforeprint", () => { more(Math.max(0, 500 - shown)); opened = [...document.querySelectorAll("#edges details:not([open])")].slice(0, 500); for (const d of opened) { d.open = true; d.dispatchEvent(new Event("toggle")); } });
  addEventListener("afterprint", () => { for (const d of opened) d.open = false; });

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
    Object.assign(pick, { who: "", from: "", to: "", pair: null, node: -1 });
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
})();
