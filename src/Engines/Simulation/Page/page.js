"use strict";
const data = JSON.parse(document.getElementById("facts").textContent);
const el = id => document.getElementById(id);
const actors = ["BGP", "edge", "connector", "load balancer", "carrier", "controller", "a person"];
const layers = ["edges", "links", "connectors", "Connect's quotas"];
const verdicts = ["arrives", "partly lost", "no route", "black hole", "loop", "routes that never settle"];
const pairs = new Int32Array(Uint8Array.from(atob(data.pairs), c => c.charCodeAt(0)).buffer);
const count = data.elements.length;
const state = { broken: [], group: -1, metric: 0, row: 0, column: 0 };
const ids = new Map(data.elements.map((each, i) => [each[0], i]));
const groupIds = new Map(data.groups.map((each, i) => [each[0], i]));

const seconds = ms => ms < 0 ? "never" : ms === 0 ? "0 s" : (ms / 1000).toFixed(ms < 10000 ? 2 : 1).replace(/\.?0+$/, "") + " s";
const names = bits => actors.filter((_, i) => bits >> i & 1).join(", ") || "nobody";
const make = (tag, attributes, ...children) => {
  const svg = ["svg", "g", "rect", "text", "path", "circle", "title"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value); else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

function pairIndex(a, b) {
  const [first, second] = a < b ? [a, b] : [b, a];
  return first * count - first * (first + 1) / 2 + second - first - 1;
}

function outcomeOf(broken) {
  if (broken.length === 0) return data.outcomes[data.healthy];
  if (broken.length === 1) return data.outcomes[data.singles[broken[0]]];
  return pairs.length ? data.outcomes[pairs[pairIndex(broken[0], broken[1])]] : null;
}

function flowsNow() {
  const flows = data.flows.map(flow => ({ there: flow[2], back: flow[3], wait: 0, changed: false }));
  const change = list => list.forEach(([flow, there, back, wait]) => flows[flow] = { there, back, wait, changed: true });
  if (state.group >= 0) change(data.groupFlows[state.group]);
  else if (state.broken.length === 2) {
    const [a, b] = [...state.broken].sort((x, y) => x - y);
    const own = data.pairFlows[`${a},${b}`];
    if (own) change(own); else { change(data.singleFlows[b]); change(data.singleFlows[a]); }
  } else state.broken.forEach(i => change(data.singleFlows[i]));
  return flows;
}

const deadNow = () => new Set(state.group >= 0 ? data.groups[state.group][2] : state.broken);

function toggle(element) {
  if (element < 0) return;
  if (state.group >= 0) { state.group = -1; state.broken = []; }
  const at = state.broken.indexOf(element);
  if (at >= 0) state.broken.splice(at, 1); else state.broken = [...state.broken.slice(-1), element];
  show();
}

function breakGroup(group) { state.group = state.group === group ? -1 : group; state.broken = []; show(); }

function pressable(node, label, action) {
  node.setAttribute("tabindex", "0");
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", label);
  node.classList.add("break");
  node.append(make("title", {}, label));
  node.addEventListener("click", event => { event.stopPropagation(); action(); });
  node.addEventListener("keydown", event => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); action(); }
  });
}

const drawn = { nodes: [], lines: [], units: [] };

