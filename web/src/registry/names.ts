/** Names as they are asked and shown: whole names taken apart, and what differs between two of them. */
export const question_parts = [
  "given",
  "surname",
  "birth",
  "sex",
  "place",
  "father_given",
  "father_surname",
  "mother_given",
  "mother_surname",
  "document",
] as const;
export type QuestionPart = (typeof question_parts)[number];
/** What is asked of the registry; what is not known is left out. */
export type Question = Partial<Record<QuestionPart, string>>;

const particles = new Set(["de", "del", "la", "las", "los", "san", "santa"]);

/** A whole name as it is written in Spanish: of two names one is a surname, of three two, of more the last two. */
export function split_full_name(name: string): [given: string, surnames: string] {
  const names: string[] = [];
  let open = "";
  for (const word of name.trim().split(/\s+/).filter(Boolean)) {
    open = open ? `${open} ${word}` : word;
    if (particles.has(word.toLowerCase())) continue;
    names.push(open);
    open = "";
  }
  if (open) names.push(open);
  const surnames = names.length < 2 ? 0 : names.length === 2 ? 1 : 2;
  return [names.slice(0, names.length - surnames).join(" "), names.slice(names.length - surnames).join(" ")];
}

/** The question without what is empty, in one order, so that the same question has one answer. */
export function tidy_question(question: Question): Question {
  const tidy: Question = {};
  for (const part of question_parts) {
    const text = question[part]?.trim();
    if (text) tidy[part] = text;
  }
  return tidy;
}

/** The part of a text that the other does not share: what is left after the common start and end. */
export function differing_part(text: string, other: string): [same: string, differs: string, same_end: string] {
  let start = 0;
  while (start < text.length && start < other.length && text[start]?.toLowerCase() === other[start]?.toLowerCase()) start += 1;
  let end = 0;
  while (
    end < text.length - start &&
    end < other.length - start &&
    text[text.length - 1 - end]?.toLowerCase() === other[other.length - 1 - end]?.toLowerCase()
  )
    end += 1;
  return [text.slice(0, start), text.slice(start, text.length - end), end > 0 ? text.slice(-end) : ""];
}

/** The number of weights that were set by hand ("by hand 1"), not learnt; null for others. */
export function number_by_hand(model: string): string | null {
  return /^by hand (\d+)$/.exec(model)?.[1] ?? null;
}
