/** Every English label of every area, as one lazy chunk. */
const files = import.meta.glob<Record<string, string>>("../../../data/languages/*.en.json", { eager: true, import: "default" });
export const messages: Record<string, string> = Object.assign({}, ...Object.values(files)) as Record<string, string>;
