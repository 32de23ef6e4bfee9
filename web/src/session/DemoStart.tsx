/** "Who do you want to be?": the invented people of the demonstration by State; one click signs in. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { DemoPerson, SessionView } from "../api/types.ts";
import { ErrorNotice } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { Portrait } from "../design/Portrait.tsx";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { navigate } from "../shell/router.tsx";
import { DemoBand } from "../shell/bands.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";

const parties = [
  { code: "XAR", side: "requesting" },
  { code: "UTO", side: "requested" },
];
export const role_name = (role: string): string => t_first([`roles.${role}`], words_of(role));

export function DemoStart({ entered, only }: { entered: (session: SessionView) => void; only?: string }): ReactNode {
  const people = useQuery(queries.demo_people());
  const [busy, set_busy] = useState<string | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const enter = async (person: DemoPerson): Promise<void> => {
    set_busy(person.id);
    try {
      const session = await post<SessionView>("/demo/session", { user: person.id });
      if (!only) {
        // Whoever tries the demo reads on in the language of this page, whoever they choose to be.
        sessionStorage.setItem("rcms.language.chosen", "1");
        navigate("/", { replace: true });
        scrollTo(0, 0);
      }
      entered(session);
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(null);
    }
  };
  const items = people.data ?? [];
  const card = (person: DemoPerson): ReactNode => (
    <PersonCard key={person.id} person={person} busy={busy === person.id} enter={() => void enter(person)} />
  );
  if (only)
    return (
      <>
        <ErrorNotice error={error} />
        <div className="people">{items.filter((item) => item.id === only).map(card)}</div>
      </>
    );
  const codes = [...parties.map((party) => party.code), ...new Set(items.map((item) => item.party_code))].filter(
    (code, index, all) => all.indexOf(code) === index,
  );
  return (
    <>
      <DemoBand />
      <header className="start-head">
        <div className="row apart">
          <div className="brand">
            <img src="/mark.svg" width="30" height="30" alt="" />
            RCMS
          </div>
          <LanguageSwitch />
        </div>
        <h1>{t("web.start.title")}</h1>
        <p>{t("web.start.lead")}</p>
      </header>
      <main className="start">
        <ErrorNotice error={error ?? people.error} />
        {codes.map((code) => {
          const here = items.filter((item) => item.party_code === code);
          if (here.length === 0) return null;
          return (
            <section key={code} className={`start-party party-${code}`} aria-labelledby={`party-${code}`}>
              <div className="start-party-head">
                <Emblem code={code} />
                <div>
                  <h2 id={`party-${code}`}>{t_first([`web.party.${code}`], code)}</h2>
                  <p>{t_first([`web.party.${code}.side`], "")}</p>
                </div>
              </div>
              <div className="people">{here.map(card)}</div>
            </section>
          );
        })}
        <p className="start-foot">
          <Icon name="shield" /> {t("web.start.foot")} <a href="/verify">{t("web.verify.link")}</a>
        </p>
      </main>
    </>
  );
}

function PersonCard({ person, busy, enter }: { person: DemoPerson; busy: boolean; enter: () => void }): ReactNode {
  return (
    <button className="person-card" onClick={enter} aria-busy={busy} data-user={person.id}>
      <Portrait source={person.portrait || null} size={64} square />
      <span className="grow">
        <span className="person-name">{person.name}</span>
        <span className="person-role">{role_name(person.role)}</span>
        <span className="person-place">{person.organisation}</span>
        <span className="person-task">{t_words(person.task)}</span>
      </span>
      <Icon name="right" />
    </button>
  );
}

/** Invented emblems: Arcadia a mountain and sun, Utopia an island and star. */
export function Emblem({ code, size = 44 }: { code: string; size?: number }): ReactNode {
  const arcadia = code === "XAR";
  return (
    <svg width={size} height={size} viewBox="0 0 44 44" aria-hidden="true">
      <path d="M5 4h34v20c0 9-8 14-17 17C13 38 5 33 5 24z" fill={arcadia ? "#7b2d26" : "#12568a"} />
      {arcadia ? (
        <>
          <circle cx="22" cy="14" r="4.5" fill="#f3c969" />
          <path d="m8 29 9-10 6 6 4-4 9 9c-3 4-8 6-14 8-6-2-11-4-14-9z" fill="#f4e9dd" />
        </>
      ) : (
        <>
          <path d="m22 8 1.9 4 4.3.5-3.2 3 .9 4.3L22 17.7l-3.9 2.1.9-4.3-3.2-3 4.3-.5z" fill="#f3c969" />
          <path
            d="M9 28c4-2.5 6-2.5 9 0s6 2.5 9 0 5-2.5 8-.8M12 33c3-1.6 5-1.6 7 0s5 1.6 7 0 4-1.6 6-.6"
            stroke="#eaf3fa"
            strokeWidth="2.4"
            fill="none"
            strokeLinecap="round"
          />
        </>
      )}
    </svg>
  );
}
