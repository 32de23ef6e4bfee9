// Invented people, files and figures for looking at the screens without a server. Nothing here is real; not shipped.
export const today = "2031-03-12";
const day_ms = 86400000;
export const add = (day, n) => new Date(Date.parse(day) + n * day_ms).toISOString().slice(0, 10);
export const left = (day) => Math.round((Date.parse(day) - Date.parse(today)) / day_ms);

export const people = [
  [
    "anna",
    "Anna Velden",
    "case_officer",
    "XAR",
    "Return Office, Port Meridian",
    "Drafts applications and answers questions from Utopia",
  ],
  [
    "serge",
    "Serge Aldren",
    "safeguards_officer",
    "XAR",
    "Protection Board of Arcadia",
    "Decides the safeguards, blocks and suspends",
  ],
  [
    "rosa",
    "Rosa Imhalt",
    "release_officer",
    "XAR",
    "Release Desk, Ministry of Justice",
    "Second person: reads and releases what leaves",
  ],
  ["dora", "Dora Keswick", "requesting_supervisor", "XAR", "Return Office, Port Meridian", "Confirms consent by silence"],
  ["milo", "Milo Grandt", "administrator", "XAR", "Ministry of Justice", "Looks after people, roles and this installation"],
  [
    "ines",
    "Inés Tahuari",
    "intake_officer",
    "UTO",
    "Ministry of Interior of Utopia",
    "Receives applications and checks completeness",
  ],
  ["omar", "Omar Delacour", "decider", "UTO", "Ministry of Interior of Utopia", "Decides and replies"],
  ["lucia", "Lucía Ambroz", "verifier", "UTO", "Civil Registry of Utopia", "Searches the population registry"],
  [
    "tomas",
    "Tomás Quelme",
    "consular_officer",
    "UTO",
    "Consulate in Port Meridian",
    "Holds interviews, issues travel documents",
  ],
  ["noor", "Noor Sandoval", "analyst", "UTO", "Statistics Office of Utopia", "Reports and durations"],
].map(([id, name, role, party_code, organisation, task]) => ({
  id,
  name,
  role,
  party_code,
  organisation,
  language: "en",
  portrait: `${name}${["anna", "rosa", "dora", "ines", "lucia", "noor"].includes(id) ? ":f" : ":m"}`,
  task,
}));

const both = ["message.read", "message.write", "search.use"];
export const permissions = {
  case_officer: [
    "case.read",
    "case.create",
    "case.edit",
    "case.import",
    "case.export",
    "case.answer",
    "case.withdraw",
    "report.read",
    ...both,
  ],
  safeguards_officer: ["case.read", "case.screen", "case.suspend", ...both],
  release_officer: ["case.read", "case.release", "case.export", ...both],
  requesting_supervisor: [
    "case.read",
    "case.confirm",
    "case.withdraw",
    "case.export",
    "report.read",
    "report.schedule",
    ...both,
  ],
  administrator: ["administration.users", "administration.read", "operations.read", "report.read"],
  intake_officer: [
    "application.read",
    "application.acknowledge",
    "application.assess",
    "application.assign",
    "application.request_documents",
    "application.open_task",
    "application.export",
    "report.read",
    ...both,
  ],
  decider: [
    "application.read",
    "application.assess",
    "application.extend",
    "application.reply",
    "application.open_task",
    "application.request_documents",
    "application.suspend",
    "document.read",
    "report.read",
    "report.schedule",
    ...both,
  ],
  verifier: ["task.read", "task.complete", "registry.search"],
  consular_officer: [
    "task.read",
    "task.complete",
    "application.read",
    "document.read",
    "document.issue",
    "document.void",
    "document.stock",
    ...both,
  ],
  analyst: ["report.read", "report.schedule"],
};

