// The TypeScript SDK's client over stdio.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { agentPath } from './agent.mjs';

/** @param ask answers elicitations; without it the client does not declare that it can be asked. */
export async function connect(place, { args = [], ask } = {}) {
  const transport = new StdioClientTransport({
    command: 'dotnet', args: [agentPath, 'mcp', ...args], env: place.env, cwd: place.folder, stderr: 'pipe',
  });
  let said = '';
  transport.stderr.on('data', (piece) => { said += piece; });
  const client = new Client({ name: 'peer-test', version: '1.0.0' }, { capabilities: ask ? { elicitation: {} } : {} });
  if (ask) client.setRequestHandler(ElicitRequestSchema, async (request) => ask(request.params));
  try {
    await client.connect(transport);
  } catch (error) {
    throw new Error(`${error.message}\nThe server said: ${said}`, { cause: error });
  }
  return client;
}

export const textOf = (result) => result.content.map((block) => block.text ?? '').join('\n');
