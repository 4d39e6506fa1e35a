using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>What a job of a pipeline does, by its name and its commands. A word in a name alone does not make a deploy of a lint job.</summary>
internal static partial class JobWords
{
    /// <param name="name">Of the job itself; the workflow it is part of says too much.</param>
    /// <returns>One of test, deploy, publish, rollback, restore-test, restore, migrate; null for everything else.</returns>
    public static string? Does(string name, string commands) =>
        RollsBack().IsMatch(name) || RollbackCommand().IsMatch(commands) ? "rollback"
        : BackupWords.Verifies(name) ? "restore-test"
        : BackupWords.Restores(name) || BackupWords.Restores(commands) ? "restore"
        : (DeployCommand().IsMatch(commands) && !OnlyTests(name)) || (Deploys().IsMatch(name) && !NoDeploy().IsMatch(ToTest().Replace(name, ""))) ? "deploy"
        : MigrateCommand().IsMatch(commands) && !OnlyTests(name) && !TestCommand().IsMatch(commands) ? "migrate"
        : PublishCommand().IsMatch(commands) || (Publishes().IsMatch(name) && !NoPublish().IsMatch(name)) ? "publish"
        : TestCommand().IsMatch(commands) || (Tests().IsMatch(name) && !NoTest().IsMatch(name)) ? "test"
        : null;

    /// <summary>A name that says that documents or a preview are delivered, not the service.</summary>
    public static bool IsForReaders(string name) => ForReaders().IsMatch(name);

    // What a test puts up, and the database it prepares, is gone when it ends.
    private static bool OnlyTests(string name) => Tests().IsMatch(name) && !Deploys().IsMatch(name);

    /// <summary>Whether a command goes back to an earlier release.</summary>
    public static bool GoesBack(string command) => RollbackCommand().IsMatch(command);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(^|[^a-z])(roll[-_ ]?back|revert[-_ ]?(release|deploy))", Options, 10_000)]
    private static partial Regex RollsBack();

    [GeneratedRegex(@"\b(helm rollback|kubectl rollout undo|argo rollouts undo|kubectl argo rollouts (undo|abort)|flyctl? releases? rollback|heroku (releases:)?rollback|--rollback-on-failure|cap \S+ deploy:rollback|db:rollback)\b|\bhelm upgrade\b[^\n]{0,400}(--atomic|--rollback-on-failure)", Options, 10_000)]
    private static partial Regex RollbackCommand();

    [GeneratedRegex(@"(^|[^a-z])(deploy(ment|s)?|ship|promote|roll[-_ ]?out)($|[^a-z])|release to (prod|staging)|(^|[^a-z])((terraform|terragrunt|tofu)[-_ ]apply|apply[-_ ](terraform|terragrunt|tofu|infra\w*))($|[^a-z])", Options, 10_000)]
    private static partial Regex Deploys();

    [GeneratedRegex(@"(^|[^a-z])(docs?|documentation|pages|gh-pages|storybook|website|preview)($|[^a-z])", Options, 10_000)]
    private static partial Regex ForReaders();

    // Documentation and previews are delivered, the service is not.
    [GeneratedRegex(@"docs?($|[^a-z])|documentation|pages|preview|storybook|website|(^|[^a-z])(test|clean|tear|destroy|delete|notify|lint|status)", Options, 10_000)]
    private static partial Regex NoDeploy();

    // An environment of that name, which is delivered to.
    [GeneratedRegex(@"(?<=deploy(s|ment)? to (the )?)test(ing)?\d?\b", Options, 10_000)]
    private static partial Regex ToTest();

    [GeneratedRegex(@"(^|[^a-z])(build|merge|upload|coverage|lint|docs?|report|publish|images?|gen(erate)?|setup|prepare|check)($|[^a-z])", Options, 10_000)]
    private static partial Regex NoTest();

