using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Pipelines;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>What is read of how a new version gets to users.</summary>
public sealed class DeliveryReaderTests
{
    [Theory]
    [InlineData("release", "", "publish")]
    [InlineData("images", "docker push registry.example/cart:1", "publish")]
    [InlineData("binaries", "goreleaser release --clean", "publish")]
    [InlineData("Publish test results", "", null)]
    [InlineData("release notes", "", null)]
    [InlineData("e2e tests", "kubectl apply -f kind.yaml", "test")]
    [InlineData("unit tests", "rails db:migrate\nrspec", "test")]
    [InlineData("apply", "kubectl -n shop apply -f k8s/", "deploy")]
    [InlineData("apply", "kubectl rollout status deploy/cart", null)]
    [InlineData("apply", "terragrunt run --non-interactive -- apply -auto-approve", "deploy")]
    [InlineData("functions", "sam deploy --no-confirm-changeset", "deploy")]
    [InlineData("routes", "cf push cart --strategy rolling", "deploy")]
    [InlineData("ship it", "./scripts/deploy.sh production", "deploy")]
    [InlineData("site", "./scripts/deploy-docs.sh", null)]
    [InlineData("main", "if [ \"$BRANCH\" == \"main\" ]; then $HOME/ci/shop-deploy $APP; fi", "deploy")]
    [InlineData("main", "cd infra/deploy", null)]
    [InlineData("Deploy to TEST", "", "deploy")]
    [InlineData("test deploy", "", "test")]
    public void A_job_is_what_it_does(string name, string commands, string? does) => Assert.Equal(does, JobWords.Does(name, commands));

    [Theory]
    [InlineData("production", "deploy", nameof(Nearness.Production))]
    [InlineData(null, "deploy_prod", nameof(Nearness.Production))]
    [InlineData("preprod", "deploy", nameof(Nearness.Before))]
    [InlineData("qa staging", "Deployment before production", nameof(Nearness.Before))]
    [InlineData(null, "productive", nameof(Nearness.Unknown))]
    public void An_environment_is_told_by_what_is_configured_and_else_by_the_job(string? configured, string job, string nearness) => Assert.Equal(nearness, Environments.Of(configured, job).ToString());

    [Fact]
    public void A_workflow_of_others_that_a_job_calls_delivers_when_it_is_named_so() =>
        Assert.Equal(("deploy", 3), Delivery(".github/workflows/main.yml", "jobs:\n  build: { runs-on: x }\n  live:\n    uses: shop/workflows/.github/workflows/deploy_env.yml@v2\n    with: { environment: prod }\n"));

    [Fact]
    public void An_action_of_the_repository_delivers() =>
        Assert.Equal(("deploy", 5), Delivery(".github/actions/release/action.yml", "name: Put in place\nruns:\n  using: composite\n  steps:\n    - run: helm upgrade cart ./chart\n"));

    [Theory]
    [InlineData("Documentation")]
    [InlineData("Deploy GitHub Pages")]
    public void A_workflow_for_readers_delivers_no_service(string workflow) =>
        Assert.DoesNotContain(WrittenRepository.Statements(".github/workflows/web.yml", $"name: {workflow}\njobs:\n  deploy:\n    steps:\n      - uses: actions/deploy-pages@v4\n"), statement => statement.Fields.GetValueOrDefault("does") == "deploy");

    [Fact]
    public void What_production_gets_was_in_place_before_when_its_job_waits_for_that() =>
        Assert.Equal(11, Staged(".github/workflows/main.yml", "jobs:\n  staging:\n    environment: staging\n    steps: [{ run: flyctl deploy }]\n  check:\n    needs: staging\n    steps: [{ run: ./check }]\n  live:\n    needs: [check]\n    environment: production\n    steps: [{ run: flyctl deploy }]\n")?.At.Line);

