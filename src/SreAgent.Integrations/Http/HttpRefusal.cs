using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SreAgent.Integrations.Http;

/// <summary>An answer that is not the one hoped for, and how to say so when the system itself gives no better words.</summary>
/// <param name="System">Who answered, with where: <c>Prometheus at http://localhost:9090</c>.</param>
/// <param name="Asked">Method and path, without query.</param>
/// <param name="Body">Its first part, as text.</param>
internal sealed partial record HttpRefusal(
    string System, string SettingsPath, string Asked, HttpStatusCode Status, string? MediaType, Uri? Location, TimeSpan? RetryAfter, string Body)
{
    private const int QuoteLength = 200;

    /// <summary>What else came with it, for systems that say more there. Absent when it was not read from an answer.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    /// <summary>The setting that holds the address.</summary>
    public string AddressSetting { get; init; } = nameof(ConnectionOptions.BaseUrl);

    /// <summary>What the system calls this exchange, for its support. Absent when it does not say.</summary>
    public string? RequestId { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsHtml => MediaType == "text/html" || Body.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal);

    public bool Retryable => Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>What came back and what to do about it.</summary>
    public string Explain() => Status switch
    {
        HttpStatusCode.Unauthorized => $"{System} does not accept our credentials (401 on {Asked}). Check Token, TokenFile, Username and Password under {SettingsPath}.",
        HttpStatusCode.Forbidden => $"{System} knows us but forbids {Asked} (403{Quoted()}). Whoever runs it has to grant it.",
        HttpStatusCode.NotFound => $"{System} has no {Asked} (404{Quoted()}). Either it is an older version without it, or {SettingsPath}:{AddressSetting} lacks a path prefix.",
        HttpStatusCode.TooManyRequests => $"{System} is being asked too often (429 on {Asked}). Wait {(RetryAfter is { } wait ? $"{wait.TotalSeconds:0} s" : "a little")} and ask again.",
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
            $"{System} redirects {Asked} to {(Location is null ? "somewhere else" : PlainAddress.Show(Location))} ({(int)Status}), often a login page; redirects are not followed. "
            + $"If that is where it really lives, put it into {SettingsPath}:{AddressSetting}; if it is a login, configure credentials there.",
        _ when IsHtml => $"{System} answered {Asked} with a web page{Title()} ({(int)Status}) instead of its API, often a login page or a proxy in between. "
            + $"Check {SettingsPath}:{AddressSetting} and the credentials.",
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            $"{System} is not available ({(int)Status} on {Asked}{Quoted()}). It may be starting or overloaded; ask again later.",
        _ when IsSuccess => $"{System} answered {Asked} with something that is not its JSON ({MediaType ?? "no content type"}{Quoted()}). Check that {SettingsPath}:{AddressSetting} is the right address.",
        _ => $"{System} refused {Asked} with {(int)Status}{Quoted()}.",
    };

    private string Quoted()
    {
        var text = IsHtml ? "" : Spaces().Replace(Body, " ").Trim();
        return text.Length == 0 ? "" : $": {(text.Length <= QuoteLength ? text : text[..QuoteLength] + "…")}";
    }

    private string Title() => TitleElement().Match(Body) is { Success: true } match ? $" titled '{Spaces().Replace(match.Groups["title"].Value, " ").Trim()}'" : "";

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 250)]
    private static partial Regex Spaces();

    [GeneratedRegex("<title[^>]*>(?<title>[^<]{1,120})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex TitleElement();
}
