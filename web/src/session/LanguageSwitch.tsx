/** The languages side by side, each in its own name. */
import type { ReactNode } from "react";
import { languages, useLanguage } from "../language/LanguageProvider.tsx";

export function choose_by_hand(choose: (language: string) => void, code: string): void {
  sessionStorage.setItem("rcms.language.chosen", "1");
  choose(code);
}
export function LanguageSwitch(): ReactNode {
  const { language, choose } = useLanguage();
  return (
    <div className="language-switch">
      {languages.map((item) => (
        <button
          key={item.code}
          lang={item.code}
          aria-pressed={language === item.code}
          onClick={() => choose_by_hand(choose, item.code)}
        >
          {item.name}
        </button>
      ))}
    </div>
  );
}
