// The MCP server, driven by the inspector's command line.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { agentMissing, agentPath, home } from './support/agent.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const inspector = join(here, 'node_modules', '.bin', 'mcp-inspector');
const skip = agentMissing || (existsSync(inspector) ? false : '@modelcontextprotocol/inspector is not installed: npm ci');

function inspect(place, ...args) {
  // The inspector passes on only what it is told to of its environment.
  const env = Object.entries(place.env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  return new Promise((done) => {
    execFile(inspector, ['--cli', ...env, 'dotnet', agentPath, 'mcp', ...args], { env: place.env, cwd: place.folder, timeout: 60_000 },
      (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }));
  });
}

test('the inspector lists tools', { skip }, async () => {
  const place = home({ 'Integrations:Prometheus:BaseUrl': 'http://127.0.0.1:9' });
  try {
    const { code, stdout, stderr } = await inspect(place, '--method', 'tools/list');
    assert.equal(code, 0, stderr);
    const names = JSON.parse(stdout).tools.map((tool) => tool.name);
    assert.ok(names.includes('prometheus_query'), names.join(', '));
  } finally {
    place.remove();
  }
});

test('the inspector gets a useful answer from a Prometheus that is not there', { skip }, async () => {
  const place = home({ 'Integrations:Prometheus:BaseUrl': 'http://127.0.0.1:9' });
  try {
    const { stdout, stderr } = await inspect(place, '--method', 'tools/call', '--tool-name', 'prometheus_query', '--tool-arg', 'query=up');
    const result = JSON.parse(stdout || '{}');
    assert.equal(result.isError, true, stderr);
    assert.match(result.content[0].text, /127\.0\.0\.1:9/);
  } finally {
    place.remove();
  }
});

for (const [method, key] of [['prompts/list', 'prompts'], ['resources/list', 'resources'], ['resources/templates/list', 'resourceTemplates']]) {
  test(`the inspector understands ${method}`, { skip }, async () => {
    const place = home();
    try {
      const { code, stdout, stderr } = await inspect(place, '--method', method);
      assert.equal(code, 0, stderr);
      assert.ok(JSON.parse(stdout)[key].length > 0);
    } finally {
      place.remove();
    }
  });
}
