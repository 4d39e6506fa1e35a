using System.Security.Cryptography;
using System.Text.Json;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Journal;
using SreAgent.Testing.GitHub;
using SreAgent.Testing.Specs;

namespace SreAgent.Rehearsal;

/// <summary>
/// The simulated GitHub for clients in other languages. Says on its first line of output where it is; when its input ends it says on a
/// second line what was changed and where anybody departed from GitHub's description, and ends.
/// </summary>
internal static class GitHubRehearsal
{
    private const int AppId = 77;
    private const int Installation = 5;

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        using var key = RSA.Create(2048);
        var journal = new LabJournal(TimeProvider.System);
        var seed = SampleGitHub.Seed() with
        {
            App = new GitHubAppSeed(AppId, "sre-agent", key.ExportRSAPublicKeyPem(), Installation),
            Limits = new GitHubLimits { Anonymous = 2, Writes = 40 },
        };
        await using var simulator = await GitHubSimulator.StartAsync(seed, journal, TimeProvider.System, CancellationToken.None);
        using var recording = new RecordingHandler(VendorSpecs.GitHub, GitHubDeviations.All);
        await using var proxy = await RecordingProxy.StartAsync(simulator.Address, recording, CancellationToken.None);

        await SayAsync(output, new
        {
            address = proxy.Address,
            token = SampleGitHub.Token,
            readerToken = SampleGitHub.ReaderToken,
            commits = new { v41 = SampleGitHub.V41, v42 = SampleGitHub.V42, v43 = SampleGitHub.V43 },
            app = new { id = AppId, installation = Installation, key = key.ExportPkcs8PrivateKeyPem() },
        });
        await input.ReadToEndAsync();
        await SayAsync(output, new { exchanges = recording.Exchanges.Count, problems = recording.Problems.Distinct(), journal = journal.Entries.Select(entry => entry.Summary) });
        return 0;
    }

    private static async Task SayAsync(TextWriter output, object what)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(what));
        await output.FlushAsync();
    }
}