const given = [
  "Tesfa",
  "Lio",
  "Marisol",
  "Adwin",
  "Yara",
  "Bento",
  "Kalila",
  "Oren",
  "Suri",
  "Davit",
  "Imani",
  "Pelo",
  "Nadira",
  "Cassio",
  "Remi",
  "Zehra",
  "Anselm",
  "Tulia",
  "Joram",
  "Wira",
];
const family = [
  "Amarin",
  "Solqueta",
  "Baradi",
  "Ivandor",
  "Tahuari",
  "Mirabel",
  "Okande",
  "Yelmar",
  "Quispara",
  "Delmont",
  "Harune",
  "Castiva",
  "Lorenko",
  "Samadi",
  "Varela",
  "Nuristan",
];
const originals = {
  Amarin: "أمارين",
  Baradi: "बरादी",
  Okande: "Òkàndé",
  Harune: "هارون",
  Samadi: "صمدي",
  Nuristan: "নুরিস্তান",
  Lorenko: "Лоренко",
};
const case_states = [
  "draft",
  "draft",
  "draft",
  "screening",
  "screening",
  "blocked",
  "submitted",
  "acknowledged",
  "documents_requested",
  "verification",
  "verification",
  "interview",
  "accepted",
  "refused",
  "consent_to_confirm",
  "document_issued",
  "withdrawn",
  "suspended",
  "closed",
];
const stage_of = {
  draft: "draft",
  screening: "draft",
  blocked: "draft",
  submitted: "sent",
  acknowledged: "sent",
  received: "sent",
  completeness: "completeness",
  documents_requested: "completeness",
  verification: "verification",
  interview: "verification",
  accepted: "answered",
  refused: "answered",
  lapsed: "answered",
  consent_to_confirm: "answered",
  document_issued: "document",
  withdrawn: "closed",
  suspended: "verification",
  closed: "closed",
};
const ball_of = {
  draft: "requesting",
  screening: "requesting",
  blocked: "requesting",
  submitted: "requested",
  acknowledged: "requested",
  documents_requested: "requesting",
  verification: "requested",
  interview: "requested",
  accepted: "requested",
  refused: "none",
  consent_to_confirm: "requesting",
  document_issued: "requesting",
  withdrawn: "none",
  suspended: "none",
  closed: "none",
  received: "requested",
  completeness: "requested",
  lapsed: "requested",
};
const other_state = { submitted: "received", acknowledged: "completeness", consent_to_confirm: "lapsed" };

export const rows = Array.from({ length: 64 }, (_, i) => {
  const first = given[(i * 7) % given.length],
    last = family[(i * 5 + 3) % family.length];
  const state = case_states[(i * 11) % case_states.length];
  const sent = !["draft", "screening", "blocked"].includes(state);
  const due = add(today, ((i * 13) % 41) - 6);
  const done = ["withdrawn", "closed", "refused"].includes(state);
  return {
    id: `0195f2a0-77aa-7${String(100 + i)}-8000-0000000000${String(10 + i)}`,
    reference: `XAR-2031-${String(1184 + i).padStart(5, "0")}`,
    counterpart_reference: sent ? `UTO-31-${String(40420 + i * 3)}` : null,
    name: `${first} ${last}`,
    name_original: originals[last] ?? null,
    birth:
      i % 9 === 4
        ? "1987"
        : `${1968 + ((i * 3) % 38)}-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + ((i * 5) % 27)).padStart(2, "0")}`,
    nationality: "UTO",
    agreement: "uto-xar-2031",
    state,
    stage: stage_of[state],
    ball: ball_of[state],
    assignee: i % 4 === 0 ? null : "Anna Velden",
    days_waiting: (i * 7) % 34,
    detained_days: i % 3 === 0 ? (i * 11) % 62 : null,
    next_deadline:
      done || state === "draft"
        ? null
        : {
            kind: state === "documents_requested" ? "documents" : state === "accepted" ? "travel_document" : "reply",
            due_on: due,
            days_left: left(due),
          },
    submitted_on: sent ? add(today, -10 - (i % 20)) : null,
    revision: 3,
  };
});
export const application_rows = rows
  .filter((row) => row.submitted_on)
  .map((row) => ({
    ...row,
    reference: row.counterpart_reference,
    counterpart_reference: row.reference,
    state: other_state[row.state] ?? row.state,
    stage: stage_of[other_state[row.state] ?? row.state] ?? row.stage,
    assignee: row.assignee ? "Inés Tahuari" : null,
  }));

