/** Two files side by side: who they name, in what they are alike, and what a person says about it. */
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { address, get, post } from "../api/client.ts";
import { client, path_of } from "../api/queries.ts";
import { record_href } from "../cases/columns.tsx";
import { StateChip } from "../cases/state.tsx";
import { Button, Card, Chip, ErrorNotice, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { RadioGroup, TextArea } from "../design/fields.tsx";
import { Portrait } from "../design/Portrait.tsx";
import { toast } from "../design/toast.tsx";
import { code_name } from "../forms/codes.ts";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { model_words, ReasonsTable, show_probability } from "../registry/Evidence.tsx";
import { Link, navigate } from "../shell/router.tsx";
import { pair_queries, side_of, type PairFile, type PairPage as Page, type PairView } from "./read.ts";
import "../registry/registry.css";
import "./pairs.css";

export function PairPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const read = useQuery(pair_queries.one(parameters.id));
  const pair = read.data;
  if (read.error && !pair) return <PageFault error={read.error} again={() => void read.refetch()} />;
  if (!pair) return <Waiting lines={8} />;
  return (
    <>
      <PageHead
        title={t("pairs.probability", { percent: show_probability(pair.probability) })}
        lead={
          <>
            <Link href="/pairs">{t("pairs.back")}</Link> ·{" "}
            {t("pairs.model", { model: model_words(pair.model), day: show_day(pair.found_at.slice(0, 10)) })}
          </>
        }
      >
        {pair.may_be_relative && <Chip tone="soon">{t("pairs.relative")}</Chip>}
      </PageHead>
      <div className="stack loose">
        {pair.may_be_relative && (
          <Notice tone="soon">
            <p>{t("pairs.relative_text")}</p>
          </Notice>
        )}
        <div className="pair-sides">
          <File title={t("pairs.older")} file={pair.left} />
          <File title={t("pairs.newer")} file={pair.right} />
        </div>
        <Card title={t("pairs.evidence")}>
          <ReasonsTable
            reasons={pair.reasons}
            bits={pair.bits}
            relative={pair.may_be_relative}
            names={[t("pairs.of_left"), t("pairs.of_right")]}
          />
        </Card>
        {pair.state === "open" ? <Decide key={pair.revision} pair={pair} /> : <Decided key={pair.revision} pair={pair} />}
      </div>
    </>
  );
}

function File({ title, file }: { title: string; file: PairFile }): ReactNode {
  const side = side_of(file);
  const { person } = file;
  const photo = person.portrait_file;
  return (
    <Card title={title} actions={<StateChip state={file.state} />}>
      <div className="pair-person">
        <Portrait
          source={photo ? address(`${path_of(side)}/${file.id}/attachments/${photo}`) : null}
          size={96}
          name={photo ? t("pairs.photo", { reference: file.reference }) : t("web.case.no_photo")}
        />
        <div className="grow stack tight">
          <h3>
            <bdi>{person.name || file.reference}</bdi>
          </h3>
          {person.name_original && (
            <p className="muted">
              <bdi lang="und">{person.name_original}</bdi>
            </p>
          )}
          <Facts
            rows={[
              [
                t("registry.part.birth"),
                person.birth && person.birth.length === 10 ? show_day(person.birth) : (person.birth ?? "—"),
              ],
              [t("registry.part.sex"), person.sex ? code_name("sex", person.sex) : "—"],
              [
                t("pairs.reference"),
                <span key="reference" className="mono">
                  {file.reference}
                </span>,
              ],
              [t("pairs.opened"), show_day(file.created_at.slice(0, 10))],
            ]}
          />
          <p>
            <Link href={record_href(side, file.id)}>{t("pairs.open_file")}</Link>
          </p>
        </div>
      </div>
    </Card>
  );
}

async function send(pair: PairView, decision: string, reason: string): Promise<void> {
  await post<PairView>(`/pairs/${pair.id}/decision`, { decision, reason: reason.trim() }, { revision: pair.revision });
  toast(t(`pairs.done.${decision}`));
  await client.invalidateQueries({ queryKey: ["pairs"] });
}

/** The next one that waits: between two there is no list. */
async function open_next(done: string): Promise<void> {
  const page = await get<Page>("/pairs", { state: "open" });
  const next = page.items.find((one) => one.id !== done);
  navigate(next ? `/pairs/${next.id}` : "/pairs");
}

function Decide({ pair }: { pair: PairView }): ReactNode {
  const [decision, set_decision] = useState("");
  const [reason, set_reason] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const missing = decision === "" || reason.trim() === "";
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (missing || busy) return;
    set_busy(true);
    try {
      await send(pair, decision, reason);
      await open_next(pair.id);
    } catch (fault) {
      set_error(fault);
      set_busy(false);
    }
  };
  return (
    <Card title={t("pairs.decide")}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="muted">{t("pairs.decide_help")}</p>
        <RadioGroup
          legend={t("pairs.decide")}
          name="decision"
          options={["same_person", "not_the_same"].map((value) => ({ value, label: t(`pairs.say.${value}`) }))}
          value={decision}
          change={set_decision}
        />
        <TextArea
          label={t("pairs.reason")}
          hint={t("pairs.reason_help")}
          rows={3}
          maxLength={2000}
          value={reason}
          change={set_reason}
        />
        {error !== null && <ErrorNotice error={error} />}
        <div className="row">
          <Button kind="primary" type="submit" disabled={missing || busy}>
            {t("pairs.decide")}
          </Button>
          <Button type="button" onClick={() => void open_next(pair.id)}>
            {t("pairs.next")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Decided({ pair }: { pair: PairView }): ReactNode {
  const [asking, set_asking] = useState(false);
  const [reason, set_reason] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const undo = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (reason.trim() === "") return;
    try {
      await send(pair, "open", reason);
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Card title={t(`pairs.was_${pair.state}`)}>
      <form className="stack" onSubmit={(event) => void undo(event)}>
        <p>{t("pairs.decided", { who: pair.decided_by ?? "—", at: show_instant(pair.decided_at), reason: pair.reason })}</p>
        {asking && (
          <TextArea label={t("pairs.undo_reason")} rows={3} maxLength={2000} value={reason} change={set_reason} autoFocus />
        )}
        {error !== null && <ErrorNotice error={error} />}
        <div className="row">
          {asking ? (
            <Button kind="primary" type="submit" disabled={reason.trim() === ""}>
              {t("pairs.undo")}
            </Button>
          ) : (
            <Button type="button" data-action="undo" onClick={() => set_asking(true)}>
              {t("pairs.undo")}
            </Button>
          )}
          <Button type="button" onClick={() => void open_next(pair.id)}>
            {t("pairs.next")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