    [GeneratedRegex(@"\b(helm (-\S+ )*upgrade|helmfile (apply|sync)|(kubectl|oc) (-\S+ (\S+ )?){0,4}(apply|set image|rollout (?!status|undo|history)|replace)|kustomize build[^\n]{0,80}kubectl|oc process[^\n]{0,200}\boc apply|flyctl? deploy|terra(form|grunt) ([^\n]{0,80} )?apply|aws ecs (update-service|deploy)|aws lambda update-function-code|aws deploy create-deployment|aws cloudformation (deploy|update-stack)|aws elasticbeanstalk update-environment|gcloud ([^\n]{0,80} )?(deploy|rolling-action)|argocd app sync|eb deploy|serverless deploy|sls deploy|sam deploy|chalice deploy|zappa (deploy|update)|cap \S+ deploy|kamal deploy|dokku git:from-image|heroku container:release|git push heroku|skaffold run|cdk deploy|pulumi up|ansible-playbook|az (webapp|containerapp) (up|update|deploy)|nomad (job )?run|docker stack deploy|cf7? (push|v3-push|blue-green-deploy|zero-downtime-push)|bosh (-\S+ (\S+ )?){0,4}deploy|railway up|copilot (svc )?deploy|ecs-deploy|ecspresso deploy|scalingo deploy|kapp deploy|krane deploy|kubernetes-deploy|werf converge|vercel (deploy )?--prod|wrangler (deploy|publish)|(make|just|rake|task|npm run|yarn|pnpm) (-\S+ )*(deploy|promote)(?!-?(docs|pages|preview|storybook))[\w:-]*)($|[^\w-])|(^|[\s;&/])[\w./-]{0,60}\bdeploy(?!-?(docs|pages|preview))[\w-]*\.(sh|py|rb)\b|(^|[;&]\s*|\bthen\s+|\b(ba)?sh\s+)[\w.${}~-]{0,40}(/[\w.${}-]{1,40}){0,6}/([\w-]{1,40}-)?deploy($|[\s;])", Options | RegexOptions.Multiline, 10_000)]
    private static partial Regex DeployCommand();

    [GeneratedRegex(@"\b(docker (image )?push|docker buildx build[^\n]{0,400}--push|buildah push|podman push|skopeo copy|crane push|ko (publish|build)|goreleaser( release)?|semantic-release|gh release create|npm publish|yarn (npm )?publish|pnpm publish|changeset publish|twine upload|poetry publish|uv publish|flit publish|cargo publish|gem push|rake release|mix hex\.publish|helm push|dotnet nuget push|nuget push|mvn [^\n]{0,120}\bdeploy|gradlew? [^\n]{0,120}\bpublish\w*|lerna publish|jib\b|promu (release|tarball)|release-please|(make|just|rake|npm run|yarn) (-\S+ )*(release|publish)(?!-?(notes|docs))[\w:-]*)($|[^\w-])", Options, 10_000)]
    private static partial Regex PublishCommand();

    [GeneratedRegex(@"(^|[^a-z])(release|releaser|publish|goreleaser)($|[^a-z])", Options, 10_000)]
    private static partial Regex Publishes();

    // What tells of a release, and what is published of a test, puts no version out.
    [GeneratedRegex(@"notes|draft|label|check|lint|test|result|report|coverage|docs?($|[^a-z])|documentation|pages|site|preview|notify|storybook|validate|verify|prepare|(^|[^a-z])(lock|unlock|dry|clippy|bench)($|[^a-z])", Options, 10_000)]
    private static partial Regex NoPublish();

    [GeneratedRegex(@"\b(db:migrate|data:migrate|artisan migrate|doctrine:migrations:migrate|goose [^\n]{0,80}\bup|dbmate (up|migrate)|atlas migrate apply|typeorm migration:run|sequelize db:migrate|diesel migration run|sqitch deploy|manage\.py migrate|alembic upgrade|flyway migrate|liquibase update|prisma migrate deploy|ecto\.migrate|migrate -path|knex migrate:latest|ef database update|sqlx migrate run)\b", Options, 10_000)]
    private static partial Regex MigrateCommand();

    [GeneratedRegex(@"(^|[^a-z])(tests?|specs?|e2e|integration|unit)($|[^a-z])", Options, 10_000)]
    private static partial Regex Tests();

    [GeneratedRegex(@"(?m)\b(go test|make (-\S+ )*(test|check|e2e|unit)(?!-?docs?)\b|pytest|tox|nox|python3? -m unittest|manage\.py test|npm (run )?test|yarn (run )?test|pnpm (run )?(-r )?test|npx (jest|vitest|playwright)|jest|vitest|mvn [^\n]{0,80}(test|verify)|\./mvnw [^\n]{0,80}(test|verify)|gradlew? [^\n]{0,80}(test|check)|dotnet test|cargo (test|nextest)|bundle exec (rspec|rake( test| spec)?\s*$|rails test)|bin/(rspec|rails (test|spec)|rake test)|rspec|mix test|phpunit|ginkgo|bazel test|ctest|swift test|flutter test|deno test|bun test|sbt [^\n]{0,80}test|lein test)\b", Options, 10_000)]
    private static partial Regex TestCommand();
}
