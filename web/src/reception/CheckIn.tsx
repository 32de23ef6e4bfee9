/** The desk: a scan or a name finds the family, one press receives all of it. What went wrong is told, nothing typed is lost. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { add_days, show_day, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { keep_centre, keep_desk, kept_centre, kept_desk, reception_queries, renew_reception } from "./read.ts";
import { plain, read_zone } from "./scan.ts";
import type { Centre, CheckInView, ExpectedList, ExpectedPerson } from "./types.ts";
import { Unannounced } from "./Unannounced.tsx";

interface Family {
  key: string;
  list: ExpectedList;
  persons: ExpectedPerson[];
}
/** As many families as are shown before something is typed. */
const shown_at_first = 12;

function families_of(lists: ExpectedList[]): Family[] {
  return lists.flatMap((list) => {
    const all = new Map<string, Family>();
    for (const person of list.persons) {
      const key = `${list.transport.id} ${person.family ?? person.case_id}`;
      const family = all.get(key) ?? { key, list, persons: [] };
      family.persons.push(person);
      all.set(key, family);
    }
    return [...all.values()];
  });
}

const words_of = (person: ExpectedPerson): string =>
  ` ${plain(`${person.given_names} ${person.surname}`)} ${plain(person.document_number ?? "")}`;
const has_words = (person: ExpectedPerson, asked: string): boolean =>
  asked.split(" ").every((word) => words_of(person).includes(` ${word}`));
const has_number = (person: ExpectedPerson, number: string): boolean =>
  plain(person.document_number ?? "").replaceAll(" ", "") === number;
const is_left = (family: Family): boolean => family.persons.some((person) => !person.received);

export function CheckIn(): ReactNode {
  const centres = useQuery(reception_queries.centres());
  const [centre_id, set_centre] = useState(kept_centre);
  const [desk, set_desk] = useState(kept_desk);
  const mine = (centres.data ?? []).filter((one) => one.is_mine);
  const board = useQuery(reception_queries.board(add_days(useToday(), -3), 5));
  const expected = (board.data?.transports ?? []).find((one) => one.may_check_in)?.reception;
  const centre =
    mine.find((one) => one.id === centre_id) ?? mine.find((one) => expected && plain(one.name) === plain(expected)) ?? mine[0];
  if (centres.isPending || board.isPending) return <Waiting lines={6} />;
  if (!centre)
    return (
      <Card>
        <ErrorNotice error={centres.error} again={() => void centres.refetch()} />
        <Empty icon="building" title={t("reception.centre_none")}>
          <p>{t("reception.centre_none_text")}</p>
        </Empty>
      </Card>
    );
  return (
    <div className="stack loose">
      <div className="desk-place">
        {mine.length > 1 ? (
          <SelectField
            label={t("reception.centre")}
            options={mine.map((one) => ({ value: one.id, label: one.name }))}
            value={centre.id}
            change={(id) => {
              keep_centre(id);
              set_centre(id);
            }}
          />
        ) : (
          <p>
            <strong>{centre.name}</strong>
            <br />
            <span className="small muted">
              {t("reception.beds_free", { free: Math.max(0, centre.beds - centre.beds_taken), beds: centre.beds })}
            </span>
          </p>
        )}
        <TextField
          label={t("reception.desk")}
          value={desk}
          maxLength={20}
          change={(text) => {
            keep_desk(text);
            set_desk(text);
          }}
        />
      </div>
      {centre.state.code !== "open" && (
        <Notice tone="soon">
          {centre.state.label}
          {centre.diverted_to && `: ${centre.diverted_to.name}`}
          {centre.reason && ` · ${centre.reason}`}
        </Notice>
      )}
      <Desk centre={centre} desk={desk} />
    </div>
  );
}

function Desk({ centre, desk }: { centre: Centre; desk: string }): ReactNode {
  const today = useToday();
  const board = useQuery(reception_queries.board(add_days(today, -3), 5));
  const open = useMemo(() => (board.data?.transports ?? []).filter((one) => one.may_check_in), [board.data]);
  const lists = useQueries({ queries: open.map((one) => reception_queries.list(one.id)) });
  const [text, set_text] = useState("");
  const [aside, set_aside] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const loaded = lists.flatMap((one) => (one.data ? [one.data] : []));
  const families = families_of(loaded);
  const zone = read_zone(text);
  const asked = plain(text);
  const found =
    zone.kind === "number"
      ? families.filter((family) => family.persons.some((person) => has_number(person, zone.number)))
      : zone.kind === "misread"
        ? []
        : asked === ""
          ? families.filter(is_left)
          : families.filter((family) => family.persons.some((person) => has_words(person, asked)));
  const done = (): void => {
    set_text("");
    set_aside(false);
    field.current?.focus();
  };
  const left = families.reduce((all, family) => all + family.persons.filter((person) => !person.received).length, 0);
  const single = found.length === 1 ? found[0] : undefined;
  if (board.isPending) return <Waiting lines={4} />;
  return (
    <>
      <div className="desk-find">
        <label htmlFor="desk-find">{t("reception.find")}</label>
        <textarea
          id="desk-find"
          ref={field}
          className="textarea"
          rows={2}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-describedby="desk-find-hint"
          onChange={(event) => set_text(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") done();
            // The first line of a zone ends with a line feed too; a name that leaves one family goes to its button.
            if (event.key === "Enter" && !text.includes("<")) {
              event.preventDefault();
              document.querySelector<HTMLButtonElement>(".desk-family [data-action=receive]")?.focus();
            }
          }}
        />
        <span id="desk-find-hint" className="small muted">
          {t("reception.find_hint")}
        </span>
        <div className="row">
          {text !== "" && (
            <Button icon="cross" onClick={done}>
              {t("reception.clear")}
            </Button>
          )}
          <Button icon="plus" data-action="unannounced" onClick={() => set_aside(true)}>
            {t("reception.unannounced")}
          </Button>
          {loaded.length > 0 && <span className="small muted">{t("reception.left_to_receive", { count: left })}</span>}
        </div>
      </div>
      {lists.map(
        (one, at) => one.error && <ErrorNotice key={open[at]?.id} error={one.error} again={() => void one.refetch()} />,
      )}
      {zone.kind === "misread" && (
        <Notice tone="late" alert>
          {t("reception.misread")}
        </Notice>
      )}
      {zone.kind === "number" && found.length === 0 && (
        <Notice tone="soon" alert>
          {t("reception.not_on_list", { number: zone.number })}
        </Notice>
      )}
      {loaded.length === 0 && !lists.some((one) => one.isPending) && (
        <Card>
          <Empty icon="globe" title={t("reception.list_none")}>
            <p>{t("reception.list_none_text")}</p>
          </Empty>
        </Card>
      )}
      {zone.kind === "none" && asked !== "" && found.length === 0 && loaded.length > 0 && (
        <Notice tone="near">{t("reception.nobody_found")}</Notice>
      )}
      <div className="desk-families">
        {found.slice(0, asked === "" ? shown_at_first : 30).map((family) => (
          <FamilyCard
            key={family.key}
            family={family}
            centre={centre}
            desk={desk}
            scan={zone.kind === "number" ? text : ""}
            number={zone.kind === "number" ? zone.number : ""}
            ready={family === single && asked !== ""}
            held={zone.kind === "number"}
            done={done}
          />
        ))}
      </div>
      {aside && (
        <Unannounced
          centre={centre}
          desk={desk}
          scan={zone.kind === "number" ? text : ""}
          close={() => {
            set_aside(false);
            field.current?.focus();
          }}
          done={done}
        />
      )}
    </>
  );
}

