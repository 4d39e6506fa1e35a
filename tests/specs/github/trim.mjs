// Makes api.github.com.json from the description GitHub publishes: node trim.mjs <generated/api.github.com.json of @octokit/openapi>
// Keeps the paths below with everything they refer to, and drops what only people read. Nothing else is changed.
import { readFileSync, writeFileSync } from "node:fs";

const repo = "/repos/{owner}/{repo}";
const paths = [
  "/app", "/app/installations", "/app/installations/{installation_id}", "/app/installations/{installation_id}/access_tokens", "/meta", "/rate_limit",
  "/search/code", "/search/issues", "/search/repositories", "/user", repo,
  ...[
    "/actions/jobs/{job_id}", "/actions/runs", "/actions/runs/{run_id}", "/actions/runs/{run_id}/jobs", "/actions/workflows/{workflow_id}/dispatches",
    "/branches", "/branches/{branch}",
    "/check-runs", "/check-runs/{check_run_id}", "/check-runs/{check_run_id}/annotations",
    "/commits", "/commits/{commit_sha}/pulls", "/commits/{ref}", "/commits/{ref}/check-runs", "/commits/{ref}/status", "/commits/{ref}/statuses",
    "/compare/{basehead}", "/contents/{path}",
    "/deployments", "/deployments/{deployment_id}", "/deployments/{deployment_id}/statuses", "/deployments/{deployment_id}/statuses/{status_id}",
    "/git/blobs/{file_sha}", "/git/ref/{ref}", "/git/matching-refs/{ref}", "/git/refs", "/git/refs/{ref}", "/git/trees/{tree_sha}", "/installation",
    "/issues", "/issues/comments", "/issues/comments/{comment_id}", "/issues/{issue_number}", "/issues/{issue_number}/comments",
    "/issues/{issue_number}/labels", "/issues/{issue_number}/labels/{name}", "/issues/{issue_number}/lock",
    "/labels", "/labels/{name}",
    "/pulls", "/pulls/comments", "/pulls/comments/{comment_id}", "/pulls/{pull_number}", "/pulls/{pull_number}/comments",
    "/pulls/{pull_number}/comments/{comment_id}/replies", "/pulls/{pull_number}/commits", "/pulls/{pull_number}/files", "/pulls/{pull_number}/merge",
    "/pulls/{pull_number}/requested_reviewers", "/pulls/{pull_number}/reviews", "/pulls/{pull_number}/reviews/{review_id}",
    "/pulls/{pull_number}/reviews/{review_id}/comments", "/pulls/{pull_number}/reviews/{review_id}/dismissals", "/pulls/{pull_number}/reviews/{review_id}/events",
    "/releases", "/releases/latest", "/releases/tags/{tag}", "/releases/{release_id}",
    "/statuses/{sha}", "/tarball/{ref}",
  ].map((path) => repo + path),
];

const prose = new Set(["description", "summary", "title", "example", "examples", "externalDocs", "tags", "links"]);

/** Drops prose; the names of properties are not prose, whatever they are called. */
function withoutProse(node, isNameMap = false) {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => isNameMap || !(prose.has(name) || name.startsWith("x-")))
      .map(([name, value]) => [name, withoutProse(value, name === "properties" && !isNameMap)]),
  );
}

const source = JSON.parse(readFileSync(process.argv[2], "utf8"));
const missing = paths.filter((path) => !(path in source.paths));
if (missing.length > 0) throw new Error(`not in the description: ${missing.join(", ")}`);

const kept = { openapi: source.openapi, info: withoutProse(source.info), servers: source.servers, paths: {}, components: {} };
for (const path of paths) kept.paths[path] = withoutProse(source.paths[path]);

const open = [kept.paths];
while (open.length > 0) {
  const node = open.pop();
  if (node === null || typeof node !== "object") continue;
  if (typeof node.$ref === "string") {
    const [, , kind, name] = node.$ref.split("/");
    kept.components[kind] ??= {};
    if (!(name in kept.components[kind])) open.push((kept.components[kind][name] = withoutProse(source.components[kind][name])));
  }
  open.push(...Object.values(node));
}

for (const kind of Object.keys(kept.components)) {
  kept.components[kind] = Object.fromEntries(Object.entries(kept.components[kind]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// One path and one component a line: small, and a difference can still be read.
const lines = (map) => Object.entries(map).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",\n");
const { paths: keptPaths, components, ...head } = kept;
const text = `${JSON.stringify(head).slice(0, -1)},"paths":{\n${lines(keptPaths)}\n},"components":{\n${
  Object.entries(components).map(([kind, map]) => `${JSON.stringify(kind)}:{\n${lines(map)}\n}`).join(",\n")}\n}}\n`;
JSON.parse(text);
writeFileSync(new URL("api.github.com.json", import.meta.url), text);
console.log(`${paths.length} paths, ${text.length} characters`);
