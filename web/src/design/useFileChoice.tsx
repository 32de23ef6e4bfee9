/** One file from the person's device: chosen by a button or dropped on a box, held to its limit, sent, its error kept. */
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { show_size } from "../language/dates.ts";
import { t } from "../language/label.ts";

export type FileChoice = {
  /** Opens the window of the device in which a file is chosen. */
  open: () => void;
  busy: boolean;
  error: unknown;
  /** The hidden field: it stands anywhere on the page. */
  input: ReactNode;
  /** For the box on which a file may be dropped. */
  box: {
    "data-over": true | undefined;
    onDragOver: (event: DragEvent) => void;
    onDragLeave: () => void;
    onDrop: (event: DragEvent) => void;
  };
};

type Limits = {
  /** Bytes; a larger file is not sent. The server has its own limit. */
  largest?: number;
  accept?: string;
  /** Names the field for those who drive the page: `data-…`. */
  mark?: Record<`data-${string}`, string>;
};

/** `send` throws what the server refuses. */
export function useFileChoice(send: (file: File) => Promise<void>, { largest, accept, mark }: Limits = {}): FileChoice {
  const [over, set_over] = useState(false);
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    set_error(null);
    if (largest !== undefined && file.size > largest) {
      set_error(new Error(t("web.attachment.too_large", { size: show_size(largest) })));
      return;
    }
    set_busy(true);
    try {
      await send(file);
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const drag = (event: DragEvent, on: boolean): void => {
    event.preventDefault();
    set_over(on);
  };
  return {
    open: () => field.current?.click(),
    busy,
    error,
    input: (
      <input
        ref={field}
        type="file"
        hidden
        accept={accept}
        {...mark}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    ),
    box: {
      "data-over": over || undefined,
      onDragOver: (event) => drag(event, true),
      onDragLeave: () => set_over(false),
      onDrop: (event) => {
        drag(event, false);
        void take(event.dataTransfer.files[0]);
      },
    },
  };
}