const reply_trail = (from) => ({
  kind: "reply",
  state: "running",
  clause: "UTO-XAR 2031 art. 6(2)",
  confidence: "fictional",
  sentence: `The reply is due 15 working days after receipt was acknowledged on ${from}; weekends, one holiday in Utopia and 4 days of stopped clock are not counted.`,
  trail: [
    { step: "start", from, to: from, days: 0, names: [], text: "Receipt acknowledged; the clock starts the next day" },
    { step: "count", from: add(from, 1), to: add(from, 4), days: 4, names: [], text: "4 working days counted" },
    {
      step: "skip_weekend",
      from: add(from, 5),
      to: add(from, 6),
      days: 2,
      names: ["Saturday", "Sunday"],
      text: "Weekend, not counted",
    },
    {
      step: "skip_holiday",
      from: add(from, 7),
      to: add(from, 7),
      days: 1,
      names: ["Founders' Day (Utopia)"],
      text: "Holiday of the requested State",
    },
    { step: "stop", from: add(from, 9), to: add(from, 12), days: 4, names: [], text: "Clock stopped: documents requested" },
    { step: "count", from: add(from, 13), to: add(from, 26), days: 10, names: [], text: "10 more working days counted" },
  ],
});
function content_of(row) {
  const [given_names, surname] = row.name.split(" ");
  return {
    header: { reference: row.reference, procedure_flags: ["interview"] },
    A_person: {
      surname,
      given_names,
      surname_original: row.name_original ?? "",
      dob: row.birth,
      pob: "San Aurelio, Coral Province",
      sex: "M",
      nationality: "UTO",
      language: "es",
      father_name: `Anselm ${surname}`,
      mother_name: "Tulia Mirabel",
      physical_description: "175 cm, brown eyes, scar on left forearm",
      last_address_requested: { level1: "Coral Province", level2: "San Aurelio", line: "Calle del Faro 14" },
      other_names: [`${given_names}o ${surname}e`],
      relatives: [{ relation: "mother", name: "Tulia Mirabel", place: "San Aurelio" }],
    },
    B_family: {},
    C_special: { assistance_needed: "Interpreter needed; diabetes medicine twice a day" },
    D_evidence: {
      nationality_evidence: [
        {
          type: "passport",
          number: "UT0044821",
          issuing_authority: "Passport Office of Utopia",
          issued_on: "2019-05-02",
          expires_on: "2029-05-02",
          form: "copy",
        },
        { type: "birth_certificate", number: "1987/4471", place: "San Aurelio", form: "copy" },
      ],
    },
    F_other: { observations: "The person speaks of an aunt in San Aurelio who keeps the original certificate." },
    internal: {
      return_decision_ref: { number: "RD-2030-7712", decided_on: "2030-11-18", notified_on: "2030-11-25", is_final: true },
      asylum_status_check: { result: "ok", checked_at: "2031-03-02T09:12:00Z" },
    },
  };
}
const gate = (g, state, by = null, paper = null, blocks = true) => ({
  gate: g,
  state,
  by,
  at: by ? "2031-02-27T14:20:00Z" : null,
  paper,
  note: null,
  blocks,
});
const file = (id, name, kind, type, size) => ({
  id,
  name,
  kind,
  type,
  size,
  sha256: "9f2c".repeat(16),
  added_at: "2031-02-24T10:05:00Z",
  by: "Anna Velden",
});
export const files = [
  file("f1", "portrait.png", "photograph", "image/svg+xml", 182000),
  file("f2", "passport_copy_page_2.png", "passport", "image/svg+xml", 912000),
  file("f3", "birth_certificate.png", "birth_certificate", "image/svg+xml", 640000),
];

