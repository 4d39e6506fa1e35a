namespace SreAgent.Lab.Grafana;

/// <summary>A request that is answered with an error, in Grafana's shape.</summary>
internal sealed class GrafanaRefusal(int status, string message) : Exception(message)
{
    public int Status => status;

    public static GrafanaRefusal NotFound(string what) => new(404, $"{what} not found");
}
