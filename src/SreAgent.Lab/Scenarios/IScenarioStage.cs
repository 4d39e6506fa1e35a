namespace SreAgent.Lab.Scenarios;

/// <summary>What a scenario acts on.</summary>
public interface IScenarioStage
{
    /// <summary>Puts an image on all machines of an application, as CI would; returns when they run it or have failed to.</summary>
    /// <param name="app">The application.</param>
    /// <param name="tag">Of its image: <c>v43</c>.</param>
    /// <param name="by">E-mail address of whoever is said to have done it.</param>
    /// <param name="cancellationToken">The practice world ends.</param>
    Task DeployAsync(string app, string tag, string by, CancellationToken cancellationToken);

    /// <summary>How many requests a second people make of an application from now on.</summary>
    void SetLoad(string app, double requestsPerSecond);
}
