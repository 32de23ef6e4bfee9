/** The public page that checks a travel document: no sign-in, no tracking. It judges on this device, also without a network. */
import "./verify.css";
import { prepare_judge, type Check, type Judge, type Verdict } from "./judge_here.ts";
import { choose_language, day_words, find_word, language_now, t } from "./words.ts";
import { offline_view, prepare_offline } from "./offline.ts";

const largest = 8_000_000;

type Child = Node | string | null;
function make(tag: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  for (const child of children) if (child !== null) node.append(child);
  return node;
}

const judge: Promise<Judge | null> = prepare_judge();
const is_kept: Promise<boolean> = prepare_offline();

/** What was presented: a file, codes that were read from it or by the camera (in hexadecimal), or a text. */
interface Presented {
  file?: Blob;
  codes?: string[];
  text?: string;
}
interface Answer {
  verdict: Verdict;
  by: "here" | "by_server";
  codes?: string[];
}

async function ask_server(body: Blob | string): Promise<Answer> {
  const type = typeof body === "string" ? "text/plain" : body.type || "application/octet-stream";
  const response = await fetch("/api/verifications", {
    method: "POST",
    headers: { "Content-Type": type, "X-RCMS-Request": "1", "Accept-Language": language_now() },
    body,
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail ?? t("failed"));
  }
  return { verdict: (await response.json()) as Verdict, by: "by_server" };
}

const is_network_fault = (fault: unknown): boolean => fault instanceof TypeError;

/** A file: a picture is read here; a PDF, and what could not be read here, by the server if it can be reached. */
async function judge_file(file: Blob): Promise<Answer> {
  if (file.size > largest) throw new Error(t("too_large"));
  const here = await judge;
  const is_pdf = (await file.slice(0, 5).text()) === "%PDF-";
  let codes: string[] | null = null;
  if (here && !is_pdf) codes = await import("./codes.ts").then((found) => found.read_picture(file)).catch(() => null);
  if (codes && codes.length > 0) {
    const verdict = here?.judge({ codes });
    if (verdict) return { verdict, by: "here", codes };
  }
  try {
    return await ask_server(file);
  } catch (fault) {
    if (!is_network_fault(fault)) throw fault;
    if (is_pdf) throw new Error(t("pdf_needs_line"), { cause: fault });
    if (here && !codes) throw new Error(t("no_picture"), { cause: fault });
    const verdict = here?.judge({ codes: [] });
    if (!verdict) throw new Error(t("no_line"), { cause: fault });
    return { verdict, by: "here" };
  }
}

async function judge_presented(presented: Presented): Promise<Answer> {
  if (presented.file) return judge_file(presented.file);
  const { codes, text } = presented;
  const given = { ...(codes ? { codes } : {}), ...(text === undefined ? {} : { typed: text }) };
  const verdict = (await judge)?.judge(given);
  if (verdict) return { verdict, by: "here", ...(codes ? { codes } : {}) };
  try {
    return await ask_server(text ?? codes?.[0] ?? "");
  } catch (fault) {
    throw is_network_fault(fault) ? new Error(t("no_line"), { cause: fault }) : fault;
  }
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

/** The printed lines, to be compared with the seal that was read. */
function compare_form(codes: string[], show: (presented: Presented) => Promise<void>): HTMLElement {
  const lines = make("textarea", { id: "printed", rows: "2", spellcheck: "false", autocomplete: "off" }) as HTMLTextAreaElement;
  const form = make(
    "form",
    { class: "compare" },
    make("label", { for: "printed" }, t("compare_label")),
    lines,
    make("button", { type: "submit" }, t("compare")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (lines.value.trim()) void show({ codes, text: lines.value.trim() });
  });
  return form;
}

function verdict_view(answer: Answer, show: (presented: Presented) => Promise<void>): HTMLElement {
  const { verdict } = answer;
  const [look, sign] = looks[verdict.verdict] ?? ["bad", "✕"];
  const facts = [
    ["number", verdict.number],
    ["name", verdict.name],
    ["birth", day_words(verdict.birth)],
    ["issuer", verdict.issuing_state && (find_word(`verify.state.${verdict.issuing_state}`) ?? verdict.issuing_state)],
    ["expires", day_words(verdict.expires_on)],
  ].filter(([, value]) => value);
  const may_compare = answer.codes && verdict.verdict === "compare_by_eye";
  return make(
    "section",
    { class: `verdict ${look}`, tabindex: "-1", "data-verdict": verdict.verdict, "data-judged": answer.by },
    make("h2", {}, make("span", { "aria-hidden": "true" }, `${sign} `), verdict.title),
    make("p", {}, verdict.advice),
    make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, t(name ?? "")), make("dd", {}, value ?? "")])),
    facts.length > 0 && !verdict.fields_are_sealed ? make("p", { class: "hint" }, t("not_sealed")) : null,
    may_compare ? compare_form(answer.codes ?? [], show) : null,
    make("ul", {}, ...verdict.checks.map((check) => check_view(check, check.ok ? "passed" : "not_passed"))),
    verdict.not_made.length > 0 ? make("h3", {}, t("not_made")) : null,
    make("ul", {}, ...verdict.not_made.map((check) => check_view(check, "not_made"))),
    make("p", { class: "hint" }, t(answer.by)),
  );
}

