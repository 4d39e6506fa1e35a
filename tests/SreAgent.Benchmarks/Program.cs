using SreAgent.Benchmarks;
using SreAgent.Integrations.Prometheus;

// Ratios within one run are the point: absolute numbers are this machine's, today. A word on the command line picks measurements by name.
IMeasurement[] measurements =
[
    new StartupMeasurement(),
    new PeakMemoryMeasurement(),
    new ListTokensMeasurement(),
    new GuardedReadMeasurement(),
    new ParseRateMeasurement(CountSamplesAsync),
    new PlanMeasurement(),
    new ChatStartMeasurement(),
    new LabCostMeasurement(),
    new ReviewMeasurement(),
    new ReadinessMeasurement(),
];

foreach (var measurement in measurements.Where(measurement => args.Length == 0 || args.Any(word => measurement.Name.Contains(word, StringComparison.OrdinalIgnoreCase))))
{
    Console.WriteLine(measurement.Goal is { } goal ? $"{measurement.Name} (goal: {goal})" : measurement.Name);
    Finding finding;
    try
    {
        finding = await measurement.MeasureAsync(CancellationToken.None);
    }
    catch (PrerequisiteMissingException missing)
    {
        finding = new Finding.NotMeasured(missing.Message);
    }

    Console.WriteLine(finding switch
    {
        Finding.Measured(var lines, _) when measurement.Goal is null => string.Concat(lines.Select(line => $"  {line}\n")).TrimEnd('\n'),
        Finding.Measured(var lines, var met) => string.Concat(lines.Select(line => $"  {line}\n")) + (met ? "  goal met" : "  GOAL MISSED"),
        Finding.NotMeasured(var why) => $"  not measured: {why}",
        _ => throw new InvalidOperationException("A finding is measured or not."),
    });
    Console.WriteLine();
}

static async Task<long> CountSamplesAsync(Stream body, CancellationToken cancellationToken)
{
    var series = new SeriesCollector(SeriesOrder.Highest, keep: 10);
    await QueryResultReader.ReadAsync(body, series, cancellationToken);
    return series.Samples;
}
