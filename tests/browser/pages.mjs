// Every screen as it is looked at and checked: name, who is signed in, address, and what to do before looking.
import { ask, sign_in } from "./support.mjs";

const press = (selector) => async (page) => {
  await page.click(selector);
};
const propose_seats = async (page) => {
  await page.click(".transport-choice li:last-child input");
  await page.click('[data-action="propose"]');
  await page.waitForSelector("[data-proposal]");
};
const simulated =
  "agreement=uto-xar-protocol-2022&clock=reply_standard&events=acknowledgement:2026-12-10,extension:2026-12-20:10";
export function pages_of(ids) {
  const file = (side, id, section = "") =>
    `/${side}/${id}${section ? `?section=${section}` : ""}`;
  const {
    draft,
    screening,
    requested,
    waiting,
    silence,
    received,
    verification,
  } = ids;
  return [
    ["home", "anna.xar", "/"],
    ["home_utopia", "lucia.uto", "/"],
    ["home_verifier", "sofia.uto", "/"],
    ["home_consulate", "carmen.uto", "/"],
    ["home_administrator", "admin.uto", "/"],
    ["desk_drafts", "anna.xar", "/cases/desk?state=draft"],
    ["desk_screening", "dora.xar", "/cases/desk?state=screening"],
    ["list", "anna.xar", "/cases"],
    ["list_queue", "anna.xar", "/cases?queue=in_verification"],
    ["list_applications", "lucia.uto", "/applications"],
    ["list_on_hold", "lucia.uto", "/applications?hold=only"],
    [
      "bulk_assign",
      "lucia.uto",
      "/applications",
      async (page) => {
        await page.locator("td.pick input").nth(0).check();
        await page.locator("td.pick input").nth(1).check();
        await page.click('[data-action="bulk_assign"]');
      },
    ],
    [
      "hold_dialog",
      "lucia.uto",
      file("applications", verification),
      async (page) => {
        if (!(await page.isVisible('[data-action="hold"]')))
          await page.click(".more-acts summary");
        await page.click('[data-action="hold"]');
        await page.waitForSelector('[role="dialog"]');
      },
    ],
    ["colleagues", "anna.xar", "/colleagues"],
    ["colleagues_administrator", "admin.uto", "/colleagues"],
    [
      "absence_dialog",
      "anna.xar",
      "/colleagues",
      press('[data-action="plan_absence"]'),
    ],
    ["case_draft", "anna.xar", file("cases", draft)],
    ["case_person", "anna.xar", file("cases", draft, "form-A_person")],
    ["case_gates", "dora.xar", file("cases", screening, "gates")],
    [
      "gate_dialog",
      "dora.xar",
      file("cases", screening, "gates"),
      press('[data-act="decide"]'),
    ],
    ["safeguards", "dora.xar", `/safeguards/${ids.departing}`],
    [
      "safeguard_behind",
      "ruth.xar",
      `/safeguards/${ids.departing}`,
      press('[data-gate="G03"] summary'),
    ],
    [
      "safeguard_refuse_contact",
      "dora.xar",
      `/safeguards/${ids.departing}`,
      async (page) => {
        await page.click(".standing .button");
        await page.click(".menu-item");
      },
    ],
    ["safeguards_queue", "dora.xar", "/safeguards?gate=all"],
    ["safeguards_queue_own", "dora.xar", "/safeguards?gate=G02"],
    ["home_doctor", "irene.xar", "/"],
    ["home_child_protection", "clara.xar", "/"],
    ["home_guardian", "noor.xar", "/"],
    ["home_operations", "tomas.xar", "/"],
    ["case_attachments", "anna.xar", file("cases", screening, "attachments")],
    ["case_checklist", "anna.xar", file("cases", screening, "checklist")],
    ["case_requests", "anna.xar", file("cases", requested, "requests")],
    ["case_timeline", "anna.xar", file("cases", requested, "timeline")],
    ["case_messages", "anna.xar", file("cases", requested, "messages")],
    [
      "case_transmissions",
      "anna.xar",
      file("cases", requested, "transmissions"),
    ],
    ["case_why", "anna.xar", file("cases", waiting), press(".why")],
    [
      "case_silence",
      "ruth.xar",
      file("cases", silence),
      press('[data-action="confirm"]'),
    ],
    ["editor", "anna.xar", `/cases/${draft}/edit`],
    ["editor_evidence", "anna.xar", `/cases/${draft}/edit?section=D_evidence`],
    ["editor_review", "anna.xar", `/cases/${draft}/edit?section=review`],
    [
      "correction",
      "anna.xar",
      `/cases/${waiting}/correct?section=A_person`,
      async (page) => {
        await page.fill(".editor-form input.input", "Corrected");
        await page.click('nav.sections a[href$="section=review"]');
        await page.waitForSelector('[data-action="correct"]');
      },
    ],
    ["new_case", "anna.xar", "/cases/new"],
    ["release", "henrik.xar", `/cases/${screening}/release`],
    ["import", "anna.xar", "/cases/import"],
    ["application", "jorge.uto", file("applications", verification)],
    [
      "application_tasks",
      "jorge.uto",
      file("applications", verification, "tasks"),
    ],
    [
      "application_notes",
      "jorge.uto",
      file("applications", verification, "notes"),
    ],
    [
      "application_outcome",
      "jorge.uto",
      file("applications", ids.accepted, "outcome"),
    ],
    [
      "reply_dialog",
      "jorge.uto",
      file("applications", verification),
      async (page) => {
        await page.click('[data-action="reply"]');
        await page.click('input[value="refused"]');
      },
    ],
    [
      "request_dialog",
      "lucia.uto",
      file("applications", ids.completeness),
      press('[data-action="request_documents"]'),
    ],
    [
      "task_dialog",
      "jorge.uto",
      file("applications", verification),
      press('[data-action="open_task"]'),
    ],
    [
      "extension_dialog",
      "elena.uto",
      file("applications", verification),
      press('[data-action="extend"]'),
    ],
    [
      "assessment_dialog",
      "jorge.uto",
      file("applications", verification),
      press('[data-action="assess"]'),
    ],
    [
      "held_document_dialog",
      "anna.xar",
      file("cases", ids.to_document),
      async (page) => {
        if (!(await page.isVisible('[data-action="record_document"]')))
          await page.click(".more-acts summary");
        await page.click('[data-action="record_document"]');
        await page.waitForSelector('[role="dialog"]');
        await page.click('[role="dialog"] input[value="laissez_passer"]');
      },
    ],
    ["held_document", "anna.xar", file("cases", ids.with_paper, "outcome")],
    ["application_received", "lucia.uto", file("applications", received)],
    ["tasks", "sofia.uto", "/tasks"],
    ["task", "sofia.uto", `/tasks/${ids.task}`],
    ["minutes", "carmen.uto", `/tasks/${ids.interview}`],
    ["interviews", "carmen.uto", "/interviews"],
    ["interviews_list", "carmen.uto", "/interviews?tab=list"],
    ["interview_places", "elena.uto", "/interviews?tab=places"],
    [
      "interview_place_dialog",
      "elena.uto",
      "/interviews?tab=places",
      press('[data-action="new_place"]'),
    ],
    ["interview", "carmen.uto", `/interviews/${ids.booked_interview}`],
    ["interview_held", "jorge.uto", `/interviews/${ids.held_interview}`],
    [
      "interview_move",
      "carmen.uto",
      `/interviews/${ids.booked_interview}`,
      press('[data-action="move_interview"]'),
    ],
    ["missions", "jorge.uto", "/interviews?tab=missions"],
    ["mission", "jorge.uto", `/interviews/missions/${ids.mission}`],
    ["interviews_requesting", "anna.xar", "/interviews"],
    ["missions_requesting", "anna.xar", "/interviews?tab=missions"],
    ["case_interviews", "anna.xar", file("cases", ids.invited, "interviews")],
    ["transports", "tomas.xar", "/transports"],
    [
      "transport_dialog",
      "tomas.xar",
      "/transports",
      press('[data-action="new_transport"]'),
    ],
    ["transport_planner", "tomas.xar", "/transports?tab=planner"],
    [
      "transport_proposal",
      "tomas.xar",
      "/transports?tab=planner",
      propose_seats,
    ],
    ["crossing_points", "tomas.xar", "/transports?tab=points"],
    ["transport", "tomas.xar", `/transports/${ids.transport}`],
    ["transport_doctor", "irene.xar", `/transports/${ids.transport}`],
    [
      "announcement",
      "tomas.xar",
      `/transports/${ids.transport}`,
      async (page) => page.locator("[data-action=announce_transport]").click(),
    ],
    ["pairs", "anna.xar", "/pairs"],
    ["pairs_decided", "lucia.uto", "/pairs?state=not_the_same"],
    ...(ids.pair === "none"
      ? []
      : [["pair", "anna.xar", `/pairs/${ids.pair}`]]),
    ["arrivals", "lucia.uto", "/arrivals"],
    // In a small world nobody may have a seat, so that nothing is announced.
    ...(ids.arrival === "none"
      ? []
      : [["arrival", "isabel.uto", `/arrivals/${ids.arrival}`]]),
    [
      "not_there",
      "isabel.uto",
      "/arrivals/01890000-0000-7000-8000-00000000dcba",
    ],
    ["reception_board", "isabel.uto", "/reception"],
    ["reception_board_supervisor", "elena.uto", "/reception"],
    ["reception_check_in", "isabel.uto", "/reception?tab=check_in"],
    [
      "reception_found",
      "isabel.uto",
      "/reception?tab=check_in",
      async (page) => {
        await page.fill("#desk-find", "UR0100006");
        await page.waitForSelector(".desk-family");
      },
    ],
    [
      "reception_unannounced",
      "isabel.uto",
      "/reception?tab=check_in",
      press('[data-action="unannounced"]'),
    ],
    [
      "reception_received",
      "marisol.uto",
      `/reception?tab=received&day=${ids.reception_day}&centre=${ids.reception_centre}`,
    ],
    ["reception_record", "marisol.uto", `/reception/${ids.reception_record}`],
    [
      "reception_record_written",
      "marisol.uto",
      `/reception/${ids.reception_record}`,
      press('[data-action="write_record"]'),
    ],
    ["reception_centres", "elena.uto", "/reception?tab=centres"],
    [
      "reception_centre_dialog",
      "elena.uto",
      "/reception?tab=centres",
      press('[data-action="new_centre"]'),
    ],
    // In a small world nobody may have left yet.
    ...(ids.departed === "none"
      ? []
      : [
          ["handover", "tomas.xar", `/transports/${ids.departed}/handover`],
          [
            "handover_border",
            "oscar.uto",
            `/arrivals/${ids.departed}/handover`,
          ],
        ]),
    ["handover_take", "tomas.xar", `/handover?take=departure/${ids.transport}`],
    ["manifest", "tomas.xar", `/transports/${ids.transport}/manifest`],
    ["manifest_doctor", "irene.xar", `/transports/${ids.transport}/manifest`],
    [
      "manifest_compared",
      "tomas.xar",
      `/transports/${ids.transport}/manifest`,
      async (page) => {
        await page.locator("[data-action=check_manifest]").click();
        await page.setInputFiles("[role=dialog] input[type=file]", {
          name: "list.csv",
          mimeType: "text/csv",
          buffer: Buffer.from(
            "No.,Surname,Given names,Sex,Birthday,Nationality,Document,Issued by,Document until\n" +
              "1,Nobody,Knows,F,1990-01-01,UTO,E000,UTO,2031-01-01\n",
          ),
        });
        await page.locator("[role=dialog] .button.primary").click();
        await page.locator("[role=alert] table").waitFor();
      },
    ],
    ["registry", "sofia.uto", "/registry"],
    ["registry_source", "admin.uto", "/administration/registry"],
    ["layouts", "admin.uto", "/administration/layouts"],
    ["waiting", "carmen.uto", "/documents"],
    ["documents", "carmen.uto", "/documents?tab=register"],
    ["blanks", "carmen.uto", "/documents?tab=blanks"],
    [
      "spoilt",
      "carmen.uto",
      "/documents?tab=blanks",
      press(".card > header .button"),
    ],
    ["printers", "carmen.uto", "/documents?tab=printers"],
    [
      "printer_new",
      "carmen.uto",
      "/documents?tab=printers",
      press(".card > header .button"),
    ],
    ["batch", "carmen.uto", "/documents/batch"],
    ["renewals", "elena.uto", "/documents?tab=renewals"],
    ["number", "carmen.uto", "/documents/numbers/UE0000499"],
    ["document", "carmen.uto", `/documents/${ids.document}`],
    ["issue", "carmen.uto", `/applications/${ids.accepted_one}/issue`],
    ["report", "mateo.uto", "/reports"],
    ["agreements", "anna.xar", "/agreements"],
    ["agreement", "anna.xar", "/agreements/EU-LK"],
    ["agreement_evidence", "anna.xar", "/agreements/uto-xar-2019?tab=evidence"],
    ["agreement_leaving", "admin.xar", "/agreements/uto-xar-2019?tab=leaving"],
    ["agreement_examples", "anna.xar", "/agreements/CH-AZ?tab=examples"],
    ["agreement_sheet", "anna.xar", "/agreements/CH-AZ?tab=sheet"],
    [
      "agreement_confirmations",
      "admin.uto",
      "/agreements/uto-xar-protocol-2022?tab=confirmations",
    ],
    [
      "agreement_confirm",
      "admin.uto",
      "/agreements/uto-xar-protocol-2022?tab=confirmations",
      press('[data-rule="cost_reimburse"] button'),
    ],
    ["agreement_versions_of", "anna.xar", "/agreements/CH-AZ?tab=versions"],
    ["agreement_without_calendar", "anna.xar", "/agreements/CH-KW"],
    [
      "simulator_without_calendar",
      "anna.xar",
      "/agreements/simulator?agreement=CH-KW&clock=td_issue&events=acceptance:2026-12-10",
    ],
    ["simulator", "anna.xar", `/agreements/simulator?${simulated}`],
    [
      "agreements_compared",
      "anna.xar",
      "/agreements/compare?left=CH-AZ&right=CH-LK",
    ],
    ["agreement_versions", "admin.uto", "/agreements/versions"],
    ["users", "admin.uto", "/administration/users"],
    [
      "user_dialog",
      "admin.uto",
      "/administration/users",
      press("tbody .link-button"),
    ],
    ["organisations", "admin.uto", "/administration/organisations"],
    ["roles", "admin.uto", "/administration/roles"],
    ["installation", "admin.uto", "/administration/installation"],
    ["access", "anna.xar", "/access"],
    [
      "token_dialog",
      "anna.xar",
      "/access",
      press(".card > header .button.small"),
    ],
    ["notifications", "anna.xar", "/notifications"],
    [
      "keys",
      "anna.xar",
      "/cases",
      async (page) => {
        await page.keyboard.press("?");
      },
    ],
    [
      "palette",
      "anna.xar",
      "/",
      async (page) => {
        await page.keyboard.press("Control+k");
        await page.fill(".palette input", "ar");
        await page.waitForTimeout(400);
      },
    ],
    ["ledger", "peter.xar", "/ledger"],
    ["ledger_of_a_file", "ruth.xar", `/ledger?case=${ids.reference}`],
    ["not_found", "anna.xar", "/nowhere"],
    ["verify", "anna.xar", "/verify"],
  ].filter(([, , path]) => !path.includes("none"));
}

