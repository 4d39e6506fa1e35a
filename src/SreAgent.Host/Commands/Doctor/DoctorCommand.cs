using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreAgent.Core.Redaction;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Doctor;

/// <summary>Every setting and connection: ok, disabled and why, broken and how to fix it. Runs also when the settings are too wrong to run anything else.</summary>
internal sealed class DoctorCommand : IHostCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public Command Build(CommandHost host)
    {
        var json = CommonOptions.Json();
        var command = new Command("doctor", "What is connected, what is not, why, and how to fix it") { json };
        host.SetActionBeforeComposing(command, async (parse, compose, cancellationToken) =>
        {
            var rows = await ExamineAsync(compose, cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, new { Checks = rows });
            }
            else
            {
                Print(host.Console, rows);
            }

            return rows.Any(row => row.Status == DoctorStatus.Misconfigured) ? ExitStatus.Usage
                : rows.Any(row => row.Status == DoctorStatus.Broken) ? ExitStatus.Unreachable
                : ExitStatus.Fine;
        });
        return command;
    }

    private static async Task<IReadOnlyList<DoctorRow>> ExamineAsync(Func<IServiceProvider> compose, CancellationToken cancellationToken)
    {
        IServiceProvider services;
        try
        {
            services = compose();
        }
        catch (Exception exception) when (exception is SettingsException or OptionsValidationException)
        {
            var problems = exception is SettingsException settings ? settings.Problems : [.. ((OptionsValidationException)exception).Failures];
            return [.. problems.Select(problem => new DoctorRow("Settings", DoctorStatus.Misconfigured, problem, Fix: null, Notes: []))];
        }

        try
        {
            var checks = BuiltInChecks.For(services).Concat(services.GetServices<IDoctorCheck>()).ToArray();
            return await Task.WhenAll(checks.Select(check => ExamineAsync(check, services, cancellationToken)));
        }
        finally
        {
            await CommandHost.DisposeAsync(services);
        }
    }

    private static async Task<DoctorRow> ExamineAsync(IDoctorCheck check, IServiceProvider services, CancellationToken cancellationToken)
    {
        var redactor = services.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        DoctorFinding finding;
        try
        {
            finding = await check.CheckAsync(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            finding = new DoctorFinding(DoctorStatus.Broken, $"Did not answer within {Deadline.TotalSeconds:F0} seconds.", "Check the address, and whether anything between here and there drops packets.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            finding = exception is OptionsValidationException options
                ? new DoctorFinding(DoctorStatus.Misconfigured, string.Join(" ", options.Failures))
                : new DoctorFinding(DoctorStatus.Broken, exception.Message);
        }

        return new DoctorRow(check.Name, finding.Status, redactor.Redact(finding.Detail), finding.Fix, finding.Notes);
    }

    private static void Print(IConsoleIo console, IReadOnlyList<DoctorRow> rows)
    {
        var ink = new Ink(console.Colour);
        var width = rows.Count == 0 ? 0 : rows.Max(row => CellWidth.Of(row.Name));
        foreach (var row in rows)
        {
            var (word, look) = row.Status switch
            {
                DoctorStatus.Ok => ("ok      ", Look.Green),
                DoctorStatus.Disabled => ("disabled", Look.Dim),
                DoctorStatus.Warning => ("warning ", Look.Yellow),
                DoctorStatus.Broken => ("broken  ", Look.Red | Look.Bold),
                _ => ("wrong   ", Look.Red | Look.Bold),
            };
            console.Out.WriteLine($"{ink.On(word, look)}  {CellWidth.Pad(SafeText.Line(row.Name), width)}  {SafeText.Line(row.Detail)}");
            foreach (var note in row.Notes)
            {
                console.Out.WriteLine(new string(' ', width + 12) + "· " + SafeText.Line(note));
            }

            if (row.Fix is { } fix)
            {
                console.Out.WriteLine(new string(' ', width + 12) + ink.Bold("fix: ") + SafeText.Line(fix));
            }
        }
    }
}

internal sealed record DoctorRow(string Name, DoctorStatus Status, string Detail, string? Fix, IReadOnlyList<string> Notes);
