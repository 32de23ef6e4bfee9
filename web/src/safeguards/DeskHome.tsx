/** Home of the desks of the safeguards: what waits for my body, the oldest first, and what I can do here. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { client, queries } from "../api/queries.ts";
import { Button, Card, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_instant, show_number } from "../language/dates.ts";
import { t, t_words } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import { Link, navigate } from "../shell/router.tsx";
import { short_name } from "./order.ts";
import { Nothing } from "./QueuePage.tsx";
import { QueueRows } from "./QueueRows.tsx";
import { reads, type GateCount } from "./read.ts";
import "./safeguards.css";

const most = 6;
export function DeskHome(): ReactNode {
  const session = useSession();
  const counts = useQuery(reads.counts());
  const own = (counts.data ?? []).filter((one) => one.is_mine);
  const wards = session.roles.includes("guardian");
  const takes_steps = useMay()("case.transfer");
  if (counts.error) return <ErrorNotice error={counts.error} again={() => void counts.refetch()} />;
  if (!counts.data) return <Waiting lines={6} />;
  return (
    <div className="stack loose">
      {own.length > 0 && <Waits counts={own} />}
      {takes_steps && own_steps.map((stage) => <Step key={stage} stage={stage} />)}
      {own.map((one) => (
        <Oldest key={one.gate} gate={one.gate} title={short_name(one.gate)} />
      ))}
      {wards && <Oldest gate="" title={t("safeguards.queue.wards")} wards />}
      {own.length === 0 && !wards && !takes_steps && (
        <Card>
          <Nothing />
        </Card>
      )}
      <ByReference />
      <Abilities />
    </div>
  );
}

/** Whoever has a reference in the hand, from a court or a letter, opens its file; also one on which nothing waits any more. */
function ByReference(): ReactNode {
  const [reference, set_reference] = useState("");
  const [missing, set_missing] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    set_busy(true);
    set_error(null);
    try {
      const found = await client.fetchQuery(reads.by_reference(reference.trim()));
      if (found) navigate(`/safeguards/${found.id}`);
      else set_missing(reference.trim());
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card title={t("safeguards.home.by_reference")}>
      <form className="by-reference" onSubmit={(event) => void open(event)}>
        <ErrorNotice error={error} />
        <TextField
          label={t("safeguards.home.reference")}
          hint={t("safeguards.home.reference_hint")}
          error={missing ? t("safeguards.home.reference_none", { reference: missing }) : null}
          value={reference}
          maxLength={40}
          autoCapitalize="characters"
          spellCheck={false}
          change={(value) => {
            set_reference(value);
            set_missing("");
          }}
        />
        <Button kind="primary" type="submit" busy={busy} disabled={reference.trim() === ""}>
          {t("safeguards.home.open")}
        </Button>
      </form>
    </Card>
  );
}

/** One number for each safeguard that waits for me; also on the home of those who work on files. */
export function Waits({ counts }: { counts: GateCount[] }): ReactNode {
  return (
    <ul className="waits">
      {counts.map((one) => (
        <li key={one.gate}>
          <Link className="card wait" href={`/safeguards?gate=${one.gate}`}>
            <strong className="number">{show_number(one.files)}</strong>
            <span className="stack tight">
              <span className="strong">{short_name(one.gate)}</span>
              <span className="small muted">{t("safeguards.home.oldest", { at: show_instant(one.oldest) })}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
export function OwnWaits(): ReactNode {
  const own = (useQuery(reads.counts()).data ?? []).filter((one) => one.is_mine);
  if (own.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="own-waits">
      <h2 id="own-waits">{t("safeguards.home.waits")}</h2>
      <Waits counts={own} />
    </section>
  );
}

function Oldest({ gate, title, wards = false }: { gate: string; title: string; wards?: boolean }): ReactNode {
  const rows = useInfiniteQuery(reads.rows(gate, most));
  const items = rows.data?.pages[0]?.items ?? [];
  return (
    <Card
      title={title}
      flush
      actions={
        items.length > 0 && <Link href={gate ? `/safeguards?gate=${gate}` : "/safeguards"}>{t("safeguards.home.all")}</Link>
      }
    >
      <ErrorNotice error={rows.error} again={() => void rows.refetch()} />
      {rows.isPending && <Waiting lines={3} />}
      {rows.data && (items.length > 0 ? <QueueRows rows={items} gate={gate} /> : <Nothing wards={wards} />)}
    </Card>
  );
}

/** Steps of those who move people: the transfer is planned, the person departs. */
const own_steps = ["travel_document", "transfer"];
function Step({ stage }: { stage: string }): ReactNode {
  const rows = useInfiniteQuery(reads.step(stage, most));
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t(`safeguards.home.step.${stage}`)} flush>
      <ErrorNotice error={rows.error} again={() => void rows.refetch()} />
      {rows.isPending && <Waiting lines={3} />}
      {rows.data && items.length === 0 && (
        <div className="body">
          <p className="muted">{t("safeguards.home.step.none")}</p>
        </div>
      )}
      {items.length > 0 && <QueueRows rows={items} gate="" />}
      {rows.hasNextPage && (
        <p className="table-more">
          <Button busy={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t("safeguards.queue.more")}
          </Button>
        </p>
      )}
    </Card>
  );
}

/** Home of the monitor, who reads no file: what was reported, and what follows from it. */
export function MonitorHome(): ReactNode {
  const read = useQuery(queries.notifications());
  const items = read.data?.items ?? [];
  return (
    <div className="stack loose">
      <Card title={t("safeguards.monitor.told")} flush>
        <ErrorNotice error={read.error} again={() => void read.refetch()} />
        {read.isPending && <Waiting lines={3} />}
        {read.data && items.length === 0 && (
          <Empty icon="check" title={t("safeguards.monitor.nothing")}>
            <p className="muted">{t("safeguards.monitor.nothing_words")}</p>
          </Empty>
        )}
        <ul className="told">
          {items.slice(0, most).map((item) => (
            <li key={item.id}>
              <Icon name="people" size={16} />
              <span className="grow">
                {item.href ? <Link href={item.href}>{t_words(item.text)}</Link> : t_words(item.text)}
              </span>
              <span className="small muted">{show_instant(item.at)}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t("safeguards.home.can")}>
        <ul className="abilities">
          {["told", "count", "read"].map((line) => (
            <li key={line}>
              <Icon name="check" size={15} />
              <span>{t(`safeguards.monitor.can.${line}`)}</span>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

/** What each permission lets a desk do, in one sentence. */
const by_permission = [
  "safeguard.child",
  "safeguard.counsel",
  "safeguard.medical",
  "safeguard.detention",
  "case.transfer",
  "safeguard.override",
  "case.suspend",
];
function Abilities(): ReactNode {
  const may = useMay();
  const session = useSession();
  const lines = [
    ...by_permission.filter(may).map((permission) => t(`safeguards.can.${permission}`)),
    ...(session.roles.includes("guardian") ? [t("safeguards.can.guardian")] : []),
    ...(may("safeguard.read") ? [t("safeguards.can.refuse_contact")] : []),
  ];
  return (
    <Card title={t("safeguards.home.can")}>
      <ul className="abilities">
        {lines.map((line) => (
          <li key={line}>
            <Icon name="check" size={15} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
      <p className="muted small">{t("safeguards.scope")}</p>
    </Card>
  );
}
