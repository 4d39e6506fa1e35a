using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.GitHub;
using SreAgent.Integrations.Grafana;
using SreAgent.Integrations.Prometheus;
using SreAgent.Integrations.Tests.Fly;
using SreAgent.Integrations.Tests.GitHub;
using SreAgent.Integrations.Tests.Grafana;
using SreAgent.Testing;
using SreAgent.Testing.Fly;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>
/// Whatever stands where a name belongs, a client asks the host, the prefix and the endpoint it means, with the query parameters it means, or
/// nothing; and throws nothing but <see cref="ToolException"/>.
/// </summary>
public sealed class AddressTests : IDisposable
{
    private const string Prefix = "/below/here";

    private static readonly TimeRange Range = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));

    private readonly Sent _sent = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Fly_is_asked_what_was_meant()
    {
        using var provider = FlyOver(_sent);
        var api = provider.GetRequiredService<IFlyMachinesApi>();
        var web = provider.GetRequiredService<IFlyWebApi>();
        var update = new FlyMachineUpdate(System.Text.Json.JsonElement.Parse("{}"));

        Hold(
            ("GET /apps", text => api.AppsAsync(text, Token)),
            ("GET /apps/{app_name}/machines", text => api.MachinesAsync(text, Token)),
            ("GET /apps/{app_name}/machines/{machine_id}", text => api.MachineAsync("checkout", text, Token)),
            ("GET /apps/{app_name}/machines/{machine_id}", text => api.MachineAsync(text, "m1", Token)),
            ("GET /apps/{app_name}/machines/{machine_id}/versions", text => api.VersionsAsync("checkout", text, Token)),
            ("POST /apps/{app_name}/machines/{machine_id}", text => api.UpdateAsync("checkout", text, update, text, Token)),
            ("POST /apps/{app_name}/machines", text => api.CreateAsync(text, update with { Region = text, Name = text }, Token)),
            ("DELETE /apps/{app_name}/machines/{machine_id}", text => api.DestroyAsync("checkout", text, text, Token)),
            ("POST /apps/{app_name}/machines/{machine_id}/restart", text => api.RestartAsync("checkout", text, text, Token)),
            ("GET /apps/{app_name}/machines/{machine_id}/wait", text => api.WaitAsync("checkout", "m1", text, text, TimeSpan.FromSeconds(1), Token)),
            ("POST /apps/{app_name}/machines/{machine_id}/lease", text => api.LeaseAsync("checkout", text, new FlyLeaseRequest(10, text), text, Token)),
            ("DELETE /apps/{app_name}/machines/{machine_id}/lease", text => api.ReleaseAsync("checkout", "m1", text, Token)),
            ("GET /apps/{app_name}/volumes", text => api.VolumesAsync(text, Token)),
            ("GET /apps/{app_name}/certificates", text => api.CertificatesAsync(text, Token)),
            ("POST /apps/{app_name}/secrets", text => api.SetSecretsAsync(text, new Dictionary<string, string>(StringComparer.Ordinal) { [text] = text }, Token)),
            ("GET api/v1/apps/*/releases?limit | POST graphql", text => web.ReleasesAsync(text, 1, Token)),
            ("POST graphql", text => web.DefinitionAsync(text, Token)),
            ("GET api/v1/apps/*/logs?next_token&instance&region", text => web.LogsAsync(text, "1", text, text, Token)),
            ("GET api/v1/apps/*/logs?next_token&instance&region", text => web.LogsAsync("checkout", text, text, text, Token)))
            (FlyDescription.Machines, "/v1");
    }

    [Fact]
    public void Fly_s_registry_is_asked_for_manifests_only()
    {
        using var provider = FlyOver(_sent);
        var registry = provider.GetRequiredService<IFlyRegistry>();

        Hold(
            ("GET v2/**/manifests/*", text => registry.FindAsync(text, "v1", Token)),
            ("GET v2/**/manifests/*", text => registry.FindAsync("checkout", text, Token)))
            (null, "");
    }

    [Fact]
    public void GitHub_is_asked_what_was_meant()
    {
        using var github = new AGitHub().With("BaseUrl", $"http://meant.test{Prefix}/").Over(_sent);
        var (api, shop) = (github.Api, AGitHub.Shop);

        Hold(
            ("GET /search/issues", text => api.SearchIssuesAsync(text, 1, Token)),
            ("GET /repos/{owner}/{repo}/issues", text => api.IssuesAsync(shop, text, 1, Token)),
            ("GET /repos/{owner}/{repo}/issues", text => api.IssuesAsync(RepositoryName.Parse(text), "open", 1, Token)),
            ("GET /repos/{owner}/{repo}/issues", text => api.IssuesAsync(RepositoryName.Parse($"acme/{text}"), "open", 1, Token)),
            ("POST /repos/{owner}/{repo}/issues", text => api.CreateIssueAsync(shop, new NewIssue(text, text, [text]), Token)),
            ("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", text => api.RemoveLabelAsync(shop, 1, text, Token)),
            ("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", text => api.CheckRunsAsync(shop, text, 1, Token)),
            ("GET /repos/{owner}/{repo}/commits/{ref}/status", text => api.StatusesAsync(shop, text, 1, Token)),
            ("POST /repos/{owner}/{repo}/statuses/{sha}", text => api.CreateStatusAsync(shop, text, new NewStatus("success", text, text, null), Token)),
            ("GET /repos/{owner}/{repo}/commits", text => api.CommitsAsync(shop, new CommitQuery(text, text, null, null), 1, Token)),
            ("GET /repos/{owner}/{repo}/commits/{ref}", text => api.CommitAsync(shop, text, Token)),
            ("GET /repos/{owner}/{repo}/compare/{basehead}", text => api.CompareAsync(shop, text, "main", Token)),
            ("GET /repos/{owner}/{repo}/compare/{basehead}", text => api.CompareAsync(shop, "main", text, Token)),
            ("GET /repos/{owner}/{repo}/contents/{path}", text => api.ContentsAsync(shop, text, null, Token)),
            ("GET /repos/{owner}/{repo}/contents/{path}", text => api.ContentsAsync(shop, "a", text, Token)),
            ("GET /repos/{owner}/{repo}/branches/{branch}", text => api.BranchAsync(shop, text, Token)),
            ("GET /repos/{owner}/{repo}/deployments", text => api.DeploymentsAsync(shop, text, text, 1, Token)))
            (VendorSpecs.GitHub, "");
    }

    [Fact]
    public void Grafana_is_asked_what_was_meant()
    {
        using var grafana = GrafanaWired.With(_sent, now: null, ("BaseUrl", $"http://meant.test{Prefix}/"), ("Token", "glsa_unit"));
        var api = grafana.Api;

        Hold(
            ("GET api/search?type&query&tag&limit", text => api.SearchAsync(new DashboardSearch(text, [text], 1), Token)),
            ("GET api/dashboards/uid/*", text => api.DashboardAsync(GrafanaUid.ParseDashboard(text), Token)),
            ("GET api/datasources/proxy/uid/*/api/v1/labels?*", text => api.ProxyAsync(ProxyPath.For(HttpMethod.Get, GrafanaUid.ParseDashboard("p"), "api/v1/labels"), [new("match[]", text)], Token)),
            ("GET api/datasources/proxy/uid/p/**", text => api.ProxyAsync(ProxyPath.For(HttpMethod.Get, GrafanaUid.ParseDashboard("p"), text), [], Token)),
            ("GET render/d-solo/*?panelId&width&height&from&to&tz&*", text => api.RenderAsync(new PanelPicture(GrafanaUid.ParseDashboard("d"), 1, Range, [new(text, text)], 10, 10, null), Token)),
            ("GET api/annotations?from&to&dashboardUID&tags&limit", text => api.AnnotationsAsync(new AnnotationSearch(Range, [text], GrafanaUid.ParseDashboard("d"), 1), Token)),
            ("POST api/annotations", text => api.CreateAnnotationAsync(new NewAnnotation(text, 1, 1, 2, [text], text), Token)))
            (null, "");
    }

    [Fact]
    public void Prometheus_is_asked_what_was_meant()
    {
        using var wired = Wired.With(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Integrations:Prometheus:BaseUrl"] = $"http://meant.test{Prefix}/" }, EagerClock.AtNoon(), _sent);
        var api = wired.Get<IPrometheusApi>();

        Hold(
            ("GET api/v1/label/*/values?match[]&start&end", text => api.LabelValuesAsync(text, text, Range, Token)),
            ("POST api/v1/series", text => api.SeriesAsync(text, Range, 1, Token)),
            ("POST api/v1/labels", text => api.LabelsAsync(text, Range, Token)))
            (null, "");
    }

    public void Dispose() => _sent.Dispose();

    /// <summary>Calls each with many texts, and holds whatever was sent against the operation: of a description, or as a pattern.</summary>
    private Action<ApiDescription?, string> Hold(params (string Operation, Func<string, Task> Ask)[] calls) => (description, basePath) =>
    {
        var asked = 0;
        Prop.ForAll(AnyText.All, text =>
        {
            foreach (var (operation, ask) in calls)
            {
                var problem = ProblemOfAsync(operation, ask, text, description, basePath).GetAwaiter().GetResult();
                if (problem is not null)
                {
                    return false.Label($"{operation} with '{(text.Length > 200 ? text[..200] + "…" : text)}': {problem}");
                }

                asked += _sent.Requests.Count;
            }

            return true.Label("held");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        Assert.True(asked > calls.Length, "Nothing was ever sent, so nothing was held against anything.");
    };

    private async Task<string?> ProblemOfAsync(string operation, Func<string, Task> ask, string text, ApiDescription? description, string basePath)
    {
        _sent.Requests.Clear();
        try
        {
            await ask(text);
        }
        catch (ToolException)
        {
            // As it should be: refused before or after asking.
        }
        catch (Exception e)
        {
            return $"threw {e}";
        }

        return _sent.Requests.Select(request => ProblemOf(operation, request, description, basePath)).FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOf(string operation, ApiExchange request, ApiDescription? description, string basePath)
    {
        if (!request.Path.StartsWith($"{Prefix}/", StringComparison.Ordinal) || !request.RequestHeaders.IsSubsetOf(Sent.Headers))
        {
            return $"sent {request.Method} {request.Path} with {string.Join(", ", request.RequestHeaders)}";
        }

        var path = request.Path[Prefix.Length..];
        if (description is not null && path.StartsWith($"{basePath}/", StringComparison.Ordinal) && operation.Contains(" /", StringComparison.Ordinal))
        {
            var found = description.Find(request.Method, path, out _);
            var undeclared = found?.CheckRequest(request).Where(problem => problem.Contains("query parameter", StringComparison.Ordinal) && problem.EndsWith("is not declared", StringComparison.Ordinal)).ToArray();
            return found?.ToString() == operation && undeclared is [] ? null : $"sent {request.Method} {path}, which is {found}: {string.Join("; ", undeclared ?? [])}";
        }

        return operation.Split(" | ").Any(pattern => Fits(pattern, request, path)) ? null : $"sent {request.Method} {path}?{string.Join('&', request.Query.Select(pair => pair.Key))}";
    }

    /// <param name="pattern">Method, path with <c>*</c> for a segment and <c>**</c> for several, and the names of query parameters, <c>*</c> for any one more.</param>
    private static bool Fits(string pattern, ApiExchange request, string path)
    {
        var (method, rest) = pattern.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException("Wanted are a method and a path.", nameof(pattern));
        var parts = rest.Split('?');
        var regex = System.Text.RegularExpressions.Regex.Escape(parts[0]).Replace(@"\*\*", ".+", StringComparison.Ordinal).Replace(@"\*", "[^/]+", StringComparison.Ordinal);
        var names = parts.Length > 1 ? parts[1].Split('&') : [];
        var unexpected = request.Query.Select(pair => pair.Key).Except(names, StringComparer.Ordinal).Count();
        return request.Method == method
            && System.Text.RegularExpressions.Regex.IsMatch(path, $@"\A/{regex}\z", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5))
            && unexpected <= (names.Contains("*", StringComparer.Ordinal) ? 1 : 0);
    }

    private static ServiceProvider FlyOver(HttpMessageHandler network)
    {
        var settings = new[] { "BaseUrl", "ApiUrl", "RegistryUrl" }.ToDictionary(name => $"Integrations:Fly:{name}", _ => (string?)$"http://meant.test{Prefix}/", StringComparer.Ordinal);
        settings["Integrations:Fly:Token"] = FlyWorld.Token;
        settings["Integrations:Fly:Flyctl"] = "off";
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(EagerClock.AtNoon());
        services.AddSingleton<IServiceCatalogue>(new InMemoryServices());
        services.AddSingleton<IRollouts>(new RecordingRollouts());
        services.AddFly(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        foreach (var client in new[] { "Fly", "Fly web", "Fly registry" })
        {
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => network);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Has nothing of what it is asked for, and remembers that it was asked.</summary>
    private sealed class Sent : HttpMessageHandler
    {
        public static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
        {
            "Accept", "Authorization", "User-Agent", "Content-Type", "Content-Length", "X-GitHub-Api-Version", "fly-machine-lease-nonce",
        };

        public List<ApiExchange> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("http://meant.test", request.RequestUri!.GetLeftPart(UriPartial.Authority));
            Assert.Equal("", request.RequestUri.Fragment);
            Assert.All(request.Headers.SelectMany(header => header.Value), value => Assert.False(value.AsSpan().ContainsAny('\r', '\n'), "A header was broken in two."));
            var response = new HttpResponseMessage(System.Net.HttpStatusCode.NotFound) { Content = new StringContent("""{"message":"Not here","error":"not here"}""", Encoding.UTF8, "application/json") };
            Requests.Add(await ApiExchange.OfAsync(request, response, cancellationToken));
            return response;
        }
    }
}
