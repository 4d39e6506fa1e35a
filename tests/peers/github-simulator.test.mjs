// The lab's GitHub, driven by GitHub's own client: what it cannot use, nobody should be taught against.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { githubMissing, startGitHub } from './support/github.mjs';

const octokit = await import('@octokit/rest').catch(() => null);
const throttling = await import('@octokit/plugin-throttling').catch(() => null);
const authApp = await import('@octokit/auth-app').catch(() => null);
const skip = githubMissing || (octokit && throttling && authApp ? false : '@octokit packages are not installed: npm ci');

const repo = { owner: 'acme', repo: 'checkout' };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let lab;
let client;

before(async () => {
  if (skip) return;
  lab = await startGitHub();
  client = new octokit.Octokit({ baseUrl: lab.baseUrl, auth: lab.token, log: quiet });
});

after(async () => {
  if (skip) return;
  const { exchanges, problems, journal } = await lab.end();
  assert.ok(exchanges > 40, `${exchanges} exchanges`);
  assert.deepEqual(problems, [], 'departures from GitHub\'s description');
  assert.ok(journal.some((line) => line.startsWith('acme/checkout#46 opened')), journal.join('\n'));
});

test('paginate follows Link to the end', { skip }, async () => {
  const issues = await client.paginate(client.rest.issues.listForRepo, { ...repo, state: 'all', per_page: 20 });
  assert.equal(issues.length, 45);
  assert.equal(new Set(issues.map((issue) => issue.number)).size, 45);
});

test('an issue is opened, labelled, commented on, found and closed', { skip }, async () => {
  const { data: issue } = await client.rest.issues.create({ ...repo, title: 'Peer trouble', body: 'Seen by a peer', labels: ['incident'] });
  assert.equal(issue.number, 46);
  await client.rest.issues.addLabels({ ...repo, issue_number: 46, labels: ['bug'] });
  const { data: comment } = await client.rest.issues.createComment({ ...repo, issue_number: 46, body: 'first' });
  await client.rest.issues.updateComment({ ...repo, comment_id: comment.id, body: 'second' });
  const { data: comments } = await client.rest.issues.listComments({ ...repo, issue_number: 46 });
  assert.deepEqual(comments.map((one) => one.body), ['second']);
  await client.rest.issues.deleteComment({ ...repo, comment_id: comment.id });
  const { data: labels } = await client.rest.issues.removeLabel({ ...repo, issue_number: 46, name: 'bug' });
  assert.deepEqual(labels.map((label) => label.name), ['incident']);
  const { data: found } = await client.rest.search.issuesAndPullRequests({ q: 'repo:acme/checkout is:issue "Peer trouble"' });
  assert.equal(found.total_count, 1);
  const { data: closed } = await client.rest.issues.update({ ...repo, issue_number: 46, state: 'closed', state_reason: 'completed' });
  assert.equal(closed.state, 'closed');
});

test('a pull request is opened, reviewed and read as a diff', { skip }, async () => {
  const { data: pull } = await client.rest.pulls.create({ ...repo, title: 'Give up sooner', head: 'fix/timeouts', base: 'main' });
  const { data: files } = await client.rest.pulls.listFiles({ ...repo, pull_number: pull.number, per_page: 100 });
  assert.deepEqual(files.map((file) => file.filename), ['docs/timeouts.md', 'fly.toml']);
  const { data: diff } = await client.rest.pulls.get({ ...repo, pull_number: pull.number, mediaType: { format: 'diff' } });
  assert.match(String(diff), /^diff --git a\/docs\/timeouts\.md/);
  await client.rest.pulls.createReview({ ...repo, pull_number: pull.number, event: 'COMMENT', body: 'See', comments: [{ path: 'docs/timeouts.md', line: 1, body: 'How long?' }] });
  assert.equal((await client.rest.pulls.listReviews({ ...repo, pull_number: pull.number })).data.length, 1);
  assert.equal((await client.rest.pulls.listReviewComments({ ...repo, pull_number: pull.number })).data[0].body, 'How long?');
  await client.rest.pulls.update({ ...repo, pull_number: pull.number, state: 'closed' });
});

test('code is read: commits, comparison, contents, branches, refs', { skip }, async () => {
  const { data: commits } = await client.rest.repos.listCommits({ ...repo, sha: 'main' });
  assert.deepEqual(commits.map((commit) => commit.sha), [lab.commits.v43, lab.commits.v42, lab.commits.v41]);
  const { data: compared } = await client.rest.repos.compareCommitsWithBasehead({ ...repo, basehead: `${lab.commits.v41}...main` });
  assert.equal(compared.ahead_by, 2);
  const { data: file } = await client.rest.repos.getContent({ ...repo, path: 'src/checkout.cs', ref: lab.commits.v41 });
  assert.match(Buffer.from(file.content, 'base64').toString(), /v41/);
  const { data: raw } = await client.rest.repos.getContent({ ...repo, path: 'fly.toml', mediaType: { format: 'raw' } });
  assert.equal(String(raw), 'app = "checkout"\n');
  assert.equal((await client.rest.repos.getBranch({ ...repo, branch: 'main' })).data.protected, true);
  assert.equal((await client.rest.git.getRef({ ...repo, ref: 'heads/fix/timeouts' })).data.object.type, 'commit');
  assert.equal((await client.rest.repos.get(repo)).data.default_branch, 'main');
});

