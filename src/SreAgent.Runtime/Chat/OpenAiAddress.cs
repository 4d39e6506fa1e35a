namespace SreAgent.Runtime.Chat;

/// <summary>People give a server's address in several ways; the client wants the one below which <c>chat/completions</c> lies.</summary>
internal static class OpenAiAddress
{
    public static Uri Of(Uri address, string model, string? apiVersion)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        if (apiVersion is not null)
        {
            path = path.Contains("/deployments/", StringComparison.Ordinal) ? path : $"/openai/deployments/{Uri.EscapeDataString(model)}";
        }
        else if (address.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase) && path.Length == 0)
        {
            path = "/openai/v1";
        }
        else if (path.Length == 0)
        {
            path = "/v1";
        }
        else if (path.EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            path = path[..^"/chat/completions".Length];
        }

        return new UriBuilder(address) { Path = path, Query = "" }.Uri;
    }
}
