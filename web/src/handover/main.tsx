/** Starts the page of a hand-over on a device: it and all it loads are kept, so that it opens without a network. */
import "@fontsource-variable/noto-sans/index.css";
import "../design/tokens.css";
import "../design/base.css";
import "../design/components.css";
import { createRoot } from "react-dom/client";
import { Toasts } from "../design/toast.tsx";
import { LanguageProvider } from "../language/LanguageProvider.tsx";
import { DevicePage } from "./DevicePage.tsx";

createRoot(document.getElementById("root")!).render(
  <LanguageProvider>
    <DevicePage />
    <Toasts />
  </LanguageProvider>,
);
