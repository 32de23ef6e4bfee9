/** The frame round every screen: bands, top bar, rail with queues, the page itself, and the command palette. */
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { remove } from "../api/client.ts";
import { leave_device } from "../handover/vault.ts";
import { client, queries } from "../api/queries.ts";
import { Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { Menu, type MenuEntry } from "../design/Menu.tsx";
import { Portrait } from "../design/Portrait.tsx";
import { t } from "../language/label.ts";
import { languages, useLanguage } from "../language/LanguageProvider.tsx";
import { NotificationBell } from "../messages/NotificationBell.tsx";
import { role_name } from "../session/DemoStart.tsx";
import { choose_by_hand } from "../session/LanguageSwitch.tsx";
import { useSession } from "../session/session.ts";
import { DemoBand, LostLine, PartsDown, useLine } from "./bands.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { useLive } from "./live.ts";
import { CommandPalette } from "./CommandPalette.tsx";
import { page_at } from "./pages.tsx";
import { Rail } from "./Rail.tsx";
import { Shortcuts } from "./Shortcuts.tsx";
import { Link, navigate, useAddress } from "./router.tsx";

export function Shell(): ReactNode {
  const session = useSession();
  const { path } = useAddress();
  const live = useLive();
  const up = useLine();
  const [rail_open, set_rail_open] = useState(false);
  const [palette, set_palette] = useState(false);
  const page = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        set_palette(true);
      }
    };
    addEventListener("keydown", open);
    return () => removeEventListener("keydown", open);
  }, []);
  useEffect(() => {
    set_rail_open(false);
    if (first.current) first.current = false;
    else page.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      <a className="skip" href="#page">
        {t("web.skip_to_page")}
      </a>
      {session.demo && <DemoBand />}
      <LostLine up={up} />
      <PartsDown />
      <header className="topbar">
        <button
          className="icon-button menu-toggle"
          aria-label={t("web.nav.menu")}
          aria-expanded={rail_open}
          onClick={() => set_rail_open(!rail_open)}
        >
          <Icon name="menu" size={20} />
        </button>
        <Link className="brand" href="/">
          <img src="/mark.svg" width="28" height="28" alt="" />
          <span>
            RCMS<small>{session.party.name}</small>
          </span>
        </Link>
        <button className="search" onClick={() => set_palette(true)}>
          <Icon name="search" />
          <span className="clip">{t("web.palette.open")}</span>
          <span className="kbd" aria-hidden="true">
            Ctrl K
          </span>
        </button>
        <NotificationBell />
        <PersonMenu />
      </header>
      <div className="app">
        <Rail open={rail_open} live={live} />
        {rail_open && <button className="veil" aria-label={t("web.action.close")} onClick={() => set_rail_open(false)} />}
        <main className="page" id="page" ref={page} tabIndex={-1}>
          <ErrorBoundary key={path}>
            <Suspense fallback={<Waiting lines={8} />}>{page_at(path)}</Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Shortcuts search={() => set_palette(true)} />
      {palette && <CommandPalette close={() => set_palette(false)} />}
    </>
  );
}

function PersonMenu(): ReactNode {
  const session = useSession();
  const { language, choose } = useLanguage();
  const demo = useQuery({ ...queries.demo_people(), enabled: session.demo });
  const leave = async (): Promise<void> => {
    await remove("/session").catch(() => undefined);
    await leave_device(session.user.id);
    navigate("/", { replace: true });
    client.clear();
    location.reload();
  };
  const portrait = demo.data?.find((person) => person.id === session.user.id)?.portrait ?? null;
  const entries: MenuEntry[] = [
    ...languages.map((item) => ({
      id: `language-${item.code}`,
      label: item.name,
      icon: "globe" as const,
      marked: item.code === language,
      run: () => choose_by_hand(choose, item.code),
    })),
    ...(session.demo ? [{ id: "switch", label: t("web.person.switch"), icon: "swap" as const, run: () => void leave() }] : []),
    { id: "access", label: t("web.access.title"), icon: "key", run: () => navigate("/access") },
    { id: "leave", label: t("web.person.sign_out"), icon: "exit", run: () => void leave() },
  ];
  return (
    <Menu
      className="person-button"
      entries={entries}
      head={
        <div style={{ padding: "12px 16px 4px" }}>
          <p className="strong">{session.user.name}</p>
          <p className="small muted">{session.roles.map(role_name).join(", ")}</p>
          <p className="small muted">{session.organisation.name}</p>
        </div>
      }
    >
      <span className="face">
        <Portrait source={portrait} size={34} square />
      </span>
      <span>
        {session.user.name}
        <small>{role_name(session.roles[0] ?? "")}</small>
      </span>
    </Menu>
  );
}
