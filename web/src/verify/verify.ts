/** The public page that checks a travel document: no login, no tracking, no library; a file or the lines of the document in, a verdict out. */
import "./verify.css";
import english from "../../../data/languages/verify.en.json";
import spanish from "../../../data/languages/verify.es.json";

interface Check {
  check: string;
  ok: boolean;
  text: string;
}
interface Verdict {
  verdict: string;
  title: string;
  advice: string;
  number: string | null;
  name: string | null;
  birth: string | null;
  issuing_state: string | null;
  expires_on: string | null;
  fields_are_sealed: boolean;
  checks: Check[];
  not_made: Check[];
}
const all: Record<string, Record<string, string>> = { en: english, es: spanish };
let language = localStorage.getItem("rcms.language") ?? (navigator.language.startsWith("es") ? "es" : "en");
const t = (key: string): string =>
  all[language]?.[`verify.${key}`] ?? english[`verify.${key}` as keyof typeof english] ?? `[verify.${key}]`;
const largest = 8_000_000;

type Child = Node | string | null;
function make(tag: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  for (const child of children) if (child !== null) node.append(child);
  return node;
}

async function ask(body: Blob | string): Promise<Verdict> {
  const type = typeof body === "string" ? "text/plain" : body.type || "application/octet-stream";
  const response = await fetch("/api/verifications", {
    method: "POST",
    headers: { "Content-Type": type, "X-RCMS-Request": "1", "Accept-Language": language },
    body,
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail ?? t("failed"));
  }
  return (await response.json()) as Verdict;
}

/** A whole day in words; what is not a whole day stays as it is. */
function day_words(day: string | null): string | null {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}

function verdict_view(verdict: Verdict): HTMLElement {
  const [look, sign] = looks[verdict.verdict] ?? ["bad", "✕"];
  const facts = [
    ["number", verdict.number],
    ["name", verdict.name],
    ["birth", day_words(verdict.birth)],
    ["issuer", verdict.issuing_state && (all[language]?.[`verify.state.${verdict.issuing_state}`] ?? verdict.issuing_state)],
    ["expires", day_words(verdict.expires_on)],
  ].filter(([, value]) => value);
  return make(
    "section",
    { class: `verdict ${look}`, tabindex: "-1", "data-verdict": verdict.verdict },
    make("h2", {}, make("span", { "aria-hidden": "true" }, `${sign} `), verdict.title),
    make("p", {}, verdict.advice),
    make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, t(name ?? "")), make("dd", {}, value ?? "")])),
    facts.length > 0 && !verdict.fields_are_sealed ? make("p", { class: "hint" }, t("not_sealed")) : null,
    make("ul", {}, ...verdict.checks.map((check) => check_view(check, check.ok ? "passed" : "not_passed"))),
    verdict.not_made.length > 0 ? make("h3", {}, t("not_made")) : null,
    make("ul", {}, ...verdict.not_made.map((check) => check_view(check, "not_made"))),
  );
}

/** How a verdict looks: genuine without doubt, genuine but, not genuine. */
const looks: Record<string, [look: string, sign: string]> = {
  genuine: ["good", "✓"],
  compare_by_eye: ["near", "!"],
  refer: ["near", "!"],
  other: ["near", "!"],
  unproven: ["near", "!"],
};
const signs: Record<string, [look: string, sign: string]> = {
  passed: ["ok", "✓"],
  not_passed: ["not-ok", "✕"],
  not_made: ["not-made", "–"],
};
function check_view(check: Check, came_to: string): HTMLElement {
  const [look, sign] = signs[came_to] ?? ["", ""];
  return make(
    "li",
    { class: look },
    make("span", { "aria-hidden": "true" }, sign),
    make("span", {}, make("span", { class: "hidden" }, `${t(came_to)}: `), check.text),
  );
}

function draw(): void {
  const page = document.getElementById("verify");
  if (!page) return;
  document.documentElement.lang = language;
  document.title = t("title");
  const result = make("div", { "aria-live": "polite" });
  const show = async (body: Blob | string): Promise<void> => {
    result.replaceChildren(make("p", { class: "working" }, t("working")));
    try {
      if (typeof body !== "string" && body.size > largest) throw new Error(t("too_large"));
      const view = verdict_view(await ask(body));
      result.replaceChildren(view);
      view.focus();
    } catch (fault) {
      result.replaceChildren(
        make(
          "p",
          { class: "verdict bad", role: "alert" },
          fault instanceof Error && fault.message !== "Failed to fetch" ? fault.message : t("no_line"),
        ),
      );
    }
  };
  const file = make("input", {
    type: "file",
    id: "file",
    accept: ".pdf,.png,.jpg,.jpeg",
    capture: "environment",
  }) as HTMLInputElement;
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) void show(chosen);
  });
  const lines = make("textarea", {
    id: "lines",
    rows: "3",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "characters",
  }) as HTMLTextAreaElement;
  const form = make(
    "form",
    {},
    make("label", { for: "lines" }, t("lines")),
    make("p", { class: "hint", id: "lines-hint" }, t("lines_hint")),
    lines,
    make("button", { type: "submit" }, t("check")),
  );
  lines.setAttribute("aria-describedby", "lines-hint");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (lines.value.trim()) void show(lines.value.trim());
  });
  const other = language === "es" ? "en" : "es";
  const change = make("button", { type: "button", class: "language", lang: other }, other === "es" ? "Español" : "English");
  change.addEventListener("click", () => {
    language = other;
    localStorage.setItem("rcms.language", other);
    draw();
  });
  page.replaceChildren(
    make("header", {}, make("img", { src: "/mark.svg", alt: "", width: "36", height: "36" }), make("span", {}, "RCMS"), change),
    make("h1", {}, t("title")),
    make("p", { class: "lead" }, t("lead")),
    make(
      "div",
      { class: "card" },
      make("label", { for: "file" }, t("file")),
      make("p", { class: "hint" }, t("file_hint")),
      file,
    ),
    make("div", { class: "card" }, form),
    result,
    make("p", { class: "foot" }, t("foot")),
  );
}
draw();
