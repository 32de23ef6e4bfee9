/** One short message at the foot of the screen after something was done, read aloud by screen readers. */
import { useSyncExternalStore, type ReactNode } from "react";

interface Toast {
  id: number;
  text: string;
  bad: boolean;
}
let toasts: Toast[] = [];
let next_id = 1;
const listeners = new Set<() => void>();
function set(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
export function toast(text: string, bad = false): void {
  const id = next_id++;
  // The same words again take the place of the ones that still stand there.
  set([...toasts.filter((item) => item.text !== text), { id, text, bad }]);
  setTimeout(() => set(toasts.filter((item) => item.id !== id)), bad ? 9000 : 5000);
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toast-region" role="status" aria-live="polite">
      {shown.map((item) => (
        <div key={item.id} className={item.bad ? "toast bad" : "toast"}>
          {item.text}
        </div>
      ))}
    </div>
  );
}