function drawMap() {
  const svg = make("svg", { viewBox: `0 0 ${data.width} ${data.height}`, role: "group", "aria-label": "Map" });
  const parallel = new Map();
  data.lines.forEach(([, a, b]) => parallel.set(`${a},${b}`, (parallel.get(`${a},${b}`) || 0) + 1));
  const seen = new Map();
  data.lines.forEach(([name, a, b, breaks], i) => {
    let element = breaks;
    const key = `${a},${b}`, nth = seen.get(key) || 0;
    seen.set(key, nth + 1);
    const [ax, ay] = [data.nodes[a][1], data.nodes[a][2]], [bx, by] = [data.nodes[b][1], data.nodes[b][2]];
    const shift = (nth - (parallel.get(key) - 1) / 2) * 17, length = Math.hypot(bx - ax, by - ay) || 1;
    const [dx, dy] = [-(by - ay) / length * shift, (bx - ax) / length * shift];
    const vertical = Math.abs(bx - ax) < 5, bulge = vertical ? Math.max(0, Math.abs(by - ay) / 150 - 1) * 26 : 0;
    const at = { d: `M${ax + dx},${ay + dy} Q${(ax + bx) / 2 + dx + bulge},${(ay + by) / 2 + dy} ${bx + dx},${by + dy}` };
    const kind = name === "" ? "way calls" : ids.has(name) && data.elements[ids.get(name)][1] !== "Port"
      && !/^(router|transport)/.test(name) || ay === by ? "way" : "way backbone";
    const way = make("g", { class: kind }, make("path", at));
    if (/^(router|transport)/.test(name)) element = -1;
    if (element >= 0) {
      way.append(make("path", { ...at, class: "hit" }));
      if (parallel.get(key) < 5 && /^(link|peering|tunnel)/.test(name) && bulge < 1) {
        way.append(make("text", { x: (ax + bx) / 2 + dx + (vertical ? 8 : 0), y: (ay + by) / 2 + dy - 4,
          ...(vertical ? { style: "text-anchor:start" } : {}) }, name.replace(/^(link|peering|tgw-attachment)\//, "")));
      }
      pressable(way, name, () => toggle(element));
    }
    drawn.lines[i] = way;
    svg.append(way);
  });
  data.nodes.forEach(([id, x, y, parts], i) => {
    const own = ids.has(id) ? ids.get(id) : -1;
    const units = parts.filter(part => part !== own);
    const [kind, ...rest] = id.split("/");
    const node = make("g", { class: "node", transform: `translate(${x},${y})` },
      make("rect", { x: -66, y: -26, width: 132, height: units.length ? 66 : 52, rx: 9 }),
      make("text", { y: -7, ...(id.length > 22 ? { style: "font-size:10.5px" } : {}) }, rest.join("/")), make("text", { y: 9, class: "sub" }, kind === "google" ? "edges" : kind));
    if (own >= 0) pressable(node, id, () => toggle(own));
    units.forEach((part, nth) => {
      const spread = Math.min(18, 116 / units.length);
      const unit = make("g", { class: "unit" }, make("circle", { r: Math.min(6.5, spread / 2.3),
        cx: (nth - (units.length - 1) / 2) * spread, cy: 26 }));
      pressable(unit, data.elements[part][0], () => toggle(part));
      drawn.units.push([part, unit]);
      node.append(unit);
    });
    drawn.nodes[i] = node;
    svg.append(node);
  });
  el("map").append(svg);
}

function flowsInUse(flows, dead) {
  const lives = site => site[2].every(part => !dead.has(part)) && site[3].some(part => !dead.has(part));
  const works = i => data.walks[flows[i].there][0] === 0 && data.walks[flows[i].back][0] === 0
    && lives(data.edges[data.flows[i][0]]) && lives(data.connectors[data.flows[i][1]]);
  return data.edges.flatMap((edge, number) => {
    const own = data.flows.map((_, i) => i).filter(i => data.flows[i][0] === number && works(i));
    const near = own.filter(i => data.connectors[data.flows[i][1]][1] === edge[1]);
    return near.length ? near : own;
  });
}

function showMap(flows) {
  const dead = deadNow(), used = new Set(), lost = new Set();
  flowsInUse(flows, dead).forEach(i => [flows[i].there, flows[i].back].forEach(number =>
    data.walks[number][3].forEach(line => used.add(line))));
  flows.filter(flow => flow.changed).forEach(flow => [flow.there, flow.back].forEach(number => {
    if (data.walks[number][0] && data.walks[number][1] >= 0) lost.add(data.walks[number][1]);
  }));
  data.lines.forEach(([, , , element], i) => {
    drawn.lines[i].classList.toggle("used", used.has(i) && !dead.has(element));
    drawn.lines[i].classList.toggle("dead", dead.has(element));
  });
  data.nodes.forEach(([id], i) => {
    drawn.nodes[i].classList.toggle("dead", ids.has(id) && dead.has(ids.get(id)));
    drawn.nodes[i].classList.toggle("lost", lost.has(i));
  });
  drawn.units.forEach(([part, unit]) => unit.classList.toggle("dead", dead.has(part)));
}

function showOutcome() {
  const outcome = state.group >= 0 ? data.outcomes[data.groupOutcomes[state.group]] : outcomeOf(state.broken);
  const chips = state.group >= 0
    ? [make("button", { type: "button", class: "on", onclick: () => breakGroup(state.group) }, data.groups[state.group][0] + " ×")]
    : state.broken.map(i => make("button", { type: "button", class: "on", onclick: () => toggle(i) }, data.elements[i][0] + " ×"));
  el("broken").replaceChildren(...(chips.length ? chips : ["Nothing is broken."]));
  if (!outcome) { el("outcome").textContent = "Pairs were not computed."; return; }
  const [level, worst, expected, who, fate, kept, gap, net, netExpected, capacity, limit] = outcome;
  const headline = level === 2 ? ["No new call is served", "bad"] : level === 1 ? ["Some new calls are not served", "bad"]
    : worst === 0 ? ["New calls notice nothing", "good"] : [`New calls again after ${seconds(worst)}`, worst > 15000 ? "warn" : "good"];
  const calls = fate === 0 ? ["untouched", "good"] : fate === 1 ? [`live on after a pause of ${seconds(gap)} at most`, "good"]
    : [`${kept} % live on`, "bad"];
  const share = Math.min(1, capacity / Math.max(1, data.peak));
  const facts = [
    ["expected", [level === 0 ? seconds(expected) : "-", ""]],
    ["who acts", [names(who), ""]],
    ["established calls", calls],
    ["routers alone", [net === 0 ? "nothing to mend" : net < 0 ? "never" : `${seconds(net)} at worst, ${seconds(netExpected)} expected`, net < 0 ? "warn" : ""]],
    ["capacity", [`${capacity.toLocaleString("en")} calls of a peak of ${data.peak.toLocaleString("en")}; limit: ${layers[limit]}`, share < 1 ? "bad" : ""]],
  ];
  el("outcome").replaceChildren(
    make("p", { class: `big ${headline[1]}` }, headline[0]),
    make("div", { class: "bar" }, make("i", { style: `width:${share * 100}%;background:var(--${share < 1 ? "bad" : "good"})` })),
    make("dl", { class: "facts" }, ...facts.flatMap(([name, [text, style]]) => [make("dt", {}, name), make("dd", { class: style }, text)])));
}

function showFlows(flows) {
  const way = number => {
    const [verdict, at, mtu, lines] = data.walks[number];
    return verdict === 0 ? [...new Set(lines.map(line => data.lines[line][0].replace(/^(link|tgw-attachment)\//, "")))].join(" · ") + ` (MTU ${mtu})`
      : `${verdicts[verdict]}${at >= 0 ? " at " + data.nodes[at][0] : ""}`;
  };
  const rows = flows.map((flow, i) => [flow, i]).sort((a, b) => b[0].changed - a[0].changed).map(([flow, i]) => {
    const works = data.walks[flow.there][0] === 0 && data.walks[flow.back][0] === 0;
    return make("tr", { class: flow.changed ? "changed" : "" },
      make("td", {}, `${data.edges[data.flows[i][0]][0].replace("edge/", "")} → ${data.connectors[data.flows[i][1]][0].replace("connector/", "")}`),
      make("td", { class: works ? "good" : "bad" }, works ? (flow.wait ? seconds(flow.wait) : "ok") : "cut"),
      make("td", {}, make("div", {}, "→ " + way(flow.there)), make("div", {}, "← " + way(flow.back))));
  });
  el("flows").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, make("th", {}, "flow"), make("th", {}, "routers"),
    make("th", {}, "way there and back"))), make("tbody", {}, ...rows)));
}

const metrics = [
  ["new calls", o => o[0] === 2 ? 5 : o[0] === 1 ? 4 : o[1] === 0 ? 0 : o[1] <= 5000 ? 1 : o[1] <= 15000 ? 2 : 3,
    ["notice nothing", "within 5 s", "within 15 s", "later", "some are not served", "none is served"]],
  ["established calls", o => o[4] === 0 ? 0 : o[4] === 1 ? (o[6] <= 2500 ? 1 : 2) : o[5] > 50 ? 4 : 5,
    ["notice nothing", "pause up to 2.5 s", "pause longer", "", "some are lost", "most are lost"]],
  ["capacity", o => { const share = o[9] / Math.max(1, data.peak); return share >= 2 ? 0 : share >= 1.25 ? 1 : share >= 1 ? 2 : share >= 0.5 ? 4 : 5; },
    ["twice the peak", "the peak and a quarter", "the peak", "", "less than the peak", "less than half"]],
  ["routers alone", o => o[7] < 0 ? 5 : o[7] === 0 ? 0 : o[7] <= 6000 ? 1 : o[7] <= 30000 ? 2 : 3,
    ["nothing to mend", "within 6 s", "within 30 s", "later", "", "never"]],
];
const shades = ["#2b9c7a", "#8cc56b", "#e6c34a", "#ee9a3a", "#e0653f", "#b3223b"];
const cellSize = () => Math.max(2, Math.min(14, Math.floor(760 / count)));

function drawMatrix() {
  const size = cellSize(), canvas = el("matrix"), context = canvas.getContext("2d");
  canvas.width = canvas.height = size * count;
  const grade = metrics[state.metric][1];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const outcome = row === column ? outcomeOf([row]) : outcomeOf([row, column]);
      context.fillStyle = outcome ? shades[grade(outcome)] : "#8883";
      context.fillRect(column * size, row * size, size - (size > 4 ? 1 : 0), size - (size > 4 ? 1 : 0));
    }
  }
  context.strokeStyle = "#2f5fd0";
  context.lineWidth = 2;
  context.strokeRect(state.column * size, state.row * size, size, size);
  const outcome = state.row === state.column ? outcomeOf([state.row]) : outcomeOf([state.row, state.column]);
  const text = state.row === state.column ? data.elements[state.row][0] : `${data.elements[state.row][0]} + ${data.elements[state.column][0]}`;
  el("cell").replaceChildren(make("strong", {}, text), make("div", {}, outcome ? (outcome[0] ? "new calls are lost" :
    `new calls ${seconds(outcome[1])}, ${["untouched", "kept", "some lost"][outcome[4]]}, capacity ${outcome[9].toLocaleString("en")}`) : ""),
    make("button", { type: "button", onclick: chooseCell }, "break this"),
    make("div", { class: "shades" }, ...metrics[state.metric][2].map((label, i) =>
      make("div", {}, make("i", { style: `background:${shades[i]}` }), label)).filter(row => row.textContent)));
}

function chooseCell() {
  state.group = -1;
  state.broken = state.row === state.column ? [state.row] : [state.row, state.column];
  show();
  el("map").scrollIntoView({ behavior: "smooth", block: "center" });
}

function setUpMatrix() {
  const canvas = el("matrix");
  const point = event => {
    const box = canvas.getBoundingClientRect();
    state.column = Math.min(count - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * count)));
    state.row = Math.min(count - 1, Math.max(0, Math.floor((event.clientY - box.top) / box.height * count)));
    drawMatrix();
  };
  canvas.addEventListener("mousemove", point);
  canvas.addEventListener("click", event => { point(event); chooseCell(); });
  canvas.addEventListener("keydown", event => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) {
      event.preventDefault();
      state.row = Math.min(count - 1, Math.max(0, state.row + step[0]));
      state.column = Math.min(count - 1, Math.max(0, state.column + step[1]));
      drawMatrix();
    } else if (event.key === "Enter") chooseCell();
  });
}

