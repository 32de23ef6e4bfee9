/** A screen that breaks says so and leaves the frame, the queues and the drafts alone. */
import { Component, type ReactNode } from "react";
import { Empty } from "../design/basics.tsx";
import { t } from "../language/label.ts";

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override componentDidCatch(error: unknown): void {
    console.error(error);
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty icon="alert" title={t("web.broken.title")}>
        <p>{t("web.broken.text")}</p>
        <button className="button" onClick={() => location.reload()}>
          {t("web.action.try_again")}
        </button>
      </Empty>
    );
  }
}
