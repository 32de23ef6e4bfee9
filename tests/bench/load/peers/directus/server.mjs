// Directus as its own image runs it (a cluster of processes), here with one for each core.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';

if (cluster.isPrimary) {
  for (let at = 0; at < availableParallelism(); at += 1) cluster.fork();
} else {
  const { startServer } = await import('@directus/api/server');
  await startServer();
}