test('a tree, a blob and an archive are read', { skip }, async () => {
  const { data: tree } = await client.rest.git.getTree({ ...repo, tree_sha: lab.commits.v43, recursive: 'true' });
  assert.equal(tree.truncated, false);
  const migration = tree.tree.find((entry) => entry.path === 'migrations/7.sql');
  assert.deepEqual([migration.mode, migration.type], ['100644', 'blob']);
  const { data: blob } = await client.rest.git.getBlob({ ...repo, file_sha: migration.sha });
  const content = Buffer.from(blob.content, blob.encoding).toString();
  assert.equal(content, 'alter table orders add retries int;\n');

  // The client follows the redirect by itself; another host gets no credentials, as browsers have it.
  const { data: packed } = await client.rest.repos.downloadTarballArchive({ ...repo, ref: lab.commits.v43 });
  const archive = gunzipSync(Buffer.from(packed));
  assert.ok(archive.includes(content), 'the archive holds the file');
  assert.ok(archive.includes(`acme-checkout-${lab.commits.v43.slice(0, 7)}/migrations/7.sql`), 'in one folder, named as GitHub does');
  assert.equal(createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex'), migration.sha);
});

test('a commit gets a status, a deployment gets its course', { skip }, async () => {
  await client.rest.repos.createCommitStatus({ ...repo, sha: lab.commits.v42, state: 'success', context: 'slo' });
  assert.equal((await client.rest.repos.getCombinedStatusForRef({ ...repo, ref: lab.commits.v42 })).data.state, 'success');
  const { data: deployment } = await client.rest.repos.createDeployment({ ...repo, ref: lab.commits.v42, environment: 'staging', auto_merge: false, required_contexts: [] });
  await client.rest.repos.createDeploymentStatus({ ...repo, deployment_id: deployment.id, state: 'in_progress' });
  await client.rest.repos.createDeploymentStatus({ ...repo, deployment_id: deployment.id, state: 'success', log_url: 'https://lab.example/log' });
  const { data: statuses } = await client.rest.repos.listDeploymentStatuses({ ...repo, deployment_id: deployment.id });
  assert.deepEqual(statuses.map((status) => status.state), ['success', 'in_progress']);
  await assert.rejects(client.rest.repos.createDeployment({ ...repo, ref: lab.commits.v43, auto_merge: false }), { status: 409 });
});

test('an App gets its token by itself and runs a check', { skip }, async () => {
  const app = new octokit.Octokit({
    baseUrl: lab.baseUrl, log: quiet, authStrategy: authApp.createAppAuth,
    auth: { appId: lab.app.id, privateKey: lab.app.key, installationId: lab.app.installation },
  });
  const { data: run } = await app.rest.checks.create({ ...repo, name: 'readiness', head_sha: lab.commits.v43, status: 'in_progress' });
  await app.rest.checks.update({ ...repo, check_run_id: run.id, conclusion: 'success', output: { title: 'Ready', summary: 'All five answered.' } });
  const { data: runs } = await app.rest.checks.listForRef({ ...repo, ref: 'main', check_name: 'readiness' });
  assert.deepEqual(runs.check_runs.map((one) => one.conclusion), ['success']);
  await assert.rejects(client.rest.checks.create({ ...repo, name: 'x', head_sha: lab.commits.v43 }), { status: 403 });

  assert.equal((await app.rest.apps.getAuthenticated()).data.id, lab.app.id);
  await client.rest.issues.lock({ ...repo, issue_number: 2 });
  await assert.rejects(app.rest.issues.createComment({ ...repo, issue_number: 2, body: 'hello' }), { status: 403 });
  await client.rest.issues.unlock({ ...repo, issue_number: 2 });
  await app.rest.issues.createComment({ ...repo, issue_number: 2, body: 'hello' });
});

test('errors are the ones the client knows', { skip }, async () => {
  await assert.rejects(client.rest.issues.create({ ...repo, title: '' }), (error) => {
    assert.equal(error.status, 422);
    assert.match(error.message, /Validation Failed.*"field":"title"/s);
    return true;
  });
  await assert.rejects(client.rest.repos.get({ owner: 'acme', repo: 'nothing' }), { status: 404 });
  const wrong = new octokit.Octokit({ baseUrl: lab.baseUrl, auth: 'ghp_wrong', log: quiet });
  await assert.rejects(wrong.rest.users.getAuthenticated(), { status: 401 });
  const reader = new octokit.Octokit({ baseUrl: lab.baseUrl, auth: lab.readerToken, log: quiet });
  await assert.rejects(reader.rest.issues.create({ ...repo, title: 'no' }), { status: 403 });
});

test('a renamed repository is found again', { skip }, async () => {
  const { data: issue } = await client.rest.issues.get({ owner: 'acme', repo: 'shop', issue_number: 3 });
  assert.equal(issue.number, 3);
});

test('the throttling plugin understands both kinds of limit', { skip }, async () => {
  const heard = [];
  const hear = (kind) => (retryAfter) => {
    heard.push({ kind, retryAfter });
    return false; // Do not wait; the test is done.
  };
  const Throttled = octokit.Octokit.plugin(throttling.throttling);
  const options = { baseUrl: lab.baseUrl, log: quiet, throttle: { onRateLimit: hear('primary'), onSecondaryRateLimit: hear('secondary') } };

  const nobody = new Throttled(options);
  const docs = { owner: 'acme', repo: 'public-docs' };
  await nobody.rest.repos.get(docs);
  await nobody.rest.repos.get(docs);
  await assert.rejects(nobody.rest.repos.get(docs), { status: 403 });

  for (let i = 0; i < 40; i++) {
    await client.rest.issues.createComment({ ...repo, issue_number: 1, body: `${i}` }).catch(() => {});
  }
  const busy = new Throttled({ ...options, auth: lab.token });
  await assert.rejects(busy.rest.issues.createComment({ ...repo, issue_number: 1, body: 'one too many' }), { status: 403 });

  assert.deepEqual(heard.map((one) => one.kind), ['primary', 'secondary']);
  assert.equal(heard[1].retryAfter, 60);
});
