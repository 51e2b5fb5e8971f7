// A portal made of the platform's API alone: home, pages, catalogs, figures, drafts. No build step, no library.
const address = new URL(location.href);
const API = address.searchParams.get("api") || document.querySelector('meta[name="api"]').content;
const main = document.querySelector("main");

// ---- Elements. What editors wrote as plain text is never read as markup; rich text comes cleaned from the API.
function make(name, options = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue;
    if (key === "html") element.innerHTML = value;
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const link = (text, href) => make("a", { href }, text);
const day = (iso) => (iso || "").slice(0, 10).split("-").reverse().join("/");
const number = (text) => String(text ?? "").replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "").replace(".", ",");

async function get(path, parameters = {}) {
  const url = new URL(path, API);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status === 404 ? "Không tìm thấy trang này." : `Máy chủ trả lời ${answer.status}.`);
  return answer.json();
}

// ---- Parts
function table(caption, columns, rows) {
  const cells = (row, name, scope) => row.map((cell, at) =>
    make(at === 0 && scope ? "th" : name, { className: columns[at].number ? "number" : "", scope: at === 0 && scope ? scope : null }, cell));
  const heads = columns.map((column) => make("th", { scope: "col", className: column.number ? "number" : "" }, column.label));
  return make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": caption }, make("table", {},
    make("caption", {}, caption), make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row, "td", "row"))))));
}

function picture(value, caption = "") {
  const sizes = value.renditions.map((one) => `${one.url} ${one.width}w`).join(", ");
  const last = value.renditions.at(-1);
  const image = last ? make("img", { src: last.url, srcset: sizes, sizes: "60rem", alt: value.alt, width: last.width, height: last.height }) : null;
  return make("figure", {}, image, caption ? make("figcaption", {}, caption) : null);
}

function figure(value, heading = "") {
  const columns = value.columns.map((one) => ({ label: one.label, number: one.kind === "number" || one.kind === "decimal" }));
  const rows = value.rows.map((row) => value.columns.map((one) => {
    const cell = row[one.name];
    if (cell === null) return one.guarded ? "[k]" : "–";
    return one.kind === "date" ? day(cell) : one.kind === "text" ? cell : number(cell);
  }));
  return make("section", {}, make("h2", {}, heading || value.headline || value.title), make("p", {}, value.summary),
    table(value.title, columns, rows), make("p", { className: "quiet" }, value.source ? `Nguồn: ${value.source}.` : ""));
}

function catalog(value) {
  const version = value.current_version;
  if (!version) return make("p", {}, value.agency.name);
  const decided = version.decision ? `Quyết định số ${version.decision.number} ngày ${day(version.decision.date)}, ` : "";
  return make("p", {}, link(value.agency.name, `#/danh-muc/${value.agency.code}`),
    make("br"), make("span", { className: "quiet" }, `${decided}${version.item_count} mục`));
}

function search(heading, itemsUrl) {
  const found = make("div");
  const words = make("input", { type: "search", name: "q" });
  const form = make("form", { role: "search" }, make("label", {}, heading, words), make("button", {}, "Tìm kiếm"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const listed = await get(itemsUrl, { search: words.value });
    found.replaceChildren(items("Kết quả", listed.results));
  });
  return make("div", {}, form, found);
}

const items = (caption, rows) => rows.length
  ? table(caption, [{ label: "Mã" }, { label: "Sản phẩm, công việc" }, { label: "Hệ số", number: true }],
      rows.map((item) => [item.code, item.name, number(item.coefficient)]))
  : make("p", {}, "Không có mục nào phù hợp.");

// ---- Blocks, one function a type; a type that is not known is passed over, as the API asks.
const BLOCKS = {
  heading: (value) => make(`h${value.level}`, {}, value.text),
  text: (value) => make("div", { html: value }),
  table: (value) => table(value.caption, value.columns.map((one) => ({ label: one.heading, number: one.kind === "number" })),
    value.rows.map((row) => row.map((cell, at) => (value.columns[at].kind === "number" ? number(cell) : cell)))),
  accordion: (value) => make("div", {}, ...value.parts.map((part) =>
    make("details", {}, make("summary", {}, part.heading), make("div", { html: part.text })))),
  questions: (value) => make("section", {}, make("h2", {}, value.heading), ...value.questions.flatMap((one) =>
    [make("h3", {}, one.question), make("div", { html: one.answer })])),
  steps: (value) => make("section", {}, make("h2", {}, value.heading), make("ol", {}, ...value.steps.map((step) =>
    make("li", {}, make("strong", {}, step.heading), make("div", { html: step.text }))))),
  law: (value) => make("blockquote", {}, make("p", {}, value.text), make("cite", {}, value.url ? link(value.source, value.url) : value.source)),
  contact: (value) => make("address", {}, make("strong", {}, value.name), ...[value.about, value.address, value.telephone, value.hours]
    .filter(Boolean).map((line) => make("div", {}, line)), value.email ? link(value.email, `mailto:${value.email}`) : ""),
  video: (value) => make("p", {}, value.picture ? picture(value.picture) : "", make("a", { href: value.url, rel: "noreferrer noopener" }, `Video: ${value.title}`), ` (${value.host})`),
  picture: (value) => picture(value.picture, value.caption),
  documents: (value) => make("section", {}, make("h2", {}, value.heading), make("ul", {}, ...value.documents.map((file) =>
    make("li", {}, link(`${file.title} (${file.extension.toUpperCase()})`, file.download_url))))),
  figure: (value) => figure(value.figure, value.heading),
  missing_figure: (value) => make("p", { className: "notice" }, `${value.title ? `${value.title}: ` : ""}số liệu này hiện không được công bố.`),
  catalog,
  catalog_search: (value) => search(value.heading, value.items_url),
  milestones: (value) => make("section", {}, make("h2", {}, value.heading), make("ul", {}, ...value.days.map((one) =>
    make("li", {}, `${day(one.day)}: ${one.text}`)))),
};
const body = (blocks = []) => blocks.filter((block) => BLOCKS[block.type]).map((block) => BLOCKS[block.type](block.value));

