// Real servers, on ports the system picks, in folders of their own.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

function onPath(...names) {
  return names.find((name) => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

const prometheus = onPath('prometheus');
const alertmanager = onPath('prometheus-alertmanager', 'alertmanager');

/** Reasons to skip, or false. */
export const prometheusMissing = prometheus ? false : 'prometheus is not on PATH';
export const alertmanagerMissing = alertmanager ? false : 'neither prometheus-alertmanager nor alertmanager is on PATH';

export async function startPrometheus() {
  const port = await freePort();
  const config = `global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: prometheus\n    static_configs: [{ targets: ['127.0.0.1:${port}'] }]\n`;
  const server = await startServer(prometheus, 'prometheus.yml', config, (folder) => [
    `--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`,
  ], port);
  await until(async () => {
    const answer = await fetch(`${server.url}/api/v1/query?query=up`);
    return (await answer.json()).data?.result?.length > 0;
  }, 'a first scrape');
  return server;
}

export async function startAlertmanager() {
  const port = await freePort();
  const config = 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n';
  return startServer(alertmanager, 'alertmanager.yml', config, (folder) => [
    `--config.file=${join(folder, 'alertmanager.yml')}`, `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address=',
  ], port);
}

async function startServer(binary, configName, config, args, port) {
  const folder = mkdtempSync(join(tmpdir(), 'sre-agent-server-'));
  writeFileSync(join(folder, configName), config);
  const child = spawn(binary, args(folder), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => { said = (said + piece).slice(-4000); });
  const ended = new Promise((done) => child.on('exit', done));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(async () => (await fetch(`${url}/-/ready`)).ok, `${binary} on ${url}`, () => child.exitCode !== null && said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function until(holds, what, gaveUp = () => false) {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    if (gaveUp()) throw new Error(`${what} ended: ${gaveUp()}`);
    try {
      if (await holds()) return;
    } catch {
      // Not listening yet.
    }
    await pause(100);
  }
  throw new Error(`${what} did not come up within 30 s`);
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