    [Fact]
    public void Two_environments_at_once_are_no_stages() =>
        Assert.Null(Staged(".github/workflows/main.yml", "jobs:\n  staging:\n    environment: staging\n    steps: [{ run: flyctl deploy }]\n  live:\n    environment: production\n    steps: [{ run: flyctl deploy }]\n"));

    [Theory]
    [InlineData("staging", 1)]
    [InlineData("production", 0)]
    public async Task What_goes_to_staging_by_a_pipeline_of_its_own_is_tried_before_production(string other, int staged)
    {
        var reading = await new WrittenRepository("cart").With(".github/workflows/live.yml", Deploying("production")).With(".github/workflows/main.yml", Deploying(other)).ReadingAsync();

        Assert.Equal(staged, reading.Statements.Count(statement => statement.Fields.GetValueOrDefault("strategy") == "staged"));

        static string Deploying(string environment) => $"jobs:\n  put:\n    environment: {environment}\n    steps: [{{ run: flyctl deploy }}]\n";
    }

    [Fact]
    public async Task A_workflow_that_tests_before_it_deploys_is_no_stage()
    {
        var reading = await new WrittenRepository("cart").With(".github/workflows/live.yml", "name: Live\njobs:\n  deploy:\n    environment: production\n    steps: [{ run: flyctl deploy }]\n")
            .With(".github/workflows/other.yml", "name: Test and deploy\njobs:\n  deploy:\n    steps: [{ run: flyctl deploy }]\n").ReadingAsync();

        Assert.DoesNotContain(reading.Statements, statement => statement.Fields.GetValueOrDefault("strategy") == "staged");
    }

    [Theory]
    [InlineData("${{ github.ref_type == 'tag' && 'production' || 'staging' }}", 4)]
    [InlineData("${{ inputs.where || 'production' }}", null)]
    public void An_environment_that_what_started_it_chooses_is_either(string environment, int? line) =>
        Assert.Equal(line, Staged(".github/workflows/main.yml", $"jobs:\n  put:\n    environment: {environment}\n    steps: [{{ run: flyctl deploy }}]\n")?.At.Line);

    [Theory]
    [InlineData("[test, live]", 10)]
    [InlineData("[test, qa]", null)]
    public void An_environment_that_somebody_chooses_from_a_list_may_be_one_before_production(string options, int? line) =>
        Assert.Equal(line, Staged(".github/workflows/main.yml", $"on:\n  workflow_dispatch:\n    inputs:\n      where: {{ type: choice, options: {options} }}\njobs:\n  put:\n    environment: \"${{{{ inputs.where }}}}\"\n    runs-on: x\n    steps:\n      - run: flyctl deploy\n")?.At.Line);

    [Fact]
    public void An_input_is_the_one_that_is_named_so() =>
        Assert.Null(Staged(".github/workflows/main.yml", "on:\n  workflow_dispatch:\n    inputs:\n      env: { type: choice, options: [test, live] }\n      environment: { type: string }\njobs:\n  put:\n    environment: \"${{ inputs.environment }}\"\n    runs-on: x\n    steps:\n      - run: flyctl deploy\n"));

    [Fact]
    public void Shipit_that_publishes_a_gem_delivers_nothing() =>
        Assert.Equal("publish", Assert.Single(WrittenRepository.Statements("shipit.gem.yml", "deploy:\n  override:\n    - bundle exec rake release\nrollback:\n  override: []\n")).Fields["does"]);

    [Theory]
    [InlineData("qa, production", 3)]
    [InlineData("main, production", null)]
    public void Branches_named_for_environments_each_have_one(string branches, int? line) =>
        Assert.Equal(line, Staged(".github/workflows/main.yml", $"on: {{ push: {{ branches: [{branches}] }} }}\njobs:\n  put:\n    uses: ./.github/workflows/deploy-image.yml\n    with: {{ env_tag: \"${{{{ github.ref_name }}}}\" }}\n")?.At.Line);