// ---- Pages
const key = (detailUrl) => detailUrl.match(/(\d+)\/$/)[1];

function frame(home) {
  document.documentElement.style.setProperty("--main", home.site.colour);
  document.querySelector(".brand").textContent = `${home.site.name} ${home.site.province}`;
  document.querySelector("nav").replaceChildren(...home.site.menu.map((entry) => link(entry.title, `#/trang/${key(entry.detail_url)}`)));
  document.querySelector("footer .wrap").replaceChildren(make("p", {}, `${home.footer.legal_line} ${home.footer.note}`), make("div", { html: home.footer.contact }));
}

function news(listed) {
  return make("ul", {}, ...listed.map((one) => make("li", {}, link(one.title, `#/trang/${key(one.detail_url)}`),
    ` ${day(one.date)}`, make("div", { className: "quiet" }, one.summary))));
}

function homePage(home) {
  return [
    make("h1", {}, home.headline), make("div", { html: home.introduction }),
    search(home.search_label || "Tìm kiếm", `/api/v1/items/?effective_on=${new Date().toISOString().slice(0, 10)}`),
    make("p", {}, make("strong", {}, String(home.published_count)), ` ${home.count_label}`),
    make("h2", {}, home.decisions_heading),
    ...home.latest_decisions.map((version) => catalog({ agency: version.agency, current_version: version })),
    ...(home.latest_news.length ? [make("h2", {}, "Tin tức"), news(home.latest_news)] : []),
    ...body(home.body),
  ];
}

async function contentPage(id) {
  const preview = address.searchParams.get("preview");
  const page = await get(`/api/pages/${id}/`, preview ? { preview } : {});
  document.querySelector("#preview").hidden = !preview;
  if (page.headline !== undefined) return homePage(page);
  const parts = [
    make("h1", {}, page.title), page.date ? make("p", { className: "quiet" }, day(page.date)) : "", make("p", {}, page.summary || ""),
    page.picture ? picture(page.picture) : "", make("div", { html: page.introduction || "" }), ...body(page.body),
  ];
  if (page.meta.type === "catalog_pages.NewsIndexPage") {
    const listed = await get("/api/pages/", { type: "catalog_pages.NewsPage", order: "-date", fields: "date,summary" });
    parts.push(news(listed.items.map((one) => ({ ...one, detail_url: one.meta.detail_url }))));
  }
  return parts.concat(page.catalog ? await catalogPage(page.catalog.agency.code) : []);
}

async function catalogPage(agency) {
  const found = await get(`/api/v1/catalogs/${agency}/`);
  if (!found.current_version) return [make("h1", {}, found.agency.name), make("p", {}, "Chưa có danh mục đang có hiệu lực.")];
  const version = await get(found.current_version.url);
  const listed = await get(version.items_url);
  const next = make("button", {}, "Xem thêm");
  const place = make("div", {}, items(`Danh mục của ${found.agency.name}`, listed.results));
  let more = listed.next;
  next.hidden = !more;
  next.addEventListener("click", async () => {
    const page = await get(more);
    place.append(items("Tiếp theo", page.results));
    more = page.next;
    next.hidden = !more;
  });
  return [make("h1", {}, found.agency.name), make("p", {}, `Phiên bản ${version.number}, ${version.item_count} mục`), place, next];
}

async function figurePage(code) {
  const release = await get("/api/v1/transparency/releases/latest/");
  const found = release.figures.find((one) => one.code === code);
  if (!found) throw new Error("Số liệu này hiện không được công bố.");
  return [make("h1", {}, found.title), figure(await get(found.url))];
}

async function show() {
  const [, kind = "", name = ""] = location.hash.replace(/^#main$/, "#/").split("/");
  document.querySelector("#preview").hidden = true;
  try {
    const listed = await get("/api/pages/", { type: "catalog_pages.HomePage" });
    const home = await get(listed.items[0].meta.detail_url);
    frame(home);
    const pages = { trang: contentPage, "danh-muc": catalogPage, "so-lieu": figurePage };
    const parts = pages[kind] ? await pages[kind](decodeURIComponent(name)) : homePage(home);
    main.replaceChildren(...parts);
    document.title = `${main.querySelector("h1")?.textContent || ""} – ${home.site.name}`;
  } catch (problem) {
    main.replaceChildren(make("h1", {}, "Chưa hiển thị được"), make("p", {}, problem.message));
  }
}

addEventListener("hashchange", show);
show();
