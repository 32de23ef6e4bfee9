// Reads the small part of TOML that data/forms uses: tables in lists, strings, numbers, booleans, lists on one line.
export function parse(text) {
  const root = {};
  let at = root;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const table = /^\[\[(.+)\]\]$/.exec(line);
    if (table) {
      const names = table[1].split(".");
      let owner = root;
      for (const name of names.slice(0, -1)) owner = owner[name].at(-1);
      const last = names.at(-1);
      at = {};
      (owner[last] ??= []).push(at);
      continue;
    }
    const pair = /^([\w-]+)\s*=\s*(.+)$/.exec(line);
    if (pair) at[pair[1]] = JSON.parse(pair[2]);
  }
  return root;
}