/** The browser's own box for files speaks the language of the browser, so it is there for the keyboard only; a file may be dropped. */
function file_card(show: (presented: Presented) => Promise<void>): HTMLElement {
  const file = make("input", { type: "file", id: "file", accept: ".pdf,.png,.jpg,.jpeg" }) as HTMLInputElement;
  const name = make("span", { class: "hint", "aria-live": "polite" }, t("file_drop"));
  const box = make("label", { for: "file", class: "choose" }, make("span", { class: "act" }, t("file_choose")), name);
  const take = (chosen: File | undefined): void => {
    if (!chosen) return;
    name.textContent = chosen.name;
    void show({ file: chosen });
  };
  file.addEventListener("change", () => {
    take(file.files?.[0]);
    file.value = ""; // the same file may be shown again
  });
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
  return make(
    "div",
    { class: "card" },
    make("label", { for: "file" }, t("file")),
    make("p", { class: "hint" }, t("file_hint")),
    file,
    box,
  );
}

/** A button that shows the camera until a code is found. */
function camera_card(show: (presented: Presented) => Promise<void>): HTMLElement {
  const video = make("video", { playsinline: "", muted: "", "aria-label": t("camera_picture") }) as HTMLVideoElement;
  const button = make("button", { type: "button", id: "camera" }, t("camera"));
  const hint = make("p", { class: "hint", "aria-live": "polite" }, t("camera_hint"));
  const card = make("div", { class: "card camera" }, button, hint);
  let stop: AbortController | null = null;
  button.addEventListener("click", () => {
    if (stop) return stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    button.textContent = t("camera_stop");
    hint.textContent = t("camera_hint");
    card.append(video);
    const end = (said: string): void => {
      stop = null;
      video.remove();
      button.textContent = t("camera");
      hint.textContent = said;
    };
    void import("./camera.ts")
      .then((camera) => camera.look(video, signal))
      .then((codes) => {
        end(t("camera_hint"));
        if (codes) void show({ codes });
      })
      .catch(() => end(t("camera_none")));
  });
  return card;
}

/** A hand scanner is a keyboard that types the content of a code at once; wherever the focus is, it goes into `lines`. */
function take_scanner(lines: HTMLTextAreaElement, send: () => void): void {
  const is_code = (): boolean => /^\s*(dc0[0-9a-f]{30,}|RDB1)/i.test(lines.value);
  lines.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !is_code()) return;
    event.preventDefault();
    send();
  });
  document.onkeydown = (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " ") return;
    if (
      document.activeElement &&
      document.activeElement !== document.body &&
      !document.activeElement.matches("section.verdict")
    )
      return;
    lines.value = "";
    lines.focus(); // this key and those that follow are typed there
  };
}

function lines_card(show: (presented: Presented) => Promise<void>): HTMLElement {
  const lines = make("textarea", {
    id: "lines",
    rows: "3",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "characters",
    "aria-describedby": "lines-hint",
  }) as HTMLTextAreaElement;
  const form = make(
    "form",
    {},
    make("label", { for: "lines" }, t("lines")),
    make("p", { class: "hint", id: "lines-hint" }, t("lines_hint")),
    lines,
    make("button", { type: "submit" }, t("check")),
  );
  const send = (): void => {
    if (lines.value.trim()) void show({ text: lines.value.trim() });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  take_scanner(lines, send);
  return make("div", { class: "card" }, form);
}

function language_button(): HTMLElement {
  const other = language_now() === "es" ? "en" : "es";
  const change = make("button", { type: "button", class: "language", lang: other }, other === "es" ? "Español" : "English");
  change.addEventListener("click", () => {
    choose_language(other);
    draw();
  });
  return change;
}

function draw(): void {
  const page = document.getElementById("verify");
  if (!page) return;
  document.documentElement.lang = language_now();
  document.title = t("title");
  const result = make("div", { "aria-live": "polite" });
  const show = async (presented: Presented): Promise<void> => {
    result.replaceChildren(make("p", { class: "working" }, t("working")));
    try {
      const view = verdict_view(await judge_presented(presented), show);
      result.replaceChildren(view);
      view.focus();
    } catch (fault) {
      const said = is_network_fault(fault) ? t("no_line") : fault instanceof Error ? fault.message : t("failed");
      result.replaceChildren(make("p", { class: "verdict bad", role: "alert" }, said));
    }
  };
  const kept = make("p", { class: "foot", id: "offline", "aria-live": "polite" });
  void Promise.all([judge, is_kept]).then(([here, is_ready]) =>
    kept.replaceChildren(...offline_view(here?.trust ?? null, is_ready)),
  );
  const has_camera = "mediaDevices" in navigator;
  page.replaceChildren(
    make(
      "header",
      {},
      make("img", { src: "/mark.svg", alt: "", width: "36", height: "36" }),
      make("span", {}, "RCMS"),
      language_button(),
    ),
    make("h1", {}, t("title")),
    make("p", { class: "lead" }, t("lead")),
    file_card(show),
    ...(has_camera ? [camera_card(show)] : []),
    lines_card(show),
    result,
    kept,
    make("p", { class: "foot" }, t("foot")),
  );
}
draw();
