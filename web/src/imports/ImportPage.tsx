/** Bringing in a table: upload, mapping, dry run, load; errors come back as a file to correct and load again. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { upload } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { ImportReport, ImportView } from "../api/types.ts";
import { Button, Card, ErrorNotice, PageHead } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { show_size } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { LoadStep } from "./LoadStep.tsx";
import { MappingStep } from "./MappingStep.tsx";
import { ReportStep } from "./ReportStep.tsx";
import "./imports.css";

const steps = ["upload", "mapping", "report", "load"] as const;
type Step = (typeof steps)[number];
const largest = 50_000_000;

export function ImportPage(): ReactNode {
  const [step, set_step] = useState<Step>("upload");
  const [made, set_made] = useState<ImportView | null>(null);
  const [report, set_report] = useState<ImportReport | null>(null);
  const [loaded, set_loaded] = useState(false);
  const [agreement, set_agreement] = useState("");
  const profiles = useQuery(queries.import_profiles()).data ?? [];
  const head = useRef<HTMLOListElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // The button that was pressed is gone: the next step begins at its top, for the eyes and for the keyboard.
    if (!first.current) {
      head.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [step]);
  return (
    <>
      <PageHead title={t("web.import.title")} lead={t("web.import.lead")} />
      <ol className="steps" ref={head} tabIndex={-1} aria-label={t("web.import.steps")}>
        {steps.map((name, index) => {
          const done = steps.indexOf(step) > index || loaded;
          return (
            <li key={name} aria-current={name === step ? "step" : undefined} className={done ? "done" : ""}>
              <span className="step-number">{done ? "✓" : index + 1}</span>
              {t(`web.import.step.${name}`)}
            </li>
          );
        })}
      </ol>
      {step === "upload" && (
        <UploadStep
          done={(view) => {
            set_made(view);
            set_step("mapping");
          }}
        />
      )}
      {step === "mapping" && made && (
        <MappingStep
          view={made}
          profiles={profiles}
          before={agreement}
          back={() => set_step("upload")}
          done={(view, checked) => {
            set_made(view);
            set_agreement(view.agreement ?? agreement);
            void client.invalidateQueries({ queryKey: queries.import_profiles().queryKey });
            set_report(checked);
            set_step("report");
          }}
        />
      )}
      {step === "report" && made && report && (
        <ReportStep
          view={made}
          report={report}
          back={() => set_step("mapping")}
          load={() => set_step("load")}
          again={() => {
            set_made(null);
            set_step("upload");
          }}
        />
      )}
      {step === "load" && made && report && (
        <LoadStep
          view={made}
          report={report}
          ended={() => set_loaded(true)}
          again={() => {
            set_loaded(false);
            set_made(null);
            set_step("upload");
          }}
        />
      )}
    </>
  );
}

function UploadStep({ done }: { done: (view: ImportView) => void }): ReactNode {
  const table = useFileChoice(async (file) => done(await upload<ImportView>("/imports", file, { name: file.name })), {
    largest,
    accept: ".csv,.xlsx,.txt,.tsv",
    mark: { "data-import-file": "" },
  });
  return (
    <Card>
      <ErrorNotice error={table.error} />
      <div className="drop import-drop" {...table.box}>
        <Icon name="upload" size={40} weight={1.1} />
        <p className="strong">{t("web.import.drop")}</p>
        <Button kind="primary" busy={table.busy} onClick={table.open}>
          {t("web.import.choose_file")}
        </Button>
        <p className="small muted">{t("web.import.limits", { size: show_size(largest) })}</p>
        {table.input}
      </div>
      <ul className="import-promise">
        <li>
          <Icon name="check" /> {t("web.import.promise_draft")}
        </li>
        <li>
          <Icon name="check" /> {t("web.import.promise_dry")}
        </li>
        <li>
          <Icon name="check" /> {t("web.import.promise_errors")}
        </li>
      </ul>
    </Card>
  );
}