    [Fact]
    public void A_job_that_publishes_on_its_way_delivers() =>
        Assert.Equal(("deploy", 5), Delivery(".github/workflows/main.yml", "jobs:\n  cart:\n    steps:\n      - run: docker push registry.example/cart:1\n      - uses: aws-actions/amazon-ecs-deploy-task-definition@v1\n"));

    [Theory]
    [InlineData("release_qa", 1)]
    [InlineData("release_notes", 0)]
    [InlineData("release_qa_image", 0)]
    public async Task A_target_for_each_environment_is_one_to_try_a_version_with(string other, int staged)
    {
        var reading = await new WrittenRepository("cart").With("Makefile", $"{other}:\n\t{(other.EndsWith("image", StringComparison.Ordinal) ? "docker push registry.example/cart:qa" : "./scripts/release.sh qa")}\n\nrelease_prod:\n\t./scripts/release.sh qa prod\n").ReadingAsync();

        Assert.Equal(staged, reading.Statements.Count(statement => statement.Fields.GetValueOrDefault("strategy") == "staged"));
    }

    [Theory]
    [InlineData("apply-staging", 7)]
    [InlineData("plan-staging", null)]
    public void A_job_of_Concourse_takes_what_another_has_let_pass(string before, int? line) =>
        Assert.Equal(line, Staged("ci/pipeline.yml", $"jobs:\n  - name: {before}\n    plan: [ {{ get: repo }} ]\n  - name: plan-production\n    plan:\n      - {{ get: repo, passed: [{before}], trigger: true }}\n  - name: apply-production\n    plan:\n      - {{ get: repo, passed: [plan-production], trigger: true }}\n")?.At.Line);

    [Theory]
    [InlineData("", 2)]
    [InlineData(", trigger: true", null)]
    [InlineData(", trigger: yes", null)]
    public void A_job_of_Concourse_that_nothing_begins_waits_for_somebody(string trigger, int? line) =>
        Assert.Equal(line, Staged("ci/pipeline.yml", $"jobs:\n  - name: apply-production\n    plan:\n      - {{ get: repo, passed: [plan-production]{trigger} }}\n")?.At.Line);

    [Fact]
    public void Shipit_is_told_how_to_deploy_and_how_to_go_back() =>
        Assert.Equal(["Pipeline 1", "Rollback 4"], WrittenRepository.Statements("shipit.yml", "deploy:\n  override:\n    - krane deploy cart\nrollback:\n  override:\n    - krane deploy cart\n").Select(statement => $"{statement.Kind} {statement.At.Line}"));

    [Theory]
    [InlineData("deploy-staging", 7)]
    [InlineData("deploy-production", null)]
    public void Of_two_workflows_one_may_deliver_to_where_it_is_tried(string other, int? line) =>
        Assert.Equal(line, Staged(".circleci/config.yml", $"workflows:\n  main:\n    jobs:\n      - shop/{other}\n  tagged:\n    jobs:\n      - shop/deploy-production\n")?.At.Line);

    [Theory]
    [InlineData("Approval", "Deploy", 7)]
    [InlineData("Build", "Deploy", null)]
    [InlineData("Approval", "Build", null)]
    public void A_pipeline_that_is_a_resource_waits_for_an_approval_or_not(string before, string last, int? line) =>
        Assert.Equal(line, Staged("pipeline.tf", $"resource \"aws_codepipeline\" \"cart\" {{\n  stage {{\n    name = \"Gate\"\n    action {{ category = \"{before}\" }}\n  }}\n\n  stage {{\n    name = \"Production\"\n    action {{ category = \"{last}\" }}\n  }}\n}}\n")?.At.Line);

    [Theory]
    [InlineData("cart.test", 4)]
    [InlineData("cart.mirror", null)]
    public void A_pipeline_of_GoCD_takes_from_the_one_before_it(string before, int? line) =>
        Assert.Equal(line, Staged("cart.gocd.yml", $"pipelines:\n  {before}:\n    stages: [ deploy: {{ jobs: {{}} }} ]\n  cart.prod:\n    materials: {{ upstream: {{ pipeline: {before} }} }}\n    stages: [ deploy: {{ jobs: {{}} }} ]\n")?.At.Line);

