/** A drawn map of the State's places, with those of the candidates marked; a list where the State has given no map. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { Candidate, KnownPlace } from "../api/types.ts";
import { t } from "../language/label.ts";

interface Drawn extends KnownPlace {
  x: number;
  y: number;
}
const is_drawn = (place: KnownPlace): place is Drawn => typeof place.x === "number" && typeof place.y === "number";

function middle_of(places: Drawn[]): [number, number, number] {
  const x = places.reduce((sum, place) => sum + place.x, 0) / places.length;
  const y = places.reduce((sum, place) => sum + place.y, 0) / places.length;
  const reach = Math.max(...places.map((place) => Math.hypot(place.x - x, place.y - y)));
  return [x, y, reach];
}

export function PlacesMap({ candidates, chosen }: { candidates: Candidate[]; chosen: Candidate | null }): ReactNode {
  const places = useQuery(queries.registry_places()).data ?? [];
  const held = new Map<string, number[]>();
  candidates.forEach((candidate, index) => {
    const code = candidate.place_code ?? "";
    if (code) held.set(code, [...(held.get(code) ?? []), index + 1]);
  });
  if (held.size === 0) return null;
  const drawn = places.filter(is_drawn);
  const regions = [...new Set(drawn.map((place) => place.region))];
  const shapes = regions.map((region): [string, number, number, number] => [
    region,
    ...middle_of(drawn.filter((place) => place.region === region)),
  ]);
  const list = [...held].map(([code, numbers]): [KnownPlace | null, string, string] => [
    places.find((place) => place.code === code) ?? null,
    code,
    numbers.join(", "),
  ]);
  return (
    <figure className="places">
      <figcaption className="strong">{t("web.registry.map")}</figcaption>
      {drawn.length > 0 && (
        <svg viewBox="0 0 1000 1000" role="img" aria-label={t("web.registry.map_text")}>
          {shapes.map(([region, x, y, reach]) => (
            <circle key={region} cx={x} cy={y} r={reach + 38} className="place-region" />
          ))}
          {drawn.map((place) => {
            const numbers = held.get(place.code);
            return (
              <circle
                key={place.code}
                cx={place.x}
                cy={place.y}
                r={numbers ? 21 : 6}
                className={numbers ? "place-held" : "place-known"}
                data-chosen={(numbers && chosen?.place_code === place.code) || undefined}
              />
            );
          })}
          {shapes.map(([region, x, y, reach]) => (
            <text key={region} x={x} y={y - reach - 8} className="place-name">
              {region}
            </text>
          ))}
          {drawn
            .filter((place) => held.has(place.code))
            .map((place) => (
              <text key={place.code} x={place.x} y={place.y + 10} className="place-number">
                {held.get(place.code)?.length === 1 ? held.get(place.code)?.[0] : `${held.get(place.code)?.[0] ?? ""}+`}
              </text>
            ))}
        </svg>
      )}
      <ul className="small">
        {list.map(([place, code, numbers]) => (
          <li key={code} data-chosen={chosen?.place_code === code || undefined}>
            <span className="strong">{numbers}</span> {place ? place.name : code}
            {place?.region && <span className="muted"> · {place.region}</span>}
          </li>
        ))}
      </ul>
    </figure>
  );
}
