namespace SreAgent.Core.Metrics;

/// <summary>What a surface that can draw may draw: a few named lines over one window.</summary>
public sealed record Plot(string Title, IReadOnlyList<PlotLine> Lines);

/// <param name="Name">The series as a person would name it: its distinguishing labels.</param>
/// <param name="Values">Evenly spaced, oldest first. NaN where there was no sample.</param>
public sealed record PlotLine(string Name, IReadOnlyList<double> Values);
