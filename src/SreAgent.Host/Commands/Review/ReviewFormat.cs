namespace SreAgent.Host.Commands.Review;

/// <summary>How reviews are printed.</summary>
internal enum ReviewFormat
{
    /// <summary>For a person at a screen.</summary>
    Page = 0,
    Json,
    Markdown,
    Sarif,
}
