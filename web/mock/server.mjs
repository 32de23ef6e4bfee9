// Answers the addresses the web application calls with invented data, and serves web/dist. For looking and browser tests only; never shipped.
import { readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import * as d from "./data.mjs";
import { parse } from "./toml.mjs";

const root = resolve(import.meta.dirname, "..");
const forms = resolve(root, "../data/forms");
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const sessions = new Map();
const streams = new Set();
let change_number = 0;
function tell(subject, kind) {
  const data = JSON.stringify({ number: ++change_number, subject, kind, revision: 4 });
  for (const stream of streams) stream.write(`event: change\ndata: ${data}\n\n`);
}

const problem = (status, why, more = {}) => ({
  status,
  body: {
    type: "about:blank",
    title: why,
    status,
    why,
    field: null,
    detail: null,
    source: null,
    findings: [],
    request_id: "mock",
    ...more,
  },
  type: "application/problem+json",
});
const ok = (body, more = {}) => ({ status: 200, body, ...more });
const page = (items, query) => {
  const from = Number(query.get("cursor") ?? 0),
    limit = Number(query.get("limit") ?? 25);
  return ok({
    items: items.slice(from, from + limit),
    next: from + limit < items.length ? String(from + limit) : null,
    total: items.length,
  });
};

function view_of(person) {
  const party = person.party_code === "XAR" ? "Arcadia" : "Utopia";
  return {
    user: { id: person.id, name: person.name, login: person.id },
    party: { id: person.party_code, code: person.party_code, name: party },
    organisation: { id: "o1", name: person.organisation, kind: "central_authority" },
    roles: [person.role],
    permissions: d.permissions[person.role],
    language: person.language,
    demo: true,
    now: `${d.today}T09:00:00Z`,
    expires_at: `${d.today}T17:00:00Z`,
  };
}
const queue_filter = {
  drafts: (r) => r.state === "draft",
  screening: (r) => r.state === "screening",
  blocked: (r) => r.state === "blocked",
  sent: (r) => ["submitted", "acknowledged"].includes(r.state),
  documents_requested: (r) => r.state === "documents_requested",
  in_verification: (r) => ["verification", "interview"].includes(r.state),
  consent_to_confirm: (r) => r.state === "consent_to_confirm",
  answered: (r) => ["accepted", "refused"].includes(r.state),
  document_issued: (r) => r.state === "document_issued",
  suspended: (r) => r.state === "suspended",
  received: (r) => r.state === "received",
  completeness: (r) => r.state === "completeness",
  waiting_for_documents: (r) => r.state === "documents_requested",
  verification: (r) => ["verification", "interview"].includes(r.state),
  lapsed: (r) => r.state === "lapsed",
  to_document: (r) => r.state === "accepted",
  documented: (r) => r.state === "document_issued",
  overdue: (r) => r.next_deadline && r.next_deadline.days_left < 0,
  due_week: (r) => r.next_deadline && r.next_deadline.days_left >= 0 && r.next_deadline.days_left <= 7,
  mine: (r) => r.assignee,
  returned: (r) => r.state === "blocked",
};
const sides = {
  XAR: [
    "requesting",
    [
      "drafts",
      "screening",
      "blocked",
      "sent",
      "documents_requested",
      "in_verification",
      "consent_to_confirm",
      "answered",
      "document_issued",
      "suspended",
    ],
  ],
  UTO: [
    "requested",
    ["received", "completeness", "waiting_for_documents", "verification", "lapsed", "to_document", "documented"],
  ],
};
function home(session) {
  if (!session.permissions.includes("case.read") && !session.permissions.includes("application.read"))
    return {
      overdue: 0,
      due_week: 0,
      waiting_for_me: session.permissions.includes("task.read") ? 3 : 0,
      returned: 0,
      stages: [],
      queues: session.permissions.includes("task.read") ? [{ id: "open", side: "task", count: 3 }] : [],
      next: [],
    };
  const side = session.permissions.includes("case.read") ? "XAR" : "UTO";
  const all = side === "XAR" ? d.rows : d.application_rows;
  const count = (name) => all.filter(queue_filter[name]).length;
  const stages = Object.entries(
    Object.groupBy
      ? Object.groupBy(all, (r) => r.stage)
      : all.reduce((m, r) => ({ ...m, [r.stage]: [...(m[r.stage] ?? []), r] }), {}),
  ).map(([stage, items]) => ({ stage, count: items.length }));
  return {
    overdue: count("overdue"),
    due_week: count("due_week"),
    waiting_for_me: 7,
    returned: count("returned"),
    stages,
    queues: sides[side][1].map((id) => ({ id, side: sides[side][0], count: count(id) })),
    next: all
      .filter((r) => r.next_deadline)
      .sort((a, b) => a.next_deadline.days_left - b.next_deadline.days_left)
      .slice(0, 9),
  };
}
function list(all, query) {
  let items = [...all];
  const q = (query.get("q") ?? "").toLowerCase();
  if (q) items = items.filter((r) => `${r.name} ${r.reference}`.toLowerCase().includes(q));
  for (const name of ["state", "stage", "agreement"])
    if (query.get(name)) items = items.filter((r) => query.get(name).split(",").includes(r[name]));
  if (query.get("due_before"))
    items = items.filter((r) => r.next_deadline && r.next_deadline.due_on <= query.get("due_before"));
  if (query.get("owner")) items = items.filter((r) => r.assignee);
  const filter = queue_filter[query.get("queue")];
  if (filter) items = items.filter(filter);
  const key = (query.get("sort") ?? "").replace("-", "");
  const value = {
    due: (r) => r.next_deadline?.days_left ?? 999,
    name: (r) => r.name,
    waiting: (r) => -r.days_waiting,
    detained: (r) => -(r.detained_days ?? -1),
    reference: (r) => r.reference,
    state: (r) => r.state,
    submitted: (r) => r.submitted_on ?? "",
  }[key];
  if (value) items.sort((a, b) => (value(a) < value(b) ? -1 : 1) * (query.get("sort").startsWith("-") ? -1 : 1));
  return page(items, query);
}
const drawing = (title, lines) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="620" height="420"><rect width="620" height="420" fill="#f3ecd9"/><rect x="14" y="14" width="592" height="392" fill="none" stroke="#8a7a50" stroke-width="2"/><text x="40" y="70" font-size="28" font-family="serif" fill="#3b3420">${title}</text><rect x="40" y="100" width="140" height="180" fill="#cdbf9a"/><circle cx="110" cy="165" r="38" fill="#a9976a"/><path d="M50 280c6-52 114-52 120 0z" fill="#a9976a"/>${lines.map((line, i) => `<text x="210" y="${130 + i * 34}" font-size="19" font-family="monospace" fill="#3b3420">${line}</text>`).join("")}<text x="40" y="370" font-size="17" font-family="monospace" fill="#3b3420">SPECIMEN — INVENTED — UTO&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;</text></svg>`;

function preview(row, view, session) {
  const leaving = [
    "surname",
    "given_names",
    "dob",
    "pob",
    "sex",
    "nationality",
    "father_name",
    "mother_name",
    "nationality_evidence",
    "reference",
  ];
  const why = {
    internal: "Never leaves: internal to Arcadia",
    C_special: "Express consent is not recorded",
    A_person: "Not on the whitelist of this agreement",
    F_other: "Held back until the words found are cleared",
  };
  const fields = Object.entries(view.content).flatMap(([section, values]) =>
    Object.entries(values)
      .filter(([, v]) => v !== "")
      .map(([field, value]) => {
        const leaves = leaving.includes(field) || (section === "F_other" && field === "observations");
        return {
          section,
          field,
          value,
          leaves,
          why: leaves ? null : (why[section] ?? "Not on the whitelist of this agreement"),
        };
      }),
  );
  return {
    hash: "b7a1f0c2".repeat(8),
    receiver: "UTO",
    prepared_by: "Anna Velden",
    fields,
    attachments: view.attachments.map((f, i) => ({
      id: f.id,
      name: f.name,
      leaves: true,
      why: null,
      pages: 1,
      stripped: i === 1 ? ["author", "camera", "position"] : [],
    })),
    words: [
      {
        word: "aunt",
        field: "F_other.observations",
        excerpt: "speaks of an aunt in San Aurelio who keeps the original",
        severity: "warn",
      },
    ],
    may_release: session.permissions.includes("case.release"),
    refused_why: session.permissions.includes("case.release") ? null : "same_person",
    body: JSON.stringify(
      {
        envelope: "application",
        from: "XAR",
        to: "UTO",
        case: row.reference,
        body: Object.fromEntries(fields.filter((f) => f.leaves).map((f) => [f.field, f.value])),
      },
      null,
      1,
    ),
  };
}
function record_route(side, rest, method, session, query, body) {
  const all = side === "case" ? d.rows : d.application_rows;
  const [id, what, part] = rest;
  if (id === "releases")
    return ok({ done: body.ids.slice(1), refused: body.ids.slice(0, 1).map((x) => ({ id: x, why: "gate_open" })) });
  if (id === "export") return { status: 200, body: "reference,name\n", type: "text/csv" };
  if (!id)
    return method === "POST"
      ? (all.unshift({
          ...all[0],
          id: "new-case",
          reference: "XAR-2031-01999",
          name: `${body.content.A_person.given_names} ${body.content.A_person.surname}`,
          state: "draft",
          stage: "draft",
          content: body.content,
          attachments: [],
          submitted_on: null,
          next_deadline: null,
        }),
        ok(d.case_view(side, all[0], session.permissions)))
      : list(all, query);
  const row = all.find((r) => r.id === id);
  if (!row) return problem(404, "not_found");
  const view = d.case_view(side, row, session.permissions);
  if (!what) return ok(view, { etag: row.revision });
  if (what === "content") {
    row.content = body.content;
    row.revision += 1;
    return ok(d.case_view(side, row, session.permissions), { etag: row.revision });
  }
  if (what === "timeline") return ok({ items: d.timeline });
  if (what === "messages") {
    if (method === "POST") {
      d.messages?.push?.(body);
      return ok({});
    }
    return ok({
      items: [
        {
          id: "m1",
          at: "2031-03-05T10:00:00Z",
          by: "Inés Tahuari",
          party: "UTO",
          text: "Could you also send the reverse of the certificate?",
        },
        { id: "m2", at: "2031-03-05T14:10:00Z", by: "Anna Velden", party: "XAR", text: "It will be with you tomorrow." },
      ],
    });
  }
  if (what === "envelope-preview") return ok(preview(row, view, session));
  if (what === "attachments" && method === "POST") {
    const made = {
      id: `f${Date.now()}`,
      name: query.get("name"),
      kind: query.get("kind"),
      type: "image/svg+xml",
      size: 1000,
      sha256: "",
      added_at: `${d.today}T09:00:00Z`,
      by: session.user.name,
    };
    row.attachments.push(made);
    return ok(made);
  }
  if (what === "attachments")
    return {
      status: 200,
      body: drawing(part === "f1" ? "PORTRAIT" : "REPUBLIC OF UTOPIA", [
        row.name.toUpperCase(),
        row.birth,
        "SAN AURELIO",
        "UT0044821",
      ]),
      type: "image/svg+xml",
    };
  if (what === "gates") {
    tell(`case:${id}`, "gate");
    return ok({});
  }
  const next = {
    screening: "screening",
    acknowledgement: "completeness",
    confirmation: "accepted",
    release: "submitted",
    completeness: "verification",
    reply: body?.kind,
    requests: "documents_requested",
  }[what];
  if (next) {
    row.state = next;
    row.revision += 1;
  }
  tell(`${side}:${id}`, what);
  if (what === "travel-documents") return ok(d.documents[0]);
  return ok(d.case_view(side, row, session.permissions));
}
const import_view = {
  id: "i1",
  name: "march_list.xlsx",
  columns: [
    ["Apellido", ["Amarin", "Baradi", "Okande"]],
    ["Nombres", ["Tesfa", "Marisol", "Suri"]],
    ["F. nacimiento", ["12/03/1987", "01.07.1990", "1988"]],
    ["Lugar", ["San Aurelio", "Puerto Vela", ""]],
    ["Sexo", ["M", "F", "F"]],
    ["Obs.", ["", "hermana en Coral", ""]],
  ].map(([column, sample]) => ({ column, sample })),
  mapping: {
    Apellido: "A_person.surname",
    Nombres: "A_person.given_names",
    "F. nacimiento": "A_person.dob",
    Lugar: "A_person.pob",
    Sexo: "A_person.sex",
  },
  rows: 218,
  profile_guess: "p1",
  loaded: 0,
};
const import_report = {
  rows: 218,
  ready: 211,
  errors: [
    {
      row: 14,
      column: "F. nacimiento",
      why: "field_invalid",
      value: "31/02/1990",
      remedy: "Write a date that exists, as day/month/year, or the year alone",
    },
    { row: 73, column: "Apellido", why: "field_missing", value: "", remedy: "Write the surname in Latin letters" },
    { row: 118, column: "Sexo", why: "field_invalid", value: "H", remedy: "Write F, M or X" },
  ],
  duplicates: [
    { row: 40, of: "XAR-2031-01190" },
    { row: 41, of: "row 12" },
  ],
};

function route(method, path, query, session, body) {
  const [first, second, third, ...more] = path.split("/").filter(Boolean);
  if (first === "demo") return second === "people" ? ok({ items: d.people }) : problem(404, "not_found");
  if (first === "verifications")
    return ok({
      verdict: "genuine",
      number: "UTX000217",
      name: "TESFA IVANDOR",
      expires_on: "2031-04-09",
      state: "issued",
      checks: [
        { check: "signature", ok: true, text: "Signed by the Consulate in Port Meridian" },
        { check: "register", ok: true, text: "Not revoked" },
        { check: "dates", ok: true, text: "Valid today" },
      ],
    });
  if (!session) return problem(401, "not_signed_in");
  if (first === "session") return method === "GET" ? ok(session) : ok({});
  if (first === "home") return ok(home(session));
  if (first === "cases")
    return record_route(
      "case",
      [second, third, ...more].filter((x) => x !== undefined),
      method,
      session,
      query,
      body,
    );
  if (first === "applications")
    return record_route(
      "application",
      [second, third, ...more].filter((x) => x !== undefined),
      method,
      session,
      query,
      body,
    );
  if (first === "forms") {
    const file = join(forms, `${second}.toml`);
    return existsSync(file) ? ok(parse(readFileSync(file, "utf8"))) : problem(404, "not_found");
  }
  if (first === "agreements")
    return second ? ok(d.agreement(d.agreements.find((a) => a.id === second) ?? d.agreements[0])) : ok({ items: d.agreements });
  if (first === "tasks") {
    if (!second) return ok({ items: d.tasks.filter((x) => x.state === (query.get("state") ?? "open")) });
    const task = d.tasks.find((x) => x.id === second);
    if (third === "result") {
      task.state = "done";
      task.outcome = body.outcome;
      return ok({});
    }
    return ok({
      ...task,
      may_search: true,
      attachments: [],
      fields: [
        ["surname", "Ivandor"],
        ["given_names", "Tesfa"],
        ["dob", "1987"],
        ["pob", "San Aurelio, Coral Province"],
        ["father_name", "Anselm Ivandor"],
      ].map(([field, value]) => ({ field, value })),
    });
  }
  if (first === "registry") return ok({ items: d.candidates });
  if (first === "travel-documents") {
    if (!second)
      return page(
        d.documents.filter(
          (x) =>
            (!query.get("state") || x.state === query.get("state")) &&
            `${x.number}${x.name}`.toLowerCase().includes((query.get("q") ?? "").toLowerCase()),
        ),
        query,
      );
    const item = d.documents.find((x) => x.number === second);
    if (third === "void") {
      item.state = "void";
      item.void_reason = body.reason;
    }
    return item ? ok(item) : problem(404, "not_found");
  }
  if (first === "blanks") return ok({ items: d.blanks });
  if (first === "reports") return ok(d.report(query.get("month") ?? "2031-03"));
  if (first === "report-schedules")
    return ok({
      items: [
        { id: "s1", report: "monthly", day: 1, format: "pdf", language: "es", recipients: ["joint.committee@utopia.example"] },
      ],
    });
  if (first === "notifications") {
    if (method === "POST") for (const item of d.notifications) item.read = true;
    return ok({ items: d.notifications });
  }
  if (first === "search")
    return ok({
      items: d.rows
        .filter((r) => `${r.name} ${r.reference}`.toLowerCase().includes((query.get("q") ?? "").toLowerCase()))
        .slice(0, 6)
        .map((r) => ({ kind: "case", id: r.id, title: r.name, detail: r.reference })),
    });
  if (first === "offices") return ok({ items: d.organisations });
  if (first === "officers")
    return ok({
      items: d.people
        .filter((p) => p.party_code === session.party.code)
        .map((p) => ({ id: p.id, name: p.name, organisation: p.organisation, roles: [p.role] })),
    });
  if (first === "organisations") return ok({ items: d.organisations });
  if (first === "users")
    return ok({
      items: d.people.map((p, i) => ({
        id: p.id,
        name: p.name,
        login: p.id,
        organisation: p.organisation,
        organisation_id: "o1",
        roles: [p.role],
        active: true,
        last_seen: `2031-03-${10 + (i % 3)}T08:00:00Z`,
        second_factor: i % 3 !== 0,
        revision: 1,
      })),
    });
  if (first === "roles")
    return ok({ items: Object.entries(d.permissions).map(([role, permissions]) => ({ role, side: "both", permissions })) });
  if (first === "operations")
    return ok({
      parts: [
        { part: "database", ok: true, text: "SQLite, 3 ms", works: null },
        { part: "mail", ok: false, text: "The mail server does not answer.", works: "everything else, notices are shown here" },
        { part: "backup", ok: true, text: "Last night 02:00, restored in a drill on Sunday", works: null },
      ],
    });
  if (first === "import-profiles")
    return ok({
      items: [{ id: "p1", name: "Monthly list of Port Meridian", agreement: "uto-xar-2031", mapping: import_view.mapping }],
    });
  if (first === "imports") {
    if (third === "check") return ok(import_report);
    if (third === "load") return ok({ loaded: 211, refused: 7 });
    return ok(import_view);
  }
  return problem(404, "not_found");
}

function static_file(path, response) {
  const dist = join(root, "dist");
  let file = join(dist, path);
  if (path === "/verify") file = join(dist, "verify.html");
  else if (!file.startsWith(dist) || path === "/" || !existsSync(file)) file = join(dist, "index.html");
  if (!existsSync(file)) {
    response.writeHead(404).end("build first");
    return;
  }
  response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
}

export function start_mock(port = 0) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://mock");
    if (!url.pathname.startsWith("/api/")) {
      static_file(url.pathname, response);
      return;
    }
    const token = /rcms_session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
    const session = sessions.get(token);
    if (url.pathname === "/api/live") {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("event: hello\ndata: {}\n\n");
      streams.add(response);
      request.on("close", () => streams.delete(response));
      return;
    }
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString();
      let body = null;
      try {
        body = raw ? JSON.parse(raw) : null;
      } catch {
        body = raw;
      }
      const headers = {};
      let answer;
      if (request.method !== "GET" && request.headers["x-rcms-request"] !== "1") answer = problem(403, "not_permitted");
      else if (url.pathname === "/api/demo/session" || (url.pathname === "/api/session" && request.method === "POST")) {
        const person = d.people.find((x) => x.id === (body.user ?? body.login));
        if (!person) answer = problem(401, "not_signed_in");
        else {
          const id = `${person.id}-${Date.now()}`;
          sessions.set(id, view_of(person));
          headers["Set-Cookie"] = `rcms_session=${id}; Path=/; HttpOnly; SameSite=Strict`;
          answer = ok(view_of(person));
        }
      } else if (url.pathname === "/api/session" && request.method === "DELETE") {
        sessions.delete(token);
        answer = { status: 204 };
      } else {
        try {
          answer = route(request.method, decodeURIComponent(url.pathname.slice(4)), url.searchParams, session, body);
        } catch (fault) {
          console.error(fault);
          answer = problem(500, "unavailable");
        }
      }
      const type = answer.type ?? "application/json";
      const text =
        answer.status === 204
          ? ""
          : typeof answer.body === "string" && !type.includes("json")
            ? answer.body
            : JSON.stringify(answer.body);
      response
        .writeHead(answer.status, { ...headers, "Content-Type": type, ...(answer.etag ? { ETag: `"${answer.etag}"` } : {}) })
        .end(text);
    });
  });
  return new Promise((done) =>
    server.listen(port, "127.0.0.1", () =>
      done({
        server,
        address: `http://127.0.0.1:${server.address().port}`,
        expire: () => sessions.clear(),
        close: () => {
          for (const s of streams) s.end();
          server.closeAllConnections();
          server.close();
        },
      }),
    ),
  );
}
if (process.argv[1] === import.meta.filename) {
  const { address } = await start_mock(Number(process.env.PORT ?? 8797));
  console.log(`mock on ${address}`);
}
