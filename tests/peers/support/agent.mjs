// The program under test: where it is, how it is started, and what it must not see of this machine.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const built = ['release', 'debug']
  .map((flavour) => resolve(here, '../../../artifacts/bin/SreAgent.Host', flavour, 'sre-agent.dll'))
  .filter((path) => existsSync(path))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);

/** Path of sre-agent.dll: SRE_AGENT, or the newest build. */
export const agentPath = process.env.SRE_AGENT ? resolve(process.env.SRE_AGENT) : built[0];

/** A reason to skip, or false. */
export const agentMissing = agentPath && existsSync(agentPath)
  ? false
  : `sre-agent.dll is not there: build src/SreAgent.Host or set SRE_AGENT (${process.env.SRE_AGENT ?? 'not set'})`;

/** A home folder of its own, with the environment that makes the agent live in it. */
export function home(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sre-agent-peer-'));
  mkdirSync(join(folder, 'state'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    ...(process.env.DOTNET_ROOT ? { DOTNET_ROOT: process.env.DOTNET_ROOT } : {}),
  };
  for (const [path, value] of Object.entries(settings)) {
    env[`SREAGENT__${path.replaceAll(':', '__')}`] = String(value);
  }
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A running agent whose output is collected; `closed` settles with { code, signal, stdout, stderr, after } (milliseconds). */
export function start(args, { env, cwd }) {
  const begun = performance.now();
  const child = spawn('dotnet', [agentPath, ...args], { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const out = [];
  const err = [];
  child.stdout.on('data', (piece) => out.push(piece));
  child.stderr.on('data', (piece) => err.push(piece));
  child.stdin.on('error', () => {}); // It may have ended before it read everything; its exit says so.
  const text = (pieces) => Buffer.concat(pieces).toString('utf8');
  const closed = new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code, signal, stdout: text(out), stderr: text(err), after: performance.now() - begun }));
  });
  return { child, closed, stdout: () => text(out), stderr: () => text(err) };
}

/** Runs to the end with nothing on stdin. */
export async function run(args, place) {
  const agent = start(args, place);
  agent.child.stdin.end();
  return agent.closed;
}
