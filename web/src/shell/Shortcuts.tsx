/** Keys that work everywhere but in a field: rows with j and k, places with g, and the sheet that names them all. */
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../language/label.ts";
import { navigate } from "./router.tsx";
import { usePlaces } from "./Rail.tsx";

/** Letters after `g`, by the address they lead to. */
const letters: Record<string, string> = {
  "/": "h",
  "/cases": "c",
  "/applications": "a",
  "/tasks": "t",
  "/registry": "p",
  "/documents": "d",
  "/reports": "r",
  "/ledger": "b",
  "/agreements": "l",
  "/administration": "m",
};
const wait_ms = 1200;

function in_field(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=dialog],[role=menu],[role=listbox]")) return true;
  const typed = target.matches("input:not([type=checkbox]):not([type=radio]),textarea,select");
  return typed;
}
/** Moves the focus to the next or the previous row of the page. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")].filter((row) => row.offsetParent !== null);
  const here = rows.findIndex(
    (row) => row === document.activeElement || row.closest("tr,li")?.contains(document.activeElement),
  );
  const next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
function choose(): void {
  document.activeElement?.closest("tr")?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
}

export function Shortcuts({ search }: { search: () => void }): ReactNode {
  const [shown, set_shown] = useState(false);
  const places = usePlaces();
  const hrefs = ["/", ...places.map((place) => place.href)].filter((href) => letters[href]);
  useEffect(() => {
    let going = 0;
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || in_field(event.target)) return;
      const after_g = event.timeStamp - going < wait_ms;
      going = 0;
      const wanted = after_g ? hrefs.find((href) => letters[href] === event.key) : undefined;
      if (wanted) navigate(wanted);
      else if (event.key === "g") going = event.timeStamp;
      else if (event.key === "?") set_shown(true);
      else if (event.key === "/") search();
      else if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
      else if (event.key === "x") choose();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
  if (!shown) return null;
  const name = (href: string): string => places.find((place) => place.href === href)?.label ?? t("web.nav.home");
  const rows: [keys: string[], words: string][] = [
    [["Ctrl", "K"], t("web.palette.title")],
    [["j"], t("web.keys.next_row")],
    [["k"], t("web.keys.previous_row")],
    [["Enter"], t("web.keys.open_row")],
    [["x"], t("web.keys.choose_row")],
    [["Ctrl", "Enter"], t("web.keys.record")],
    ...hrefs.map((href): [string[], string] => [["g", letters[href] ?? ""], name(href)]),
    [["?"], t("web.keys.title")],
  ];
  return (
    <Dialog
      title={t("web.keys.title")}
      open
      close={() => set_shown(false)}
      foot={
        <Button kind="primary" onClick={() => set_shown(false)}>
          {t("web.action.close")}
        </Button>
      }
    >
      <dl className="keys">
        {rows.map(([keys, words]) => (
          <div key={keys.join()}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="kbd">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
