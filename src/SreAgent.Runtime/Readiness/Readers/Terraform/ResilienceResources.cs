using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>What keeps running when a part fails, and how a new version takes over: databases, groups of machines, container services.</summary>
internal sealed class ResilienceResources : IResourceStatements
{
    private static readonly string[] Databases =
    [
        "aws_db_instance", "aws_rds_cluster", "aws_dynamodb_table", "aws_elasticache_replication_group", "aws_elasticache_cluster", "aws_docdb_cluster", "aws_opensearch_domain", "aws_elasticsearch_domain",
        "aws_msk_cluster", "aws_mq_broker", "aws_sqs_queue", "aws_kinesis_stream", "google_sql_database_instance", "google_redis_instance", "google_pubsub_topic", "google_pubsub_subscription", "google_spanner_instance", "google_bigtable_instance",
        "azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server", "azurerm_mssql_database", "azurerm_redis_cache", "azurerm_cosmosdb_account", "azurerm_servicebus_namespace", "digitalocean_database_cluster", "mongodbatlas_cluster", "mongodbatlas_advanced_cluster",
    ];

    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name)
    {
        if (Databases.Contains(type, StringComparer.Ordinal))
        {
            yield return text.State(StatementKind.Dependency, "infrastructure", resource.Line, resource.Line, $"Runs on {Words(type)} {name}.", ("name", name), ("type", type));
        }

        if (type == "aws_sqs_queue" && resource.Attribute("redrive_policy") is { } dead)
        {
            yield return text.State(StatementKind.DependencyBehaviour, "dead letters", dead.Line, dead.EndLine, $"What cannot be handled from queue {name} is kept apart after some attempts.", ("does", "dead-letter"), ("service", name));
        }

        foreach (var (attribute, sentence, facts) in Redundant(resource, type, name))
        {
            yield return text.State(StatementKind.Redundancy, "redundancy", attribute.Line, attribute.EndLine, sentence, ("service", name), ("type", type), facts);
        }

        foreach (var statement in Delivery(text, resource, type, name))
        {
            yield return statement;
        }
    }

    private static IEnumerable<(HclAttribute At, string Sentence, (string, string?) Facts)> Redundant(HclBlock resource, string type, string name)
    {
        foreach (var attribute in resource.Attributes)
        {
            switch (attribute.Name)
            {
                case "multi_az" or "multi_az_enabled" or "automatic_failover_enabled" or "zone_redundant" when attribute.IsLiteral:
                    yield return (attribute, $"{Words(type)} {name} {(attribute.Value == "true" ? "stands by in a second zone" : "stands in one zone")}.", ("multiZone", attribute.Value));
                    break;
                case "availability_type" when type == "google_sql_database_instance":
                    yield return (attribute, $"Database {name} is {attribute.Value}.", ("multiZone", attribute.Value == "REGIONAL" ? "true" : "false"));
                    break;
                case "desired_count" when attribute.IsLiteral:
                    yield return (attribute, $"{name} runs {attribute.Value} task{(attribute.Value == "1" ? "" : "s")}.", ("replicas", attribute.Value));
                    break;
                case "min_size" or "min_capacity" or "min_replicas" or "min_instance_count" when attribute.IsLiteral && type is not "aws_elasticache_cluster":
                    yield return (attribute, $"{name} runs at least {attribute.Value}.", ("min", attribute.Value));
                    break;
                case "availability_zones" or "vpc_zone_identifier" or "zones" or "distribution_policy_zones" or "replica_locations" when type is "aws_autoscaling_group" or "aws_rds_cluster" or "google_compute_region_instance_group_manager" or "azurerm_kubernetes_cluster_node_pool":
                    yield return (attribute, $"{name} is spread over {attribute.Value}.", ("zones", attribute.Value));
                    break;
            }
        }

        foreach (var setting in resource.All("settings").SelectMany(settings => settings.Attributes).Where(attribute => attribute.Name == "availability_type" && attribute.IsLiteral))
        {
            yield return (setting, $"Database {name} is {setting.Value}.", ("multiZone", setting.Value == "REGIONAL" ? "true" : "false"));
        }
    }

    private static IEnumerable<Statement> Delivery(SourceText text, HclBlock resource, string type, string name)
    {
        foreach (var breaker in resource.All("deployment_circuit_breaker").Where(block => type == "aws_ecs_service" && block.Text("enable") == "true"))
        {
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", breaker.Line, breaker.EndLine, $"A deploy of {name} stops when its tasks do not start.", ("strategy", "circuit-breaker"), ("service", name));
            if (breaker.Text("rollback") == "true")
            {
                yield return text.State(StatementKind.Rollback, "automatic rollback", breaker.Line, breaker.EndLine, $"{name} goes back by itself when a deploy fails.", ("how", "automatic"), ("service", name));
            }
        }

        foreach (var rollback in resource.All("auto_rollback_configuration").Where(block => type == "aws_codedeploy_deployment_group" && block.Text("enabled") == "true"))
        {
            yield return text.State(StatementKind.Rollback, "automatic rollback", rollback.Line, rollback.EndLine, $"Deployment group {name} goes back by itself when a deploy fails.", ("how", "automatic"), ("service", name));
        }

        if (type == "helm_release" && resource.Attribute("version") is { } version)
        {
            yield return text.State(StatementKind.DeployStrategy, "pinned version", version.Line, version.EndLine, $"Release {name} is held at {version.Value} until somebody changes it here.", ("strategy", "pinned"), ("service", name));
        }

        if (type == "helm_release" && resource.Attribute("atomic") is { Value: "true" } atomic)
        {
            yield return text.State(StatementKind.Rollback, "automatic rollback", atomic.Line, atomic.EndLine, $"Release {name} goes back by itself when it fails.", ("how", "automatic"), ("service", name));
        }

        foreach (var style in resource.All("deployment_style").Where(block => type == "aws_codedeploy_deployment_group" && block.Text("deployment_type") is not null))
        {
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", style.Line, style.EndLine, $"{name} is replaced by the {(style.Text("deployment_type") == "BLUE_GREEN" ? "blue-green" : "rolling")} strategy.", ("strategy", style.Text("deployment_type") == "BLUE_GREEN" ? "blue-green" : "rolling"), ("service", name));
        }

        foreach (var routing in resource.All("routing_config").Where(_ => type == "aws_lambda_alias"))
        {
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", routing.Line, routing.EndLine, $"A share of calls to {name} goes to the new version first.", ("strategy", "canary"), ("service", name));
        }

        foreach (var check in resource.All("health_check").Where(_ => type is "aws_lb_target_group" or "aws_alb_target_group" or "aws_elb"))
        {
            yield return text.State(StatementKind.HealthCheck, "health check", check.Line, check.EndLine, $"The load balancer checks {name}{(check.Text("path") is { } path ? $" by GET {path}" : "")}.", ("probe", "load-balancer"), ("path", check.Text("path")), ("service", name));
        }

        if (type is "aws_lb_target_group" or "aws_alb_target_group" && resource.Attribute("deregistration_delay") is { } delay)
        {
            yield return text.State(StatementKind.Shutdown, "connection draining", delay.Line, delay.EndLine, $"Connections to {name} are drained for {delay.Value} seconds.", ("gracePeriod", delay.Value), ("service", name));
        }
    }

    private static string Words(string type) => string.Join(' ', type.Split('_').Skip(1));
}
