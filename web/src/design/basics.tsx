/** Small pieces every screen uses: button, chip, notice, card, empty message, facts, waiting bones. */
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "./Icon.tsx";
import { ApiError } from "../api/client.ts";
import { t, t_first, words_of } from "../language/label.ts";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: string;
  icon?: IconName;
  busy?: boolean;
}
export function Button({
  kind = "",
  icon,
  busy = false,
  children,
  type = "button",
  disabled,
  className = "",
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      type={type}
      className={`button ${kind} ${className}`}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}

export type Tone = "calm" | "near" | "soon" | "late" | "info" | "hold" | "quiet";
export function Chip({ tone = "quiet", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }): ReactNode {
  return (
    <span className={`chip tone-${tone}`}>
      {icon && <Icon name={icon} size={12} weight={2.6} />}
      {children}
    </span>
  );
}

const notice_icons: Record<string, IconName> = {
  late: "alert",
  soon: "alert",
  near: "alert",
  calm: "check",
  info: "info",
  hold: "pause",
  quiet: "info",
};
export function Notice({
  tone = "info",
  children,
  alert = false,
}: {
  tone?: Tone;
  children: ReactNode;
  alert?: boolean;
}): ReactNode {
  return (
    <div className={`notice tone-${tone}`} role={alert ? "alert" : undefined}>
      <Icon name={notice_icons[tone] ?? "info"} />
      <div className="grow">{children}</div>
    </div>
  );
}

/** The words for a refusal: the server's own sentence first, then our label for its reason, then the reason itself. */
/** The name of the field at fault, where the screen has one: a part of a safeguard, a field of the form. */
function name_of_field(field: string | null | undefined): string | null {
  const [first = "", second = ""] = (field ?? "").split(".");
  const keys = first === "evidence" ? [`gates.evidence.${second}`] : [`forms.${field ?? ""}`, `forms.part.${field ?? ""}`];
  return second === "" ? null : t_first(keys, "") || null;
}
/** What is wrong, with the name of the field it is about. */
function named(field: string | null | undefined, words: string): string {
  const name = name_of_field(field);
  return name === null || words.startsWith(name) ? words : t("web.error.in_field", { field: name, words });
}
export function words_of_error(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.problem.detail) return named(error.problem.field, error.problem.detail);
    return t_first([`web.error.${error.why}`, `refused.${error.why}`], error.problem.title || words_of(error.why));
  }
  return error instanceof Error ? error.message : String(error);
}
export function ErrorNotice({ error, again }: { error: unknown; again?: () => void }): ReactNode {
  if (!error) return null;
  const problem = error instanceof ApiError ? error.problem : null;
  const findings = (problem?.findings ?? []).filter((one) => one.detail);
  return (
    <Notice tone="late" alert>
      <p className="strong">{words_of_error(error)}</p>
      {findings.length > 1 && (
        <ul className="small">
          {findings.map((one) => (
            <li key={`${one.field ?? ""} ${one.why}`}>{named(one.field, one.detail ?? "")}</li>
          ))}
        </ul>
      )}
      {problem?.source && <p className="small">{problem.source}</p>}
      {/* Only where somebody has to look for what went wrong: a field to fill in needs no number. */}
      {problem?.request_id && problem.status >= 500 && (
        <p className="small">{t("web.error.request_id", { id: problem.request_id })}</p>
      )}
      {again && (
        <button className="link-button" onClick={again}>
          {t("web.action.try_again")}
        </button>
      )}
    </Notice>
  );
}

/** In the place of a page that cannot be shown; it has its heading like every page. */
export function PageFault({ error, again }: { error: unknown; again?: () => void }): ReactNode {
  return (
    <>
      <PageHead title={t("web.error.page")} />
      <ErrorNotice error={error} again={again} />
    </>
  );
}

export function Card({
  title,
  actions,
  children,
  flush = false,
  id,
  level = 2,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  id?: string;
  level?: 2 | 3;
}): ReactNode {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={`card${flush ? " flush" : ""}`} id={id} aria-labelledby={id && title ? `${id}-title` : undefined}>
      {title && (
        <header>
          <Heading id={id ? `${id}-title` : undefined}>{title}</Heading>
          {actions && <div className="row">{actions}</div>}
        </header>
      )}
      <div className="body">{children}</div>
    </section>
  );
}
export function Empty({
  icon = "inbox",
  title,
  children,
}: {
  icon?: IconName;
  title: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <Icon name={icon} size={34} weight={1.2} />
      <p className="strong">{title}</p>
      {children}
    </div>
  );
}
export function Facts({ rows }: { rows: [label: string, value: ReactNode][] }): ReactNode {
  return (
    <dl className="facts">
      {rows.flatMap(([label, value], index) => [
        <dt key={`t${index}`}>{label}</dt>,
        <dd key={`d${index}`}>
          {value === "" || value === null || value === undefined ? <span className="muted">—</span> : value}
        </dd>,
      ])}
    </dl>
  );
}
export function Waiting({ lines = 5 }: { lines?: number }): ReactNode {
  return (
    <div className="stack" role="status">
      <span className="visually-hidden">{t("web.loading")}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="bone" style={{ inlineSize: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
export function PageHead({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }): ReactNode {
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {children && <div className="row no-print">{children}</div>}
    </div>
  );
}
