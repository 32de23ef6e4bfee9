/** The review before sending: everything typed, with a link to change each section, and what is still missing first. */
import type { ReactNode } from "react";
import type { Content, FormSection, FormView } from "../api/types.ts";
import { Chip, Facts, Notice } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { field_name, section_name } from "./codes.ts";
import { is_empty, is_shown, missing_fields } from "./definition.ts";
import { ValueText } from "./ValueText.tsx";

export function Review({
  content,
  sections,
  holds,
  path,
  children,
}: {
  form: FormView;
  content: Content;
  sections: FormSection[];
  holds: Set<string>;
  path: string;
  children: ReactNode;
}): ReactNode {
  const missing = sections.flatMap((section) => missing_fields(section, content, holds).map((field) => ({ section, field })));
  return (
    <div className="stack loose">
      {missing.length > 0 ? (
        <Notice tone="near">
          <p className="strong">{t("web.form.missing_count", { count: missing.length })}</p>
          <ul>
            {missing.map(({ section, field }) => (
              <li key={section.code + field.code}>
                <Link href={`${path}?section=${section.code}`}>
                  {section_name(section.code)}: {field_name(section.code, field.code)}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice tone="calm">
          <p>{t("web.form.nothing_missing")}</p>
        </Notice>
      )}
      {sections.map((section) => (
        <section key={section.code} className="review-section">
          <div className="row apart">
            <h2>{section_name(section.code)}</h2>
            <Link href={`${path}?section=${section.code}`}>
              {t("web.form.change")}
              <span className="visually-hidden"> {section_name(section.code)}</span>
            </Link>
          </div>
          <Facts
            rows={section.field
              .filter((field) => is_shown(field, holds) && !is_empty(content[section.code]?.[field.code]))
              .map((field) => [
                field_name(section.code, field.code),
                <span className="row" key={field.code}>
                  <ValueText
                    field={field}
                    value={content[section.code]?.[field.code] ?? null}
                    original={content[section.code]?.[`${field.code}_original`]}
                  />
                  {field.share === "never" && (
                    <Chip tone="hold" icon="shield">
                      {t("web.form.stays")}
                    </Chip>
                  )}
                </span>,
              ])}
          />
        </section>
      ))}
      {children}
    </div>
  );
}
