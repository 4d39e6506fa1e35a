using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Databases, queues and caches by the names they go by in configuration.</summary>
internal static partial class Stores
{
    /// <returns>What is meant, in one word; null when nothing of the kind is named.</returns>
    public static string? Named(string text) => Store().Match(text) is { Success: true } match ? Known(match.Value.ToLowerInvariant()) : null;

    /// <returns>What an address connects to by its scheme; null for the web's own.</returns>
    public static string? Addressed(string text) => Scheme().Match(text) is { Success: true } match ? Known(match.Groups["scheme"].Value.ToLowerInvariant()) : null;

    private static string Known(string name) =>
        name.StartsWith("postg", StringComparison.Ordinal) || name is "pg" or "psql" ? "postgres"
        : name.StartsWith("mysql", StringComparison.Ordinal) || name == "mariadb" ? "mysql"
        : name.StartsWith("mongo", StringComparison.Ordinal) ? "mongodb"
        : name.StartsWith("redis", StringComparison.Ordinal) || name == "valkey" ? "redis"
        : name.StartsWith("amqp", StringComparison.Ordinal) ? "rabbitmq"
        : name.StartsWith("sqlserver", StringComparison.Ordinal) || name == "mssql" ? "sqlserver"
        : name;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(?<![a-z])(postgres(ql)?|postgis|mysql2?|mariadb|mongo(db|id)?|rediss?|valkey|memcached|kafka|rabbitmq|amqp|nats|elasticsearch|opensearch|cassandra|dynamodb|sqs|sns|mssql|sqlserver|oracle|clickhouse|etcd|consul|zookeeper|minio|solr|couchdb|neo4j|influxdb|pubsub|activemq|elasticache|aurora|cosmosdb)(?![a-z])", Options, 10_000)]
    private static partial Regex Store();

    [GeneratedRegex(@"(?<![a-z])(jdbc:)?(?<scheme>postgres(ql)?|postgis|mysql2?|mariadb|mongodb|rediss?|amqps?|kafka|nats|memcached|ldaps?|sqlserver|oracle|clickhouse|cassandra|neo4j|ecto)(\+\w+)?:(//|@)", Options, 10_000)]
    private static partial Regex Scheme();
}
