// The MCP server, driven by the TypeScript SDK's client.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { agentMissing, home } from './support/agent.mjs';
import { connect, textOf } from './support/client.mjs';
import { prometheusMissing, startPrometheus } from './support/servers.mjs';

const skip = agentMissing || prometheusMissing;
let prometheus;
let place;
let client;

before(async () => {
  if (skip) return;
  prometheus = await startPrometheus();
  place = home({ 'Integrations:Prometheus:BaseUrl': prometheus.url, 'Integrations:Prometheus:Environment': 'practice' });
  client = await connect(place);
});

after(async () => {
  await client?.close();
  await prometheus?.stop();
  place?.remove();
});

test('tools are listed in the order of their names, annotated, within 8,000 tokens', { skip }, async () => {
  const listed = await client.listTools();
  const names = listed.tools.map((tool) => tool.name);
  assert.deepEqual(names, [...names].sort());
  assert.ok(names.includes('prometheus_query'), names.join(', '));
  for (const tool of listed.tools) {
    assert.equal(typeof tool.annotations.readOnlyHint, 'boolean', tool.name);
    assert.equal(tool.inputSchema.type, 'object', tool.name);
    assert.ok(tool.description, tool.name);
  }
  assert.ok(Buffer.byteLength(JSON.stringify(listed)) / 4 <= 8000);
});

test('a query is answered by a real Prometheus', { skip }, async () => {
  const result = await client.callTool({ name: 'prometheus_query', arguments: { query: 'up' } });
  assert.notEqual(result.isError, true, textOf(result));
  assert.match(textOf(result), /prometheus/);
});

test('broken PromQL is an error that says where', { skip }, async () => {
  const result = await client.callTool({ name: 'prometheus_query', arguments: { query: 'sum(up' } });
  assert.equal(result.isError, true);
  assert.match(textOf(result), /pars|paren/i);
});

test('an unknown tool is an error that names what was meant', { skip }, async () => {
  const result = await client.callTool({ name: 'prometheus_qery', arguments: {} });
  assert.equal(result.isError, true);
  assert.match(textOf(result), /prometheus_query/);
});

test('wrong arguments are an error that names them', { skip }, async () => {
  const result = await client.callTool({ name: 'prometheus_query', arguments: { qery: 'up' } });
  assert.equal(result.isError, true);
  assert.match(textOf(result), /qery/);
});

test('ten megabytes of arguments are refused, and the next call works', { skip }, async () => {
  const refused = await client.callTool({ name: 'prometheus_query', arguments: { query: 'x'.repeat(10 << 20) } });
  assert.equal(refused.isError, true);
  assert.notEqual((await client.callTool({ name: 'prometheus_query', arguments: { query: 'up' } })).isError, true);
});

test('a cancelled call frees the caller, and the connection goes on', { skip }, async () => {
  const stop = new AbortController();
  const call = client.callTool({ name: 'prometheus_query', arguments: { query: 'up' } }, undefined, { signal: stop.signal });
  stop.abort('changed my mind');
  await assert.rejects(call);
  await client.ping();
});

test('personas are prompts, with arguments that complete', { skip }, async () => {
  const { prompts } = await client.listPrompts();
  assert.ok(prompts.length > 0);
  const withMode = prompts.find((prompt) => prompt.arguments?.some((argument) => argument.name === 'mode'));
  const persona = withMode ?? prompts[0];
  const got = await client.getPrompt({ name: persona.name, arguments: { focus: 'latency since noon' } });
  assert.match(got.messages[0].content.text, /latency since noon/);
  if (withMode) {
    const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: withMode.name }, argument: { name: 'mode', value: '' } });
    assert.ok(completion.values.length > 0);
    const inMode = await client.getPrompt({ name: withMode.name, arguments: { mode: completion.values[0] } });
    assert.match(inMode.messages[0].content.text, new RegExp(completion.values[0], 'i'));
  }
  await assert.rejects(client.getPrompt({ name: 'nobody-at-all' }), (error) => error.code === -32602);
});

test('skills are resources that can be read and completed', { skip }, async () => {
  const { resources } = await client.listResources();
  const skill = resources.find((resource) => resource.uri.startsWith('skill://') && resource.uri.endsWith('/SKILL.md'));
  assert.ok(skill, JSON.stringify(resources));
  const read = await client.readResource({ uri: skill.uri });
  assert.ok(read.contents[0].text.length > 0);

  const { resourceTemplates } = await client.listResourceTemplates();
  const template = resourceTemplates.find((candidate) => candidate.uriTemplate.startsWith('skill://'));
  const { completion } = await client.complete({ ref: { type: 'ref/resource', uri: template.uriTemplate }, argument: { name: 'name', value: '' } });
  assert.ok(completion.values.includes(skill.uri.split('/')[2]));

  for (const uri of ['skill://no-such-skill/SKILL.md', `${skill.uri}/../../../../etc/passwd`, 'evidence://res-none', 'file:///etc/passwd']) {
    await assert.rejects(client.readResource({ uri }), (error) => error.code === -32602, uri);
  }
});

test('read-only leaves the reads', { skip }, async () => {
  const reader = await connect(place, { args: ['--read-only'] });
  try {
    const { tools } = await reader.listTools();
    assert.ok(tools.length > 0);
    assert.ok(tools.every((tool) => tool.annotations.readOnlyHint));
  } finally {
    await reader.close();
  }
});

test('--toolset narrows the list', { skip }, async () => {
  const narrowed = await connect(place, { args: ['--toolset', 'nothing-of-that-name'] });
  try {
    const { tools } = await narrowed.listTools();
    assert.ok(!tools.some((tool) => tool.name.startsWith('prometheus_')));
  } finally {
    await narrowed.close();
  }
});
