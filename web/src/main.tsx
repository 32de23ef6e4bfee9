/** Starts the application: language, reads, session, shell. */
import "@fontsource-variable/noto-sans/index.css";
import "./design/tokens.css";
import "./design/base.css";
import "./design/components.css";
import "./design/shell.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { client } from "./api/queries.ts";
import { Toasts } from "./design/toast.tsx";
import { LanguageProvider } from "./language/LanguageProvider.tsx";
import { Entrance } from "./session/Entrance.tsx";

/* A server that knows no page of its own for /verify answers with this one. */
if (location.pathname === "/verify") location.replace(`/verify.html${location.search}`);

createRoot(document.getElementById("root")!).render(
  <QueryClientProvider client={client}>
    <LanguageProvider>
      <Entrance />
      <Toasts />
    </LanguageProvider>
  </QueryClientProvider>,
);
