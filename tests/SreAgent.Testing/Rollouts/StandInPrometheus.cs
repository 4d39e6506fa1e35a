using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Http;

namespace SreAgent.Testing.Rollouts;

/// <summary>
/// Answers an instant query as Prometheus does, with figures that follow a test's own clock, which a real Prometheus cannot. Queries are told
/// apart by whether they pick good events (<c>!~</c> or <c>le=</c>) or all.
/// </summary>
public sealed class StandInPrometheus : IAsyncDisposable
{
    private const double Events = 5000;

    private LabServer? _server;

    public Uri Address => _server?.Address ?? throw new InvalidOperationException("It is not running.");

    /// <summary>The share of events that are bad, at the moment it is asked.</summary>
    public Func<double> ErrorRatio { get; set; } = () => 0;

    /// <summary>Every connection is cut.</summary>
    public bool IsDown { get; set; }

    public static async Task<StandInPrometheus> StartAsync(CancellationToken cancellationToken)
    {
        var prometheus = new StandInPrometheus();
        prometheus._server = await LabServer.StartAsync(routes => routes.MapPost("/api/v1/query", prometheus.AnswerAsync), before: null, cancellationToken);
        return prometheus;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        if (IsDown)
        {
            context.Abort();
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var query = form["query"].ToString();
        var picksGood = query.Contains("!~", StringComparison.Ordinal) || query.Contains("le=", StringComparison.Ordinal);
        var value = picksGood ? Events * (1 - ErrorRatio()) : Events;
        var time = double.Parse(form["time"].ToString(), CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            JsonSerializer.Serialize(new
            {
                status = "success",
                data = new { resultType = "vector", result = new[] { new { metric = new { }, value = new object[] { time, value.ToString("R", CultureInfo.InvariantCulture) } } } },
            }),
            context.RequestAborted);
    }
}