const acts = {
  draft: [
    ["edit", "case.edit"],
    ["send_to_screening", "case.edit"],
    ["attach", "case.edit"],
    ["cancel", "case.withdraw"],
  ],
  screening: [
    ["release", "case.release"],
    ["decide_gate", "case.screen"],
    ["return_to_draft", "case.screen"],
    ["block", "case.screen"],
    ["cancel", "case.withdraw"],
  ],
  blocked: [
    ["resume_screening", "case.screen"],
    ["return_to_draft", "case.screen"],
  ],
  documents_requested: [
    ["answer", "case.answer"],
    ["withdraw", "case.withdraw"],
  ],
  consent_to_confirm: [
    ["confirm", "case.confirm"],
    ["decline_silence", "case.confirm"],
    ["withdraw", "case.withdraw"],
  ],
  suspended: [["lift_suspension", "case.suspend"]],
  closed: [],
  withdrawn: [],
};
const sent_acts = [
  ["withdraw", "case.withdraw"],
  ["suspend", "case.suspend"],
];
const application_acts = {
  received: [
    ["acknowledge", "application.acknowledge"],
    ["assign", "application.assign"],
  ],
  completeness: [
    ["declare_complete", "application.assess"],
    ["request_documents", "application.request_documents"],
    ["assign", "application.assign"],
    ["open_task", "application.open_task"],
  ],
  verification: [
    ["reply_accepted", "application.reply"],
    ["reply_refused", "application.reply"],
    ["reply_interview", "application.reply"],
    ["reply_more_information", "application.reply"],
    ["open_task", "application.open_task"],
    ["request_documents", "application.request_documents"],
    ["extend", "application.extend"],
    ["suspend", "application.suspend"],
  ],
  accepted: [["issue_document", "document.issue"]],
};
export const tasks = [
  {
    id: "t1",
    kind: "civil_registry",
    state: "open",
    due_on: add(today, 2),
    organisation: "Civil Registry of Utopia",
    user: "Lucía Ambroz",
    person: "Tesfa Ivandor",
    outcome: null,
    note: "Parents' names may be exchanged",
    application: null,
  },
  {
    id: "t2",
    kind: "interview",
    state: "open",
    due_on: add(today, 6),
    organisation: "Consulate in Port Meridian",
    user: "Tomás Quelme",
    person: "Suri Okande",
    outcome: null,
    note: null,
    application: null,
  },
  {
    id: "t3",
    kind: "passport_office",
    state: "open",
    due_on: add(today, -1),
    organisation: "Passport Office of Utopia",
    user: null,
    person: "Marisol Baradi",
    outcome: null,
    note: null,
    application: null,
  },
  {
    id: "t4",
    kind: "field_check",
    state: "done",
    due_on: add(today, -3),
    organisation: "Municipality of San Aurelio",
    user: null,
    person: "Lio Delmont",
    outcome: "confirmed",
    note: "Known by two neighbours",
    application: null,
  },
].map((task) => ({ ...task, days_left: left(task.due_on) }));

