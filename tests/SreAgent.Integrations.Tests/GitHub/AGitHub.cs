using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Code;
using SreAgent.Core.Integrations;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Testing;
using SreAgent.Testing.Http;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>The integration as the host registers it, over a stubbed network; the catalogue knows checkout, which is acme/shop.</summary>
internal sealed class AGitHub : IDisposable
{
    public const string Hash = "0123456789abcdef0123456789abcdef01234567";

    public static readonly RepositoryName Shop = new("acme", "shop");

    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal) { ["Integrations:GitHub:Token"] = "token-of-tests" };
    private readonly Lazy<ServiceProvider> _provider;
    private HttpMessageHandler? _network;
    private HttpMessageHandler? _archives;

    public AGitHub()
        : this(EagerClock.AtNoon())
    {
    }

    public AGitHub(EagerClock clock)
    {
        Clock = clock;
        _network = Stub;
        _provider = new Lazy<ServiceProvider>(Build);
    }

    public StubHandler Stub { get; } = new();

    public EagerClock Clock { get; }

    public GitHubTools Tools => Get<IToolset>() as GitHubTools ?? throw new InvalidOperationException("The tools are not GitHub's.");

    public IGitHubApi Api => Get<IGitHubApi>();

    public ICodeHost CodeHost => Get<ICodeHost>();

    public IRepositoryTrees Trees => Get<IRepositoryTrees>();

    public IPullRequests PullRequests => Get<IPullRequests>();

    public IReviewPublisher Publisher => Get<IReviewPublisher>();

    public IRolloutRecorder Recorder => Get<IRolloutRecorder>();

    public IIntegration Integration => Get<IIntegration>();

    public IReadOnlyList<string> Problems => Get<ISettingsCheck>().Problems;

    public bool Offers<T>() => _provider.Value.GetService<T>() is not null;

    /// <param name="name">Below <c>Integrations:GitHub</c>.</param>
    public AGitHub With(string name, string? value)
    {
        _settings[$"Integrations:GitHub:{name}"] = value;
        return this;
    }

    public AGitHub WithoutToken()
    {
        _settings.Remove("Integrations:GitHub:Token");
        return this;
    }

    public AGitHub Over(HttpMessageHandler network)
    {
        _network = network;
        return this;
    }

    /// <summary>What stands in for the other host, from which archives come.</summary>
    public AGitHub WithArchivesOver(HttpMessageHandler network)
    {
        _archives = network;
        return this;
    }

    /// <summary>Nothing stands in for the network.</summary>
    public AGitHub OverTheNetwork()
    {
        _network = null;
        return this;
    }

    public AGitHub Get(string path, params Func<HttpResponseMessage>[] replies) => On(HttpMethod.Get, path, replies);

    public AGitHub Post(string path, params Func<HttpResponseMessage>[] replies) => On(HttpMethod.Post, path, replies);

    public AGitHub On(HttpMethod method, string path, params Func<HttpResponseMessage>[] replies)
    {
        Stub.On(method, path, replies);
        return this;
    }

    public static Func<HttpResponseMessage> Json(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) => () =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    };

    public static string Issue(int number, string title = "Slow", string state = "open", string body = "It is slow.", int comments = 0, string labels = "", bool pull = false) => $$"""
        {"number":{{number}},"title":"{{title}}","state":"{{state}}","body":"{{body}}","user":{"login":"ada"},"labels":[{{labels}}],"comments":{{comments}},
         "created_at":"2026-11-19T10:00:00Z","updated_at":"2026-11-19T11:00:00Z","html_url":"https://github.com/acme/shop/issues/{{number}}"{{(pull ? ",\"pull_request\":{}" : "")}}}
        """;

    public static string Commit(string hash = Hash, string message = "Fix it") => $$"""
        {"sha":"{{hash}}","html_url":"https://github.com/acme/shop/commit/{{hash}}","commit":{"message":"{{message}}\n\nbody","author":{"name":"Ada","date":"2026-11-19T09:00:00Z"},"committer":{"name":"Ada","date":"2026-11-19T10:00:00Z"} } }
        """;

    public IEnumerable<StubRequest> Writes => Stub.Asked.Where(request => request.Method != HttpMethod.Get);

    public void Dispose()
    {
        if (_provider.IsValueCreated)
        {
            _provider.Value.Dispose();
        }
    }

    private T Get<T>()
        where T : notnull => _provider.Value.GetRequiredService<T>();

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IServiceCatalogue>(new InMemoryServices(new Service { Name = "checkout", Environment = "production", Repository = "acme/shop" }));
        services.AddGitHub(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());
        if (_network is { } network)
        {
            services.AddHttpClient("GitHub").ConfigurePrimaryHttpMessageHandler(() => network);
            services.AddHttpClient("GitHub archives").ConfigurePrimaryHttpMessageHandler(() => _archives ?? network);
        }

        return services.BuildServiceProvider();
    }
}