/** Ids of files in the states the pages need, asked from the site itself; "none" where the world has no such file. */
/** A case whose person travels with a document that the requested State did not issue. */
async function with_paper(page) {
  for (const state of ["document_issued", "transfer_planned", "departed"]) {
    const rows = await ask(page, "GET", `/cases?state=${state}&limit=50`);
    for (const row of rows.body.items ?? []) {
      const file = await ask(page, "GET", `/cases/${row.id}`);
      if (file.body.documents?.some((one) => one.kind)) return row.id;
    }
  }
  return "none";
}

export async function find_ids(page, address) {
  const first = async (path, id = "id") =>
    (await ask(page, "GET", path)).body.items?.[0]?.[id] ?? "none";
  const of_state = async (side, states) => {
    for (const state of states) {
      const id = await first(`/${side}?state=${state}&limit=1`);
      if (id !== "none") return id;
    }
    return "none";
  };
  await sign_in(page, address, "anna.xar");
  const ids = {
    reference: await first("/cases?limit=1", "reference"),
    draft: await of_state("cases", ["draft"]),
    screening: await of_state("cases", ["screening", "draft"]),
    requested: await of_state("cases", ["documents_requested", "verification"]),
    waiting: await of_state("cases", ["verification", "submitted"]),
    silence: await of_state("cases", ["consent_to_confirm"]),
    to_document: await of_state("cases", ["accepted"]),
    with_paper: await with_paper(page),
    departing: await of_state("cases", [
      ...["transfer_planned", "document_issued", "accepted", "verification"],
    ]),
  };
  if (ids.draft === "none") {
    const agreement = await first("/agreements", "code");
    const person = { surname: "Prueba", given_names: "Alma" };
    const made = await ask(page, "POST", "/cases", {
      agreement,
      content: { A_person: person },
    });
    ids.draft = made.body.id;
  }
  await sign_in(page, address, "jorge.uto");
  ids.received = await of_state("applications", ["received"]);
  ids.completeness = await of_state("applications", [
    "completeness",
    "received",
  ]);
  ids.verification = await of_state("applications", ["verification"]);
  ids.accepted = await of_state("applications", [
    "document_issued",
    "accepted",
    "refused",
  ]);
  await sign_in(page, address, "sofia.uto");
  ids.task = await first("/tasks?state=open");
  await sign_in(page, address, "carmen.uto");
  ids.interview = await first("/tasks?state=open");
  const from = new Date(Date.now() - 50 * 86_400_000).toISOString();
  const days = (later) =>
    `from=${from.slice(0, 10)}&to=${new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10)}`;
  const interviews =
    (await ask(page, "GET", `/interviews?${days(12)}`)).body.items ?? [];
  const of = (state) =>
    interviews.find((one) => one.state === state)?.id ?? "none";
  ids.booked_interview = of("booked");
  ids.mission = await first("/interview-missions");
  ids.held_interview = of("held");
  ids.accepted_one = await first("/travel-documents/waiting", "application");
  ids.document = await first("/travel-documents", "number");
  await sign_in(page, address, "isabel.uto");
  ids.arrival = await first("/announced-transports");
  // Somebody who was received in the past weeks: the day is looked for.
  const centre =
    (await ask(page, "GET", "/reception-centres")).body.items.at(-1)?.id ?? "";
  ids.reception_centre = centre;
  for (let back = 0; back < 40 && !ids.reception_record; ++back) {
    const day = new Date(Date.now() - back * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const rows = (
      await ask(page, "GET", `/reception-records?centre=${centre}&day=${day}`)
    ).body.items;
    ids.reception_day = day;
    ids.reception_record = rows?.find((one) => one.is_child)?.id;
  }
  await sign_in(page, address, "tomas.xar");
  const transports = (await ask(page, "GET", "/transports")).body.items ?? [];
  const planned = transports.filter((one) => one.state === "planned");
  ids.transport = planned.at(-1)?.id ?? "none";
  ids.departed =
    transports.find((one) => one.state === "departed")?.id ?? "none";
  await sign_in(page, address, "anna.xar");
  ids.pair = await first("/pairs");
  ids.invited = await first(`/appointments?${days(12)}`, "case_id");
  return ids;
}
