// An interview from its task to the confirmation of the other State: a free time is chosen by keyboard, what is taken cannot be,
// the requesting State sees time and place but nobody's name, invites the person, and confirms only with closed safeguards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  axe_findings,
  missing_labels,
  open_page,
  overflows,
  settled,
  sign_in,
  start_browser,
  start_demo,
  today,
} from "./support.mjs";

let demo, browser, page, interview, person, task_that_waits;
const span = (from, to) => `from=${from}&to=${to}`;
const sound = async () => {
  assert.deepEqual(await axe_findings(page), []);
  assert.deepEqual(await missing_labels(page), []);
};

/** Two tasks of their own for an interview: which the demo has depends on its day. */
async function open_tasks() {
  await sign_in(page, demo.address, "jorge.uto");
  const office = (await ask(page, "GET", "/offices")).body.items.find((one) =>
    /[Cc]onsul/.test(one.name),
  );
  const files = (
    await ask(page, "GET", "/applications?state=verification&limit=50")
  ).body.items;
  const tasks = [];
  const read = async (id) => (await ask(page, "GET", `/applications/${id}`)).body;
  for (const file of files) {
    if ((await read(file.id)).tasks.some((one) => one.kind === "interview"))
      continue;
    const opened = await ask(page, "POST", `/applications/${file.id}/tasks`, {
      kind: "interview",
      organisation: office.id,
      due_on: await today(page, 30),
    });
    if (opened.status >= 300) continue;
    const held = await read(file.id);
    tasks.push(held.tasks.findLast((one) => one.kind === "interview").id);
    if (tasks.length === 2) return tasks;
  }
  throw new Error("the demo has no two files in verification");
}

/** Books a free time for the task as the officer who is signed in. */
async function book(task) {
  const place = (await ask(page, "GET", "/interview-places")).body.items.find(
    (one) => one.active,
  );
  const interviewers = (await ask(page, "GET", "/interviews/interviewers")).body
    .items;
  const me = interviewers.find((one) => /Carmen/.test(one.name)).id;
  const times = await ask(
    page,
    "GET",
    `/interviews/times?task=${task}&place=${place.id}&interviewers=${me}&days=14`,
  );
  const free = times.body.items.filter((one) => one.taken_by.length === 0);
  const booked = await ask(page, "POST", `/tasks/${task}/interviews`, {
    place: place.id,
    starts_at: free.at(-1).when.starts_at,
    length_minutes: 60,
    language: "es",
    interviewers: [me],
  });
  assert.equal(booked.status, 201, JSON.stringify(booked.body));
}

before(async () => {
  demo = await start_demo({ cases: 120 });
  browser = await start_browser();
  page = await open_page(browser);
  const tasks = await open_tasks();
  await sign_in(page, demo.address, "carmen.uto");
  await book(tasks[0]);
  task_that_waits = tasks[1];
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a task that waits gets a date by keyboard, and the calendar shows it", async () => {
  await sign_in(page, demo.address, "carmen.uto", "/interviews");
  await settled(page);
  const waiting = (await ask(page, "GET", "/interviews/waiting")).body.items;
  const at = waiting.findIndex((one) => one.task === task_that_waits);
  assert.ok(at >= 0, "the task waits for a date");
  person = waiting[at].person;
  await page.locator('[data-action="book_interview"]').nth(at).focus();
  await page.keyboard.press("Enter");
  const dialog = page.locator(".dialog");
  await dialog.locator(".booking-time").first().waitFor();
  assert.match(await dialog.innerText(), /Term|Plazo/);
  await sound();
  await dialog.locator(".booking-time:not(.taken) input").nth(3).focus();
  await page.keyboard.press("Space");
  const chosen = await dialog
    .locator("input:checked[name=starts_at]")
    .inputValue();
  await dialog.locator(".dialog-foot .primary").click();
  await dialog.waitFor({ state: "detached" });
  const rest = (await ask(page, "GET", "/interviews/waiting")).body.items;
  assert.equal(
    rest.some((one) => one.task === task_that_waits),
    false,
  );
  const booked = (
    await ask(page, "GET", `/interviews?task=${task_that_waits}`)
  ).body.items.find((one) => one.state === "booked");
  assert.equal(booked.when.starts_at, chosen);
  interview = booked.id;
});

