// Lets `node --test` run TypeScript on Node 20: types are removed with the compiler already installed, nothing is checked here.
import { register } from "node:module";
register("./hooks.mjs", import.meta.url);