export function case_view(side, row, may) {
  const from = row.submitted_on ?? add(today, -9);
  const deadlines = row.next_deadline
    ? [
        {
          id: "d1",
          ...reply_trail(add(from, 2)),
          kind: row.next_deadline.kind,
          due_on: row.next_deadline.due_on,
          days_left: row.next_deadline.days_left,
        },
        {
          id: "d2",
          kind: "acknowledgement",
          due_on: add(from, 2),
          days_left: left(add(from, 2)),
          state: "met",
          sentence: "Receipt was acknowledged in time.",
          clause: "UTO-XAR 2031 art. 5(1)",
          confidence: "fictional",
          trail: [
            { step: "start", from, to: from, days: 0, names: [], text: "Application received" },
            { step: "count", from: add(from, 1), to: add(from, 2), days: 2, names: [], text: "2 calendar days" },
          ],
        },
      ]
    : [];
  const table = side === "case" ? (acts[row.state] ?? sent_acts) : (application_acts[row.state] ?? []);
  const gates_open = side === "case" && ["draft", "screening"].includes(row.state);
  const actions = table.map(([action, permission]) => {
    if (!may.includes(permission)) return { action, allowed: false, refused_why: "not_permitted" };
    if (action === "release" && row.gates_open) return { action, allowed: false, refused_why: "gate_open" };
    return { action, allowed: true, refused_why: null };
  });
  return {
    ...row,
    owner: { id: "anna", name: "Anna Velden" },
    assignee: row.assignee ? { id: "ines", name: row.assignee } : null,
    created_at: "2031-02-20T08:30:00Z",
    content:
      row.content ??
      (row.content = content_of({ ...row, reference: side === "case" ? row.reference : row.counterpart_reference })),
    person: {
      name: row.name,
      name_original: row.name_original,
      birth: row.birth,
      sex: "M",
      nationality: "UTO",
      portrait_file: `drawn:${row.name}`,
    },
    attachments: row.attachments ?? (row.attachments = [...files]),
    checklist: [
      {
        item: "passport",
        state: "weak",
        strength: "prima_facie",
        enough: "An expired passport is prima facie evidence; valid or expired under 6 months, proof",
      },
      { item: "birth_certificate", state: "present", strength: "indication", enough: null },
      { item: "fingerprints", state: "missing", strength: null, enough: "Ten prints, or an interview at the consulate" },
      { item: "photograph", state: "present", strength: "indication", enough: null },
    ],
    gates:
      side === "case"
        ? [
            gate("G01", "closed", "Anna Velden", "RD-2030-7712"),
            gate("G02", "closed", "Status registry", "token 88f1"),
            gate("G03", "closed", "Serge Aldren", "NRA-2031-204"),
            gate("G05", "closed", "Anna Velden", "VR-118"),
            gate("G07", gates_open ? "open" : "not_applicable"),
            gate("G09", "not_applicable", "Dora Keswick"),
            gate("G10", gates_open ? "open" : "closed", gates_open ? null : "Serge Aldren"),
          ]
        : [],
    requests: ["documents_requested", "verification", "accepted"].includes(row.state)
      ? [
          {
            id: "r1",
            asked_at: "2031-03-03T09:40:00Z",
            due: add(today, 9),
            items: [
              {
                item: "birth_certificate",
                language: "es",
                note: "Legible copy of both sides",
                state: row.state === "documents_requested" ? "open" : "answered",
                answer: row.state === "documents_requested" ? null : "Attached: scan of both sides, certified 4 March",
              },
              {
                item: "fingerprints",
                language: null,
                note: "Template, ten fingers",
                state: row.state === "verification" ? "answered" : "open",
                answer: row.state === "verification" ? "Taken on 5 March at Port Meridian" : null,
              },
            ],
          },
        ]
      : [],
    deadlines,
    reply:
      row.state === "refused"
        ? {
            kind: "refused",
            reasons: ["nationality_not_established"],
            note: "No record under the names given.",
            at: "2031-03-08T15:00:00Z",
            by: "Omar Delacour",
          }
        : ["accepted", "document_issued"].includes(row.state)
          ? { kind: "accepted", reasons: [], note: null, at: "2031-03-07T11:00:00Z", by: "Omar Delacour" }
          : null,
    documents:
      row.state === "document_issued"
        ? [{ number: "UTX000217", state: "issued", issued_on: "2031-03-10", expires_on: "2031-04-09" }]
        : [],
    actions,
    ...(side === "application"
      ? {
          tasks: tasks.slice(0, 3).concat(tasks[3]),
          completeness: [
            {
              item: "passport",
              state: "weak",
              strength: "prima_facie",
              enough: "A passport expired under 6 months would be proof",
            },
            { item: "fingerprints", state: "missing", strength: null, enough: "Ten prints, or an interview" },
            { item: "photograph", state: "present", strength: "indication", enough: null },
          ],
        }
      : {}),
  };
}
export const timeline = [
  ["case_created", "2031-02-20T08:30:00Z", "", "Anna Velden", "case_officer", "Return Office", "XAR"],
  ["file_attached", "2031-02-24T10:05:00Z", "passport_copy_page_2.png", "Anna Velden", "case_officer", "Return Office", "XAR"],
  ["sent_to_screening", "2031-02-25T16:12:00Z", "", "Anna Velden", "case_officer", "Return Office", "XAR"],
  ["gate_decided", "2031-02-27T14:20:00Z", "G03", "Serge Aldren", "safeguards_officer", "Protection Board", "XAR"],
  ["application_released", "2031-02-28T09:02:00Z", "", "Rosa Imhalt", "release_officer", "Release Desk", "XAR"],
  ["acknowledgement_received", "2031-03-01T13:44:00Z", "", "Inés Tahuari", "intake_officer", "Ministry of Interior", "UTO"],
]
  .map(([action, at, text, by, role, office, party], i) => ({
    id: `e${i}`,
    at,
    when: "done",
    action,
    text,
    by,
    role,
    office,
    party,
  }))
  .concat([
    {
      id: "e8",
      at: "2031-03-03T09:40:00Z",
      when: "done",
      action: "document_request_received",
      text: "",
      by: "Inés Tahuari",
      role: "intake_officer",
      office: "Ministry of Interior",
      party: "UTO",
      stop_from: "2031-03-03",
      stop_to: "2031-03-07",
    },
    {
      id: "e9",
      at: "2031-03-07T10:00:00Z",
      when: "done",
      action: "answer_sent",
      text: "",
      by: "Anna Velden",
      role: "case_officer",
      office: "Return Office",
      party: "XAR",
    },
    {
      id: "e10",
      at: "2031-03-24",
      when: "future",
      action: "reply_received",
      text: "",
      by: null,
      role: null,
      office: null,
      party: null,
    },
    {
      id: "e11",
      at: null,
      when: "future",
      action: "travel_document_notice_received",
      text: "",
      by: null,
      role: null,
      office: null,
      party: null,
    },
  ]);
