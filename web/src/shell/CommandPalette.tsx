/** Ctrl/Cmd-K: any case number, person, page or action, by typing; arrow keys and Enter. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { queries } from "../api/queries.ts";
import { Icon, type IconName } from "../design/Icon.tsx";
import { show_day } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { queue_href, queue_name, usePlaces } from "./Rail.tsx";
import { navigate } from "./router.tsx";

interface Entry {
  id: string;
  group: string;
  title: string;
  detail?: string;
  icon: IconName;
  href: string;
}
const hit_icons: Record<string, IconName> = {
  case: "file",
  application: "file",
  person: "people",
  travel_document: "passport",
  task: "task",
  agreement: "book",
};
function hit_href(kind: string, id: string): string {
  const base: Record<string, string> = {
    case: "/cases",
    application: "/applications",
    travel_document: "/documents",
    task: "/tasks",
    agreement: "/agreements",
  };
  return `${base[kind] ?? "/cases"}/${encodeURIComponent(id)}`;
}

function useEntries(text: string): Entry[] {
  const may = useMay();
  const places = usePlaces();
  const home = useQuery(queries.home());
  const [asked, set_asked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => set_asked(text.trim()), 140);
    return () => clearTimeout(timer);
  }, [text]);
  const hits = useQuery(queries.search(asked));
  return useMemo(() => {
    const found: Entry[] = (asked.length > 1 ? (hits.data ?? []) : []).map((hit) => ({
      id: `hit-${hit.kind}-${hit.id}`,
      group: t_first([`web.search.${hit.kind}`], words_of(hit.kind)),
      title: hit.title,
      detail: hit.detail.replace(/\b\d{4}-\d{2}-\d{2}\b/, show_day),
      icon: hit_icons[hit.kind] ?? "file",
      href: hit_href(hit.kind, hit.id),
    }));
    const actions: Entry[] = [];
    if (may("case.create"))
      actions.push({ id: "new", group: t("web.palette.actions"), title: t("web.case.new"), icon: "plus", href: "/cases/new" });
    if (may("case.import"))
      actions.push({
        id: "import",
        group: t("web.palette.actions"),
        title: t("web.import.title"),
        icon: "upload",
        href: "/cases/import",
      });
    const pages: Entry[] = [
      { id: "home", group: t("web.palette.pages"), title: t("web.nav.home"), icon: "home", href: "/" },
      ...places.map((place) => ({
        id: place.href,
        group: t("web.palette.pages"),
        title: place.label,
        icon: place.icon,
        href: place.href,
      })),
    ];
    const queues: Entry[] = (home.data?.queues ?? []).map((queue) => ({
      id: `queue-${queue.side}-${queue.id}`,
      group: t("web.nav.queues"),
      title: queue_name(queue.id),
      detail: String(queue.count),
      icon: "list",
      href: queue_href(queue),
    }));
    const wanted = text.trim().toLowerCase();
    return [...found, ...[...actions, ...queues, ...pages].filter((entry) => entry.title.toLowerCase().includes(wanted))].slice(
      0,
      30,
    );
  }, [asked, hits.data, home.data, may, places, text]);
}

export function CommandPalette({ close }: { close: () => void }): ReactNode {
  const [text, set_text] = useState("");
  const [at, set_at] = useState(0);
  const list = useId();
  const entries = useEntries(text);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  const go = (entry: Entry | undefined): void => {
    if (entry) {
      close();
      navigate(entry.href);
    }
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      set_at((chosen + 1) % Math.max(1, entries.length));
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      set_at((chosen - 1 + entries.length) % Math.max(1, entries.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(entries[chosen]);
    }
  };
  useEffect(() => {
    document.getElementById(`${list}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, list]);
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Modal className="palette">
        <Dialog aria-label={t("web.palette.title")} style={{ outline: "none" }}>
          <input
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={entries.length > 0 ? `${list}-${chosen}` : undefined}
            aria-label={t("web.palette.title")}
            placeholder={t("web.palette.placeholder")}
            value={text}
            onChange={(event) => {
              set_text(event.target.value);
              set_at(0);
            }}
            onKeyDown={keys}
          />
          <ul id={list} role="listbox" aria-label={t("web.palette.results")}>
            {entries.map((entry, index) => (
              <li
                key={entry.id}
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onMouseMove={() => set_at(index)}
                onClick={() => go(entry)}
              >
                <Icon name={entry.icon} />
                <span className="grow palette-words">
                  <span className="clip">{entry.title}</span>
                  {entry.detail && <span className="muted small clip">{entry.detail}</span>}
                </span>
                <span className="muted small nowrap">{entry.group}</span>
              </li>
            ))}
          </ul>
          {entries.length === 0 && <p className="empty">{t("web.palette.nothing")}</p>}
          <div className="foot">
            <span>↑↓ {t("web.palette.move")}</span>
            <span>↵ {t("web.palette.choose")}</span>
            <span>Esc {t("web.action.close")}</span>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
