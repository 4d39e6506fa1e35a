using System.Security.Authentication;

namespace SreAgent.Integrations.Endpoints;

/// <summary>What the network did instead of answering, as the end of a sentence that begins with who was asked.</summary>
internal static class EndpointFault
{
    public static string Explain(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "has a name that cannot be resolved; check the address in Services, and DNS.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"cannot be connected to: {Innermost(fault)}",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"has no secure connection: {Certificate(fault)}",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or IOException => "broke off its answer.",
        InvalidDataException => "sent an answer whose compression cannot be undone.",
        _ => $"could not be asked: {Innermost(fault)}",
    };

    private static string Certificate(Exception fault)
    {
        var text = Authentication(fault)?.Message ?? "";
        return text switch
        {
            _ when Says("RemoteCertificateNameMismatch") => "its certificate is for another name.",
            _ when Says("NotTimeValid") => "its certificate has expired or is not valid yet.",
            _ when Says("UntrustedRoot") || Says("PartialChain") => "its certificate is signed by an authority this host does not trust.",
            _ when Says("Revoked") => "its certificate has been revoked.",
            _ => $"{Innermost(fault)} Does the port speak TLS?",
        };

        bool Says(string part) => text.Contains(part, StringComparison.Ordinal);
    }

    private static AuthenticationException? Authentication(Exception fault)
    {
        for (var at = fault; at is not null; at = at.InnerException)
        {
            if (at is AuthenticationException found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Innermost(Exception fault)
    {
        var text = fault.GetBaseException().Message.Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
