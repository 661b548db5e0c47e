// The peer of bench http that many would write: Fastify with a response schema, which is its fast way, and one
// process per core through node:cluster. Nothing is logged.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import Fastify from 'fastify';

const healthSchema = {
  type: 'object',
  properties: {
    success: { type: 'boolean' },
    data: { type: 'object', properties: { status: { type: 'string' } } },
  },
};

async function serve() {
  const app = Fastify({ logger: false });
  app.get('/healthz', { schema: { response: { 200: healthSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return { success: true, data: { status: 'ok' } };
  });
  serveEvents(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
}

const event =
  'id: 0-1\nevent: lead\ndata: {"topic":"lead","entity":"01970000-0000-7000-8000-000000000000",' +
  '"at":"2026-01-06T10:00:00.000000Z"}\n\n';

// What one process is asked to publish goes to the listeners of all, by way of the primary.
function serveEvents(app) {
  const listeners = new Set();
  app.get('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('id: 0-0\n\n');
    listeners.add(reply.raw);
    reply.raw.on('close', () => listeners.delete(reply.raw));
  });
  app.get('/publish', async (request) => {
    process.send({ publish: Number(Object.keys(request.query)[0]) });
    return '';
  });
  process.on('message', ({ publish }) => {
    for (let i = 0; i < publish; i += 1) {
      for (const listener of listeners) listener.write(event);
    }
  });
}

function serveOnEveryCore() {
  const workers = availableParallelism();
  let listening = 0;
  cluster.on('listening', (worker, address) => {
    listening += 1;
    if (listening === workers) console.log(`listening on http://127.0.0.1:${address.port}`);
  });
  cluster.on('message', (worker, message) => {
    for (const each of Object.values(cluster.workers)) each.send(message);
  });
  for (let i = 0; i < workers; i += 1) cluster.fork();
}

if (cluster.isPrimary) serveOnEveryCore();
else await serve();
