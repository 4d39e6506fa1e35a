using System.Text.RegularExpressions;
using SreAgent.Core.Changes;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>
/// Image references as short as they can be read without hiding anything: the tag and the first digits of the digest where all images of a
/// plan are of one repository, else the whole name with the digest cut. The full ones are in <c>changes show --json</c>.
/// </summary>
internal sealed partial class ShortImages
{
    private readonly string? _repository;

    private ShortImages(string? repository) => _repository = repository;

    public static ShortImages Of(ChangePlan plan)
    {
        string[] repositories = [.. Reference().Matches($"{plan.Current}\n{plan.Wanted}").Select(match => match.Groups["repository"].Value).Distinct(StringComparer.Ordinal)];
        return new ShortImages(repositories is [var one] ? one : null);
    }

    public string In(string text) => Reference().Replace(text, match =>
    {
        var (repository, tag, digest) = (match.Groups["repository"].Value, match.Groups["tag"].Value, match.Groups["digest"].Value);
        return repository != _repository ? $"{repository}{(tag.Length > 0 ? ":" + tag : "")}@sha256:{digest}…"
            : tag.Length > 0 ? $"{tag} (sha256:{digest}…)"
            : $"sha256:{digest}…";
    });

    [GeneratedRegex(@"(?<repository>[A-Za-z0-9.:-]+/[a-z0-9._/-]+?)(:(?<tag>\w[\w.-]{0,127}))?@sha256:(?<digest>[0-9a-f]{12})[0-9a-f]{52}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Reference();
}
