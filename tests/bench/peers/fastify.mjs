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
  await app.listen({ host: '127.0.0.1', port: 0 });
}

function serveOnEveryCore() {
  const workers = availableParallelism();
  let listening = 0;
  cluster.on('listening', (worker, address) => {
    listening += 1;
    if (listening === workers) console.log(`listening on http://127.0.0.1:${address.port}`);
  });
  for (let i = 0; i < workers; i += 1) cluster.fork();
}

if (cluster.isPrimary) serveOnEveryCore();
else await serve();