export const agreements = [
  {
    id: "uto-xar-2031",
    title: "Utopia – Arcadia 2031",
    requesting: "XAR",
    requested: "UTO",
    fictional: true,
    confidence: "fictional",
  },
  {
    id: "ch-az-2016",
    title: "Switzerland – Azerbaijan 2016",
    requesting: "CHE",
    requested: "AZE",
    fictional: false,
    confidence: "primary",
  },
];
export const agreement = (a) => ({
  ...a,
  version: "1",
  valid_from: "2031-01-01",
  languages: ["en", "es"],
  whitelist: [
    "surname",
    "given_names",
    "dob",
    "pob",
    "sex",
    "nationality",
    "photo",
    "father_name",
    "mother_name",
    "nationality_evidence",
  ],
  checklist: [{ item: "passport", required: "one_of" }],
  rules: [
    ["reply.start", "acknowledgement", "The time to reply starts when receipt is acknowledged.", "art. 6(1)"],
    ["reply.term", "15 working days", "Utopia replies within 15 working days.", "art. 6(2)"],
    ["reply.extension", "10", "A reasoned request extends the time to reply by 10 working days, once.", "art. 6(3)"],
    ["reply.silence", "consent", "Silence is consent, which a person in Arcadia must confirm.", "art. 9(2)"],
    ["documents.clock", "pauses", "A request for documents stops the clock until the answer.", "art. 7(2)"],
    [
      "document.issue",
      "5 working days",
      "Utopia issues the travel document within 5 working days of acceptance.",
      "art. 10(1)",
    ],
  ].map(([key, value, sentence, clause], i) => ({
    key,
    value,
    sentence,
    clause,
    confidence: i === 4 ? "unverified" : a.confidence,
  })),
  evidence: [
    { document: "passport", strength: "proof", clause: "Annex 1" },
    { document: "identity_card", strength: "proof", clause: "Annex 1" },
    { document: "birth_certificate", strength: "prima_facie", clause: "Annex 2" },
    { document: "witness_statement", strength: "indication", clause: "Annex 2" },
  ],
});
export const report = (month) => ({
  month,
  party: "UTO",
  made_at: "2031-03-12T06:00:00Z",
  figures: [
    ["received", 214, "Applications received in the month, counted by person"],
    ["answered", 187, "Replies sent in the month, whatever their kind"],
    ["in_time", 91, "Replies sent on or before the due date, of all replies", "percent"],
    ["open", 342, "Applications without a reply at the end of the month"],
  ].map(([id, value, definition, unit = null]) => ({ id, value, definition, unit })),
  received_by_month: [172, 168, 190, 205, 181, 166, 198, 223, 240, 219, 201, 214].map((value, i) => ({
    label: new Date(Date.UTC(2030, 3 + i, 1)).toISOString().slice(0, 7),
    value,
  })),
  answers: [
    ["accepted", 121],
    ["refused", 34],
    ["interview", 22],
    ["more_information", 10],
  ].map(([label, value]) => ({ label, value })),
  nationality: [
    ["UTO", 206],
    ["XAR", 5],
    ["XXA", 3],
  ].map(([label, value]) => ({ label, value })),
  sex_age: [
    ["0–13", 6, 7],
    ["14–17", 5, 12],
    ["18–24", 19, 44],
    ["25–34", 22, 51],
    ["35–49", 12, 25],
    ["50+", 4, 7],
  ].map(([age, female, male]) => ({ age, female, male })),
  durations: [
    ["acknowledgement", 1, 3, 5],
    ["completeness", 3, 8, null],
    ["registry_search", 2, 6, null],
    ["interview", 12, 25, 30],
    ["reply", 11, 19, 15],
    ["travel_document", 3, 7, 5],
  ].map(([step, median, p90, limit], i) => ({ step, median, p90, count: 190 - i * 12, limit })),
  refusals: [
    ["nationality_not_established", 19],
    ["identity_not_established", 8],
    ["evidence_insufficient", 5],
    ["third_country", 2],
  ].map(([label, value]) => ({ label, value })),
});
export const documents = Array.from({ length: 12 }, (_, i) => ({
  number: `UTX000${210 + i}`,
  state: i === 3 ? "void" : i === 9 ? "expired" : "issued",
  name: rows[i * 3].name,
  birth: rows[i * 3].birth,
  application: application_rows[i].id,
  reference: application_rows[i].reference,
  issued_on: add(today, -i * 3),
  expires_on: add(today, 30 - i * 3),
  blank: `A-00${420 + i}`,
  issued_by: "Consulate in Port Meridian",
  mrz:
    `PUUTO${rows[i * 3].name.split(" ").reverse().join("<<").toUpperCase()}`.padEnd(44, "<") +
    "\n" +
    `UTX000${210 + i}5UTO8703124M3104096`.padEnd(43, "<") +
    "4",
  void_reason: i === 3 ? "Printed twice; the first sheet was damaged" : null,
}));
export const blanks = [
  {
    series: "A",
    from: "00400",
    to: "00599",
    total: 200,
    used: 33,
    void: 1,
    left: 166,
    organisation: "Consulate in Port Meridian",
  },
  {
    series: "B",
    from: "01000",
    to: "01049",
    total: 50,
    used: 38,
    void: 0,
    left: 12,
    organisation: "Ministry of Interior of Utopia",
  },
];
export const organisations = [
  ["o1", "Ministry of Interior of Utopia", "central_authority", "UTO"],
  ["o2", "Civil Registry of Utopia", "civil_registry", "UTO"],
  ["o3", "Consulate in Port Meridian", "consulate", "UTO"],
  ["o4", "Return Office, Port Meridian", "central_authority", "XAR"],
  ["o5", "Protection Board of Arcadia", "safeguards_body", "XAR"],
].map(([id, name, kind, party], i) => ({ id, name, kind, party, active: true, users: 3 + i, revision: 1 }));
export const notifications = [
  ["n1", "2031-03-12T08:01:00Z", "A reply is due tomorrow: XAR-2031-01195", false],
  ["n2", "2031-03-11T15:30:00Z", "Utopia asked for two documents: XAR-2031-01192", false],
  ["n3", "2031-03-10T09:12:00Z", "Application released by Rosa Imhalt: XAR-2031-01190", true],
].map(([id, at, text, read], i) => ({ id, at, kind: "case", text, href: `/cases/${rows[i + 6].id}`, read }));
export const candidates = [
  {
    id: "c1",
    given: "Tesfá",
    surname: "Ivandorr",
    name_original: null,
    birth: "1987-03-12",
    place: "San Aurelio",
    document: "UT0044821",
    portrait: "c1",
    score: 0.93,
    components: [
      ["surname", "Ivandor", "Ivandorr", 0.94, "One letter more; sounds the same"],
      ["given", "Tesfa", "Tesfá", 0.98, "Differs in an accent only"],
      ["birth", "1987", "1987-03-12", 0.9, "Year agrees; day not given"],
      ["place", "San Aurelio, Coral Province", "San Aurelio", 0.96, "Same municipality"],
      ["father", "Anselm Ivandor", "Anselmo Ivandorr", 0.9, "Short form of the same name"],
    ],
  },
  {
    id: "c2",
    given: "Tesla",
    surname: "Ivanor",
    name_original: null,
    birth: "1979-08-30",
    place: "Puerto Vela",
    document: null,
    portrait: "c2",
    score: 0.48,
    components: [
      ["surname", "Ivandor", "Ivanor", 0.8, "One letter less"],
      ["given", "Tesfa", "Tesla", 0.62, "One letter differs"],
      ["birth", "1987", "1979-08-30", 0.1, "Eight years apart"],
      ["place", "San Aurelio, Coral Province", "Puerto Vela", 0.2, "Other province"],
    ],
  },
].map((c) => ({
  ...c,
  components: c.components.map(([component, asked, found, score, reason]) => ({ component, asked, found, score, reason })),
}));
