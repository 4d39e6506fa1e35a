namespace SreAgent.Core.Readiness.Language;

/// <summary>What a word looks like, where that says more than its letters. Rules write them in angle brackets: <c>&lt;percentage&gt;</c>.</summary>
[Flags]
public enum Shapes
{
    None = 0,

    /// <summary>A number of any sort.</summary>
    Number = 1,

    /// <summary><c>99.9%</c>, <c>99.9 percent</c>, <c>p99</c>, <c>99th percentile</c>.</summary>
    Percentage = 2,

    /// <summary><c>300ms</c>, <c>5 minutes</c>.</summary>
    Duration = 4,

    /// <summary>The name of a time series: <c>http_requests_total</c>.</summary>
    Metric = 8,

    /// <summary>Anything only a machine would spell so: <c>maxReplicas</c>, <c>--dry-run</c>, <c>FEATURE_X</c>.</summary>
    Identifier = 16,

    /// <summary>An address, or a path of a document.</summary>
    Link = 32,

    /// <summary>A version: <c>v1.2</c>, <c>n-1</c>.</summary>
    Version = 64,

    /// <summary>A person or team as tools address them: <c>@payments</c>, <c>#oncall</c>, an e-mail address.</summary>
    Handle = 128,
}
