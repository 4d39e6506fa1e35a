using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers;
using SreAgent.Runtime.Readiness.Readers.Alerts;
using SreAgent.Runtime.Readiness.Readers.Code;
using SreAgent.Runtime.Readiness.Readers.Configuration;
using SreAgent.Runtime.Readiness.Readers.Containers;
using SreAgent.Runtime.Readiness.Readers.Fly;
using SreAgent.Runtime.Readiness.Readers.Grafana;
using SreAgent.Runtime.Readiness.Readers.Kubernetes;
using SreAgent.Runtime.Readiness.Readers.Migrations;
using SreAgent.Runtime.Readiness.Readers.Nomad;
using SreAgent.Runtime.Readiness.Readers.Objectives;
using SreAgent.Runtime.Readiness.Readers.OnCall;
using SreAgent.Runtime.Readiness.Readers.Ownership;
using SreAgent.Runtime.Readiness.Readers.Pipelines;
using SreAgent.Runtime.Readiness.Readers.Prometheus;
using SreAgent.Runtime.Readiness.Readers.Releases;
using SreAgent.Runtime.Readiness.Readers.Terraform;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness;

internal static class ReaderRegistration
{
    /// <summary>Everybody who reads operational files.</summary>
    public static IServiceCollection AddOperationalReaders(this IServiceCollection services) =>
        services
            .AddSingleton<IYamlStatements, RuleStatements>()
            .AddSingleton<IYamlStatements, ProvisionedAlerts>()
            .AddSingleton<IYamlStatements, ScrapeStatements>()
            .AddSingleton<IYamlStatements, DashboardStatements>()
            .AddSingleton<IYamlStatements, ReceiverStatements>()
            .AddSingleton<IYamlStatements, ObjectiveStatements>()
            .AddSingleton<IYamlStatements, WorkloadStatements>()
            .AddSingleton<IYamlStatements, AvailabilityStatements>()
            .AddSingleton<IYamlStatements, CollectionStatements>()
            .AddSingleton<IYamlStatements, BackupStatements>()
            .AddSingleton<IYamlStatements, NaisStatements>()
            .AddSingleton<IYamlStatements, HelmStatements>()
            .AddSingleton<IYamlStatements, ComposeStatements>()
            .AddSingleton<IYamlStatements, WorkflowStatements>()
            .AddSingleton<IYamlStatements, GitLabStatements>()
            .AddSingleton<IYamlStatements, OtherPipelines>()
            .AddSingleton<IYamlStatements, ReleaseStatements>()
            .AddSingleton<IYamlStatements, ConfigurationStatements>()
            .AddSingleton<IYamlStatements, PlatformStatements>()
            .AddSingleton<IYamlStatements, AnsibleStatements>()
            .AddSingleton<IYamlStatements, CatalogueStatements>()
            .AddSingleton<IYamlStatements, LabelStatements>()
            .AddSingleton<IResourceStatements, ObjectiveResources>()
            .AddSingleton<IResourceStatements, AlertResources>()
            .AddSingleton<IResourceStatements, OnCallResources>()
            .AddSingleton<IResourceStatements, ResilienceResources>()
            .AddSingleton<IResourceStatements, BackupResources>()
            .AddSingleton<IResourceStatements, PipelineResources>()
            .AddSingleton<IStatementReader, YamlReader>()
            .AddSingleton<IStatementReader, TerraformReader>()
            .AddSingleton<IStatementReader, FlyReader>()
            .AddSingleton<IStatementReader, WranglerReader>()
            .AddSingleton<IStatementReader, NomadReader>()
            .AddSingleton<IStatementReader, DockerfileReader>()
            .AddSingleton<IStatementReader, DashboardReader>()
            .AddSingleton<IStatementReader, JenkinsfileReader>()
            .AddSingleton<IStatementReader, ScriptReader>()
            .AddSingleton<IStatementReader, MigrationReader>()
            .AddSingleton<IStatementReader, CodeownersReader>()
            .AddSingleton<IStatementReader, OwnersReader>()
            .AddSingleton<IStatementReader, ContactReader>()
            .AddSingleton<IStatementReader, DeliveryScriptReader>()
            .AddSingleton<IStatementReader, ChangelogReader>()
            .AddSingleton<IStatementReader, ConnectionReader>()
            .AddSingleton<IStatementReader, RunbookLinkReader>()
            .AddSingleton<IStatementReader, SecretReader>()
            .AddSingleton<IStatementReader, CodeReader>();
}
