namespace SreAgent.Runtime.Chat;

/// <summary>Adds to each request what the settings ask for: extra headers, and Azure's version and way to carry the key.</summary>
internal sealed class ModelRequestHandler(ModelsOptions options, ModelChoice choice, RetryAfterMemo retryAfter) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.ApiVersion is { } version && request.RequestUri is { } address)
        {
            var query = address.Query.TrimStart('?');
            request.RequestUri = new UriBuilder(address) { Query = $"{(query.Length > 0 ? query + "&" : "")}api-version={Uri.EscapeDataString(version)}" }.Uri;
            request.Headers.Authorization = null;
            request.Headers.TryAddWithoutValidation("api-key", choice.Key);
        }
        else if (choice.Key is null)
        {
            request.Headers.Authorization = null;
            request.Headers.Remove("x-api-key");
        }

        foreach (var (name, value) in options.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await base.SendAsync(request, cancellationToken);
        retryAfter.Take(response);
        return response;
    }
}
