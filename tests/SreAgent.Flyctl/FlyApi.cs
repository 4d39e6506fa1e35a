using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SreAgent.Flyctl;

/// <summary>The vendor's services, each where its variable says.</summary>
internal sealed class FlyApi : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly string _machines = Base("FLY_FLAPS_BASE_URL", "https://api.machines.dev");
    private readonly string _web = Base("FLY_UIEX_BASE_URL", Base("FLY_API_BASE_URL", "https://api.fly.io"));
    private readonly string _token;

    public FlyApi(string? token) =>
        _token = token ?? Variable("FLY_ACCESS_TOKEN") ?? Variable("FLY_API_TOKEN")
            ?? throw new FlyctlException("No access token available. Please login with 'flyctl auth login'");

    /// <param name="path">Below <c>/v1/</c>.</param>
    public Task<JsonNode?> MachinesAsync(HttpMethod method, string path, JsonNode? body, string? nonce, CancellationToken cancellationToken) =>
        SendAsync(method, $"{_machines}/v1/{path}", body, nonce, new AuthenticationHeaderValue("FlyV1", _token), cancellationToken);

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    public Task<JsonNode?> WebAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(method, $"{_web}/api/v1/{path}", body, nonce: null, new AuthenticationHeaderValue("Bearer", _token), cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<JsonNode?> SendAsync(
        HttpMethod method, string address, JsonNode? body, string? nonce, AuthenticationHeaderValue authentication, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, address);
            request.Headers.Authorization = authentication;
            if (nonce is not null)
            {
                request.Headers.Add("fly-machine-lease-nonce", nonce);
            }

            if (body is not null)
            {
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            }

            using var response = await _client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return text.Length > 0 ? JsonNode.Parse(text) : null;
            }

            // The vendor's client waits and asks again when it is too fast.
            if (response.StatusCode == HttpStatusCode.TooManyRequests && attempt < 10)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(400), cancellationToken);
                continue;
            }

            throw new FlyApiException(response.StatusCode, text, response.Headers.TryGetValues("fly-request-id", out var ids) ? ids.First() : "");
        }
    }

    private static string Base(string variable, string otherwise) => (Variable(variable) ?? otherwise).TrimEnd('/');

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>The service refused.</summary>
internal sealed class FlyApiException : Exception
{
    public FlyApiException()
    {
    }

    public FlyApiException(string message)
        : base(message)
    {
    }

    public FlyApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public FlyApiException(HttpStatusCode status, string body, string requestId)
        : base(body) => (Status, RequestId) = (status, requestId);

    public HttpStatusCode Status { get; }

    public string RequestId { get; } = "";

    /// <param name="what">What was tried: <c>failed to update VM 148e…</c>.</param>
    public FlyctlException As(string what) => new($"{what}: {Sentence} (Request ID: {RequestId})", this);

    private string Sentence
    {
        get
        {
            try
            {
                return JsonNode.Parse(Message)?["error"]?.GetValue<string>() ?? Message;
            }
            catch (System.Text.Json.JsonException)
            {
                return Message;
            }
        }
    }
}
