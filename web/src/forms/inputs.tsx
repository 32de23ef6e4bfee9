/** One input for each type of form field; records and lists are built from the same inputs. */
import type { ReactNode } from "react";
import { Button as AriaButton, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { AttachmentView, FieldValue, FieldView, FormView } from "../api/types.ts";
import { Button } from "../design/basics.tsx";
import { DateField, InstantField } from "../design/DateField.tsx";
import { CheckField, SelectField, TextArea, TextField, type Option } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { has_label, t } from "../language/label.ts";
import { AttachFile } from "./AttachFile.tsx";
import { code_options, field_name, help_of } from "./codes.ts";
import { shape_of } from "./definition.ts";

export interface InputFrame {
  form: FormView;
  section: string;
  field: FieldView;
  value: FieldValue | undefined;
  original?: FieldValue | undefined;
  attachments: AttachmentView[];
  error?: string | null;
  required: boolean;
  change: (value: FieldValue, original?: FieldValue) => void;
}
const text = (value: FieldValue | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const texts = (value: FieldValue | undefined): string[] => (Array.isArray(value) ? value.map(text) : []);

function hint_of(frame: InputFrame): ReactNode {
  const help =
    typeof frame.field.help === "string"
      ? frame.field.help
      : frame.field.help && has_label(`forms.help.${frame.section}.${frame.field.code}`)
        ? help_of(frame.section, frame.field.code)
        : null;
  const leaves =
    frame.field.share === "never"
      ? t("web.form.never_leaves")
      : frame.field.share === "consent"
        ? t("web.form.leaves_with_consent")
        : null;
  if (!help && !leaves) return undefined;
  return (
    <>
      {help}
      {leaves && (
        <span className="leaves">
          <Icon name="shield" size={13} /> {leaves}
        </span>
      )}
    </>
  );
}

export function FieldInput(frame: InputFrame): ReactNode {
  const { field, value, change } = frame;
  const common = {
    label: field.label ?? field_name(frame.section, field.code),
    hint: hint_of(frame),
    error: frame.error,
    optional: !frame.required,
  };
  switch (field.type) {
    case "text_block":
      return <TextArea {...common} value={text(value)} maxLength={field.max_length} change={change} spellCheck />;
    case "date":
      return <DateField {...common} value={text(value)} change={change} />;
    case "instant":
      return <InstantField {...common} value={text(value)} change={change} />;
    case "whole":
      return (
        <TextField
          {...common}
          inputMode="numeric"
          className="short"
          value={text(value)}
          change={(next) => change(next === "" ? null : Number(next))}
        />
      );
    case "flag":
      return (
        <div className="field">
          <CheckField label={common.label} checked={value === true} change={change} />
          {common.error && <span className="error">{common.error}</span>}
        </div>
      );
    case "partial_date":
      return <DateField {...common} partial value={text(value)} change={change} />;
    case "code":
      return <CodeInput frame={frame} {...common} />;
    case "codes":
      return <CodesInput frame={frame} label={common.label} hint={common.hint} />;
    case "texts":
      return <TextsInput frame={frame} label={common.label} hint={common.hint} />;
    case "file":
      return <FileInput frame={frame} {...common} />;
    case "files":
      return <FilesInput frame={frame} label={common.label} hint={common.hint} />;
    case "record":
      return (
        <fieldset className="list-entry">
          <legend className="legend">
            {common.label}
            {common.optional && <span className="muted"> {t("web.form.optional")}</span>}
          </legend>
          {common.hint && <span className="hint">{common.hint}</span>}
          {common.error && <span className="error">{common.error}</span>}
          <RecordInputs frame={frame} value={value} change={change} />
        </fieldset>
      );
    case "records":
      return <RecordsInput frame={frame} label={common.label} hint={common.hint} error={common.error ?? null} />;
    default:
      return field.latin ? (
        <NameInput frame={frame} {...common} />
      ) : (
        <TextField {...common} value={text(value)} maxLength={field.max_length} change={change} autoComplete="off" />
      );
  }
}

function options_for(frame: InputFrame): Option[] {
  const own = frame.field.options?.map((option) => ({ value: option.code, label: option.label }));
  return own ?? code_options(frame.form, frame.field.codes);
}
interface Common {
  label: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  optional: boolean;
}
function NameInput({ frame, ...common }: { frame: InputFrame } & Common): ReactNode {
  return (
    <div className="name-pair">
      <TextField
        {...common}
        value={text(frame.value)}
        maxLength={frame.field.max_length}
        change={(next) => frame.change(next)}
        autoComplete="off"
        autoCapitalize="words"
      />
      <TextField
        label={t("web.form.original_script")}
        dir="auto"
        lang="und"
        value={text(frame.original)}
        maxLength={frame.field.max_length}
        change={(next) => frame.change(frame.value ?? "", next)}
        autoComplete="off"
      />
    </div>
  );
}
function CodeInput({ frame, ...common }: { frame: InputFrame } & Common): ReactNode {
  const options = options_for(frame);
  const value = text(frame.value);
  if (options.length <= 24)
    return <SelectField {...common} empty={t("web.form.choose")} options={options} value={value} change={frame.change} />;
  return <CodeSearch {...common} options={options} value={value} change={frame.change} />;
}
function CodeSearch({
  label,
  hint,
  error,
  optional,
  options,
  value,
  change,
}: Common & { options: { value: string; label: string }[]; value: string; change: (value: string) => void }): ReactNode {
  return (
    <ComboBox
      className={error ? "field wrong" : "field"}
      defaultItems={options.map((option) => ({
        id: option.value,
        name: option.label === option.value ? option.label : `${option.label} (${option.value})`,
      }))}
      selectedKey={value || null}
      onSelectionChange={(key) => change(key === null ? "" : String(key))}
      isInvalid={Boolean(error)}
      menuTrigger="focus"
    >
      <Label className="legend">
        {label}
        {optional && <span className="muted"> {t("web.form.optional")}</span>}
      </Label>
      {hint && <span className="hint">{hint}</span>}
      {error && <span className="error">{error}</span>}
      <div className="combo">
        <Input className="input" placeholder={t("web.form.type_to_search")} />
        <AriaButton className="icon-button" aria-label={t("web.form.show_list")}>
          <Icon name="down" size={15} />
        </AriaButton>
      </div>
      <Popover className="popover combo-list">
        <ListBox className="menu">
          {(item: { id: string; name: string }) => <ListBoxItem className="menu-item">{item.name}</ListBoxItem>}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
function CodesInput({ frame, label, hint }: { frame: InputFrame; label: string; hint: ReactNode }): ReactNode {
  const options = options_for(frame);
  const chosen = texts(frame.value);
  if (options.length > 24)
    return (
      <div className="stack tight">
        <CodeSearch
          key={chosen.length}
          label={label}
          hint={hint}
          optional
          options={options.filter((option) => !chosen.includes(option.value))}
          value=""
          change={(next) => {
            if (next) frame.change([...chosen, next]);
          }}
        />
        <div className="row">
          {chosen.map((code) => (
            <button key={code} className="filter-chip" onClick={() => frame.change(chosen.filter((item) => item !== code))}>
              {options.find((option) => option.value === code)?.label ?? code}
              <Icon name="cross" size={11} />
              <span className="visually-hidden">{t("web.form.remove")}</span>
            </button>
          ))}
        </div>
      </div>
    );
  return (
    <fieldset className="field">
      <legend className="legend">
        {label} <span className="muted">{t("web.form.optional")}</span>
      </legend>
      {hint && <span className="hint">{hint}</span>}
      {options.map((option) => (
        <CheckField
          key={option.value}
          label={option.label}
          checked={chosen.includes(option.value)}
          change={(on) => frame.change(on ? [...chosen, option.value] : chosen.filter((item) => item !== option.value))}
        />
      ))}
    </fieldset>
  );
}
function TextsInput({ frame, label, hint }: { frame: InputFrame; label: string; hint: ReactNode }): ReactNode {
  const items = texts(frame.value);
  const room = items.length < (frame.field.max_items ?? 20);
  return (
    <fieldset className="field">
      <legend className="legend">
        {label} <span className="muted">{t("web.form.optional")}</span>
      </legend>
      {hint && <span className="hint">{hint}</span>}
      {items.map((item, index) => (
        <div key={index} className="row">
          <input
            className="input grow"
            aria-label={`${label} ${index + 1}`}
            maxLength={frame.field.max_length}
            dir="auto"
            value={item}
            onChange={(event) => frame.change(items.map((other, at) => (at === index ? event.target.value : other)))}
          />
          <button
            className="icon-button"
            aria-label={t("web.form.remove_number", { number: index + 1 })}
            onClick={() => frame.change(items.filter((_, at) => at !== index))}
          >
            <Icon name="cross" size={15} />
          </button>
        </div>
      ))}
      {room && (
        <div>
          <Button kind="small" icon="plus" onClick={() => frame.change([...items, ""])}>
            {t("web.form.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
function FileInput({ frame, ...common }: { frame: InputFrame } & Common): ReactNode {
  return (
    <div className="stack tight">
      <SelectField
        {...common}
        empty={frame.attachments.length === 0 ? t("web.form.no_files") : t("web.form.choose")}
        options={frame.attachments.map((file) => ({ value: file.id, label: file.name }))}
        value={text(frame.value)}
        change={frame.change}
      />
      <AttachFile kind={frame.field.code === "photo" ? "photo" : "other_document"} added={frame.change} />
    </div>
  );
}
function FilesInput({ frame, label, hint }: { frame: InputFrame; label: string; hint: ReactNode }): ReactNode {
  const chosen = texts(frame.value);
  return (
    <fieldset className="field">
      <legend className="legend">
        {label} <span className="muted">{t("web.form.optional")}</span>
      </legend>
      {hint && <span className="hint">{hint}</span>}
      {frame.attachments.length === 0 && <span className="muted small">{t("web.form.no_files")}</span>}
      {frame.attachments.map((file) => (
        <CheckField
          key={file.id}
          label={file.name}
          checked={chosen.includes(file.id)}
          change={(on) => frame.change(on ? [...chosen, file.id] : chosen.filter((id) => id !== file.id))}
        />
      ))}
    </fieldset>
  );
}
type Record_ = { [key: string]: FieldValue };
function RecordInputs({
  frame,
  value,
  change,
}: {
  frame: InputFrame;
  value: FieldValue | undefined;
  change: (value: FieldValue) => void;
}): ReactNode {
  const record: Record_ = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const shape = frame.field.shape ?? "";
  return (
    <div className="record-inputs">
      {shape_of(frame.form, shape)
        .filter((part) => !part.system)
        .map((part) => (
          <FieldInput
            key={part.code}
            form={frame.form}
            section={`part.${shape}`}
            field={part}
            value={record[part.code]}
            original={record[`${part.code}_original`]}
            attachments={frame.attachments}
            required={part.required === true}
            change={(next, original) =>
              change({
                ...record,
                [part.code]: next,
                ...(original === undefined ? {} : { [`${part.code}_original`]: original }),
              })
            }
          />
        ))}
    </div>
  );
}
function RecordsInput({
  frame,
  label,
  hint,
  error,
}: {
  frame: InputFrame;
  label: string;
  hint: ReactNode;
  error: string | null;
}): ReactNode {
  const records = Array.isArray(frame.value) ? (frame.value as Record_[]) : [];
  const room = records.length < (frame.field.max_items ?? 40);
  return (
    <div className={error ? "field wrong" : "field"}>
      <span className="label">
        {label}
        {!frame.required && <span className="muted"> {t("web.form.optional")}</span>}
      </span>
      {hint && <span className="hint">{hint}</span>}
      {error && (
        <span className="error">
          <Icon name="alert" size={14} />
          {error}
        </span>
      )}
      {records.map((record, index) => (
        <fieldset key={index} className="list-entry">
          <legend className="legend">{t("web.form.entry", { number: index + 1 })}</legend>
          <RecordInputs
            frame={frame}
            value={record}
            change={(next) => frame.change(records.map((other, at) => (at === index ? next : other)))}
          />
          <button className="link-button small" onClick={() => frame.change(records.filter((_, at) => at !== index))}>
            {t("web.form.remove_number", { number: index + 1 })}
          </button>
        </fieldset>
      ))}
      {room && (
        <div>
          <Button kind="small" icon="plus" onClick={() => frame.change([...records, {}])}>
            {t("web.form.add_to", { list: label })}
          </Button>
        </div>
      )}
    </div>
  );
}