test("the same hour of the same official is not offered twice, and is refused to who asks for it all the same", async () => {
  const mine = (await ask(page, "GET", `/interviews/${interview}`)).body;
  const other = (
    await ask(
      page,
      "GET",
      `/interviews?${span(await today(page), await today(page, 20))}`,
    )
  ).body.items.find((one) => one.state === "booked" && one.id !== interview);
  assert.ok(other, "the demo has another interview to come");
  const answer = await ask(page, "PUT", `/interviews/${other.id}`, {
    place: mine.place.id,
    starts_at: mine.when.starts_at,
    length_minutes: 60,
    language: "es",
    interviewers: mine.interviewers.map((one) => one.id),
  });
  assert.equal(answer.status, 409);
  assert.equal(answer.body.field, "interviewers");
});

test("nobody can be recorded as present before the other State has confirmed", async () => {
  await page.goto(`${demo.address}/interviews/${interview}`);
  await settled(page);
  await sound();
  assert.match(
    await page.innerText("main"),
    /has not yet told|aún no ha comunicado/,
  );
});

test("the requesting State sees time and place and no name, invites, and is kept back while safeguards are open", async () => {
  await sign_in(page, demo.address, "anna.xar", "/interviews");
  let mine;
  for (let tries = 0; tries < 40 && !mine; tries++) {
    const all = (
      await ask(
        page,
        "GET",
        `/appointments?${span(await today(page), await today(page, 20))}`,
      )
    ).body.items;
    mine = all.find((one) => one.id === interview);
    if (!mine) await page.waitForTimeout(250);
  }
  assert.ok(mine, "the appointment has arrived");
  assert.equal(mine.person, person);
  assert.equal(JSON.stringify(mine).includes("Carmen"), false);
  await page.goto(`${demo.address}/cases/${mine.case_id}?section=interviews`);
  await settled(page);
  await sound();
  const { gates } = (await ask(page, "GET", `/cases/${mine.case_id}`)).body;
  const kept_back = gates.some(
    (one) =>
      ["G02", "G12", "G13"].includes(one.gate) &&
      !["closed", "not_applicable"].includes(one.state),
  );
  assert.equal(
    await page.locator('[data-action="arrange_presence"]').first().isDisabled(),
    kept_back,
  );
  await page.locator('[data-action="make_invitation"]').first().click();
  await page.locator(".dialog-foot .primary").click();
  await page.locator('[data-action="serve_invitation"]').first().waitFor();
  const paper = await page.request.get(
    `${demo.address}/api/appointments/${interview}/invitation`,
  );
  assert.equal(paper.headers()["content-type"], "application/pdf");
  await page.locator('[data-action="serve_invitation"]').first().click();
  await page.locator(".dialog select").selectOption("read_aloud");
  await page.locator(".dialog-foot .primary").click();
  await page.locator(".dialog").waitFor({ state: "detached" });
  const arranged = await ask(
    page,
    "POST",
    `/appointments/${interview}/presence`,
  );
  assert.equal(arranged.status < 300, !kept_back, JSON.stringify(arranged));
  if (kept_back) assert.equal(arranged.body.why, "gate_open");
});

test("the field verifier and the other State reach nothing of it", async () => {
  await sign_in(page, demo.address, "beto.uto");
  for (const path of [
    "/interviews",
    `/interviews/${interview}`,
    `/interviews/${interview}/minutes`,
    "/interviews/waiting",
  ])
    assert.equal((await ask(page, "GET", path)).status, 403, path);
  await sign_in(page, demo.address, "anna.xar");
  for (const path of [
    `/interviews/${interview}`,
    `/interviews/${interview}/minutes`,
  ])
    assert.equal((await ask(page, "GET", path)).status, 403, path);
  await sign_in(page, demo.address, "carmen.uto");
  assert.equal(
    (await ask(page, "GET", `/appointments/${interview}/invitation`)).status,
    403,
  );
});

test("on a telephone the week is a list that does not scroll sideways", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${demo.address}/interviews`);
  await settled(page);
  assert.equal(await overflows(page), false);
  await sound();
});
