/** The part of the photograph that is printed: a box moved with the mouse, a finger or the keys, and what is said of it. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { Button, Card, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { after_key, height_of, moved, resized, type FaceBox, type Picture } from "./face_box.ts";

interface ChoiceProps {
  application: string;
  portrait: string;
  box: FaceBox | null;
  choose: (box: FaceBox | null) => void;
}
export function FaceChoice({ application, portrait, box, choose }: ChoiceProps): ReactNode {
  const proposed = useQuery(queries.photo_note(application, null));
  const [settled, set_settled] = useState<FaceBox | null>(box);
  useEffect(() => {
    const timer = setTimeout(() => set_settled(box), 300);
    return () => clearTimeout(timer);
  }, [box]);
  const note = useQuery({ ...queries.photo_note(application, settled), enabled: settled !== null });
  const whole = proposed.data;
  const least = whole?.box_width_at_least ?? 1;
  const fits = whole !== undefined && whole.box_width >= least;
  return (
    <Card title={t("web.face.title")}>
      <div className="stack">
        <ErrorNotice error={proposed.error} />
        {!whole && !proposed.error && <Waiting />}
        {whole && (
          <>
            <Frame portrait={portrait} picture={whole} least={least} box={box} choose={choose} />
            {!fits && (
              <Notice tone="soon">
                <p>{t("web.face.too_small", { width: show_number(whole.box_width), least: show_number(least) })}</p>
              </Notice>
            )}
            <div className="row">
              {box === null ? (
                <Button
                  disabled={!fits}
                  onClick={() => choose({ left: whole.box_left, top: whole.box_top, width: whole.box_width })}
                >
                  {t("web.face.choose")}
                </Button>
              ) : (
                <>
                  <Button onClick={() => choose(resized(box, Math.ceil(whole.width / 50), whole, least))}>
                    {t("web.face.larger")}
                  </Button>
                  <Button onClick={() => choose(resized(box, -Math.ceil(whole.width / 50), whole, least))}>
                    {t("web.face.smaller")}
                  </Button>
                  <Button onClick={() => choose(null)}>{t("web.face.whole")}</Button>
                </>
              )}
            </div>
            <p className="small" aria-live="polite">
              {t("web.face.size", {
                width: show_number(box?.width ?? whole.width),
                height: show_number(box ? height_of(box.width) : whole.height),
              })}
              {box !== null && note.data && (
                <>
                  {" · "}
                  {t("web.face.dpi", { dpi: show_number(note.data.dpi) })}
                  {" · "}
                  {t(`web.face.background.${note.data.background}`)}
                </>
              )}
            </p>
            <ErrorNotice error={note.error} />
          </>
        )}
      </div>
    </Card>
  );
}

interface FrameProps {
  portrait: string;
  picture: Picture;
  least: number;
  box: FaceBox | null;
  choose: (box: FaceBox) => void;
}
function Frame({ portrait, picture, least, box, choose }: FrameProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; y: number; box: FaceBox } | null>(null);
  const help = useId();
  const part = (length: number, of: number): string => `${(length / of) * 100}%`;
  const press = (event: KeyboardEvent): void => {
    if (box === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const after = after_key(box, event.key, event.shiftKey && event.key.startsWith("Arrow"), picture, least);
    if (after === null) return;
    event.preventDefault();
    choose(after);
  };
  const drag = (event: PointerEvent): void => {
    const wide = frame.current?.clientWidth ?? 0;
    if (held.current === null || wide === 0) return;
    const scale = picture.width / wide;
    choose(
      moved(
        held.current.box,
        (event.clientX - held.current.x) * scale,
        (event.clientY - held.current.y) * scale,
        picture,
        least,
      ),
    );
  };
  return (
    <>
      <p className="muted small" id={help}>
        {t("web.face.help")}
      </p>
      <div className="face-frame" ref={frame} style={{ aspectRatio: `${picture.width} / ${picture.height}` }}>
        <img src={portrait} alt={t("web.face.photograph")} draggable={false} />
        {box !== null && (
          <div
            className="face-box"
            role="application"
            aria-label={t("web.face.box")}
            aria-describedby={help}
            tabIndex={0}
            style={{
              insetInlineStart: part(box.left, picture.width),
              insetBlockStart: part(box.top, picture.height),
              inlineSize: part(box.width, picture.width),
              blockSize: part(height_of(box.width), picture.height),
            }}
            onKeyDown={press}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              held.current = { x: event.clientX, y: event.clientY, box };
            }}
            onPointerMove={drag}
            onPointerUp={() => (held.current = null)}
            onPointerCancel={() => (held.current = null)}
          />
        )}
      </div>
    </>
  );
}
