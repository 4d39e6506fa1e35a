using SreAgent.Core.Catalogue;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>What a conversation can ask and write about code and issues. Everything read here was written by others.</summary>
internal sealed partial class GitHubTools(
    IGitHubApi api, ConnectionOptions options, WritePolicy policy, OutgoingText outgoing, IServiceCatalogue? catalogue, TimeProvider clock) : IToolset
{
    public const string Source = "github";

    private const int BodyLength = 8_000;
    private const int CommentLength = 2_000;

    private readonly Uri _site = options.ExternalUrl ?? GitHubAddress.Site(options.BaseUrl);
    private readonly CommitChecksReader _checks = new(api);
    private readonly RepositoryFiles _files = new(api);

    public string Name => Source;

    public string? Environment { get; } = options.Environment;

    /// <summary><c>owner/name</c>, or a service of the catalogue that has one.</summary>
    private RepositoryName Repository(string text) =>
        RepositoryName.Parse(!text.Contains('/', StringComparison.Ordinal) && catalogue?.Find(text.Trim())?.Repository is { } named ? named : text);

    private Uri Page(RepositoryName repository, string rest) => new(_site, $"{repository}/{rest}");

    private static int Most(int? limit, int usual, int most) => Math.Clamp(limit ?? usual, 1, most);

    private static string[] More(bool moreExist, int shown, string what) =>
        moreExist ? [$"{shown} {what} shown; more exist. Narrow the question or raise limit."] : [];

    private DateTimeOffset? Moment(string? text, string name) =>
        text is null ? null
        : TimeExpression.TryParse(text, clock.GetUtcNow(), out var moment) ? moment
        : throw new ToolException($"'{Excerpt.Line(text, 60)}' for {name} is not a time; give {TimeExpression.Accepted}.");

    private static Evidence Evidence(string asked, Uri? link, params string[] notes) => new(Source, asked) { Link = link, Notes = notes };
}
