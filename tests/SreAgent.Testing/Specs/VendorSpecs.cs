namespace SreAgent.Testing.Specs;

/// <summary>
/// Where vendors' descriptions are found. Those with a licence that lets us carry them lie in <c>tests/specs</c>. Others are looked for in
/// the folder the environment variable <c>SREAGENT_SPECS</c> names, then in <c>../shared/specs</c> beside the repository.
/// </summary>
public static class VendorSpecs
{
    private static readonly Lazy<ApiDescription> CommittedGitHub = new(() => ApiDescription.Load(RepositoryRoot.Path("tests", "specs", "github", "api.github.com.json")));

    public static ApiDescription GitHub => CommittedGitHub.Value;

    /// <summary>A description that is not ours to carry. Skips the calling test, by name and with the reason, where it is not to be had.</summary>
    /// <param name="file">Path inside the folder: <c>grafana/api-merged-swagger2.trimmed.json</c>.</param>
    /// <param name="basePath">See <see cref="ApiDescription.Parse"/>.</param>
    public static ApiDescription Require(string file, string? basePath = null)
    {
        string?[] folders = [Environment.GetEnvironmentVariable("SREAGENT_SPECS"), RepositoryRoot.Path("..", "shared", "specs")];
        var found = folders.OfType<string>().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"The vendor's description {file} is not carried with the source. Name the folder that holds it in SREAGENT_SPECS.");
        return ApiDescription.Load(found!, basePath); // Skipping throws.
    }
}