    [Fact]
    public void A_template_of_Azure_does_what_its_stage_is_called()
    {
        const string Text = "stages:\n- stage: Deploy_Test\n  displayName: Deploy to TEST\n  jobs:\n  - template: jobs/release.yml\n    parameters: { Environment: TEST }\n- stage: Deploy_Live\n  displayName: Deploy to PROD\n  jobs:\n  - template: jobs/release.yml\n    parameters: { Environment: PROD }\n";

        Assert.Equal(10, Staged("azure-pipelines.yml", Text)?.At.Line);
    }

    [Fact]
    public void A_job_of_an_orb_delivers_and_may_wait_for_approval()
    {
        const string Config = "workflows:\n  main:\n    jobs:\n      - hold: { type: approval }\n      - shop/deploy_env:\n          name: deploy_prod\n          env: prod\n          requires: [hold]\n";

        Assert.Equal("deploy", Delivery(".circleci/config.yml", Config).Does);
        Assert.Contains("once somebody agrees", Staged(".circleci/config.yml", Config)!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jobs:\n  deploy-to-production:\n    steps:\n      - put-in-place\n", "deploy", 2)]
    [InlineData("commands:\n  put:\n    steps:\n      - run: kubectl apply -f k8s\njobs:\n  live:\n    steps:\n      - put:\n          stage: live\n", "deploy", 4)]
    public void A_command_of_one_s_own_stands_for_its_steps(string config, string does, int line) => Assert.Equal((does, line), Delivery(".circleci/config.yml", config));

    [Fact]
    public void Switches_of_a_shared_library_tell_what_its_pipeline_does()
    {
        var told = WrittenRepository.Statements("Jenkinsfile_CNP", "withPipeline('java', 'cart', 'api') {\n  enableDbMigration('cart')\n  disableLegacyDeployment()\n  enableAksStagingDeployment()\n}\n");

        Assert.Equal(["migrate 2", "deploy 4"], told.Select(statement => $"{statement.Fields["does"]} {statement.At.Line}"));
    }

    [Theory]
    [InlineData("azure-pipelines.yml", "stages:\n  - stage: Live\n    jobs:\n      - deployment: cart\n        environment: production\n        strategy:\n          runOnce:\n            deploy:\n              steps:\n                - task: KubernetesManifest@1\n                  displayName: deploy\n")]
    [InlineData("bitbucket-pipelines.yml", "pipelines:\n  default:\n    - step:\n        name: ship\n        deployment: production\n        script:\n          - helm upgrade cart ./chart\n")]
    [InlineData(".buildkite/pipeline.yml", "steps:\n  - label: live\n    command: kubectl apply -f k8s\n")]
    [InlineData(".drone.yml", "steps:\n  - name: live\n    commands:\n      - kubectl apply -f k8s\n")]
    [InlineData(".travis.yml", "deploy:\n  provider: heroku\n")]
    [InlineData("cloudbuild.yaml", "steps:\n  - name: gcr.io/cloud-builders/gcloud\n    args: [run, deploy, cart]\n  - name: x\n    args: ['-c', 'gcloud run deploy cart']\n")]
    [InlineData("buildspec.yml", "phases:\n  post_build:\n    commands:\n      - aws ecs update-service --service cart\n")]
    [InlineData("ci/pipeline.yml", "jobs:\n  - name: deploy-cart-production\n    plan:\n      - put: cf\n")]
    [InlineData("argo/cart.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: cart }\nspec:\n  syncPolicy: { automated: {} }\n")]
    [InlineData("config/deploy.yml", "service: cart\nimage: shop/cart\nservers:\n  - 192.0.2.1\n")]
    [InlineData("shipit.yml", "deploy:\n  override:\n    - krane deploy cart\n")]
    [InlineData("Makefile", "deploy: build\n\tkubectl apply -f k8s\n")]
    [InlineData("bin/deploy", "#!/bin/sh\n# kubectl apply\nhelm upgrade cart ./chart\n")]
    [InlineData("package.json", "{\n  \"scripts\": {\n    \"deploy\": \"serverless deploy\"\n  }\n}\n")]
    [InlineData("config/deploy.rb", "set :application, 'cart'\n")]
    public void Every_common_system_is_read(string path, string text) =>
        Assert.Contains(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Pipeline && statement.Fields["does"] == "deploy");

    [Theory]
    [InlineData("Procfile", "release: bin/rails db:migrate\nweb: bin/puma\n")]
    [InlineData("docker-entrypoint.sh", "#!/bin/sh\npython manage.py migrate\nexec gunicorn app\n")]
    [InlineData("cmd/main.go", "func main() {\n\tm, _ := migrate.NewWithDatabaseInstance(source, name, driver)\n}\n")]
    [InlineData("chart/templates/migrate.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: cart\n  annotations:\n    helm.sh/hook: pre-upgrade\nspec:\n  template:\n    spec:\n      containers:\n        - command: [bin/cart, migrate]\n")]
    public void Stored_state_is_migrated_with_a_release(string path, string text) =>
        Assert.Contains(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Pipeline && statement.Fields["does"] == "migrate");

    [Theory]
    [InlineData("template.yaml", "Resources:\n  Cart:\n    Type: AWS::Serverless::Function\n    Properties:\n      DeploymentPreference:\n        Type: Canary10Percent5Minutes\n", "canary")]
    [InlineData("playbooks/site.yml", "- hosts: web\n  serial: 1\n  roles: [cart]\n", "rolling")]
    [InlineData("operations/update.yml", "- type: replace\n  path: /update/canaries\n  value: 1\n", "canary")]
    [InlineData("main.tf", "resource \"helm_release\" \"cart\" {\n  version = \"1.2.3\"\n}\n", "pinned")]
    [InlineData("main.tf", "resource \"aws_codedeploy_deployment_group\" \"cart\" {\n  deployment_style {\n    deployment_type = \"BLUE_GREEN\"\n  }\n}\n", "blue-green")]
    [InlineData("jobs/cart.nomad", "job \"cart\" {\n  group \"cart\" {\n    update {\n      canary = 1\n    }\n  }\n}\n", "canary")]
    public void A_platform_says_how_one_version_gives_way_to_the_next(string path, string text, string strategy) =>
        Assert.Equal(strategy, Assert.Single(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.DeployStrategy).Fields["strategy"]);

    [Fact]
    public void Release_notes_tell_versions_apart_and_what_breaks()
    {
        var notes = WrittenRepository.Statements("CHANGELOG.md", "# Changelog\n\n## 2.0.0 / 2026-01-01\n\n- The flag `--old` is gone (breaking).\n\n## 1.0.0\n\n- Use non-breaking spaces.\n");

        Assert.Equal(["false", "true"], notes.Select(note => note.Fields["breaking"]));
        Assert.Equal((3, 5), (notes[0].At.Line, notes[0].At.EndLine));
    }

    [Theory]
    [InlineData("# Changelog\n\n## Unreleased\n\n- Nothing yet.\n")]
    [InlineData("# Changelog\n\n## 1.0.0\n\n- The first.\n")]
    public void One_version_is_no_history(string text) => Assert.Empty(WrittenRepository.Statements("CHANGELOG.md", text));

    private static (string Does, int Line) Delivery(string path, string text)
    {
        var statement = Assert.Single(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Pipeline);
        return (statement.Fields["does"], statement.At.Line);
    }

    private static Statement? Staged(string path, string text) => WrittenRepository.Statements(path, text).SingleOrDefault(statement => statement.Fields.GetValueOrDefault("strategy") == "staged");
}