function FamilyCard({
  family,
  centre,
  desk,
  scan,
  number,
  ready,
  held,
  done,
}: {
  family: Family;
  centre: Centre;
  desk: string;
  scan: string;
  number: string;
  /** The only family that is found. */
  ready: boolean;
  /** By its document: the press that follows is for its button. */
  held: boolean;
  done: () => void;
}): ReactNode {
  const [without, set_without] = useState<string[]>([]);
  const [beds, set_beds] = useState(family.list.stays_the_night || family.persons.some((person) => person.is_alone));
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (ready && held) card.current?.querySelector<HTMLButtonElement>("[data-action=receive]")?.focus();
  }, [ready, held]);
  const chosen = family.persons.filter((person) => !person.received && !without.includes(person.case_id));
  const first = family.persons[0];
  const letter = first?.family;
  const receive = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      const answer = await post<CheckInView>(`/reception-centres/${centre.id}/check-ins`, {
        desk,
        transport: family.list.transport.id,
        cases: chosen.map((person) => person.case_id),
        persons: [],
        beds,
        ...(scan ? { scan } : {}),
      });
      const one = answer.records[0];
      toast(
        t("reception.received_now", { count: answer.records.length, name: one ? `${one.given_names} ${one.surname}` : "" }),
      );
      done();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
      void renew_reception();
    }
  };
  return (
    <section ref={card} className={ready ? "card desk-family ready" : "card desk-family"}>
      <p className="small muted">
        {family.list.transport.name} · {show_weekday(family.list.transport.day)}, {family.list.transport.time}
        {letter && ` · ${t("reception.family", { letter })}`}
      </p>
      <ul>
        {family.persons.map((person) => (
          <li key={person.case_id}>
            <PersonLine
              person={person}
              is_read={number !== "" && has_number(person, number)}
              checked={!without.includes(person.case_id)}
              alone={family.persons.length === 1}
              change={(on) => set_without(on ? without.filter((id) => id !== person.case_id) : [...without, person.case_id])}
            />
          </li>
        ))}
      </ul>
      <ErrorNotice error={error} />
      {chosen.length > 0 && (
        <div className="desk-act">
          {centre.beds > 0 && <CheckField label={t("reception.with_bed")} checked={beds} change={set_beds} />}
          <Button
            kind={ready ? "primary" : ""}
            icon="check"
            data-action="receive"
            busy={busy}
            disabled={desk.trim() === ""}
            onClick={() => void receive()}
          >
            {t("reception.receive", { count: chosen.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

function PersonLine({
  person,
  is_read,
  checked,
  alone,
  change,
}: {
  person: ExpectedPerson;
  is_read: boolean;
  checked: boolean;
  alone: boolean;
  change: (on: boolean) => void;
}): ReactNode {
  const name = `${person.given_names} ${person.surname}`;
  return (
    <>
      {person.received || alone ? (
        <strong>{name}</strong>
      ) : (
        <CheckField label={<strong>{name}</strong>} checked={checked} change={change} />
      )}
      <span className="small muted">{[show_day(person.birth_date), person.document_number].filter(Boolean).join(" · ")}</span>
      <span className="row tight">
        {is_read && (
          <Chip tone="calm" icon="check">
            {t("reception.document_read", { number: person.document_number })}
          </Chip>
        )}
        {person.is_alone ? (
          <Chip tone="soon">{t("reception.child_alone")}</Chip>
        ) : (
          person.is_child && <Chip tone="info">{t("reception.child")}</Chip>
        )}
        {person.needs.map((need) => (
          <Chip key={need.code} tone="info">
            {need.label}
          </Chip>
        ))}
        {person.received && (
          <Chip tone="calm" icon="check">
            {t("reception.received_at", { time: person.received.time, desk: person.received.desk })}
          </Chip>
        )}
      </span>
    </>
  );
}
