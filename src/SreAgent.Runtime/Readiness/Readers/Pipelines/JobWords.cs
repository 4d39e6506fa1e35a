using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>What a job of a pipeline does, by its name and its commands. A word in a name alone does not make a deploy of a lint job.</summary>
internal static partial class JobWords
{
    /// <param name="name">Of the job itself; the workflow it is part of says too much.</param>
    /// <returns>One of test, deploy, rollback, restore-test, restore, migrate; null for everything else.</returns>
    public static string? Does(string name, string commands) =>
        RollsBack().IsMatch(name) || RollbackCommand().IsMatch(commands) ? "rollback"
        : BackupWords.Verifies(name) ? "restore-test"
        : BackupWords.Restores(name) || BackupWords.Restores(commands) ? "restore"
        : DeployCommand().IsMatch(commands) || (Deploys().IsMatch(name) && !NoDeploy().IsMatch(name)) ? "deploy"
        : MigrateCommand().IsMatch(commands) ? "migrate"
        : TestCommand().IsMatch(commands) || (Tests().IsMatch(name) && !NoTest().IsMatch(name)) ? "test"
        : null;

    /// <summary>Whether a command goes back to an earlier release.</summary>
    public static bool GoesBack(string command) => RollbackCommand().IsMatch(command);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(^|[^a-z])(roll[-_ ]?back|revert[-_ ]?(release|deploy))", Options, 10_000)]
    private static partial Regex RollsBack();

    [GeneratedRegex(@"\b(helm rollback|kubectl rollout undo|argo rollouts undo|kubectl argo rollouts (undo|abort)|flyctl? releases? rollback|heroku (releases:)?rollback|--rollback-on-failure|cap \S+ deploy:rollback|db:rollback)\b|\bhelm upgrade\b[^\n]{0,400}(--atomic|--rollback-on-failure)", Options, 10_000)]
    private static partial Regex RollbackCommand();

    [GeneratedRegex(@"(^|[^a-z])(deploy(ment|s)?|ship|promote|roll[-_ ]?out)($|[^a-z])|release to (prod|staging)", Options, 10_000)]
    private static partial Regex Deploys();

    // Documentation and previews are delivered, the service is not.
    [GeneratedRegex(@"docs?($|[^a-z])|documentation|pages|preview|storybook|website|(^|[^a-z])(test|clean|tear|destroy|delete|notify|lint|status)", Options, 10_000)]
    private static partial Regex NoDeploy();

    [GeneratedRegex(@"(^|[^a-z])(build|merge|upload|coverage|lint|docs?|report|publish|images?|gen(erate)?|setup|prepare|check)($|[^a-z])", Options, 10_000)]
    private static partial Regex NoTest();

    [GeneratedRegex(@"\b(helm upgrade|helmfile (apply|sync)|kubectl (apply|set image|rollout|replace)|kustomize build[^\n]{0,80}kubectl|flyctl? deploy|terraform apply|aws ecs (update-service|deploy)|aws lambda update-function-code|gcloud (run deploy|app deploy|functions deploy)|argocd app sync|eb deploy|serverless deploy|sls deploy|cap \S+ deploy\b|kamal deploy|heroku container:release|git push heroku|skaffold run|cdk deploy|pulumi up|ansible-playbook|az (webapp|containerapp) (up|update|deploy)|nomad (job )?run|docker stack deploy|cf push|railway up|vercel (deploy )?--prod|wrangler (deploy|publish))", Options, 10_000)]
    private static partial Regex DeployCommand();

    [GeneratedRegex(@"\b(db:migrate|manage\.py migrate|alembic upgrade|flyway migrate|liquibase update|prisma migrate deploy|ecto\.migrate|migrate -path|knex migrate:latest|ef database update|sqlx migrate run)\b", Options, 10_000)]
    private static partial Regex MigrateCommand();

    [GeneratedRegex(@"(^|[^a-z])(tests?|specs?|e2e|integration|unit)($|[^a-z])", Options, 10_000)]
    private static partial Regex Tests();

    [GeneratedRegex(@"(?m)\b(go test|make (-\S+ )*(test|check|e2e|unit)(?!-?docs?)\b|pytest|tox|nox|python3? -m unittest|manage\.py test|npm (run )?test|yarn (run )?test|pnpm (run )?(-r )?test|npx (jest|vitest|playwright)|jest|vitest|mvn [^\n]{0,80}(test|verify)|\./mvnw [^\n]{0,80}(test|verify)|gradlew? [^\n]{0,80}(test|check)|dotnet test|cargo (test|nextest)|bundle exec (rspec|rake( test| spec)?\s*$|rails test)|bin/(rspec|rails (test|spec)|rake test)|rspec|mix test|phpunit|ginkgo|bazel test|ctest|swift test|flutter test|deno test|bun test|sbt [^\n]{0,80}test|lein test)\b", Options, 10_000)]
    private static partial Regex TestCommand();
}
