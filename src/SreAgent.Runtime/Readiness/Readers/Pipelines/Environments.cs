using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>How near to users a deploy lands, by the names people give their environments.</summary>
internal enum Nearness
{
    Unknown = 0,

    /// <summary>Where a release is tried before users have it.</summary>
    Before,

    Production,
}

/// <summary>Tells production from what comes before it.</summary>
internal static partial class Environments
{
    /// <param name="names">Best first: what is configured says more than what a job is called.</param>
    public static Nearness Of(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name) && Of(name) is not Nearness.Unknown and var nearness)
            {
                return nearness;
            }
        }

        return Nearness.Unknown;
    }

    // "preprod" and "before production" hold the word production and come before it.
    private static Nearness Of(string name) =>
        Earlier().IsMatch(name) ? Nearness.Before
        : Live().IsMatch(name) ? Nearness.Production
        : Nearness.Unknown;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(^|[^a-z])(dev|development|tst|test|testing|qa|uat|int|integration|staging|stage|stg|canary|sandbox|nonprod|non-prod|pre[-_ ]?prod(uction)?|acceptance|before[-_ ]production)($|[^a-z])", Options, 10_000)]
    private static partial Regex Earlier();

    [GeneratedRegex(@"(^|[^a-z])(prod|production|prd|live)($|[^a-z])", Options, 10_000)]
    private static partial Regex Live();
}
