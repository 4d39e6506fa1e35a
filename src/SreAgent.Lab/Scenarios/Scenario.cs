namespace SreAgent.Lab.Scenarios;

/// <summary>A story to practise on: what runs at the start, what happens when, and what somebody who looks into it should find.</summary>
/// <param name="Name">What the command line calls it: <c>bad-deploy</c>.</param>
/// <param name="Story">What people notice, in one sentence, without giving the cause away.</param>
/// <param name="Events">In order of time.</param>
/// <param name="Answer">For the exercise's end, and for tests.</param>
public sealed record Scenario(string Name, string Story, IReadOnlyList<ScenarioEvent> Events, ScenarioAnswer Answer)
{
    /// <summary>The tag every application runs at the start. The good ones by default.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["checkout"] = "v42",
        ["inventory"] = "v30",
        ["payments"] = "v17",
        ["recommendations"] = "v7",
    };

    /// <summary>Requests a second people make of every application at the start.</summary>
    public IReadOnlyDictionary<string, double> Load { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["checkout"] = 12,
        ["recommendations"] = 6,
    };
}

/// <summary>Something that happens in a scenario.</summary>
/// <param name="After">Since the practice world began.</param>
public abstract record ScenarioEvent(TimeSpan After)
{
    /// <summary>In a few words: <c>ci deploys checkout v43</c>.</summary>
    public abstract string What { get; }

    /// <summary>Somebody puts another image on an application.</summary>
    /// <param name="By">E-mail address of whoever the pipeline works for.</param>
    public sealed record Deploy(TimeSpan After, string App, string Tag, string By) : ScenarioEvent(After)
    {
        public override string What => $"{By.Split('@')[0]} deploys {App} {Tag}";
    }

    /// <summary>People ask an application for more, or less.</summary>
    public sealed record Load(TimeSpan After, string App, double RequestsPerSecond) : ScenarioEvent(After)
    {
        public override string What => $"people make {RequestsPerSecond:0.#} requests a second of {App}";
    }
}

/// <param name="Service">Where the cause lies. Absent when there is nothing wrong.</param>
/// <param name="Cause">What is wrong and what shows it.</param>
/// <param name="Remedy">What puts it right.</param>
public sealed record ScenarioAnswer(string? Service, string Cause, string Remedy);
