/** The cards of a form with the sections and fields that are shown under what is written so far, each with what was wrong in it. */
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import type { AttachmentView, Content, FieldValue, FormView } from "../api/types.ts";
import { Card } from "../design/basics.tsx";
import { section_name } from "./codes.ts";
import { is_required, is_shown, type conditions_of } from "./definition.ts";
import { FieldInput } from "./inputs.tsx";

interface Props {
  form: FormView;
  /** Those of the form, where not all of their fields are asked. */
  sections?: FormView["section"];
  content: Content;
  holds: ReturnType<typeof conditions_of>;
  attachments: AttachmentView[];
  /** What the server said of the last attempt. */
  error: unknown;
  change: (section: string, field: string, value: FieldValue) => void;
}
export function ShownSections({ form, sections = form.section, content, holds, attachments, error, change }: Props): ReactNode {
  const wrong = (section: string, field: string): string | null => {
    if (!(error instanceof ApiError)) return null;
    return error.findings.find((item) => item.field === `${section}.${field}` || item.field === field)?.detail ?? null;
  };
  return sections
    .filter((section) => is_shown(section, holds))
    .map((section) => (
      <Card key={section.code} title={section_name(section.code)}>
        <div className="form-fields">
          {section.field
            .filter((field) => is_shown(field, holds))
            .map((field) => (
              <FieldInput
                key={field.code}
                form={form}
                section={section.code}
                field={field}
                value={content[section.code]?.[field.code]}
                attachments={attachments}
                required={is_required(field, holds)}
                error={wrong(section.code, field.code)}
                change={(value) => change(section.code, field.code, value)}
              />
            ))}
        </div>
      </Card>
    ));
}
