/** Loads the labels of the chosen language and redraws the tree under a new key when it changes. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { set_messages } from "./label.ts";

export const languages = [
  { code: "en", name: "English" },
  { code: "es", name: "Español" },
] as const;
const right_to_left = new Set(["ar", "fa", "he", "ur"]);
interface LanguageChoice {
  language: string;
  choose: (language: string) => void;
}
const Choice = createContext<LanguageChoice>({ language: "en", choose: () => undefined });
export const useLanguage = (): LanguageChoice => useContext(Choice);

function first_language(): string {
  const kept = localStorage.getItem("rcms.language");
  if (kept) return kept;
  return navigator.language.startsWith("es") ? "es" : "en";
}

export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, choose] = useState(first_language);
  const [loaded, set_loaded] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    const load = language === "es" ? import("./messages.es.ts") : import("./messages.en.ts");
    void load.then(({ messages }) => {
      if (!current) return;
      set_messages(language, messages);
      document.documentElement.lang = language;
      const forced = new URLSearchParams(location.search).get("dir");
      document.documentElement.dir = forced ?? (right_to_left.has(language) ? "rtl" : "ltr");
      localStorage.setItem("rcms.language", language);
      set_loaded(language);
    });
    return () => {
      current = false;
    };
  }, [language]);
  const value = useMemo(() => ({ language: loaded ?? language, choose }), [loaded, language]);
  if (!loaded) return null;
  return (
    <I18nProvider locale={loaded}>
      <Choice.Provider value={value}>{children}</Choice.Provider>
    </I18nProvider>
  );
}
