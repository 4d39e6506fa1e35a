using System.Security.Authentication;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Http;

/// <summary>Turns what the network did to us into a sentence with a next step.</summary>
internal static class TransportFault
{
    /// <param name="system">Who was asked, with where.</param>
    /// <param name="asked">Method and path.</param>
    /// <param name="isRead">False when it is now unknown whether a change took place.</param>
    public static ToolException Explain(Exception fault, string system, string asked, ConnectionOptions options, bool isRead, long received)
    {
        var sentence = fault switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                $"The name {options.BaseUrl.Host} of {system} could not be resolved. Check {options.Path}:{options.AddressSetting}, DNS and VPN.",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                $"No secure connection to {system}: {Innermost(fault)} Check {options.Path}:Tls (CaFile, ServerName, CertFile) and that the port speaks TLS.",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                $"No connection to {system}: {Innermost(fault)} Check that it runs and that {options.Path}:{options.AddressSetting} is right.",
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or IOException =>
                $"{system} broke off its answer to {asked} after {received:N0} bytes; nothing of it was used. Ask again, or narrow the question.",
            InvalidDataException => $"{system} answered {asked} with a body that does not unpack after {received:N0} bytes (its compression is damaged); nothing of it was used. A proxy in between may be changing answers.",
            JsonException => $"{system} answered {asked} with JSON that stops or makes no sense after {received:N0} bytes; nothing of it was used. A proxy in between may be cutting answers.",
            HttpRequestException => $"{system} could not be asked for {asked}: {Innermost(fault)}",
            _ => $"{asked} at {system} failed: {Innermost(fault)}",
        };
        return new ToolException(isRead ? sentence : sentence + Unknown(system, fault), fault) { Retryable = isRead && !IsOurSetting(fault) };
    }

    public static ToolException Timeout(Exception fault, string system, string asked, ConnectionOptions options, bool isRead)
    {
        var sentence = $"{system} did not answer {asked} within {options.Timeout.TotalSeconds:0} s. "
            + (isRead ? $"Narrow the question (shorter window, fewer series, an aggregation) or raise {options.Path}:TimeoutSeconds." : "");
        return new ToolException(isRead ? sentence : sentence.TrimEnd() + Unknown(system, fault), fault) { Retryable = isRead };
    }

    public static ToolException NoConnectionInTime(Exception fault, string system, ConnectionOptions options) =>
        new($"No connection to {system} in time: nothing answers at that address, a firewall may be dropping the packets. Check {options.Path}:{options.AddressSetting}. Nothing was sent.", fault)
        {
            Retryable = true,
        };

    private static string Unknown(string system, Exception fault) =>
        fault is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError }
            ? " Nothing was changed."
            : $" It is unknown whether the change took place: look at {system} before trying again.";

    private static bool IsOurSetting(Exception fault) => fault is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };

    private static string Innermost(Exception fault)
    {
        var inner = fault;
        while (inner.InnerException is { } next && inner is not AuthenticationException { InnerException: not AuthenticationException })
        {
            inner = next;
        }

        var text = inner.Message.Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
