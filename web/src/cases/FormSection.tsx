/** One section of the application in reading: label and value, what stays marked, what is missing named. */
import type { ReactNode } from "react";
import type { CaseView, FormSection, Side } from "../api/types.ts";
import { Card, Chip, Facts } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { t } from "../language/label.ts";
import { field_name, section_name } from "../forms/codes.ts";
import { is_empty, is_required, is_shown } from "../forms/definition.ts";
import { ValueText } from "../forms/ValueText.tsx";
import { Link } from "../shell/router.tsx";

export function FormSectionView({
  section,
  view,
  side,
  holds,
}: {
  section: FormSection;
  view: CaseView;
  side: Side;
  holds: Set<string>;
}): ReactNode {
  const editable = view.actions.some((item) => item.action === "edit" && item.allowed);
  const values = view.content[section.code] ?? {};
  const fields = section.field.filter((field) => (side === "case" && is_shown(field, holds)) || !is_empty(values[field.code]));
  return (
    <Card
      title={section_name(section.code)}
      actions={
        side === "case" &&
        editable && (
          <Link className="button small" href={`/cases/${view.id}/edit?section=${section.code}`}>
            <Icon name="draft" size={14} />
            {t("web.case.edit_section")}
          </Link>
        )
      }
    >
      <Facts
        rows={fields.map((field) => {
          const value = values[field.code];
          const wanted = is_required(field, holds) || field.expected === true;
          const shown = is_empty(value) ? (
            wanted ? (
              <Chip tone="near" icon="alert">
                {t("web.form.missing")}
              </Chip>
            ) : null
          ) : (
            <ValueText field={field} value={value ?? null} original={values[`${field.code}_original`]} />
          );
          return [
            field_name(section.code, field.code),
            side === "case" && shown && field.share === "never" ? (
              <div className="row">
                {shown}
                <Chip tone="hold" icon="shield">
                  {t("web.form.stays")}
                </Chip>
              </div>
            ) : (
              shown
            ),
          ];
        })}
      />
    </Card>
  );
}
