// Every screen as it is looked at and checked: name, who is signed in, address, and what to do before looking.
const first = (file) => `/${file}/`;
export function pages_of(ids) {
  const {
    draft,
    screening,
    requested,
    verification,
    received,
    silence,
    accepted,
  } = ids;
  return [
    ["home", "anna", "/"],
    ["home_utopia", "ines", "/"],
    ["list", "anna", "/cases"],
    ["list_queue", "anna", "/cases?queue=in_verification"],
    ["list_applications", "ines", "/applications"],
    ["case_draft", "anna", first("cases") + draft],
    ["case_person", "anna", `/cases/${draft}?section=form-A_person`],
    ["case_gates", "serge", `/cases/${screening}?section=gates`],
    ["case_attachments", "anna", `/cases/${draft}?section=attachments`],
    ["case_checklist", "anna", `/cases/${draft}?section=checklist`],
    ["case_requests", "anna", `/cases/${requested}?section=requests`],
    ["case_timeline", "anna", `/cases/${requested}?section=timeline`],
    ["case_messages", "anna", `/cases/${requested}?section=messages`],
    [
      "case_why",
      "anna",
      `/cases/${requested}`,
      async (page) => {
        await page.click(".why");
      },
    ],
    [
      "case_silence",
      "dora",
      `/cases/${silence}`,
      async (page) => {
        await page.click('[data-action="confirm"]');
      },
    ],
    ["editor", "anna", `/cases/${draft}/edit`],
    ["editor_evidence", "anna", `/cases/${draft}/edit?section=D_evidence`],
    ["editor_review", "anna", `/cases/${draft}/edit?section=review`],
    ["new_case", "anna", "/cases/new"],
    ["release", "rosa", `/cases/${screening}/release`],
    ["import", "anna", "/cases/import"],
    ["application", "omar", `/applications/${verification}`],
    [
      "application_tasks",
      "omar",
      `/applications/${verification}?section=tasks`,
    ],
    [
      "application_outcome",
      "omar",
      `/applications/${accepted}?section=outcome`,
    ],
    [
      "reply_dialog",
      "omar",
      `/applications/${verification}`,
      async (page) => {
        await page.click('[data-action="reply"]');
        await page.click('input[value="refused"]');
      },
    ],
    [
      "request_dialog",
      "omar",
      `/applications/${verification}`,
      async (page) => {
        await page.click('[data-action="request_documents"]');
      },
    ],
    [
      "task_dialog",
      "omar",
      `/applications/${verification}`,
      async (page) => {
        await page.click('[data-action="open_task"]');
      },
    ],
    [
      "extension_dialog",
      "omar",
      `/applications/${verification}`,
      async (page) => {
        await page.click('[data-action="extend"]');
      },
    ],
    ["application_received", "ines", `/applications/${received}`],
    ["tasks", "lucia", "/tasks"],
    ["task", "lucia", "/tasks/t1"],
    ["minutes", "tomas", "/tasks/t2"],
    ["registry", "lucia", "/registry"],
    ["documents", "tomas", "/documents"],
    ["blanks", "tomas", "/documents?tab=blanks"],
    ["document", "tomas", "/documents/UTX000210"],
    ["issue", "tomas", `/applications/${accepted}/issue`],
    ["report", "noor", "/reports"],
    ["agreements", "anna", "/agreements"],
    ["users", "milo", "/administration/users"],
    ["roles", "milo", "/administration/roles"],
    ["installation", "milo", "/administration/installation"],
    ["notifications", "anna", "/notifications"],
    [
      "palette",
      "anna",
      "/",
      async (page) => {
        await page.keyboard.press("Control+k");
        await page.fill(".palette input", "am");
        await page.waitForTimeout(400);
      },
    ],
    ["not_found", "anna", "/nowhere"],
    ["verify", "anna", "/verify"],
  ];
}
/** Ids of files in the states the pages need, asked from the site itself. */
export async function find_ids(page) {
  return page.evaluate(async () => {
    const enter = (user) =>
      fetch("/api/demo/session", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-RCMS-Request": "1" },
        body: JSON.stringify({ user }),
      });
    const first = async (side, state) =>
      (await (await fetch(`/api/${side}?state=${state}&limit=1`)).json())
        .items?.[0]?.id ?? "none";
    await enter("anna");
    const ids = {
      draft: await first("cases", "draft"),
      screening: await first("cases", "screening"),
      requested: await first("cases", "documents_requested"),
      silence: await first("cases", "consent_to_confirm"),
    };
    await enter("omar");
    return {
      ...ids,
      verification: await first("applications", "verification"),
      received: await first("applications", "received"),
      accepted: await first("applications", "accepted"),
    };
  });
}
