/** Requests for documents, item by item, each with its answer; the asked State answers each item here. */
import { useRef, useState, type ReactNode } from "react";
import { address, post, upload } from "../api/client.ts";
import { client, path_of } from "../api/queries.ts";
import type { AttachmentView, CaseView, DocumentsRequest, Side } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice } from "../design/basics.tsx";
import { CheckField, TextArea } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { show_day, show_instant, show_size } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { codes_of } from "../forms/codes.ts";
import { WantedList } from "./Evidence.tsx";
import { document_name } from "./state.tsx";

export function Requests({ view, side }: { view: CaseView; side: Side }): ReactNode {
  if (view.requests.length === 0)
    return (
      <Card title={t("web.section.requests")}>
        <Empty icon="file" title={t("web.request.none")} />
      </Card>
    );
  return (
    <div className="stack loose">
      {view.requests.map((request) => (
        <RequestCard key={request.id} view={view} side={side} request={request} />
      ))}
    </div>
  );
}

/** What was sent with the answer, each to open. */
function SentFiles({ view, side, files }: { view: CaseView; side: Side; files: string[] }): ReactNode {
  const sent = view.attachments.filter((one) => files.includes(one.id));
  if (sent.length === 0) return null;
  return (
    <div className="sent-files">
      <span className="small muted">{t("web.request.files")}</span>
      <ul>
        {sent.map((one) => (
          <li key={one.id}>
            <a href={address(`${path_of(side)}/${view.id}/attachments/${one.id}`)} target="_blank" rel="noreferrer">
              {`${document_name(one.kind)}: ${one.name}`}
            </a>{" "}
            <span className="small muted">{show_size(one.size)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The files that answer an item: a new one from this device, or some that are in the file already. */
function AnswerFiles({
  view,
  item,
  chosen,
  choose,
}: {
  view: CaseView;
  item: string;
  chosen: string[];
  choose: (files: string[]) => void;
}): ReactNode {
  const answer = useFileChoice(
    async (file) => {
      const made = await upload<AttachmentView>(`/cases/${view.id}/attachments`, file, {
        name: file.name,
        kind: kind_of(item),
      });
      await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
      choose([...chosen, made.id]);
    },
    { mark: { "data-answer-file": item } },
  );
  return (
    <div className="stack tight">
      <ErrorNotice error={answer.error} />
      <div className="row">
        <Button kind="small" icon="upload" busy={answer.busy} onClick={answer.open}>
          {t("web.request.attach_new")}
        </Button>
        <span className="muted small">{t("web.request.attach_files", { count: chosen.length })}</span>
      </div>
      {answer.input}
      {view.attachments.map((file) => (
        <CheckField
          key={file.id}
          label={`${document_name(file.kind)}: ${file.name}`}
          checked={chosen.includes(file.id)}
          change={(on) => choose(on ? [...chosen, file.id] : chosen.filter((id) => id !== file.id))}
        />
      ))}
    </div>
  );
}
/** What an attached answer is: the document that was asked for where it has a code, an answer otherwise. */
const kind_of = (item: string): string =>
  item === "photograph" ? "photo" : codes_of("evidence_type").includes(item) ? item : "answer";

interface Answer {
  text: string;
  files: string[];
}
function RequestCard({ view, side, request }: { view: CaseView; side: Side; request: DocumentsRequest }): ReactNode {
  const may = useMay();
  const [answers, set_answers] = useState<Record<string, Answer>>({});
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const head = useRef<HTMLDivElement>(null);
  const open = request.items.filter((item) => item.state !== "answered");
  const answering = side === "case" && may("case.answer") && open.length > 0;
  const answer_of = (item: string): Answer => answers[item] ?? { text: "", files: [] };
  const set = (item: string, part: Partial<Answer>): void =>
    set_answers({ ...answers, [item]: { ...answer_of(item), ...part } });
  const given = open.filter((item) => answer_of(item.item).text.trim() !== "" || answer_of(item.item).files.length > 0);
  const send = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await post(
        `/cases/${view.id}/requests/${request.id}/answer`,
        { items: given.map((item) => ({ item: item.item, ...answer_of(item.item) })) },
        { revision: view.revision },
      );
      await client.invalidateQueries({ queryKey: ["record", side, view.id] });
      set_answers({});
      toast(t("web.request.answered"));
      // The button is gone with the last answer: the keyboard goes on from the request.
      setTimeout(() => head.current?.focus({ preventScroll: true }), 0);
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card
      title={t("web.request.title", { day: show_instant(request.asked_at) })}
      actions={request.due && <span className="small">{t("web.request.due_on", { day: show_day(request.due) })}</span>}
    >
      <div ref={head} tabIndex={-1}>
        <ErrorNotice error={error} />
      </div>
      {request.items.map((item) => (
        <div key={item.item} className="request-item">
          <span>
            <span className="strong">{item.label ?? document_name(item.item)}</span>
            {item.language && <span className="muted"> · {t_first([`web.language.${item.language}`], item.language)}</span>}
            {item.note && (
              <span className="muted">
                <br />
                {item.note}
              </span>
            )}
          </span>
          {item.any_of && item.any_of.length > 0 && <WantedList documents={item.any_of} count={item.count ?? 0} />}
          <Chip tone={item.state === "answered" ? "calm" : "near"} icon={item.state === "answered" ? "check" : "clock"}>
            {t_first([`web.request_state.${item.state}`], words_of(item.state))}
          </Chip>
          {item.answer && <p className="answer">{item.answer}</p>}
          {item.state === "answered" && <SentFiles view={view} side={side} files={item.files ?? []} />}
          {answering && item.state !== "answered" && (
            <div className="stack" style={{ gridColumn: "1 / -1" }}>
              <TextArea
                label={t("web.request.answer_to", { item: item.label ?? document_name(item.item) })}
                value={answer_of(item.item).text}
                change={(text) => set(item.item, { text })}
                maxLength={2000}
              />
              <AnswerFiles
                view={view}
                item={item.item}
                chosen={answer_of(item.item).files}
                choose={(files) => set(item.item, { files })}
              />
            </div>
          )}
        </div>
      ))}
      {answering && (
        <div className="row" style={{ marginBlockStart: 12 }}>
          <Button kind="primary" icon="send" busy={busy} disabled={given.length === 0} onClick={() => void send()}>
            {t("web.request.send_answers", { count: given.length })}
          </Button>
          {given.length < open.length && (
            <span className="muted small">{t("web.request.still_open", { count: open.length - given.length })}</span>
          )}
        </div>
      )}
    </Card>
  );
}