function showMetrics() {
  el("metrics").replaceChildren(...metrics.map(([name], i) => make("button", { type: "button", class: i === state.metric ? "on" : "",
    onclick: () => { state.metric = i; showMetrics(); drawMatrix(); } }, name)));
}

function showAll() {
  const wanted = el("search").value.toLowerCase(), dead = deadNow();
  const chips = data.groups.map((group, i) => [group[0], state.group === i, () => breakGroup(i), "▣ "])
    .concat(data.elements.map((element, i) => [element[0], state.group < 0 && dead.has(i), () => toggle(i), ""]));
  el("all").replaceChildren(...chips.filter(([name]) => name.toLowerCase().includes(wanted)).map(([name, on, action, sign]) =>
    make("button", { type: "button", class: on ? "on" : "", "aria-pressed": on, onclick: action }, sign + name)));
}

function showObjectives() {
  el("objectives").replaceChildren(...data.objectives.map(([id, checked, broken, story, causes]) => {
    const entry = make("details", broken ? { open: "" } : {}, make("summary", { class: broken ? "bad" : "good" },
      `${broken ? "✗" : "✓"} ${id.replace("objective/", "")}: ` + (broken ? `broken by ${broken} of ${checked} failures` : `holds for ${checked} failures`)));
    story.split("\n").filter(Boolean).forEach(line => entry.append(make("p", {}, line)));
    const failed = causes.split("\n").filter(Boolean);
    if (failed.length) entry.append(make("button", { type: "button", onclick: () => {
      if (failed.length === 1 && groupIds.has(failed[0])) { state.group = -1; breakGroup(groupIds.get(failed[0])); }
      else { state.group = -1; state.broken = failed.filter(name => ids.has(name)).map(name => ids.get(name)).slice(0, 2); show(); }
      el("map").scrollIntoView({ behavior: "smooth", block: "center" });
    } }, "show on the map"));
    return entry;
  }), ...(data.objectives.length ? [] : ["The file states none."]));
}

function show() {
  const flows = flowsNow();
  showMap(flows);
  showOutcome();
  showFlows(flows);
  showAll();
}

el("file").textContent = `${data.name}: ${count} things that can fail, ${pairs.length.toLocaleString("en")} pairs`;
el("search").addEventListener("input", showAll);
el("theme").addEventListener("click", () => {
  const dark = document.documentElement.classList.contains("dark")
    || (!document.documentElement.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", !dark);
  document.documentElement.classList.toggle("light", dark);
});
drawMap();
setUpMatrix();
showMetrics();
drawMatrix();
showObjectives();
show();
location.hash.slice(1).split("+").map(decodeURIComponent).forEach(name => {
  if (ids.has(name)) toggle(ids.get(name)); else if (groupIds.has(name)) breakGroup(groupIds.get(name));
});
