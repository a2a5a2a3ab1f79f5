"use strict";
const element = (id) => document.getElementById(id);
const type = element("type"), country = element("country"), map = element("map"), days = element("days");
const marked = [...document.querySelectorAll("[data-type]")];
const home = map.viewBox.baseVal, whole = [home.x, home.y, home.width, home.height];
let point = "", dragged = false;

// ---- what is shown: rows, dots and parts of days alike
function fits({ type: kind, country: place, point: where }) {
  return (!type.value || kind === type.value) && (!country.value || place === country.value)
    && (!point || where === undefined || where === point);
}

function show() {
  for (const one of marked) one.toggleAttribute("hidden", !fits(one.dataset));
  for (const dot of map.querySelectorAll(".dots path")) dot.classList.toggle("chosen", dot.dataset.point === point);
  for (const one of map.querySelectorAll(".land path")) one.classList.toggle("chosen", one.dataset.outline === country.value);
  element("shown").textContent = document.querySelectorAll("tbody tr:not([hidden])").length;
  element("all").hidden = !(type.value || country.value || point);
  const heights = [...days.children].map((day) =>
    [...day.querySelectorAll("i:not([hidden])")].reduce((sum, part) => sum + Number(part.dataset.count), 0));
  const most = Math.max(1, ...heights);
  days.style.setProperty("--one", `${100 / most}%`);
  element("most").textContent = most;
}

// ---- the map's view
function look(x, y, width, height) {
  map.setAttribute("viewBox", [x, y, width, height].join(" "));
}

function zoom(factor, across = 0.5, down = 0.5) {
  const { x, y, width, height } = map.viewBox.baseVal;
  const wide = Math.min(7000, Math.max(20, width * factor)), high = height * wide / width;
  look(x + (width - wide) * across, y + (height - high) * down, wide, high);
}

function visit() {
  const outline = country.value && map.querySelector(`.land [data-outline="${CSS.escape(country.value)}"]`);
  if (!outline) return look(...whole);
  const box = outline.getBBox(), { a, d } = map.firstElementChild.transform.baseVal.consolidate().matrix;
  const margin = 0.15 * Math.max(box.width, box.height);
  look(box.x * a - margin, (box.y + box.height) * d - margin, box.width * a + 2 * margin, box.height * -d + 2 * margin);
}

map.addEventListener("wheel", (event) => {
  event.preventDefault();
  const frame = map.getBoundingClientRect();
  zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, (event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height);
}, { passive: false });
map.addEventListener("pointerdown", () => { dragged = false; });
map.addEventListener("pointermove", (event) => {
  if (!event.buttons) return;
  dragged = true;
  const { x, y, width, height } = map.viewBox.baseVal, scale = map.getScreenCTM().a;
  look(x - event.movementX / scale, y - event.movementY / scale, width, height);
});
map.addEventListener("click", (event) => {
  const chosen = event.target.dataset.point || "";
  if (dragged || chosen === point) return;
  point = chosen;
  show();
});
element("closer").addEventListener("click", () => zoom(1 / 1.5));
element("further").addEventListener("click", () => zoom(1.5));
element("home").addEventListener("click", visit);

type.addEventListener("change", show);
country.addEventListener("change", () => { point = ""; visit(); show(); });
element("all").addEventListener("click", () => { type.value = country.value = point = ""; visit(); show(); });
show();
