using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>What code makes a client of: stores, queues and services it needs to run, where no setting names them.</summary>
internal static class ClientSigns
{
    public static IReadOnlyList<CodeSign> All { get; } =
    [
        .. Of("a SQL database", ["go"], "sql.Open(", "pgxpool.New", "pgx.Connect(", "sqlx.Connect(", "gorm.Open("),
        .. Of("a SQL database", ["py"], "psycopg2.connect(", "create_engine(", "asyncpg.create_pool("),
        .. Of("a SQL database", Node, "new PrismaClient(", "new Sequelize(", "mysql.createPool(", "mysql.createConnection(", "from 'pg'", "require('pg')"),
        .. Of("a SQL database", Jvm, "JdbcTemplate", "HikariDataSource", "Database.forConfig("),
        .. Of("a SQL database", ["cs"], "UseSqlServer(", "UseNpgsql(", "UseMySql(", "new SqlConnection(", "new NpgsqlConnection("),
        .. Of("a SQL database", ["rs"], "PgPool", "PgConnection", "MySqlPool"),
        .. Of("a SQL database", Elixir, "use Ecto.Repo"),
        .. Of("a SQL database", ["php"], "new PDO(", "new mysqli(", "mysqli_connect("),
        .. Of("mongodb", ["go", "py", .. Node, .. Jvm, "cs"], "mongo.Connect(", "MongoClient(", "mongoose.connect(", "MongoTemplate"),
        .. Of("redis", ["go", "py", .. Node, .. Jvm, "cs", "rb", "rs", .. Elixir], "redis.NewClient(", "redis.Redis(", "redis.from_url(", "new Redis(", "new IORedis(", "RedisTemplate", "ConnectionMultiplexer.Connect", "Redis.new(", "redis::Client::open(", "Redix.start_link("),
        .. Of("redis", ["php"], "new Redis(", "Predis\\Client"),
        .. Of("memcached", ["go", "py", "rb", "php"], "memcache.New(", "pymemcache", "Dalli::Client.new", "new Memcached("),
        .. Of("kafka", ["go", "py", .. Node, .. Jvm, "cs"], "sarama.New", "kafka.NewReader(", "kafka.NewWriter(", "KafkaConsumer(", "KafkaProducer(", "new Kafka(", "KafkaTemplate", "@KafkaListener", "KafkaConsumer<", "ConsumerBuilder<"),
        .. Of("rabbitmq", ["go", "py", .. Node, .. Jvm, "rb"], "amqp.Dial(", "pika.BlockingConnection(", "amqp.connect(", "amqplib", "RabbitTemplate", "Bunny.new"),
        .. Of("elasticsearch", ["go", "py", .. Jvm, "rb"], "elasticsearch.NewClient(", "elastic.NewClient(", "Elasticsearch(", "RestHighLevelClient", "ElasticsearchClient(", "Elasticsearch::Client.new"),
        .. Of("elasticsearch", ["php"], "Elasticsearch\\ClientBuilder"),
        .. Of("AWS", ["go"], "dynamodb.New", "s3.New", "sqs.New", "sns.New", "sfn.New", "kms.New", "ses.New", "secretsmanager.New"),
        .. Of("AWS", ["py", .. Node, .. Jvm, "rb", "rs", "cs"], "boto3.client(", "boto3.resource(", "@aws-sdk/client-", "AmazonS3ClientBuilder", "S3Client.builder(", "DynamoDbClient.builder(", "SqsClient.builder(", "Aws::S3::", "Aws::SQS::", "aws_sdk_s3", "aws_sdk_dynamodb", "IAmazonS3", "IAmazonDynamoDB"),
        .. Of("AWS", ["php"], "new S3Client(", "Aws\\S3\\S3Client", "new SqsClient(", "Aws\\Sdk"),
        .. Of("Google Cloud", ["go", "py", .. Node], "storage.NewClient(", "pubsub.NewClient(", "firestore.NewClient(", "datastore.NewClient(", "bigquery.NewClient(", "spanner.NewClient(", "storage.Client(", "bigquery.Client(", "firestore.Client(", "@google-cloud/"),
        .. Of("Azure", ["cs", "py", .. Node], "BlobServiceClient(", "CosmosClient(", "ServiceBusClient(", "QueueServiceClient(", "SecretClient("),
        .. Of("GitHub", ["go", "py", .. Node, "rb"], "github.NewClient(", "Github(", "new Octokit(", "Octokit::Client.new"),
        .. Of("LDAP", ["py", .. Jvm, "go", "rb"], "ldap3.Server(", "LdapTemplate", "LdapContextSource", "ldap.DialURL(", "Net::LDAP.new"),
        .. Of("mail", ["go", "py", .. Node], "smtp.SendMail(", "smtplib.SMTP", "nodemailer.createTransport("),
    ];

    private static IEnumerable<CodeSign> Of(string what, string[] languages, params string[] literals) =>
        literals.Select(literal => new CodeSign(StatementKind.Dependency, literal, languages, "client in code", $"The code makes a client of {what}.", ("name", what)) { Alone = true });
}
