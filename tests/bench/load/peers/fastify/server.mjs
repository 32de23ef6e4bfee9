// A plain Fastify application with pg: a pool, prepared statements, JSON schemas, one process for each core.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import Fastify from 'fastify';
import pg from 'pg';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };
const number = { type: 'integer' };
const summary = {
  id: text, reference: text, agreement: text, state: text, stage: text, owner: maybeText, person_name: text, birth: text,
  sex: text, nationality: text, created_at: number, changed_at: number, submitted_on: maybeText, next_due_on: maybeText,
  revision: number,
};
const row = { type: 'object', properties: summary };
const full = { type: 'object', properties: { ...summary, content: { type: 'object', additionalProperties: true } } };
const page = { type: 'object', properties: { items: { type: 'array', items: row } } };

const columns = Object.keys(summary).join(', ');
const sorts = { newest: 'changed_at DESC, id DESC', name: 'person_name, id', due: 'next_due_on, id' };
const words = (query) => query.match(/[\p{L}\p{N}]+/gu).map((word) => `${word}:*`).join(' & ');
const fold = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function serve() {
  // bigint columns hold milliseconds and counts, all of them safe integers.
  pg.types.setTypeParser(20, Number);
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
  const app = Fastify({ logger: false });

  const lists = {
    async state({ state, sort }) {
      return pool.query({ name: `state_${sort}`, values: [state],
        text: `SELECT ${columns} FROM cases WHERE state = $1 ORDER BY ${sorts[sort]} LIMIT 25` });
    },
    async owner({ owner }) {
      return pool.query({ name: 'owner', values: [owner],
        text: `SELECT ${columns} FROM cases WHERE owner = $1 AND next_due_on IS NOT NULL ORDER BY next_due_on, id LIMIT 25` });
    },
    async q({ q }) {
      return pool.query({ name: 'words', values: [words(q)],
        text: `SELECT ${columns} FROM cases WHERE to_tsvector('simple', name_key) @@ to_tsquery('simple', $1)
               ORDER BY changed_at DESC LIMIT 25` });
    },
  };
  const query = { type: 'object', properties: {
    state: text, owner: text, q: text, sort: { type: 'string', enum: Object.keys(sorts), default: 'newest' } } };
  app.get('/cases', { schema: { querystring: query, response: { 200: page } } }, async (request) => {
    const { state, owner, q } = request.query;
    const found = await (q ? lists.q : owner ? lists.owner : lists.state)(request.query);
    return { items: found.rows };
  });

  app.get('/cases/:id', { schema: { response: { 200: full } } }, async (request, reply) => {
    const found = await pool.query({ name: 'read', text: `SELECT ${columns}, content FROM cases WHERE id = $1`,
      values: [request.params.id] });
    return found.rows[0] ?? reply.code(404).send();
  });

  const change = { type: 'object', required: ['state'], properties: { state: text } };
  app.patch('/cases/:id', { schema: { body: change, response: { 200: full } } }, async (request, reply) => {
    const found = await pool.query({ name: 'change', values: [request.params.id, request.body.state, Date.now()],
      text: `UPDATE cases SET state = $2, changed_at = $3, revision = revision + 1 WHERE id = $1
             RETURNING ${columns}, content` });
    return found.rows[0] ?? reply.code(404).send();
  });

  const draft = { type: 'object', required: ['agreement', 'content'],
    properties: { agreement: text, content: { type: 'object', additionalProperties: true } } };
  app.post('/cases', { schema: { body: draft, response: { 201: full } } }, async (request, reply) => {
    const { agreement, content } = request.body;
    const person = content.A_person ?? {};
    const name = `${person.surname ?? ''}, ${person.given_names ?? ''}`;
    const made = await pool.query({ name: 'create',
      text: `INSERT INTO cases (agreement, person_name, name_key, birth, sex, nationality, created_at, changed_at, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8) RETURNING ${columns}, content`,
      values: [agreement, name, fold(name), person.dob ?? '', person.sex ?? '', person.nationality ?? '', Date.now(), content] });
    return reply.code(201).send(made.rows[0]);
  });

  app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
}

if (cluster.isPrimary) {
  for (let at = 0; at < availableParallelism(); at += 1) cluster.fork();
} else {
  serve();
}
