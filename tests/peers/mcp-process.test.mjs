// The process itself: what it writes where, and how it ends.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { agentMissing, home, run, start } from './support/agent.mjs';

const skip = agentMissing;
const hello = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'peer', version: '1' } } };
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };
const list = { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} };
const lines = (...messages) => messages.map((message) => `${typeof message === 'string' ? message : JSON.stringify(message)}\n`).join('');

function assertPure(stdout) {
  if (stdout === '') return [];
  assert.ok(stdout.endsWith('\n'), 'the last line is whole');
  return stdout.trimEnd().split('\n').map((line) => {
    const message = JSON.parse(line);
    assert.equal(message.jsonrpc, '2.0', line);
    return message;
  });
}

async function answered(agent, id) {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline && agent.child.exitCode === null) {
    if (agent.stdout().includes(`"id":${id}`)) return;
    await pause(10);
  }
  assert.fail(`no answer to ${id}; stderr: ${agent.stderr()}`);
}

test('stdout carries protocol and nothing else, whatever comes in', { skip }, async () => {
  const place = home();
  try {
    const agent = start(['mcp'], { env: place.env, cwd: place.folder });
    agent.child.stdin.write(lines(hello, initialized, 'this is no JSON', '{"jsonrpc":"2.0"}', '[]', '""', '{"jsonrpc":"2.0","id":9,"method":"no/such"}',
      { jsonrpc: '2.0', id: 10, method: 'tools/call', params: { name: 'no_such_tool', arguments: 'none' } }, list));
    await answered(agent, 2);
    agent.child.stdin.end();
    const { code, stdout } = await agent.closed;
    assert.equal(code, 0);
    const messages = assertPure(stdout);
    assert.ok(messages.find((message) => message.id === 2).result.tools);
    assert.equal(messages.find((message) => message.id === 9).error.code, -32601);
    assert.ok(messages.find((message) => message.id === 10).error);
  } finally {
    place.remove();
  }
});

test('both protocol revisions are served', { skip }, async () => {
  const place = home();
  try {
    const agent = start(['mcp'], { env: place.env, cwd: place.folder });
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'peer', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    agent.child.stdin.write(lines({ ...list, params: { _meta: meta } }));
    await answered(agent, 2);
    agent.child.stdin.end();
    const { stdout } = await agent.closed;
    const { result } = assertPure(stdout).find((message) => message.id === 2);
    assert.ok(result.tools);
    assert.ok(result.ttlMs > 0);
    assert.equal(result.cacheScope, 'private');
  } finally {
    place.remove();
  }
});

for (const [what, args, settings] of [
  ['an unknown persona', ['mcp', '--persona', 'nobody-at-all'], {}],
  ['an unknown option', ['mcp', '--no-such-option'], {}],
  ['settings that make no sense', ['mcp'], { 'Integrations:Prometheus:BaseUrl': 'not an address', 'Guardrails:Mode': 'maybe' }],
]) {
  test(`${what}: exit 2, the reason on stderr, stdout empty`, { skip }, async () => {
    const place = home(settings);
    try {
      const { code, stdout, stderr } = await run(args, { env: place.env, cwd: place.folder });
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.notEqual(stderr.trim(), '');
    } finally {
      place.remove();
    }
  });
}

test('the end of stdin ends the process within a second', { skip }, async () => {
  const place = home();
  try {
    const agent = start(['mcp'], { env: place.env, cwd: place.folder });
    agent.child.stdin.write(lines(hello, initialized, list));
    await answered(agent, 2);
    const begun = performance.now();
    agent.child.stdin.end();
    const { code } = await agent.closed;
    assert.equal(code, 0);
    assert.ok(performance.now() - begun < 1000, `${performance.now() - begun} ms`);
  } finally {
    place.remove();
  }
});

test('requests written before the end of stdin are answered', { skip }, async () => {
  const place = home();
  try {
    const agent = start(['mcp'], { env: place.env, cwd: place.folder });
    agent.child.stdin.end(lines(hello, initialized, list));
    const { code, stdout } = await agent.closed;
    assert.equal(code, 0);
    assert.ok(assertPure(stdout).find((message) => message.id === 2));
  } finally {
    place.remove();
  }
});

test('SIGTERM ends the process, cleanly and with nothing left behind', { skip: skip || (process.platform === 'win32' && 'no signals on Windows') }, async () => {
  const place = home();
  try {
    const agent = start(['mcp'], { env: place.env, cwd: place.folder });
    agent.child.stdin.write(lines(hello, initialized, list));
    await answered(agent, 2);
    const children = childrenOf(agent.child.pid);
    const begun = performance.now();
    agent.child.kill('SIGTERM');
    const { signal, stdout } = await agent.closed;
    assert.equal(signal, null, 'it ended by itself');
    assert.ok(performance.now() - begun < 2000, `${performance.now() - begun} ms`);
    assertPure(stdout);
    for (const pid of children) assert.throws(() => process.kill(pid, 0), `process ${pid} is still there`);
  } finally {
    place.remove();
  }
});

function childrenOf(pid) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
    try {
      return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1] === String(pid);
    } catch {
      return false; // It ended while we looked.
    }
  }).map(Number);
}
